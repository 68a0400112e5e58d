"""How the plan goes: what should be done by a day, what is, who is late and who carries too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from pso_core.domain.calendar import day_of, days_left
from pso_core.domain.exact import Number, exact
from pso_core.domain.rows import Row

HEAVY = (2, 5)  # more than two fifths of the unfinished activities on one person


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Percent of the counted plan by the end of a day; `actual` is None after today."""

    day: date
    expected: Fraction
    actual: Fraction | None


@dataclass(frozen=True, slots=True)
class Curve:
    """Expected against actual over the activities with a start and a due date; `left_out` are the ids of the others.

    Both lines are over the same activities, each counting the same, so they can be compared.
    """

    points: tuple[CurvePoint, ...]
    counted: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How one activity goes on a day; `last` is its latest report, `days` those left to the due day (below 0 after it).

    `state`: done · late (the due day is over) · behind or on_time (against `expected`) · waiting (before its start) ·
    undated (nothing to compare with: no start, no due date, or an open end).
    """

    activity: Row
    state: str
    percent: Fraction
    expected: Fraction | None
    days: int | None
    last: Row | None


@dataclass(frozen=True, slots=True)
class Load:
    """One owner's part of the activities; `heavy` when above the threshold with more than one, as a single one cannot be shared out."""

    owner: str
    activities: int
    share: Fraction
    heavy: bool


def due_of(activity: Row) -> date | None:
    """The due date; none when the end is open."""
    return None if activity["open_ended"] else day_of(activity["due"])


def expected_percent(activity: Row, day: date) -> Fraction | None:
    """What should be done by the end of `day`: the same part on each day from start to due, both counted.

    None when the activity has no start or no due date.
    """
    start, due = day_of(activity["start"]), due_of(activity)
    if start is None or due is None:
        return None
    if day >= due:
        return Fraction(100)
    return Fraction(max(0, (day - start).days + 1) * 100, (due - start).days + 1)


def reports_by_activity(reports: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """{activity id: its dated reports with a percent, oldest first}; on one day the later saved one is later."""
    grouped: dict[str, list[Row]] = {}
    for report in reports:
        if report["percent"] is not None and report["reported_on"]:
            grouped.setdefault(report["activity"], []).append(report)
    return {
        activity: tuple(sorted(rows, key=lambda row: (row["reported_on"], row.seq, row.id)))
        for activity, rows in grouped.items()
    }


def percent_on(reports: Sequence[Row], day: date) -> Fraction:
    """The latest percent reported on or before `day` in one activity's reports (oldest first); 0 before the first."""
    report = next((report for report in reversed(reports) if day_of(report["reported_on"]) <= day), None)
    return exact(report["percent"]) if report else Fraction(0)


def curve(activities: Sequence[Row], reports: Iterable[Row], days: Iterable[date], today: date) -> Curve:
    """The plan's expected and actual percent by the end of each of `days`; no points when nothing has both dates."""
    counted = [a for a in activities if day_of(a["start"]) and due_of(a)]
    by_activity = reports_by_activity(reports)
    points = (
        CurvePoint(
            day,
            _mean([expected_percent(a, day) for a in counted]),
            _mean([percent_on(by_activity.get(a.id, ()), day) for a in counted]) if day <= today else None,
        )
        for day in days
    )
    ids = tuple(a.id for a in counted)
    return Curve(tuple(points) if counted else (), ids, tuple(a.id for a in activities if a.id not in ids))


def days_of_plan(activities: Iterable[Row], reports: Iterable[Row] = (), at_most: int = 60) -> tuple[date, ...]:
    """Days for the curve from the day before the first start to the last due, or to what was reported later, evenly spread, both ends included."""
    counted = {a.id: (day_of(a["start"]), due_of(a)) for a in activities}
    counted = {id_: span for id_, span in counted.items() if all(span)}
    if not counted:
        return ()
    reported = [day_of(one["reported_on"]) for id_, some in reports_by_activity(reports).items() if id_ in counted for one in some]
    first = min(start for start, _ in counted.values()) - timedelta(1)
    last = max(*(due for _, due in counted.values()), *reported, first)
    length = (last - first).days
    steps = min(length, at_most - 1)
    return tuple(first + timedelta(length * step // steps) for step in range(steps + 1))


def is_late(activity: Row, percent: Number, today: date) -> bool:
    """The due day is over and the work is not done. An open end is never late."""
    due = due_of(activity)
    return due is not None and today > due and exact(percent) < 100


def pace(activity: Row, reports: Sequence[Row], today: date) -> Pace:
    """How an activity goes today, by its reports (oldest first)."""
    percent, expected, due = percent_on(reports, today), expected_percent(activity, today), due_of(activity)
    start = day_of(activity["start"])
    if percent >= 100:
        state = "done"
    elif is_late(activity, percent, today):
        state = "late"
    elif start and today < start and not percent:
        state = "waiting"
    elif expected is None:
        state = "undated"
    else:
        state = "behind" if percent < expected else "on_time"
    known = [report for report in reports if day_of(report["reported_on"]) <= today]
    return Pace(activity, state, percent, expected, days_left(due, today) if due else None, known[-1] if known else None)


def workload(activities: Sequence[Row], threshold: tuple[int, int] = HEAVY) -> tuple[Load, ...]:
    """Each owner's share of these activities (those without an owner too), the busiest first. Give it the unfinished: what is done weighs on nobody."""
    counts = Counter(a["owner"] for a in activities if a["owner"])
    shares = {owner: Fraction(count, len(activities)) for owner, count in counts.items()}
    return tuple(
        Load(owner, counts[owner], share, counts[owner] > 1 and share > Fraction(*threshold))
        for owner, share in sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
