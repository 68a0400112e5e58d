"""The answer to a browser that listens: it ends when the browser goes, when it may listen no longer, or with the server."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from anyio import create_task_group, move_on_after, to_thread
from starlette.types import Receive, Scope, Send

from pso_core.errors import PsoError

HEADERS = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no"}
AT_LEAST = 0.25  # seconds between two messages: a hundred changes within a second are four
BEAT = 15.0  # seconds after which something is sent even so, lest a proxy take the line for dead, and after which it is asked who listens
BEATS = ":\n\n"
AGAIN = 2_000  # milliseconds after which a browser that lost the line asks for it
MOST_LINES = 12  # that one participant or one person may keep open


@dataclass(eq=False, kw_only=True)
class Line:
    """Somebody who listens. `allowed`: whether they still may."""

    allowed: Callable[[], bool]
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    def end(self) -> None:
        self.ended = True
        self.changed.set()


def room_for_another(same: Sequence[Line]) -> None:
    """Ends the oldest of one listener's lines, so that with one more there are no more than may be."""
    for one in same[: max(0, len(same) + 1 - MOST_LINES)]:
        one.end()


async def changes(line: Line, send: Send) -> AsyncIterator[None]:
    """Once for each time that the line was woken, until it is ended or may listen no longer; beats where it is quiet."""
    looked = monotonic()
    while not line.ended:
        with move_on_after(BEAT) as waiting:
            await line.changed.wait()
        line.changed.clear()
        if line.ended:
            return
        if waiting.cancelled_caught or monotonic() - looked > BEAT:
            if not await to_thread.run_sync(line.allowed):
                return
            looked = monotonic()
        if waiting.cancelled_caught:
            await say(send, BEATS)
        else:
            yield


class Stream(ABC):
    @abstractmethod
    def begin(self) -> None:
        """The line is open."""

    @abstractmethod
    async def tell(self, send: Send) -> None:
        """Tells (`say`) whatever there is to tell, until there is nothing more to come."""

    @abstractmethod
    def end(self) -> None:
        """The line is closed, whoever closed it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(name.encode(), value.encode()) for name, value in HEADERS.items()]})
        self.begin()
        try:
            async with create_task_group() as both:

                async def tell() -> None:
                    await self.tell(send)
                    both.cancel_scope.cancel()

                both.start_soon(tell)
                while (await receive())["type"] != "http.disconnect":
                    pass
                both.cancel_scope.cancel()
        finally:
            self.end()
        await send({"type": "http.response.body", "body": b""})


async def say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def may_still(look: Callable[[], object]) -> Callable[[], bool]:
    """Whether something that refuses who may not does not refuse."""

    def allowed() -> bool:
        try:
            return look() is not None
        except PsoError:
            return False

    return allowed
