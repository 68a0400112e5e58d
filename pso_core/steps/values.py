"""Reading what a person typed, or a file says, into the values a row may hold."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from pso_core.errors import PsoError
from pso_core.text.readable import readable
from pso_core.text.thaidate import arabic_digits, in_years_of_dates, read_date
from pso_core.steps.columns import LINE
from pso_core.steps.table import Field, Kind

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# What no keyboard writes and no paste from a document holds but tab, line and page breaks: a file of another kind, or an attack.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_AMOUNT = re.compile(r"[-+]?[0-9]{1,400}(\.[0-9]{1,10})?")  # no exponents: 1e999999999 would fill the memory


class Unreadable(Exception):
    """The value is not of the field's type. `code` is a mistake's code."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code = code
        self.facts = facts


def read_value(field: Field, raw: Any) -> Any:
    """The raw value as the field keeps it: None for nothing typed. Raises Unreadable."""
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return {} if field.type == "levels" else None
    if isinstance(raw, str):
        if control := _CONTROL.search(raw):
            raise Unreadable("control_character", number=f"U+{ord(control.group()):04X}")
        raw = clean(raw)
        if not raw:
            return {} if field.type == "levels" else None
    return _READERS[field.type](field, raw)


def clean(text: str) -> str:
    """NFC, unified line ends, nothing invisible, no space at the ends."""
    return "\n".join(line.rstrip() for line in readable(text).strip().split("\n"))


def stamp(moment: datetime) -> str:
    """A moment as rows hold it: in UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def empty(kind: Kind) -> dict[str, Any]:
    """A body of the kind with nothing in it."""
    return {field.name: {} if field.type == "levels" else None for field in kind.fields}


def _text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str):
        raise Unreadable("not_a_text")
    return raw if field.limit > LINE else raw.replace("\n", " ").replace("\t", " ")


def number_in(raw: Any) -> Fraction:
    """The number that somebody typed, in Thai digits too, exactly. Raises Unreadable (not_a_number)."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise Unreadable("not_a_number", value=_shown(raw))
    if isinstance(raw, str):
        raw = arabic_digits(raw).replace(",", "")
        if not _AMOUNT.fullmatch(raw):
            raise Unreadable("not_a_number", value=_shown(raw))
    try:
        return Fraction(raw)
    except (ValueError, OverflowError):  # not a number, infinite
        raise Unreadable("not_a_number", value=_shown(raw)) from None


def _whole(field: Field, raw: Any) -> int:
    amount = number_in(raw)
    if amount.denominator != 1:
        raise Unreadable("not_whole", value=_shown(raw))
    if abs(amount) > 2**53:
        raise Unreadable("too_large", value=_shown(raw))
    return int(amount)


def _number(field: Field, raw: Any) -> int | float:
    amount = number_in(raw)
    if abs(amount) > 2**53:
        raise Unreadable("too_large", value=_shown(raw))
    return int(amount) if amount.denominator == 1 else float(amount)


def _flag(field: Field, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise Unreadable("not_yes_or_no", value=_shown(raw))
    return raw


def _day(field: Field, raw: Any) -> str:
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    if not isinstance(raw, str):
        raise Unreadable("date_unreadable", text=_shown(raw))
    try:
        return read_date(raw).isoformat()
    except PsoError as refusal:
        raise Unreadable(refusal.code, **refusal.facts) from None


def _moment(field: Field, raw: Any) -> str:
    if not isinstance(raw, str) or not _MOMENT.fullmatch(raw) or not _is_moment(raw):
        raise Unreadable("not_a_moment", value=_shown(raw))
    return raw


def _is_moment(text: str) -> bool:
    try:
        return in_years_of_dates(datetime.fromisoformat(text))
    except ValueError:
        return False


def _choice(field: Field, raw: Any) -> Any:
    if field.of == "levels":
        return _whole(field, raw)
    if not isinstance(raw, str):
        raise Unreadable("not_a_choice", value=_shown(raw))
    return raw


def _id(field: Field, raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > 100:
        raise Unreadable("not_a_choice", value=_shown(raw))
    return raw


def _levels(field: Field, raw: Any) -> dict[str, int]:
    if not isinstance(raw, dict) or not all(isinstance(key, str) for key in raw):
        raise Unreadable("not_a_choice", value=_shown(raw))
    read = {key: None if levels is None else _whole(field, levels) for key, levels in raw.items()}
    return {key: levels for key, levels in read.items() if levels}


def _shown(raw: Any) -> str:
    return str(raw)[:40]


_READERS = {
    "text": _text, "whole": _whole, "number": _number, "flag": _flag, "day": _day, "moment": _moment,
    "choice": _choice, "reference": _id, "person": _id, "levels": _levels,
}
