"""The gate: whoever has not signed in reaches the sign-in page, its style and its fonts, and nothing else."""

from __future__ import annotations

from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pso_core.actions.sign_in import visiting
from pso_core.office import office
from pso_core.web import administration, calendar, examiner, room
from pso_core.web.cookies import SESSION

OPEN = frozenset({"/sign-in", "/sign-out", "/start", "/switch", "/language", "/sign-in.css", examiner.STYLE, "/_stcore/health"}) | room.OPEN
OPEN_FOLDER = "/app/static/"  # fonts and the icon: this software's own files, nobody's data
BY_SECRET = (calendar.ADDRESS, examiner.ADDRESS, room.ADDRESS)  # of the whole path: what only begins so stays closed
BY_TOKEN = frozenset(route.path for route in administration.ROUTES)  # ask for a secret of their own, as calendars do
NOT_SIGNED_IN = 4401


class Gate:
    """Pure ASGI, so that it stands before websockets too. The session is looked up for every request."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _open_to_all(scope) or await _signed_in(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": NOT_SIGNED_IN})
        else:
            await _refusal(scope)(scope, receive, send)


def _open_to_all(scope: Scope) -> bool:
    path = scope["path"]
    by_secret = any(address.fullmatch(path) for address in BY_SECRET)
    by_token = path in BY_TOKEN and scope.get("method") == "POST"
    return scope["type"] == "http" and (path in OPEN or by_token or by_secret or path.startswith(OPEN_FOLDER))


async def _signed_in(scope: Scope) -> bool:
    token = HTTPConnection(scope).cookies.get(SESSION)
    return bool(token) and await to_thread.run_sync(visiting, office(), token) is not None


def _refusal(scope: Scope) -> RedirectResponse | PlainTextResponse:
    """A person opening a page is led to sign-in and back; a program is told no."""
    if scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", ""):
        return RedirectResponse(f"/sign-in?next={quote(_address(scope), safe='')}", 303)
    return PlainTextResponse("sign in first", 401)


def _address(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return scope["path"] + (f"?{query}" if query else "")
