"""The schedule against what really happened: who is late, when the end can be expected, what to look out for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from typing import Any

from pso_core.actions.holidays import lists, thin
from pso_core.actions.schedule import submission_day
from pso_core.domain.exact import exact
from pso_core.domain.progress import reports_by_activity
from pso_core.domain.rows import ProjectState
from pso_core.domain.schedule import Actual, Phase, Standing, early, forecast, latest_days, loses_target, standing_of
from pso_core.domain.workdays import DayOff, Holiday, Workdays, day_off
from pso_core.office import Office
from pso_core.steps import STEPS
from pso_core.steps.schedule import phases_of
from pso_core.steps.sign_off import is_approved, sign_off_of
from pso_core.text.thaidate import BE_AHEAD, thai_day

NO_WORK = frozenset({"create", "import", "begin_cycle", "use_samples", "transfer"})  # touches a step's rows without anybody having begun it
DUE, TARGET = ("due_on_holiday", "due_on_weekend"), ("target_on_holiday", "target_on_weekend")
Days = tuple[date, date]


@dataclass(frozen=True)
class Line:
    """One phase as it stands. `expected`: the earliest and the latest day on which it can be expected to be finished;
    `latest_start`, `latest_due`: the last days on which it may begin and end for the target to hold; `slack`: working days until
    the former from its start or, when that is over, from today; `loses_target`: see `domain.schedule`."""

    phase: Phase
    owner: str | None
    standing: Standing
    expected: Days
    latest_start: date
    latest_due: date
    slack: int
    loses_target: bool

    @property
    def step(self) -> str:
        return self.phase.step

    @property
    def lay(self) -> Days:
        """From when to when it is planned; once it is done, from when it began to when it was finished: that day alone where the log knows no other."""
        begun, finished = self.standing.actual.started, self.standing.actual.finished
        if finished is None:
            return self.phase.start, self.phase.due
        return min(begun or finished, finished), finished


@dataclass(frozen=True)
class Outlook:
    """All phases in the order of the steps. `target`: the day by which the last must be done: the one aimed at, else the last due.

    `behind`: working days by which the end is (first and last day expected) after the target; below 0 before it.
    """

    lines: tuple[Line, ...]
    target: date
    end: Days
    behind: tuple[int, int]

    def of(self, step: str) -> Line | None:
        return next((line for line in self.lines if line.step == step), None)

    @property
    def late(self) -> tuple[Line, ...]:
        """Those whose due day is over, the longest overdue first."""
        return tuple(sorted((line for line in self.lines if line.standing.state == "late"), key=lambda line: line.standing.days))

    @property
    def lost(self) -> tuple[Line, ...]:
        """Those that lose the target, overdue or not."""
        return tuple(line for line in self.lines if line.loses_target)

    @property
    def current(self) -> Line | None:
        """The phase to look at first: the longest overdue, else the one that is due next."""
        unfinished = [line for line in self.lines if line.standing.state != "done"]
        return min(unfinished, key=lambda line: (line.phase.due, line.standing.days), default=None)


@dataclass(frozen=True)
class Warned:
    """Something to look at before a schedule is saved. `page_schedule.warning.<code>` with `facts` says it."""

    code: str
    facts: Mapping[str, Any]


def actuals(office: Office, project_id: str, state: ProjectState) -> dict[str, Actual]:
    """{step: when it began and ended, by the log}: its first event and its approval, as days in Thailand."""
    first = office.store.first_events(project_id, NO_WORK)
    return {step.key: Actual(_began(step.kinds, first), _ended(state, step.key), _done(state) if step.key == "execution" else None) for step in STEPS}


def outlook(state: ProjectState, calendar: Workdays, found: Mapping[str, Actual], today: date) -> Outlook | None:
    """How the schedule stands today; None while there is none. `found`: as `actuals` gives it."""
    phases = phases_of(state)
    if not phases:
        return None
    target = target_of(state, phases, calendar)
    expected, latest = forecast(phases, found, calendar, today), latest_days(phases, calendar, target)
    standings = (standing_of(phase, found.get(phase.step, Actual()), calendar, today) for phase in phases)
    lines = tuple(
        _line(phase, state.get(f"phase:{phase.step}")["owner"], standing, expected[phase.step], latest[phase.step], calendar, today)
        for phase, standing in zip(phases, standings, strict=True)
    )
    end = tuple(max(line.expected[which] for line in lines) for which in (0, 1))
    return Outlook(lines, target, end, tuple(calendar.between(target, day) for day in end))


def _line(phase: Phase, owner: str | None, standing: Standing, expected: Days, latest: Days, calendar: Workdays, today: date) -> Line:
    begins = max(phase.start, today)
    lost = loses_target(standing.actual, (calendar.next_working(begins), expected[0]), latest)  # nobody begins on a day off
    return Line(phase, owner, standing, expected, *latest, calendar.between(begins, latest[0]), lost)


def target_of(state: ProjectState, phases: Iterable[Phase], calendar: Workdays) -> date:
    """The day by which the request must be ready: counted from the target typed, else the last day due."""
    frame = state.only("schedule")
    return submission_day(frame, calendar) if frame and frame["target"] else max(phase.due for phase in phases)


def warnings(office: Office, phases: Sequence[Phase], found: Mapping[str, Actual], today: date) -> tuple[Warned, ...]:
    """What stands against these dates: a due day without work, a phase before what it waits for, a start already over, a year without list or with one that is hardly complete."""
    known = lists(office)
    calendar = _calendar(known)
    return (*_past(phases, found, today), *_early(phases, calendar), *_days_off(phases, known), *_unlisted(phases, calendar), *_thin(phases, known))


def _past(phases: Sequence[Phase], found: Mapping[str, Actual], today: date) -> Iterator[Warned]:
    for phase in phases:
        actual = found.get(phase.step, Actual())
        if phase.start < today and not (actual.started or actual.finished):
            yield Warned("start_past", {"step": phase.step, "date": phase.start.isoformat()})


def _early(phases: Sequence[Phase], calendar: Workdays) -> Iterator[Warned]:
    after = {phase.step: phase.after for phase in phases}
    for step in early(phases, calendar):
        yield Warned("early", {"step": step, "other_step": after[step]})


def due_on_days_off(office: Office, due: Iterable[tuple[str, date]]) -> tuple[Warned, ...]:
    """What `warnings` says of a phase due on a day off, of anything else that has a day: (its name, the day)."""
    known = lists(office)
    return tuple(_off(DUE, off, what=name) for name, day in due if (off := day_off(day, known)))


def target_on_day_off(office: Office, target: date) -> tuple[Warned, ...]:
    """That a target is a day off, and which working day counts for it."""
    known = lists(office)
    off = day_off(target, known)
    return (_off(TARGET, off, before=_calendar(known).previous_working(target).isoformat()),) if off else ()


def _days_off(phases: Sequence[Phase], known: Mapping[int, Sequence[Holiday]]) -> Iterator[Warned]:
    for phase in phases:
        if off := day_off(phase.due, known):
            yield _off(DUE, off, step=phase.step)


def _off(codes: tuple[str, str], off: DayOff, **facts: str) -> Warned:
    on_holiday, on_weekend = codes
    facts["date"] = off.day.isoformat()
    return Warned(on_holiday, {**facts, "holiday": off.holiday.name}) if off.holiday else Warned(on_weekend, facts)


def _unlisted(phases: Sequence[Phase], calendar: Workdays) -> Iterator[Warned]:
    first, last = min(phase.start for phase in phases), max(phase.due for phase in phases)
    years = calendar.years_without_list(first, last)
    for _, together in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0]):
        run = [year for _, year in together]
        yield Warned("year_without_list", {"be": _years(run), "ce": _years([year - BE_AHEAD for year in run])})


def _thin(phases: Sequence[Phase], known: Mapping[int, Sequence[Holiday]]) -> Iterator[Warned]:
    first, last = min(phase.start for phase in phases), max(phase.due for phase in phases)
    for year, count in thin(known, range(first.year + BE_AHEAD, last.year + BE_AHEAD + 1)).items():
        yield Warned("thin_list", {"be": year, "ce": year - BE_AHEAD, "count": count})


def _years(run: Sequence[int]) -> str:
    """Years one after the other in one line: thirty sentences would hide all others."""
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"


def _calendar(known: Mapping[int, Sequence[Holiday]]) -> Workdays:
    return Workdays.of({year: [holiday.day for holiday in holidays] for year, holidays in known.items()})


def _began(kinds: Iterable[Any], first: Mapping[str, tuple[int, datetime]]) -> date | None:
    moments = [first[kind.name][1] for kind in kinds if kind.name in first]
    return thai_day(min(moments)) if moments else None


def _ended(state: ProjectState, step: str) -> date | None:
    if not is_approved(state, step):
        return None
    approved_at = sign_off_of(state, step)["approved_at"]
    return thai_day(datetime.fromisoformat(approved_at)) if approved_at else None


def _done(state: ProjectState) -> Fraction | None:
    """The mean of what the activities last reported, 0 to 1; a share of the work that nobody reported is not done."""
    activities, reports = state.of("activity"), reports_by_activity(state.of("progress"))
    if not activities:
        return None
    last = (reports[activity.id][-1]["percent"] for activity in activities if activity.id in reports)
    return sum((exact(percent) for percent in last), Fraction(0)) / (100 * len(activities))


__all__ = ["Line", "Outlook", "Warned", "actuals", "due_on_days_off", "outlook", "target_of", "target_on_day_off", "warnings"]
