"""The calendar of the office: public holidays as they come with the program, and as an administrator has changed them."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pso_core import holidays
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday, Workdays
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.steps.values import clean
from pso_core.text.thaidate import BE_AHEAD

SETTING = "holidays"
BEFORE = "holidays_before"  # [{until: a moment, years: {year: its list until then, or null}}], the earliest first
_changing = threading.Lock()  # the list of what was comes in the order of the changes
MOST = 120  # days off in one year
FEW = 10  # fewer in a year are hardly all: the Cabinet names some nineteen


def lists(office: Office) -> dict[int, tuple[Holiday, ...]]:
    """{Buddhist Era year: its holidays, earliest first}; a year that an administrator has changed is as they left it."""
    return _lists(office.store.settings.get(SETTING, {}))


def _lists(kept: Mapping[str, Any]) -> dict[int, tuple[Holiday, ...]]:
    own = {int(year): tuple(map(_holiday, days)) for year, days in kept.items()}
    return {**{year: tuple(days.values()) for year, days in holidays.known().items()}, **own}


def thin(known: Mapping[int, Iterable[Holiday]], years: Iterable[int]) -> dict[int, int]:
    """{year: days in its list}, of those years whose list was begun but can hardly be complete."""
    counted = {year: len(tuple(known[year])) for year in years if year in known}
    return {year: count for year, count in counted.items() if count < FEW}


def workdays(office: Office) -> Workdays:
    """The calendar to count working days in."""
    return Workdays.of({year: [holiday.day for holiday in days] for year, days in lists(office).items()})


def workdays_then(office: Office) -> Callable[[datetime], Workdays]:
    """The calendar as it was at a moment: what was counted then is not counted anew when a list changes. Before the first change
    that was kept, and where only the installed lists changed, it is that of today."""
    known = {year: [holiday.day for holiday in days] for year, days in lists(office).items()}
    then, ends = [Workdays.of(known)], []
    for change in reversed(office.store.settings.get(BEFORE, [])):
        years = {int(year): days for year, days in change["years"].items()}
        known = {**known, **{year: [_holiday(one).day for one in days] for year, days in years.items() if days is not None}}
        known = {year: days for year, days in known.items() if years.get(year, ()) is not None}
        then.insert(0, Workdays.of(known))
        ends.insert(0, min([datetime.fromisoformat(change["until"]), *ends[:1]]))  # a clock that was put back tells an earlier end
    return lambda moment: then[bisect_right(ends, moment)]


def add_holiday(office: Office, actor: Person, one: Holiday) -> None:
    """One day more in the list of its year as it is now, also when somebody else changed that since it was looked at. Refuses
    not_allowed, holiday_known, holiday_unnamed, holidays_year_full."""
    _require_permission(actor)

    def with_it(known: Mapping[int, tuple[Holiday, ...]]) -> dict[int, tuple[Holiday, ...]]:
        if not _new(known, [one]):
            raise PsoError("holiday_known", date=one.day.isoformat())
        return {_year(one): (*known.get(_year(one), ()), one)}

    _change(office, with_it)


def remove_holiday(office: Office, actor: Person, day: date) -> None:
    """One day less; nothing happens where it is not listed any more. Refuses not_allowed."""
    _require_permission(actor)
    year = day.year + BE_AHEAD

    def without_it(known: Mapping[int, tuple[Holiday, ...]]) -> dict[int, tuple[Holiday, ...]]:
        listed = known.get(year, ())
        left = tuple(one for one in listed if one.day != day)
        return {year: left} if len(left) < len(listed) else {}

    _change(office, without_it)


def import_holidays(office: Office, actor: Person, data: bytes) -> tuple[int, ...]:
    """Adds the days of an .ics file to the lists of their years; a day that is known stays as it is called. The years that got more days.

    Refuses not_allowed, and the whole file as `read_ics` does or with holidays_year_full.
    """
    _require_permission(actor)
    read = holidays.read_ics(data)
    grown: list[int] = []

    def with_the_file(known: Mapping[int, tuple[Holiday, ...]]) -> dict[int, tuple[Holiday, ...]]:
        new = _new(known, read)
        grown[:] = sorted(set(map(_year, new)))
        return {year: (*known.get(year, ()), *(one for one in new if _year(one) == year)) for year in grown}

    _change(office, with_the_file)
    return tuple(grown)


def new_in(office: Office, data: bytes) -> list[Holiday]:
    """The days of an .ics file that no list has yet, the earliest first. Refuses as `read_ics` does."""
    return _new(lists(office), holidays.read_ics(data))


def _new(known: Mapping[int, tuple[Holiday, ...]], read: Iterable[Holiday]) -> list[Holiday]:
    there = {one.day for days in known.values() for one in days}
    return [one for one in read if one.day not in there]


def _require_permission(actor: Person) -> None:
    if not may(actor.role, "configure"):
        raise NotAllowed("not_allowed", role=actor.role, verb="configure")


def _change(office: Office, to: Callable[[Mapping[int, tuple[Holiday, ...]]], Mapping[int, Iterable[Holiday]]]) -> None:
    """Keep the years that `to` makes of the lists as they are now: two administrators at once lose nothing of each other's."""

    def kept(stored: Mapping[str, Any]) -> dict[str, Any]:
        known = _lists(stored)
        changed = {str(year): [_stored(one) for one in _list(days)] for year, days in to(known).items()}
        before.update({year: [_stored(one) for one in known[int(year)]] if int(year) in known else None for year in changed})
        return {**stored, **changed}

    before: dict[str, Any] = {}
    until = office.clock().isoformat()
    with _changing:
        office.store.settings.change(SETTING, kept, {})
        if before:
            office.store.settings.change(BEFORE, lambda changes: [*changes, {"until": until, "years": before}], [])


def _list(days: Iterable[Holiday]) -> list[Holiday]:
    found = sorted((_cleaned(one) for one in days), key=lambda one: one.day)
    _refuse_unfit(found)
    return found


def _year(one: Holiday) -> int:
    return one.day.year + BE_AHEAD


def _cleaned(one: Holiday) -> Holiday:
    words = [" ".join(clean(text).split())[: holidays.LONGEST_NAME] for text in (one.name.th, one.name.en)]
    return Holiday(one.day, Words(words[0] or words[1], words[1] or words[0]), one.substitute, one.special)


def _refuse_unfit(found: list[Holiday]) -> None:
    if len(found) > MOST:
        raise PsoError("holidays_year_full", year=_year(found[0]), most=MOST)
    for one in found:
        if not one.name.th:
            raise PsoError("holiday_unnamed", date=one.day.isoformat())


def _stored(one: Holiday) -> dict[str, Any]:
    return {"day": one.day.isoformat(), "th": one.name.th, "en": one.name.en, "substitute": one.substitute, "special": one.special}


def _holiday(kept: Mapping[str, Any]) -> Holiday:
    return Holiday(date.fromisoformat(kept["day"]), Words(kept["th"], kept["en"]), kept["substitute"], kept["special"])
