"""Reads that cost something, kept for as long as nothing changed: keyed by the project's clock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from time import monotonic
from typing import Any, TypeVar

from pso_core.actions.cycle_reading import is_renewed
from pso_core.actions.holidays import workdays
from pso_core.actions.reminder_text import parts
from pso_core.actions.schedule import Slip, ledger
from pso_core.actions.schedule_reading import Outlook, actuals, outlook
from pso_core.charts import drawn as charts
from pso_core.documents import drawings
from pso_core.documents.preview import drawn
from pso_core.domain import owed
from pso_core.domain.evidence import Piece, pieces
from pso_core.domain.evidence_index import Entry, evidence_index, pieces_by_file
from pso_core.domain.owed import Digest, Morning
from pso_core.domain.projection import after_plan
from pso_core.domain.register import Filed, register
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.schedule import Actual
from pso_core.domain.scoring import Score
from pso_core.domain.sensitivity import Swap, swaps
from pso_core.domain.workdays import Workdays
from pso_core.office import lost_contents, office
from pso_core.steps import Review, schedule
from pso_core.steps.approved_over import told_warnings
from pso_core.steps.evidence import claimed_and_proven
from pso_core.steps.naming import Told
from pso_core.steps.sign_off import NEEDS
from pso_core.steps.standing import Standing, standings
from pso_core.store import Change
from pso_core.text.phrases import phrases

Read = TypeVar("Read", bound=Callable[..., Any])
PREVIEW = 900  # pixels wide
SEARCH_AGAIN = 60  # seconds after which contents are looked for that something else than this program may have removed
_caches: list[Any] = []
_log = logging.getLogger(__name__)


def kept(most: int) -> Callable[[Read], Read]:
    """Remembers the last `most` answers, until `forget`."""

    def remembering(read: Read) -> Read:
        _caches.append(lru_cache(maxsize=most)(read))
        return _caches[-1]

    return remembering


def forget() -> None:
    """All answers, and what they were asked for."""
    for cache in _caches:
        cache.cache_clear()


def forget_erased() -> None:
    """What was erased for good must not stay in memory either: states of long ago are in answers, their names in charts and drawings."""
    forget()
    charts.forget()
    drawings.forget()


class _Key:
    """Equal for equal project, clock, people, day and lost contents; carries the review it was made from."""

    def __init__(self, review: Review):
        self.review = review
        self.parts = (review.state.project_id, review.state.seq, review.people, review.today, review.standard.key, review.lost)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


def standings_of(review: Review) -> tuple[Standing, ...]:
    return _standings(_Key(review))


@kept(64)
def _standings(key: _Key) -> tuple[Standing, ...]:
    return standings(key.review)


@kept(64)
def as_of(project_id: str, seq: int) -> ProjectState:
    """The project as a visit first drew it; the past does not change."""
    return office().store.as_of(project_id, seq)


def approved_due(state: ProjectState, entity_id: str) -> str | None:
    """The due date of this row in the newest approved plan."""
    return schedule.approved_due(state, entity_id, partial(as_of, state.project_id))


def preview_of(sha256: str, media_type: str) -> bytes | None:
    """The first page of an attached file as PNG; None where it cannot be drawn, or not just now."""
    if not office().store.contents.holds(sha256):
        return None
    try:
        return _preview_of(sha256, media_type)
    except OSError:  # nothing is kept, so that the next look tries again
        _log.exception("a preview could not be drawn")
        return None


@kept(32)
def _preview_of(sha256: str, media_type: str) -> bytes | None:
    """A content never changes."""
    found = drawn(office().store.contents.path_of(sha256), media_type, PREVIEW)
    return found.png if found else None


class _At:
    """A project's state as a key: equal when project and clock are."""

    def __init__(self, state: ProjectState):
        self.state = state
        self.parts = (state.project_id, state.seq)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _At) and self.parts == other.parts


