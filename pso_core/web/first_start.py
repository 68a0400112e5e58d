"""The page of the first start: try the example, or begin one's own project."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pso_core.actions import first_start
from pso_core.actions.first_start import ImportExample
from pso_core.actions.passwords import SHORTEST
from pso_core.errors import PsoError
from pso_core.office import office
from pso_core.web.answers import go, page, read_form
from pso_core.web.sign_in import entered

TYPED = ("name", "position", "login")


class FirstStart:
    """Begins the office. `import_example(office, facilitator)` writes the example; without it only one's own can be begun."""

    def __init__(self, import_example: ImportExample | None):
        self._import_example = import_example
        self.routes = [Route("/start", self.show, methods=["GET"]), Route("/start", self.choose, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        started = await to_thread.run_sync(office().store.people.exist)
        return go("/sign-in") if started else self._page(request, {})

    async def choose(self, request: Request) -> Response:
        form = await read_form(request)
        return await to_thread.run_sync(self._begin, request, form)

    def _begin(self, request: Request, form: dict[str, str]) -> Response:
        try:
            if form.get("choice") == "example" and self._import_example:
                token = first_start.begin_example(office(), self._import_example)
            else:
                token = _begin_own(form)
        except PsoError as refusal:
            return go("/sign-in") if refusal.code == "already_started" else self._page(request, form, refusal)
        return entered(request, token, "/")

    def _page(self, request: Request, form: dict[str, str], refusal: PsoError | None = None) -> Response:
        example = self._import_example is not None
        return page(request, "start.html", typed=_typed(form), shortest=SHORTEST, example=example, refusal=refusal)


def _begin_own(form: dict[str, str]) -> str:
    password = form.get("password", "")
    if password != form.get("password_again", ""):
        raise PsoError("passwords_differ")
    return first_start.begin_own(office(), password=password, **_typed(form))


def _typed(form: dict[str, str]) -> dict[str, str]:
    return {name: form.get(name, "") for name in TYPED}
