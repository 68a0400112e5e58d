"""A project in which every field of every kind holds a value that occurs nowhere else, and what must be read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from pso_core import standards
from pso_core.documents.case import Case
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.steps import KINDS, Field, Kind, Review
from pso_core.steps.rules import allowed_choices
from pso_core.text.phrases import phrases

TODAY = date(2026, 11, 23)
STANDARD = standards.load()
DIGEST = "5e" * 32
FIRST_DAY = date(2010, 1, 1)
PARTS_TOLD_BY_PEOPLE = ("contents", "appendices")  # the first since the project has a Word template of its own


def case(rows: Mapping[str, Row], people: tuple[Person, ...], language: str = "th", lost: frozenset[str] = frozenset()) -> Case:
    state = ProjectState("p", 7, dict(rows))
    return Case(Review(STANDARD, state, people, TODAY, lost=lost), phrases(language), DIGEST)


def full_project() -> tuple[dict[str, Row], tuple[Person, ...]]:
    """Two rows of each kind that a project may have more than once."""
    rows, people = {}, []
    for kind in KINDS.values():
        for number in range(1 if kind.single else 2):
            body = {field.name: _value(kind, field, number, people) for field in kind.fields}
            row = with_id(kind, body, number)
            rows[row.id] = row
    return rows, tuple(people)


def with_id(kind: Kind, body: Mapping[str, Any], number: int) -> Row:
    return Row(kind.id_of(dict(body)) or f"{kind.name}:{number:012x}", kind.name, 1, 7, dict(body))


def other_value(kind: Kind, field: Field, now: Any, people: tuple[Person, ...]) -> Any:
    """A value that the field does not have now."""
    match field.type:
        case "text":
            return "คำอื่น"
        case "whole" | "number":
            return 999
        case "day":
            return "1999-12-31"
        case "moment":
            return "1999-12-31T03:00:00Z"
        case "flag":
            return not now
        case "choice":
            return next(value for value in _choices(kind, field) if value != now)
        case "person":
            return next(person.id for person in people if person.id != now)
        case "reference":
            return next(f"{field.of}:{number:012x}" for number in (0, 1) if f"{field.of}:{number:012x}" != now)
        case "levels":
            return {"linkage": 1}


def _value(kind: Kind, field: Field, number: int, people: list[Person]) -> Any:
    if (kind.name, field.name) in SET:
        return SET[kind.name, field.name][number]
    serial = _serial(kind, field, number)
    match field.type:
        case "text":
            return f"ก{serial}ข"
        case "whole":
            return 300 + serial
        case "number":
            return 300.25 + serial
        case "day":
            return (FIRST_DAY + timedelta(serial * 3)).isoformat()
        case "moment":
            return f"{FIRST_DAY + timedelta(serial * 3)}T03:04:05Z"
        case "flag":
            return True
        case "choice":
            return _choices(kind, field)[number]
        case "person":
            people.append(Person(f"p-{serial}", f"p{serial}", f"นาย{serial}ง", f"ตำแหน่ง{serial}", f"สังกัด{serial}", "facilitator", True))
            return people[-1].id
        case "reference":
            return f"{field.of}:{number:012x}"
        case "levels":
            return {"coverage": 2 + number, "access": 1}


def _choices(kind: Kind, field: Field) -> tuple:
    return PARTS_TOLD_BY_PEOPLE if kind.name == "readiness" else allowed_choices(field, STANDARD)


def _serials() -> Iterator[tuple[tuple[str, str, int], int]]:
    places = ((kind.name, field.name, number) for kind in KINDS.values() for field in kind.fields for number in (0, 1))
    return zip(places, range(100, 1_000), strict=False)


_NUMBERS = dict(_serials())
# What cannot be anything: the standard is an installed one, a level excludes "not applicable", a later round is the current one.
SET: dict[tuple[str, str], tuple] = {
    ("project", "standard"): ("pso1101",),
    ("score", "level"): (2, None),
    ("score", "not_applicable"): (None, True),
    ("round", "position"): (1, 2),
    ("condition", "level"): (1, 2),
    ("certificate", "valid_to"): ("2027-06-05",),
}


def _serial(kind: Kind, field: Field, number: int) -> int:
    return _NUMBERS[kind.name, field.name, number]
