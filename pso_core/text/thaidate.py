"""Dates as officials write them: Buddhist Era in Thai, read in every form people type. Storage stays ISO."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from pso_core.errors import PsoError
from pso_core.text.phrases import LANGUAGES, Phrases, phrases

BE_AHEAD = 543  # years the Buddhist Era is ahead of the Common Era
FIRST_BE, LAST_BE = 2400, 2700  # from FIRST_BE on a year is read as Buddhist Era
FIRST_CE, LAST_CE = FIRST_BE - BE_AHEAD, LAST_BE - BE_AHEAD
BANGKOK = timezone(timedelta(hours=7))  # no summer time since 1920; needs no time zone files (Windows has none)
LONGEST = 60  # characters; no way of writing a date is longer

_THAI_ZERO = 0x0E50
_TO_THAI = {ord(str(n)): chr(_THAI_ZERO + n) for n in range(10)}
_TO_ARABIC = {_THAI_ZERO + n: str(n) for n in range(10)}
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_LETTERS = r"[^\d/\-()]"

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NUMERIC = re.compile(r"(?P<day>\d{1,2})\s*([/.\- ])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>\d{1,9})")
_WORDED = re.compile(
    rf"(?P<before>{_LETTERS}*)(?P<day>\d{{1,2}})(?P<month>{_LETTERS}+)(?P<year>\d{{1,9}})(?:\s*\((?P<also>{_LETTERS}+\d{{4}})\))?"
)
_MONTH_FIRST = re.compile(rf"(?P<month>{_LETTERS}+?)\s*(?P<day>\d{{1,2}})(?P<before>{_LETTERS}*)[,\s]\s*(?P<year>\d{{4,9}})")


def thai_digits(text: str) -> str:
    return text.translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    return text.translate(_TO_ARABIC)


def say_date(day: date | str | None, say: Phrases, style: str = "short") -> str:
    """A date, or its ISO text, as `style` short, long, numeric or month; a dash for an absent one."""
    if not day:
        return say("dates.absent")
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return say(
        f"dates.style.{style}",
        day=day.day,
        month=say(f"dates.months.{day.month}"),
        month_short=say(f"dates.months_short.{day.month}"),
        month_number=day.month,
        be=day.year + BE_AHEAD,
        ce=day.year,
    )


def in_years_of_dates(moment: datetime) -> bool:
    """Whether a calendar has it: outside of them its time in Thailand may be of no year at all."""
    return FIRST_CE <= moment.year <= LAST_CE


def thai_day(moment: datetime) -> date:
    """The day in Thailand of a moment (with its time zone)."""
    return moment.astimezone(BANGKOK).date()


def say_moment(moment: datetime, say: Phrases) -> str:
    """A moment (with its time zone; without one it is UTC) as date and time in Thailand."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    local = aware.astimezone(BANGKOK)
    return say("dates.moment", date=say_date(local.date(), say), time=f"{local:%H:%M}")


def say_time(moment: datetime, say: Phrases) -> str:
    """The time of a moment (with its time zone) in Thailand."""
    return say("dates.time", time=f"{moment.astimezone(BANGKOK):%H:%M}")


def say_days_left(days: int, say: Phrases, unit: str = "days") -> str:
    """How far a due date is: `days` after today, negative when past; unit days, working_days or, of what expires, validity."""
    if days == 0:
        return say(f"dates.left.{unit}.today")
    one, many = ("ahead_one", "ahead") if days > 0 else ("late_one", "late")
    return say(f"dates.left.{unit}.{one if abs(days) == 1 else many}", days=f"{abs(days):,}")


def say_working_days_left(days: int, say: Phrases, on_days_off: bool) -> str:
    """The same in working days; `on_days_off`: none is left although the day is still to come."""
    return say("dates.left.working_days.before_next") if on_days_off else say_days_left(days, say, "working_days")


def say_fiscal_year(year: int, say: Phrases) -> str:
    """A fiscal year by the Buddhist Era year that names it."""
    return say("dates.fiscal.year", be=year, ce=year - BE_AHEAD)


