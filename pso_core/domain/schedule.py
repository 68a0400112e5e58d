"""When each phase is to happen: laid out from a start or back from a target in working days, and what a change would move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from math import ceil

from pso_core.domain.workdays import Workdays

PLANNED, DOUBTFUL = Fraction(1), Fraction(5, 4)  # paces, as parts of the planned lengths
ENOUGH = 3  # finished phases from which on a project is taken to know its own pace
FARTHEST = 5_000  # working days, some twenty years: no phase is expected to take longer, however slow it has been so far


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the schedule, `days` working days long.

    It begins when the phase it comes `after` has only `overlap` working days left. A pinned date was typed by a person and stays.
    """

    step: str
    days: int
    after: str | None = None
    overlap: int = 0
    start: date | None = None
    due: date | None = None
    pinned_start: bool = False
    pinned_due: bool = False


@dataclass(frozen=True, slots=True)
class Actual:
    """What really happened: a phase has started at the first event in its step and finished at its approval.

    `done`: the part of a running phase that is known to be finished, 0 to 1; None where nobody can tell.
    """

    started: date | None = None
    finished: date | None = None
    done: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A phase whose dates a change moves; `working_days` by which it becomes due later, negative when earlier. `days`: its length in them, before and after."""

    step: str
    start: tuple[date | None, date | None]
    due: tuple[date | None, date | None]
    working_days: int
    days: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slip:
    """A due date that moved from one day to another, by whom, when and why. `after` None: nothing is due any more (an open end, or it was removed)."""

    kind: str
    entity_id: str
    name: str
    person_id: str
    occurred_at: datetime
    before: date
    after: date | None
    working_days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a phase stands on a day. `state`: done · late · running · waiting.

    `days`: working days left to the due day, below 0 after it (0 still on the days off that follow it); of a phase that is
    done, those by which it was early. `on_days_off`: none is left although the due day is still to come.
    """

    step: str
    state: str
    days: int
    actual: Actual
    on_days_off: bool = False


def in_order(phases: Iterable[Phase]) -> tuple[Phase, ...]:
    """Each phase after the one it waits for, otherwise as given. ValueError when they wait for each other (see `circle`)."""
    waiting, placed = list(phases), []
    while waiting:
        known = {phase.step for phase in placed}
        steps = {phase.step for phase in waiting}
        ready = next((phase for phase in waiting if phase.after in known or phase.after not in steps), None)
        if ready is None:
            raise ValueError("phases wait for each other")
        waiting.remove(ready)
        placed.append(ready)
    return tuple(placed)


def circle(phases: Iterable[Phase]) -> tuple[str, ...]:
    """The steps that wait for each other, in the order in which they do; none when there is no circle."""
    after = {phase.step: phase.after for phase in phases}
    for first in after:
        path = [first]
        while (step := after.get(path[-1])) is not None and step not in path:
            path.append(step)
        if step == first:
            return tuple(path)
    return ()


def lay_out(phases: Sequence[Phase], calendar: Workdays, start: date) -> tuple[Phase, ...]:
    """The phases with their dates, each as early as it may begin, the first of them on `start` or the next working day.

    Pinned dates stay; a phase with a pinned due date takes what length is left, and at least that one day.
    """
    placed: dict[str, Phase] = {}
    for phase in in_order(phases):
        before = placed.get(phase.after)
        earliest = _after(before.start, before.due, phase.overlap, calendar) if before else calendar.next_working(start)
        placed[phase.step] = _dated(phase, earliest, calendar)
    return tuple(placed[phase.step] for phase in phases)


def lay_back(phases: Sequence[Phase], calendar: Workdays, target: date) -> tuple[Phase, ...]:
    """The same, begun as late as the target allows: the last phase is due on it or on the working day before."""
    return lay_out(phases, calendar, min(latest_starts(phases, calendar, target).values()))


