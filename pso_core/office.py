"""The one office of this process: its open store and the clock that actions work with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

from pso_core import standards
from pso_core.domain.evidence import newest_contents
from pso_core.domain.rows import ProjectState
from pso_core.steps import KINDS, Review
from pso_core.store import Store, now_utc
from pso_core.text.thaidate import thai_day

SETTING = "NINE_STEPS_DB"
DEFAULT = Path(__file__).resolve().parents[1] / "data" / "var" / "nine-steps.duckdb"

PRIVATE = 0o077  # the database holds password hashes and unfinished texts: nobody else on the machine reads it


@dataclass(frozen=True)
class Office:
    """What an action needs besides the person acting."""

    store: Store
    clock: Callable[[], datetime] = now_utc

    def today(self) -> date:
        """Today in Thailand, whatever the server's time zone."""
        return thai_day(self.clock())


_here: Office | None = None


@contextmanager
def private() -> Iterator[None]:
    """Until the end of the block, new files and folders are their owner's alone. On Windows only the folder's permissions do that."""
    former = os.umask(PRIVATE)
    try:
        yield
    finally:
        os.umask(former)


@contextmanager
def opened(database: Path | str, *, clock: Callable[[], datetime] = now_utc) -> Iterator[Office]:
    """The office on this database, also found by `office()`, until the end of the block. Refuses as `Store.open` does."""
    global _here
    with ExitStack() as closing:
        closing.enter_context(private())
        store = Store.open(database, clock=clock, kinds=_views())
        closing.callback(store.close)
        former, _here = _here, Office(store, clock)
        try:
            yield _here
        finally:
            _here = former


def _views() -> list[tuple[str, list[tuple[str, str]]]]:
    """A typed view for every kind of row there is."""
    return [(kind.name, [(field.name, field.type) for field in kind.fields]) for kind in KINDS.values()]


def office() -> Office:
    """The open office: for pages and routes, which cannot be handed one."""
    if _here is None:
        raise RuntimeError("no office is open in this process")
    return _here


def lost_contents(office: Office, state: ProjectState) -> frozenset[str]:
    """SHA-256 of the newest files of evidence whose content is not here: removed from the disk, or left behind by a project file."""
    return frozenset(one for one in newest_contents(state) if not office.store.contents.holds(one))


def review_on(office: Office, state: ProjectState, day: date) -> Review:
    """What a project's rules look at on a day: also what became of earlier rounds, and which contents are not here."""
    standard, past = standards.load(state.only("project")["standard"]), cache(partial(office.store.as_of, state.project_id))
    return Review(standard, state, office.store.people.all(), day, past, lost=lost_contents(office, state))


def database_path() -> Path:
    """Where this installation's database is: NINE_STEPS_DB, else data/var."""
    return Path(os.environ.get(SETTING) or DEFAULT)
