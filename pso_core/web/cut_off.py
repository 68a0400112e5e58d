"""Requests whose sender went away before all of it was here, such as an upload that was broken off: nobody waits for an answer."""

from __future__ import annotations

import logging

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

_log = logging.getLogger(__name__)


class CutOff:
    """One quiet line instead of a fault with its traceback."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except ClientDisconnect:
            _log.info("a request was broken off by its sender")
