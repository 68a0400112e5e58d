"""Public holidays: the lists installed under `data/holidays`, a file each year, and the calendar files an administrator brings."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from icalendar import Calendar, Event

from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.errors import DamagedFile, PsoError
from pso_core.text.readable import readable
from pso_core.text.thaidate import BE_AHEAD

FOLDER = Path(__file__).resolve().parents[1] / "data" / "holidays"
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)  # of an imported holiday
BYTES_A_MEGABYTE = 1_000_000
MOST_MEGABYTES = 1
MOST_DAYS = 1_000  # in one calendar file; a public feed has some 60 a year
LONGEST_EVENT = 31  # days
LONGEST_NAME = 250  # characters; official names of royal days have up to 150

Lists = Mapping[int, Mapping[date, Holiday]]


def known() -> Lists:
    """The installed lists: {Buddhist Era year: {day: holiday}}. Refuses: holidays_damaged(place)."""
    return read(FOLDER)


@cache
def read(folder: Path) -> Lists:
    """The lists in this folder, one `<Buddhist Era year>.toml` each, read once. Refuses: holidays_damaged(place)."""
    return MappingProxyType(dict(_list(file) for file in sorted(folder.glob("*.toml"))))


def read_ics(data: bytes) -> list[Holiday]:
    """The whole-day events of an iCalendar file (RFC 5545), a holiday for each day, ascending, no day twice.

    An event of several days gives several; events on one day give one with all their names. The name is the same in
    both languages, for the file has one. What is cancelled is left out. Refuses the whole file: holidays_large(megabytes,
    most), holidays_unreadable, holidays_empty, holidays_too_many(count, most), holidays_name(date, most),
    holidays_timed(name), holidays_repeating(name), holidays_long(name, days, most), holidays_far(name).
    """
    names: dict[date, dict[str, None]] = {}  # of each day, in the order of the file
    for event in _events(data):
        first, end = _first_and_end(event)
        name = _name(event, first)
        for day in _days(event, first, end, name):
            names.setdefault(day, {})[name] = None
    if not names:
        raise PsoError("holidays_empty")
    if len(names) > MOST_DAYS:
        raise PsoError("holidays_too_many", count=len(names), most=MOST_DAYS)
    joined = {day: _fit(" / ".join(names[day]), day) for day in sorted(names)}
    return [Holiday(day, Words(name, name)) for day, name in joined.items()]


def _list(file: Path) -> tuple[int, Mapping[date, Holiday]]:
    found: dict[date, Holiday] = {}
    for number, row in enumerate(_rows(file), 1):
        holiday = _holiday(row)
        if holiday is None or holiday.day in found or file.stem != str(holiday.day.year + BE_AHEAD):
            raise DamagedFile("holidays_damaged", place=f"{file.name} › holiday {number}")
        found[holiday.day] = holiday
    return int(file.stem), MappingProxyType(found)


def _rows(file: Path) -> list[Any]:
    try:
        match tomllib.loads(file.read_text("utf-8")):
            case {"holiday": [_, *_] as rows}:
                return rows
    except (OSError, ValueError):  # cannot be read, not UTF-8, not TOML
        pass
    raise DamagedFile("holidays_damaged", place=file.name)


def _holiday(row: Any) -> Holiday | None:
    """None when a part is missing, empty, of another kind or not known here."""
    match row:
        case {"day": date() as day, "name": {"th": str() as th, "en": str() as en, **other}, **flags}:
            known_flags = flags.keys() <= {"substitute", "special"} and all(type(flag) is bool for flag in flags.values())
            if type(day) is date and th.strip() and en.strip() and not other and known_flags:
                return Holiday(day, Words(th, en), **flags)
    return None


def _events(data: bytes) -> Iterable[Event]:
    if len(data) > MOST_MEGABYTES * BYTES_A_MEGABYTE:
        raise PsoError("holidays_large", megabytes=-(-len(data) // BYTES_A_MEGABYTE), most=MOST_MEGABYTES)
    try:
        parts = Calendar.from_ical(data.decode("utf-8-sig"), multiple=True)
    except Exception:  # a broken file makes the library stumble anywhere: AttributeError, OSError for a strange time zone
        parts = []
    calendars = [part for part in parts if isinstance(part, Calendar)]
    if not calendars:  # so it is with a file that was cut off: its calendar never ends
        raise PsoError("holidays_unreadable")
    return [event for calendar in calendars for event in calendar.events if str(event.get("STATUS", "")).upper() != "CANCELLED"]


def _first_and_end(event: Event) -> tuple[date, date]:
    """The first day and the day after the last: as the event says, or a single day."""
    try:
        first, end, length = event.DTSTART, event.DTEND, event.DURATION or timedelta(1)
        if first is not None:
            return first, end or first + length
    except (ValueError, TypeError, OverflowError):  # no dates, a length that is none, an end that no calendar has
        pass
    raise PsoError("holidays_unreadable")


def _name(event: Event, first: date) -> str:
    said = event.get("SUMMARY", "")
    if not isinstance(said, str) or any(unicodedata.category(letter) == "Cc" and letter not in "\n\r\t" for letter in said):
        raise PsoError("holidays_unreadable")
    return _fit(" ".join(readable(said).split()), first)


def _fit(name: str, day: date) -> str:
    if not 0 < len(name) <= LONGEST_NAME:
        raise PsoError("holidays_name", date=day.isoformat()[:10], most=LONGEST_NAME)
    return name


def _days(event: Event, first: date, end: date, name: str) -> list[date]:
    if isinstance(first, datetime) or isinstance(end, datetime):
        raise PsoError("holidays_timed", name=name)
    if "RRULE" in event or "RDATE" in event:
        raise PsoError("holidays_repeating", name=name)
    days = (end - first).days or 1  # some programs end a day on the day itself
    if days < 1:
        raise PsoError("holidays_unreadable")
    if days > LONGEST_EVENT:
        raise PsoError("holidays_long", name=name, days=days, most=LONGEST_EVENT)
    if not FIRST <= first <= first + timedelta(days - 1) <= LAST:
        raise PsoError("holidays_far", name=name)
    return [first + timedelta(more) for more in range(days)]