def latest_starts(phases: Sequence[Phase], calendar: Workdays, target: date) -> dict[str, date]:
    """{step: the last day on which it may begin for the target to hold}, were every later phase to take its planned length."""
    return {step: start for step, (start, _) in latest_days(phases, calendar, target).items()}


def latest_days(phases: Sequence[Phase], calendar: Workdays, target: date) -> dict[str, tuple[date, date]]:
    """The same with the last day on which each may end."""
    latest: dict[str, tuple[date, date]] = {}
    for phase in reversed(in_order(phases)):
        followers = [other for other in phases if other.after == phase.step]
        due = min([target, *(calendar.shift(latest[other.step][0], other.overlap - 1) for other in followers)])
        start = min([calendar.back(due, phase.days), *(latest[other.step][0] for other in followers if other.overlap)])
        latest[phase.step] = start, due
    return latest


def loses_target(actual: Actual, days: tuple[date, date], latest: tuple[date, date]) -> bool:
    """Whether a phase is late so that the target cannot hold any more, were every later phase to take its planned length.

    `days`: the first on which it can begin and the earliest on which it can be expected to be finished; `latest`: as
    `latest_days` has it. A phase that has begun is asked for its end alone, one that is finished for nothing.
    """
    if actual.finished:
        return False
    return days[1] > latest[1] or (actual.started is None and days[0] > latest[0])


def moves(before: Iterable[Phase], after: Iterable[Phase], calendar: Workdays) -> tuple[Move, ...]:
    """The phases whose dates differ, in the order of `after`; a phase that had no date is not moved but placed."""
    was = {phase.step: phase for phase in before}
    pairs = ((was[phase.step], phase) for phase in after if phase.step in was)
    return tuple(_move(old, new, calendar) for old, new in pairs if old.due and new.due and (old.start, old.due) != (new.start, new.due))


def early(phases: Iterable[Phase], calendar: Workdays) -> tuple[str, ...]:
    """Steps whose typed dates begin before the phase they wait for allows; a start on a day off is one on the next working day."""
    found = {phase.step: phase for phase in phases}
    dated = ((phase, found[phase.after]) for phase in found.values() if phase.start and phase.after in found and found[phase.after].due)
    return tuple(
        phase.step for phase, before in dated if calendar.next_working(phase.start) < _after(before.start, before.due, phase.overlap, calendar)
    )


def standing_of(phase: Phase, actual: Actual, calendar: Workdays, today: date) -> Standing:
    """How the phase stands; one without dates waits."""
    if actual.finished:
        return Standing(phase.step, "done", calendar.between(actual.finished, phase.due) if phase.due else 0, actual)
    days = calendar.between(today, phase.due) if phase.due else 0
    late = phase.due is not None and today > phase.due
    off = days == 0 and phase.due is not None and phase.due > today
    return Standing(phase.step, "late" if late else "running" if actual.started else "waiting", days, actual, off)


def pace(phases: Sequence[Phase], actuals: Mapping[str, Actual], calendar: Workdays, today: date) -> tuple[Fraction, Fraction]:
    """(quick, slow), as parts of the planned lengths: what all phases took together, and the one that took longest; never less hopeful than the plan nor more.

    A late phase counts with what it took so far. Few phases say little: until `ENOUGH` are finished the plan is the quick
    pace, and until then or while any is late the slow one is at least a quarter more.
    """
    finished = [found for phase in phases if (found := _took(phase, actuals, calendar))]
    late = [phase for phase in phases if standing_of(phase, actuals.get(phase.step, Actual()), calendar, today).state == "late"]
    took = [*finished, *(found for phase in late if (found := _overran(phase, actuals, calendar, today)))]
    few = len(finished) < ENOUGH
    quick = PLANNED if few else Fraction(sum(days for days, _ in took), sum(planned for _, planned in took))
    return min(PLANNED, quick), max([DOUBTFUL if few or late else PLANNED, *(Fraction(*one) for one in took)])


