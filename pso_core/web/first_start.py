"""The page of the first start: try the example, or begin one's own project."""

from __future__ import annotations

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pso_core.actions import first_start
from pso_core.actions.passwords import SHORTEST
from pso_core.actions.projects import import_example
from pso_core.errors import PsoError
from pso_core.office import office
from pso_core.web.answers import TOO_LARGE, go, page, read_form
from pso_core.web.sign_in import entered

TYPED = ("name", "position", "login")


async def show_start(request: Request) -> Response:
    started = await to_thread.run_sync(office().store.people.exist)
    return go("/sign-in") if started else _page(request, {})


async def post_start(request: Request) -> Response:
    try:
        form = await read_form(request)
    except HTTPException:
        return await to_thread.run_sync(_page, request, {}, TOO_LARGE)
    return await to_thread.run_sync(_begin, request, form)


def _begin(request: Request, form: dict[str, str]) -> Response:
    try:
        token = first_start.begin_example(office(), import_example) if form.get("choice") == "example" else _begin_own(form)
    except PsoError as refusal:
        return go("/sign-in") if refusal.code == "already_started" else _page(request, form, refusal)
    return entered(request, token, "/")


def _page(request: Request, form: dict[str, str], refusal: PsoError | None = None) -> Response:
    return page(request, "start.html", typed=_typed(form), shortest=SHORTEST, refusal=refusal)


def _begin_own(form: dict[str, str]) -> str:
    password = form.get("password", "")
    if password != form.get("password_again", ""):
        raise PsoError("passwords_differ")
    return first_start.begin_own(office(), password=password, **_typed(form))


def _typed(form: dict[str, str]) -> dict[str, str]:
    return {name: form.get(name, "") for name in TYPED}


ROUTES = [
    Route("/start", show_start, methods=["GET"]),
    Route("/start", post_start, methods=["POST"]),
]