def read_date(text: str, say: Phrases | None = None) -> date:
    """The date a person typed, in any style `say_date` writes and the usual others; day before month.

    Years from 2400 are Buddhist Era; two digits are 25xx unless the month or era is not Thai (then the
    text is refused: 01 could be three centuries). Reading is the same in every language, so `say` is not needed.
    Refuses: date_unreadable(text), date_impossible(text), year_out_of_range(year, first, last).
    """
    plain = _plain(text)
    parts = _parts(plain) if len(plain) <= LONGEST else None
    if parts is None:
        raise PsoError("date_unreadable", text=text.strip()[:LONGEST])
    year, month, day, also = parts
    try:
        found = date(year, month, day)
    except ValueError:
        raise PsoError("date_impossible", text=text.strip()) from None
    if also not in (None, year):
        raise PsoError("date_unreadable", text=text.strip())
    return found


def _plain(text: str) -> str:
    return " ".join(arabic_digits(_UNSEEN.sub("", text)).split()).casefold()


def _parts(plain: str) -> tuple[int, int, int, int | None] | None:
    """(Common Era year, month, day, the year a remark in brackets adds), or None when it is no date."""
    for pattern in (_ISO, _NUMERIC):
        if found := pattern.fullmatch(plain):
            return _year(found["year"], None, thai=True), int(found["month"]), int(found["day"]), None
    for pattern in (_WORDED, _MONTH_FIRST):
        if (found := pattern.fullmatch(plain)) and (parts := _worded(found)):
            return parts
    return None


def _worded(found: re.Match) -> tuple[int, int, int, int | None] | None:
    letters, era = _without_era(found["month"])
    name = _key(letters)
    month = _months().get(name)
    if month is None or _key(found["before"]) not in _before_day() | _after_day():
        return None
    thai = era == "be" or (era is None and not name.isascii())
    if len(found["year"]) == 2 and not thai:
        return None
    also = _remark(found.groupdict().get("also"))
    return _year(found["year"], era, thai), month, int(found["day"]), also


def _remark(also: str | None) -> int | None:
    if also is None:
        return None
    _, era = _without_era(also[:-4])
    return _year(also[-4:], era, thai=True)


def _year(digits: str, era: str | None, thai: bool) -> int:
    """A typed year in the Common Era. Refuses years nobody plans in."""
    year = int(digits) + (2500 if thai and len(digits) == 2 else 0)
    if era != "ce" and FIRST_BE <= year <= LAST_BE:
        return year - BE_AHEAD
    if era != "be" and FIRST_CE <= year <= LAST_CE:
        return year
    raise PsoError("year_out_of_range", year=int(digits), first=FIRST_BE, last=LAST_BE)


def _key(name: str) -> str:
    """A name without the dots, commas and spaces that people put in or leave out."""
    return re.sub(r"[.,\s]", "", name)


def _without_era(letters: str) -> tuple[str, str | None]:
    for mark, era in _eras().items():
        if _key(letters).endswith(mark):
            return _key(letters)[: -len(mark)], era
    return letters, None


def _word(language: str, key: str) -> str:
    return _key(_plain(phrases(language)(f"dates.{key}")))


@cache
def _eras() -> dict[str, str]:
    return {_word(language, f"era.{era}"): era for language in LANGUAGES for era in ("be", "ce")}


@cache
def _months() -> dict[str, int]:
    """Every way of writing a month, alone and after the word for 'month', to its number."""
    names = {
        _word(language, f"{form}.{month}"): (language, month)
        for language in LANGUAGES
        for form in ("months", "months_short", "months_spoken")
        for month in range(1, 13)
    }
    months = {name: month for name, (_, month) in names.items()}
    for name, (language, month) in names.items():
        months[_word(language, "word.before_month") + name] = month
        months[_word(language, "word.after_day") + name] = month
        months[_word(language, "word.after_day") + _word(language, "word.before_month") + name] = month
    return months


@cache
def _before_day() -> frozenset[str]:
    """What may stand before the day: nothing, the word for 'date', or a weekday."""
    words = {""}
    for language in LANGUAGES:
        before, after = _word(language, "word.before_weekday"), _word(language, "word.after_weekday")
        words |= {_word(language, "word.before_day"), after}
        for weekday in range(1, 8):
            for form in ("weekdays", "weekdays_short"):
                name = _word(language, f"{form}.{weekday}")
                words |= {start + name + end for start in ("", before) for end in ("", after)}
    return frozenset(words)


@cache
def _after_day() -> frozenset[str]:
    """What may stand between the day and the year when the month came first: 9th, 2001."""
    return frozenset(_word(language, "word.after_day") for language in LANGUAGES)
