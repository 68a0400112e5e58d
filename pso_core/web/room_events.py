"""Telling every screen of a room that something changed: two counters, VERSION.COUNT, and nothing else.

VERSION is that of the room: a phase, a question, a decision. COUNT moves when somebody joins or answers; phones, which show
neither, hear of it only when it is they who were admitted or let go.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from anyio import to_thread
from starlette.types import Send

from pso_core.office import Office
from pso_core.web import stream
from pso_core.web.ending import told_to_stop
from pso_core.web.stream import AGAIN, AT_LEAST, say

GONE = "gone"


@dataclass(frozen=True)
class Now:
    """What a room has come to. `states`: {participant id: waiting, in, out, seated or mistaken}."""

    number: int
    count: int
    states: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.number}.{self.count}"


@dataclass(eq=False)
class Line(stream.Line):
    """One open browser. `who`: "participant/…" or "person/…"; `participant`: "" for those who may see the counter move."""

    room_id: str
    who: str
    participant: str


class Hub:
    """Lives in the server's event loop; the store tells it from whichever thread wrote."""

    def __init__(self, office: Office):
        self._office, self._loop = office, asyncio.get_running_loop()
        self._lines: dict[str, list[Line]] = {}
        self._counts: dict[str, int] = {}
        self._flushing: dict[str, asyncio.Task] = {}
        self._now: dict[str, Now] = {}
        self.closing = False

    def told(self, room_id: str) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._changed, room_id)

    def close(self) -> None:
        """From any thread: every line ends, so that the server can."""
        self._loop.call_soon_threadsafe(self._end_all)

    async def look(self, room_id: str) -> Now:
        """Refuses workshop_gone."""
        room, people = await to_thread.run_sync(lambda: (self._office.store.workshops.room(room_id), self._office.store.workshops.participants(room_id)))
        return Now(room.number, self._counts.get(room_id, 0), {one.id: one.state for one in people})

    def add(self, line: Line) -> None:
        there = self._lines.setdefault(line.room_id, [])
        same = [one for one in there if one.who == line.who]
        stream.room_for_another(same)
        there.append(line)
        if self.closing:
            line.end()

    def remove(self, line: Line) -> None:
        self._lines[line.room_id].remove(line)
        if not self._lines[line.room_id]:
            del self._lines[line.room_id]
            self._now.pop(line.room_id, None)

    def now(self, room_id: str) -> Now | None:
        """As of the last message; None before the first."""
        return self._now.get(room_id)

    def lines(self, room_id: str) -> int:
        return len(self._lines.get(room_id, ()))

    def _changed(self, room_id: str) -> None:
        self._counts[room_id] = self._counts.get(room_id, 0) + 1
        if room_id in self._lines and room_id not in self._flushing:
            self._flushing[room_id] = self._loop.create_task(self._flush(room_id))

    async def _flush(self, room_id: str) -> None:
        """At once, then once more for whatever happened meanwhile."""
        try:
            seen = None
            while seen != self._counts[room_id] and room_id in self._lines:
                seen = self._counts[room_id]
                self._now[room_id] = await self.look(room_id)
                for line in self._lines.get(room_id, ()):
                    line.changed.set()
                await asyncio.sleep(AT_LEAST)
        finally:
            del self._flushing[room_id]

    def _end_all(self) -> None:
        self.closing = True
        for there in self._lines.values():
            for line in there:
                line.end()


_hub: Hub | None = None


@contextmanager
def telling(office: Office) -> Iterator[Hub]:
    """Until the end of the block rooms of this office push. To be entered in the server's event loop."""
    global _hub
    with ExitStack() as ending:
        _hub = Hub(office)
        ending.callback(_forget)
        ending.callback(_hub.close)
        ending.callback(office.store.workshops.subscribe(_hub.told))
        ending.enter_context(told_to_stop(_hub.close))
        yield _hub


def _forget() -> None:
    global _hub
    _hub = None


def hub() -> Hub:
    if _hub is None:
        raise RuntimeError("no hub tells anything in this process")
    return _hub


class Stream(stream.Stream):
    """What is pushed to one line."""

    def __init__(self, line: Line):
        self.line = line

    def begin(self) -> None:
        self.here = hub()
        self.here.add(self.line)

    def end(self) -> None:
        self.here.remove(self.line)

    async def tell(self, send: Send) -> None:
        line, here = self.line, self.here
        before = await here.look(line.room_id)
        await say(send, f"retry: {AGAIN}\n{_message(before)}")
        async for _ in stream.changes(line, send):
            now = here.now(line.room_id) or before
            state, was = now.states.get(line.participant, GONE), before.states.get(line.participant, GONE)
            if state != was:
                await say(send, f"event: own\n{_message(now)}")
            elif now.number != before.number or (not line.participant and now.count != before.count):
                await say(send, _message(now))
            before = now
            if line.participant and state not in ("waiting", "in"):
                return


def _message(now: Now) -> str:
    return f"data: {now}\n\n"


def heard(room_id: str, who: str, participant: str, allowed: Callable[[], bool]) -> Stream:
    return Stream(Line(room_id, who, participant, allowed=allowed))
