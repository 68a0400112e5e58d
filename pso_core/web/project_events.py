"""Telling every screen at a page of a project that something there changed: one number, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Send

from pso_core.actions.sign_in import visiting
from pso_core.domain.permissions import may
from pso_core.domain.presence import LINE_LOST
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office, office
from pso_core.steps import ALL_STEPS
from pso_core.steps.signing import pages_showing
from pso_core.web import stream
from pso_core.web.cookies import SESSION
from pso_core.web.ending import told_to_stop
from pso_core.web.stream import AGAIN, AT_LEAST, may_still, say

EVENTS, NUMBER = "/live/events", "/live/number"  # ?project=…&page=…&visit=…
PAGES = frozenset(step.key for step in ALL_STEPS)
HEADERS = {"cache-control": "no-store"}


@dataclass(eq=False)
class Line(stream.Line):
    """One open tab. `due`: it is to be told the number."""

    project_id: str
    page: str
    visit: str
    person_id: str
    due: bool = False

    def wake(self) -> None:
        self.due = False
        self.changed.set()


class Hub:
    """Lives in the server's event loop; store and pages tell it from whichever thread they are in."""

    def __init__(self, office: Office):
        self._store, self._loop = office.store, asyncio.get_running_loop()
        self._lines: list[Line] = []
        self._waking: asyncio.Task | None = None
        self._counting: set[asyncio.Task] = set()
        self.closing = False

    def saved(self, project_id: str, seq: int) -> None:
        """From any thread. Without a screen there is nobody to tell."""
        if self._store.presence.screens(project_id):
            self._loop.call_soon_threadsafe(self._count, project_id, seq)

    def changed(self, project_id: str, page: str, but: str) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._changed, project_id, page, but)

    def close(self) -> None:
        """From any thread: every line ends, so that the server can."""
        self._loop.call_soon_threadsafe(self._end_all)

    def add(self, line: Line) -> None:
        same = [one for one in self._lines if one.person_id == line.person_id]
        stream.room_for_another(same)
        self._lines.append(line)
        self._store.presence.line_opened(line.visit)
        if self.closing:
            line.end()

    def remove(self, line: Line) -> None:
        self._lines.remove(line)
        self._store.presence.line_closed(line.visit)
        if not self.closing:
            self._loop.call_later(LINE_LOST.total_seconds() + AT_LEAST, self._store.presence.sweep)

    @property
    def lines(self) -> int:
        return len(self._lines)

    def _count(self, project_id: str, seq: int) -> None:
        task = self._loop.create_task(self._counted(project_id, seq))
        self._counting.add(task)
        task.add_done_callback(self._counting.discard)

    async def _counted(self, project_id: str, seq: int) -> None:
        """The pages that show what change `seq` touched."""
        for change in await to_thread.run_sync(lambda: self._store.history(project_id, before_seq=seq + 1, limit=1)):
            for page in sorted({page for row in change.rows for page in pages_showing(row.kind, row.entity_id)}):
                self._store.presence.changed(project_id, page)

    def _changed(self, project_id: str, page: str, but: str) -> None:
        for line in self._lines:
            line.due = line.due or ((line.project_id, line.page) == (project_id, page) and line.visit != but)
        if self._waking is None:
            self._waking = self._loop.create_task(self._wake())

    async def _wake(self) -> None:
        """At once, then once more for whatever happened meanwhile."""
        try:
            while due := [line for line in self._lines if line.due]:
                for line in due:
                    line.wake()
                await asyncio.sleep(AT_LEAST)
        finally:
            self._waking = None

    def _end_all(self) -> None:
        self.closing = True
        for line in self._lines:
            line.end()


_hub: Hub | None = None


@contextmanager
def telling(here: Office) -> Iterator[Hub]:
    """Until the end of the block pages of this office's projects push. To be entered in the server's event loop."""
    global _hub
    with ExitStack() as ending:
        _hub = Hub(here)
        ending.callback(_forget)
        ending.callback(_hub.close)
        ending.callback(here.store.subscribe(_hub.saved))
        ending.callback(here.store.presence.subscribe(_hub.changed))
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
    """The number of one page, whenever it has grown."""

    def __init__(self, line: Line):
        self.line = line

    def begin(self) -> None:
        self.here = hub()
        self.here.add(self.line)

    def end(self) -> None:
        self.here.remove(self.line)

    async def tell(self, send: Send) -> None:
        line = self.line
        await say(send, f"retry: {AGAIN}\n{_message(line)}")
        async for _ in stream.changes(line, send):
            await say(send, _message(line))


def _number(line: Line) -> int:
    return office().store.presence.number(line.project_id, line.page)


def _message(line: Line) -> str:
    return f"data: {_number(line)}\n\n"


async def show_events(request: Request) -> Response | Stream:
    """404 whatever is wrong: no such project or page, no permission, somebody else's tab."""
    try:
        return Stream(await to_thread.run_sync(_line, request))
    except PsoError:
        return PlainTextResponse("", 404, HEADERS)


async def show_number(request: Request) -> Response:
    """The same to whom nothing can be pushed, or who does not look now."""
    try:
        line = await to_thread.run_sync(_line, request)
    except PsoError:
        return PlainTextResponse("", 404, HEADERS)
    office().store.presence.seen(line.visit)
    return PlainTextResponse(str(_number(line)), headers=HEADERS)


def _line(request: Request) -> Line:
    here, token = office(), request.cookies.get(SESSION, "")
    project_id, page, visit = (request.query_params.get(name, "") for name in ("project", "page", "visit"))
    person = visiting(here, token)
    if person is None or not may(person.role, "view"):
        raise NotAllowed("not_allowed", role=person.role if person else "", verb="view")
    here.store.state(project_id)
    if page not in PAGES or not visit or len(visit) > 64:
        raise NotFound("project_not_found")
    if (whose := here.store.presence.whose(visit)) is None:
        here.store.presence.arrive(visit, person.id, project_id, page)  # it was asleep
    elif whose != person.id:
        raise NotFound("project_not_found")
    return Line(project_id, page, visit, person.id, allowed=may_still(lambda: visiting(here, token)))


ROUTES = [Route(EVENTS, show_events, methods=["GET"]), Route(NUMBER, show_number, methods=["GET"])]
