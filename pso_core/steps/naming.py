"""What things are called, for whoever reads: rows, choices, people, criteria; and the sentences of gaps and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Protocol

from pso_core.domain.exact import Number, exact
from pso_core.domain.file_types import file_kind
from pso_core.domain.people import CLOCK, COMMAND_LINE, EXAMINER, Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.standard import Standard
from pso_core.errors import Problem, PsoError
from pso_core.steps import KINDS, Field, Gap
from pso_core.steps.columns import STEP_KEYS
from pso_core.text.lines import NAME, first_line
from pso_core.text.phrases import Phrases
from pso_core.text.thaidate import say_date, say_moment

_FACTS = {
    "criterion": "criteria", "other_criterion": "criteria", "tier": "tiers", "sub_plan": "sub_plans",
    "term": "terms", "result_group": "result_groups", "part": "checklist",
}  # fmt: skip
_WITHOUT_ACCOUNT = {COMMAND_LINE.id: "app.command_line", CLOCK.id: "app.clock", EXAMINER.id: "app.examiner"}


class Reader(Protocol):
    """Who reads, in which language, about which project: a page's desk, a report's case, a command's `Told`."""

    @property
    def say(self) -> Phrases: ...

    @property
    def standard(self) -> Standard | None: ...

    @property
    def state(self) -> ProjectState | None: ...

    @property
    def people(self) -> tuple[Person, ...]: ...


@dataclass(frozen=True)
class Told:
    """A reader without a page. Without a standard, what it names is told by its key."""

    say: Phrases
    standard: Standard | None = None
    state: ProjectState | None = None
    people: tuple[Person, ...] = ()


def name_of(reader: Reader, of: str, key: str) -> str:
    """The name of a thing of the standard: name_of(reader, 'criteria', 'coverage')."""
    return reader.standard.name_of(of, key, reader.say.language)


def choice_name(reader: Reader, field: Field, value: Any) -> str:
    """How a choice reads: from the standard, or from choices.<field>.<value>."""
    if value is None:
        return reader.say("app.nothing_chosen")
    if field.of == "levels":
        return level_name(reader, value)
    if isinstance(field.of, str):
        return name_of(reader, field.of, value)
    if field.of is STEP_KEYS:
        return reader.say(f"steps.{value}.short")
    return reader.say(f"choices.{field.name}.{value}")


def level_name(reader: Reader, level: int) -> str:
    """Mark, number and word: never the colour alone."""
    mark = reader.say(f"choices.mark.{level}") if reader.say.has(f"choices.mark.{level}") else ""
    return f"{mark} {level} {name_of(reader, 'levels', level)}".strip()


def person_name(reader: Reader, person_id: str | None) -> str:
    if person_id in _WITHOUT_ACCOUNT:
        return reader.say(_WITHOUT_ACCOUNT[person_id])
    found = next((person for person in reader.people if person.id == person_id), None)
    return found.name if found and found.name else reader.say("app.person_unknown")


def project_name(state: ProjectState) -> str | None:
    """The agency's name; until it is written, the project's title."""
    agency, project = state.only("agency"), state.only("project")
    return (agency and agency["name"]) or (project and project["title"])


def row_name(row: Row | None, reader: Reader, limit: int = NAME) -> str:
    """What a person would call this row, in at most `limit` characters and a code."""
    if row is None:
        return reader.say("app.row_gone")
    if row["criterion"] and not (row["name"] or row["title"]):
        return name_of(reader, "criteria", row["criterion"])
    if row["step"]:
        return reader.say(f"steps.{row['step']}.short")
    for field in ("name", "title", "text", "work_system", "partner", "found", "summary", "done", "number", "after"):
        if row[field]:
            short = first_line(str(row[field]), limit)
            return f"{row['code']} {short}" if row["code"] else short
    for field in ("tier", "part"):
        if row[field]:
            return name_of(reader, _FACTS[field], row[field])
    return reader.say(f"fields.{row.kind}.one")


def shown_value(reader: Reader, kind: str, field_name: str, value: Any) -> str:
    """A stored value as a person reads it."""
    field = KINDS[kind].field.get(field_name)
    if value in (None, "", {}) or field is None:
        return reader.say("app.nothing") if value in (None, "", {}) else str(value)
    if field.type == "day":
        return say_date(value, reader.say)
    if field.type == "moment":
        return say_moment(datetime.fromisoformat(value), reader.say)
    if field.type == "flag":
        return reader.say("choices.flag.yes" if value else "choices.flag.no")
    if field.type == "choice":
        return choice_name(reader, field, value)
    if field.type == "person":
        return person_name(reader, value)
    if field.type == "reference":
        return row_name(reader.state.get(value), reader)
    if (kind, field_name) == ("project", "standard"):
        return reader.standard.code if value == reader.standard.key else value
    if field_name == "media_type":
        return reader.say(f"choices.file_kind.{kind_of}") if (kind_of := file_kind(value)) else value
    if field.type == "levels":
        return ", ".join(f"{name_of(reader, 'criteria', key)} +{levels}" for key, levels in value.items())
    return str(value)


def gap_sentence(reader: Reader, gap: Gap) -> str:
    return reader.say(f"gaps.{gap.code}", **_named(reader, gap.facts))


def mistake_sentence(reader: Reader, problem: Problem) -> str:
    return reader.say(f"mistakes.{problem.code}", **_named(reader, problem.facts))


def refusal_sentence(reader: Reader, refusal: PsoError) -> str:
    return reader.say(f"refusals.{refusal.code}", **_named(reader, refusal.facts))


def slip_reason(reader: Reader, slip: Any) -> str:
    """Why a due date moved; back on the approved day nobody was asked."""
    return slip.reason or reader.say("page_schedule.back_as_approved")


def field_label(reader: Reader, kind: str, field: str) -> str:
    return reader.say(f"fields.{kind}.{field}.label")


def amount(value: Number | None, reader: Reader, thousands: bool = False) -> str:
    """A number for reading: whole as it is, else at most two decimals; a dash for none."""
    if value is None:
        return reader.say("app.nothing")
    number, apart = exact(value), "," if thousands else ""
    return f"{int(number):{apart}}" if number.denominator == 1 else f"{float(number):{apart}.2f}".rstrip("0").rstrip(".")


def baht(value: Number, reader: Reader) -> str:
    """An amount of money, thousands apart; satang, always two digits, only where there are any."""
    number = exact(value)
    return amount(number, reader, thousands=True) if number.denominator == 1 else f"{float(number):,.2f}"


def _named(reader: Reader, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _fact(reader, name, value) for name, value in facts.items()}


def _fact(reader: Reader, name: str, value: Any) -> Any:
    if name in _FACTS and reader.standard and value in reader.standard.choices(_FACTS[name]):
        return name_of(reader, _FACTS[name], value)
    if isinstance(value, PsoError):
        return refusal_sentence(reader, value)
    if name == "person":
        return person_name(reader, value)
    if name in ("date", "other_date"):
        return say_date(value, reader.say)
    if name in ("kind", "other_kind") and value in KINDS:
        return reader.say(f"fields.{value}.one")
    if name in ("step", "other_step"):
        return reader.say(f"steps.{value}.short")
    if name in ("role", "verb", "form"):
        return reader.say(f"choices.{name}.{value}")
    if isinstance(value, Fraction):
        return amount(value, reader)
    return value