def lost_of(state: ProjectState) -> frozenset[str]:
    """Newest files of evidence whose content is not here. The same file attached again changes no row: then the contents had their turn."""
    return _lost(_At(state), office().store.contents.turn, int(monotonic() // SEARCH_AGAIN))


@kept(16)
def _lost(key: _At, turn: int, minute: int) -> frozenset[str]:
    return lost_contents(office(), key.state)


def warnings_of(review: Review, sign_off: Row, language: str) -> str:
    """What the head approved over in this sign-off, in `language`: the past project is looked at once for each change."""
    return _warnings(_Key(review), sign_off.id, language)


@kept(32)
def _warnings(key: _Key, sign_off_id: str, language: str) -> str:
    return told_warnings(key.review, key.review.state.get(sign_off_id), language)


def register_of(state: ProjectState) -> tuple[Filed, ...]:
    """The file register, ready to be searched."""
    return _register(_At(state))


@kept(16)
def _register(key: _At) -> tuple[Filed, ...]:
    return register(key.state)


def pieces_of(review: Review) -> tuple[Piece, ...]:
    """The register of evidence as it stands today."""
    return _pieces(_Key(review))


@kept(16)
def _pieces(key: _Key) -> tuple[Piece, ...]:
    return pieces(key.review.state, key.review.today, key.review.lost)


def index_of(review: Review) -> tuple[Entry, ...]:
    """Evidence and files, ready to be searched."""
    return _index(_Key(review))


@kept(16)
def _index(key: _Key) -> tuple[Entry, ...]:
    return evidence_index(key.review.state, key.review.standard, _pieces(key))


def evidence_by_file(review: Review) -> Mapping[str, tuple[Piece, ...]]:
    """{file of the register: the evidence that it is}"""
    return pieces_by_file(pieces_of(review))


def proven_of(review: Review) -> tuple[Score, Score] | None:
    """What is claimed and what evidence proves of it; None before there is a total."""
    return _proven(_Key(review))


@kept(64)
def _proven(key: _Key) -> tuple[Score, Score] | None:
    return claimed_and_proven(key.review)


def swaps_of(review: Review) -> tuple[Swap, ...]:
    """Of the score of the scored round, which there must be."""
    return _swaps(_Key(review))


@kept(64)
def _swaps(key: _Key) -> tuple[Swap, ...]:
    return swaps(key.review.score)


def newest_changes(state: ProjectState, count: int) -> tuple[Change, ...]:
    return _newest_changes(_At(state), count)


@kept(16)
def _newest_changes(key: _At, count: int) -> tuple[Change, ...]:
    return tuple(office().store.history(key.state.project_id, limit=count))


def actuals_of(state: ProjectState) -> dict[str, Actual]:
    """When each step began and ended; asked of the log once for each change."""
    return _actuals(_At(state))


@kept(64)
def _actuals(key: _At) -> dict[str, Actual]:
    return actuals(office(), key.state.project_id, key.state)


def outlook_of(state: ProjectState, today: date) -> Outlook | None:
    """How the schedule stands today, by the holidays as they are now."""
    return _outlook(_At(state), today, workdays(office())) if state.of("phase") else None


@kept(64)
def _outlook(key: _At, today: date, calendar: Workdays) -> Outlook | None:
    return outlook(key.state, calendar, _actuals(key), today)


def ledger_of(state: ProjectState) -> tuple[Slip, ...]:
    """Every due date that moved once it was approved."""
    return _ledger(_At(state), workdays(office()))


@kept(16)
def _ledger(key: _At, calendar: Workdays) -> tuple[Slip, ...]:
    return ledger(office(), key.state.project_id)


@kept(32)
def _digest(key: _Key, calendar: Workdays, renewed: bool) -> Digest:
    review = key.review
    return owed.digest(Morning(review.state, review.people, calendar, review.today, renewed), _ledger(_At(review.state), calendar), NEEDS)


def told_of(review: Review, language: str) -> Mapping[str, Sequence[tuple[Any, str]]]:
    """The digest as it reads in this language: part by part each thing with its line."""
    return _told(_Key(review), workdays(office()), is_renewed(office(), review.state), language)


@kept(32)
def _told(key: _Key, calendar: Workdays, renewed: bool, language: str) -> Mapping[str, Sequence[tuple[Any, str]]]:
    review = key.review
    return parts(Told(phrases(language), review.standard, review.state, review.people), _digest(key, calendar, renewed))


def totals_of(review: Review) -> tuple[Score, Score] | None:
    """The score of the scored round, and what the plan makes of it; None before there is a total."""
    return _totals(_Key(review))


@kept(64)
def _totals(key: _Key) -> tuple[Score, Score] | None:
    score = key.review.score
    if score is None or score.total is None:
        return None
    return score, after_plan(key.review.state, score, key.review.scored_round.id)
