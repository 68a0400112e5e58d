"""Nothing is changed on behalf of a page from elsewhere."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = {"GET", "HEAD", "OPTIONS"}


class SameOrigin:
    """Refuses every POST, PUT or DELETE that a browser says comes from another origin."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and from_elsewhere(Headers(scope=scope)):
            await PlainTextResponse("from another origin", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def from_elsewhere(headers: Headers) -> bool:
    """Browsers name the origin of every such request; a program without one carries no visitor's cookie unasked."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        return True
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
