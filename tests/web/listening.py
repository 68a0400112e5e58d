"""A browser that listens to what is pushed, at the routes themselves."""

from __future__ import annotations

import anyio

from pso_core.web.stream import AT_LEAST
from tests.web.rooms import APP

SOON = 1.0  # seconds within which a screen hears


class Listener:
    """One open stream; `texts` is all that came."""

    def __init__(self, scope: dict):
        self.scope, self.texts, self.status = scope, [], 0
        self.ended, self._gone, self._came = anyio.Event(), anyio.Event(), anyio.Event()

    async def run(self) -> None:
        await APP(self.scope, self._receive, self._send)
        self.ended.set()

    def go(self) -> None:
        self._gone.set()

    async def hear(self, count: int) -> list[str]:
        """Once so many messages came."""
        with anyio.fail_after(SOON + AT_LEAST):
            while len(self.messages) < count:
                await self._came.wait()
                self._came = anyio.Event()
        return self.messages

    @property
    def messages(self) -> list[str]:
        return [text for text in "".join(self.texts).split("\n\n") if text and not text.startswith(":")]

    async def _receive(self) -> dict:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict) -> None:
        self.status = message.get("status", self.status)
        self.texts.append(message.get("body", b"").decode())
        self._came.set()
