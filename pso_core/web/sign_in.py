"""Signing in and out, choosing a language, and being somebody else in the example."""

from __future__ import annotations

from urllib.parse import urlsplit

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pso_core.actions import first_start, sign_in
from pso_core.domain.people import Person
from pso_core.errors import PsoError
from pso_core.office import office
from pso_core.text.phrases import LANGUAGES
from pso_core.web.answers import TEMPLATES, TOO_LARGE, go, local, page, read_form
from pso_core.web.cookies import SESSION, forget_session, keep_language, keep_session
from pso_core.web.origin import from_elsewhere


async def show_sign_in(request: Request) -> Response:
    """The door: to the first start when nobody exists, past it when already signed in."""
    return await to_thread.run_sync(_door, request)


def _door(request: Request) -> Response:
    wanted = local(request.query_params.get("next", ""))
    if not office().store.people.exist():
        return go("/start")
    if sign_in.visiting(office(), request.cookies.get(SESSION, "")):
        return go(wanted)
    return _sign_in_page(request, wanted)


def _sign_in_page(request: Request, wanted: str, login: str = "", refusal: PsoError | None = None) -> Response:
    return page(request, "sign_in.html", wanted=wanted, login=login, refusal=refusal, people=_example_people())


async def post_sign_in(request: Request) -> Response:
    try:
        form = await read_form(request)
    except HTTPException:
        return await to_thread.run_sync(_sign_in_page, request, "/", "", TOO_LARGE)
    return await to_thread.run_sync(_sign_in, request, form)


def _sign_in(request: Request, form: dict[str, str]) -> Response:
    login, wanted = form.get("login", ""), local(form.get("next", ""))
    try:
        token = sign_in.sign_in(office(), login, form.get("password", ""), address_of(request))
    except PsoError as refusal:
        return _sign_in_page(request, wanted, login, refusal)
    sign_in.sign_out(office(), request.cookies.get(SESSION, ""))
    return entered(request, token, wanted)


async def post_sign_out(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_sign_out, request, "everywhere" in form)


async def follow_sign_out(request: Request) -> Response:
    """The same by a link on a page of ours; a link elsewhere signs nobody out."""
    if from_elsewhere(request.headers):
        return go("/")
    return await to_thread.run_sync(_sign_out, request, False)


def _sign_out(request: Request, everywhere: bool) -> Response:
    token = request.cookies.get(SESSION, "")
    person = sign_in.visiting(office(), token) if everywhere else None
    if person:
        sign_in.sign_out_everywhere(office(), person)
    else:
        sign_in.sign_out(office(), token)
    answer = go("/sign-in")
    forget_session(answer)
    return answer


async def show_switch(request: Request) -> Response:
    people = await to_thread.run_sync(_example_people)
    return page(request, "switch.html", people=people) if people else go("/sign-in")


async def post_switch(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_switch, request, form.get("person", ""))


def _switch(request: Request, person_id: str) -> Response:
    try:
        token = first_start.become(office(), request.cookies.get(SESSION, ""), person_id)
    except PsoError as refusal:
        return _sign_in_page(request, "/", refusal=refusal)
    return entered(request, token, "/")


async def choose_language(request: Request) -> Response:
    answer = go(local(request.query_params.get("next") or _came_from(request)))
    language = request.query_params.get("to")
    if language in LANGUAGES:
        keep_language(answer, request, language)
    return answer


def _came_from(request: Request) -> str:
    """The page of ours that has the link."""
    try:
        page_before = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # anything may stand in a header
        return ""
    return page_before.path if page_before.netloc == request.headers.get("host") else ""


async def style(request: Request) -> Response:
    return FileResponse(TEMPLATES / "sign_in.css", headers={"cache-control": "no-cache"})


def entered(request: Request, token: str, wanted: str) -> Response:
    answer = go(wanted)
    keep_session(answer, request, token)
    return answer


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def _example_people() -> tuple[Person, ...]:
    """Whom a visitor may become without a password: nobody outside the example."""
    return first_start.open_accounts(office())


ROUTES = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", post_sign_in, methods=["POST"]),
    Route("/sign-out", post_sign_out, methods=["POST"]),
    Route("/sign-out", follow_sign_out, methods=["GET"]),
    Route("/switch", show_switch, methods=["GET"]),
    Route("/switch", post_switch, methods=["POST"]),
    Route("/language", choose_language, methods=["GET"]),
    Route("/sign-in.css", style, methods=["GET"]),
]
