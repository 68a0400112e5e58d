"""The plan on the calendar: which activity lies where, and when most run at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pso_core.domain.calendar import day_of
from pso_core.domain.progress import due_of
from pso_core.domain.rows import Row

OPEN_END = timedelta(60)  # how far an open end is drawn past everything that is dated


@dataclass(frozen=True, slots=True)
class Span:
    """An activity from its first to its last day; `open` when it goes on, `end` then only says how far to draw it."""

    activity: Row
    start: date
    end: date
    open: bool


def spans(activities: Iterable[Row]) -> tuple[Span, ...]:
    """The activities that can be drawn: those with a start and either a due date or an open end, earliest first."""
    placed = [a for a in activities if a["start"] and (due_of(a) or a["open_ended"])]
    dated = [day for a in placed for day in (day_of(a["start"]), due_of(a)) if day]
    horizon = max(dated, default=date.min) + OPEN_END if dated else date.min
    found = [Span(a, day_of(a["start"]), due_of(a) or horizon, due_of(a) is None) for a in placed]
    return tuple(sorted(found, key=lambda span: (span.start, span.end)))


def busiest_month(drawn: Iterable[Span]) -> tuple[date, int] | None:
    """The first day of the month in which most activities run, the earliest of several, and how many they are."""
    running = Counter(month for span in drawn for month in _months(span.start, span.end))
    return min(running.items(), key=lambda item: (-item[1], item[0])) if running else None


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(32)).replace(day=1)
