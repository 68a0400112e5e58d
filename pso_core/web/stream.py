"""The answer to a browser that listens: it ends when the browser goes, when it may listen no longer, or with the server."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from anyio import create_task_group
from starlette.types import Receive, Scope, Send

from pso_core.errors import PsoError

HEADERS = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no"}
AT_LEAST = 0.25  # seconds between two messages: a hundred changes within a second are four
BEAT = 15.0  # seconds after which something is sent even so, lest a proxy take the line for dead
BEATS = ":\n\n"
AGAIN = 2_000  # milliseconds after which a browser that lost the line asks for it
MOST_LINES = 12  # that one participant or one person may keep open


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
