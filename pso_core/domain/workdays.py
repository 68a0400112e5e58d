"""Working days: Monday to Friday without the days on which government offices are closed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pso_core.domain.standard import Words
from pso_core.text.thaidate import BE_AHEAD

WEEK, WORK_WEEK = 7, 5  # days; ordinal 1, the first of January of the year 1, is a Monday


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which government offices are closed: `substitute` for one on a weekend, `special` when the Cabinet added it."""

    day: date
    name: Words
    substitute: bool = False
    special: bool = False


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which nobody works: this holiday, or where there is none a Saturday or Sunday."""

    day: date
    holiday: Holiday | None


@dataclass(frozen=True)
class Workdays:
    """A calendar to count working days in. `holidays` on a weekend change nothing; `years`, in the Buddhist Era, have a list.

    A day off counts as the working day before it: what is done by Saturday is done by Friday. A stretch of work
    begins on the next working day. Only `add` and `back` refuse a number of days; all refuse, as ValueError,
    what would lie outside the years 1 to 9999.
    """

    holidays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    @classmethod
    def of(cls, lists: Mapping[int, Collection[date]]) -> Workdays:
        """From {Buddhist Era year: days on which offices are closed}."""
        return cls(frozenset(day for days in lists.values() for day in days), frozenset(lists))

    def is_working(self, day: date) -> bool:
        return day.weekday() < WORK_WEEK and day not in self.holidays

    def next_working(self, day: date) -> date:
        """The day itself or the first working day after it."""
        return self._day(self._before(day) + 1)

    def previous_working(self, day: date) -> date:
        """The day itself or the last working day before it."""
        return self._day(self._until(day))

    def add(self, start: date, days: int) -> date:
        """The last of `days` (at least 1) working days, the first of which is `start` or the next working day."""
        return self._day(self._before(start) + _at_least_one(days))

    def back(self, due: date, days: int) -> date:
        """The first of `days` (at least 1) working days, the last of which is `due` or the previous working day."""
        return self._day(self._until(due) - _at_least_one(days) + 1)

    def count(self, first: date, last: date) -> int:
        """Working days from first to last, both counted; 0 when the last is before the first."""
        return max(0, self._until(last) - self._before(first))

    def shift(self, day: date, n: int) -> date:
        """The working day `n` working days later; earlier when n is negative. With 0 the previous working day."""
        return self._day(self._until(day) + n)

    def between(self, a: date, b: date) -> int:
        """Working days by which b lies after a, negative when before: `between(a, shift(a, n)) == n`."""
        return self._until(b) - self._until(a)

    def years_without_list(self, first: date, last: date) -> tuple[int, ...]:
        """The Buddhist Era years of this span of which no list is known, so that only weekends are left out."""
        return tuple(year for year in range(first.year + BE_AHEAD, last.year + BE_AHEAD + 1) if year not in self.years)

    # Every working day has a number, the first of the calendar being 1, so that sums of days are sums of numbers.

    @cached_property
    def _closed(self) -> list[int]:
        """The ordinals of the holidays from Monday to Friday, ascending."""
        return sorted(day.toordinal() for day in self.holidays if day.weekday() < WORK_WEEK)

    @cached_property
    def _opened_before(self) -> list[int]:
        """For each of these holidays the number of the last working day before it."""
        return [_weekdays(ordinal) - position for position, ordinal in enumerate(self._closed, 1)]

    def _until(self, day: date) -> int:
        """The number of the last working day that is not after this day."""
        ordinal = day.toordinal()
        return _weekdays(ordinal) - bisect_right(self._closed, ordinal)

    def _before(self, day: date) -> int:
        """The number of the last working day before this day."""
        ordinal = day.toordinal()
        return _weekdays(ordinal - 1) - bisect_left(self._closed, ordinal)

    def _day(self, number: int) -> date:
        """The working day of this number: as a weekday it comes later by one for each holiday before it."""
        weeks, weekday = divmod(number + bisect_left(self._opened_before, number) - 1, WORK_WEEK)
        ordinal = weeks * WEEK + weekday + 1
        if not date.min.toordinal() <= ordinal <= date.max.toordinal():
            raise ValueError(f"working day {number} lies outside the calendar")
        return date.fromordinal(ordinal)


def day_off(day: date, lists: Mapping[int, Collection[Holiday]]) -> DayOff | None:
    """What this day is when nobody works on it; None for a working day. `lists`: {Buddhist Era year: its holidays}."""
    holiday = next((one for one in lists.get(day.year + BE_AHEAD, ()) if one.day == day), None)
    return DayOff(day, holiday) if holiday or day.weekday() >= WORK_WEEK else None


def _weekdays(ordinal: int) -> int:
    """Days from Monday to Friday from the first day of the calendar to this one."""
    weeks, rest = divmod(ordinal, WEEK)
    return weeks * WORK_WEEK + min(rest, WORK_WEEK)


def _at_least_one(days: int) -> int:
    if days < 1:
        raise ValueError(f"a stretch of {days} working days")
    return days