def _took(phase: Phase, actuals: Mapping[str, Actual], calendar: Workdays) -> tuple[int, int] | None:
    """Working days that a finished phase took, and those planned."""
    actual = actuals.get(phase.step, Actual())
    return (max(1, calendar.count(actual.started, actual.finished)), phase.days) if actual.started and actual.finished else None


def _overran(phase: Phase, actuals: Mapping[str, Actual], calendar: Workdays, today: date) -> tuple[int, int] | None:
    """The same of one that is not finished, once that is more than planned: only then it says how slow it is."""
    started = actuals.get(phase.step, Actual()).started
    return (days, phase.days) if started and (days := calendar.count(started, today)) > phase.days else None


def forecast(phases: Sequence[Phase], actuals: Mapping[str, Actual], calendar: Workdays, today: date) -> dict[str, tuple[date, date]]:
    """{step: (earliest, latest) day on which it can be expected to be finished} at this project's own pace.

    What is finished counts as it was; nothing unfinished ends before today, nor, having begun early, before the phase it
    comes after lets it begin, be there finished ones in between; a running phase that says how much of it is done is expected to take as long again for each
    part as it did so far, when that is later.
    """
    quick, slow = (_expected(phases, actuals, calendar, today, ratio) for ratio in pace(phases, actuals, calendar, today))
    return {step: (min(quick[step], slow[step]), max(quick[step], slow[step])) for step in quick}


def _expected(phases: Sequence[Phase], actuals: Mapping[str, Actual], calendar: Workdays, today: date, ratio: Fraction) -> dict[str, date]:
    spans: dict[str, tuple[date, date]] = {}
    free: dict[str, date] = {}
    for phase in in_order(phases):
        actual, before = actuals.get(phase.step, Actual()), phase.after
        free[phase.step] = _after(*spans[before], phase.overlap, calendar) if before in spans else today
        if before in spans and actuals.get(before, Actual()).finished:  # out of turn, perhaps: what that one should have waited for is still to come
            free[phase.step] = max(free[phase.step], free[before])
        spans[phase.step] = _span(phase, actual, free[phase.step], calendar, today, ratio)
    return {step: ends for step, (_, ends) in spans.items()}


def _span(phase: Phase, actual: Actual, free: date, calendar: Workdays, today: date, ratio: Fraction) -> tuple[date, date]:
    if actual.finished:
        return actual.started or actual.finished, actual.finished
    begins = actual.started or max(free, phase.start or today, today)
    length = min(FARTHEST, max(ceil(phase.days * ratio), _at_its_own_pace(actual, calendar, today)))
    return begins, max(calendar.add(begins, length), calendar.next_working(max(free, today)))


def _at_its_own_pace(actual: Actual, calendar: Workdays, today: date) -> int:
    """Working days that a running phase takes in all, were it to go on as it went so far; 0 when that cannot be told."""
    if not (actual.started and actual.done):
        return 0
    return ceil(calendar.count(actual.started, today) / actual.done)


def _after(begins: date, due: date, overlap: int, calendar: Workdays) -> date:
    """The first working day left free by a phase, `overlap` of whose last working days may be shared; not before it begins itself."""
    return calendar.next_working(max(calendar.shift(due, 1 - overlap), begins))


def _dated(phase: Phase, earliest: date, calendar: Workdays) -> Phase:
    start = phase.start if phase.pinned_start and phase.start else earliest
    if not (phase.pinned_due and phase.due):
        return replace(phase, start=start, due=calendar.add(start, phase.days))
    start = min(start, phase.due)
    return replace(phase, start=start, days=max(1, calendar.count(start, phase.due)))


def _move(old: Phase, new: Phase, calendar: Workdays) -> Move:
    return Move(new.step, (old.start, new.start), (old.due, new.due), calendar.between(old.due, new.due), (old.days, new.days))
