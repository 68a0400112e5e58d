"""Names of things for the reader: rows, choices, criteria; and sentences of gaps and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pso_core.domain.rows import Row
from pso_core.errors import Problem, PsoError
from pso_core.steps import KINDS, Field, Gap
from pso_core.text.thaidate import say_date
from pso_core.ui.desk import Desk

_FACTS = {
    "criterion": "criteria", "other_criterion": "criteria", "tier": "tiers", "sub_plan": "sub_plans",
    "term": "terms", "result_group": "result_groups", "part": "checklist",
}  # fmt: skip


def name_of(desk: Desk, of: str, key: str) -> str:
    """The name of a thing of the standard: name_of(desk, 'criteria', 'coverage')."""
    return desk.standard.name_of(of, key, desk.language)


def choice_name(desk: Desk, field: Field, value: Any) -> str:
    """How a choice reads: from the standard, or from choices.<field>.<value>."""
    if value is None:
        return desk.say("app.nothing_chosen")
    if field.of == "levels":
        return level_name(desk, value)
    if isinstance(field.of, str):
        return name_of(desk, field.of, value)
    return desk.say(f"choices.{field.name}.{value}")


def level_name(desk: Desk, level: int) -> str:
    """Mark, number and word: never the colour alone."""
    mark = desk.say(f"choices.mark.{level}") if desk.say.has(f"choices.mark.{level}") else ""
    return f"{mark} {level} {name_of(desk, 'levels', level)}".strip()


def row_name(row: Row | None, desk: Desk, limit: int = 80) -> str:
    """What a person would call this row, in at most `limit` characters and a code."""
    if row is None:
        return desk.say("app.row_gone")
    if row["criterion"] and not row["name"]:
        return name_of(desk, "criteria", row["criterion"])
    for field in ("name", "title", "text", "work_system", "partner", "found", "summary", "done", "number", "after"):
        if row[field]:
            text = str(row[field]).split("\n")[0]
            short = text if len(text) <= limit else text[: limit - 1] + "…"
            return f"{row['code']} {short}" if row["code"] else short
    for field in ("tier", "part"):
        if row[field]:
            return name_of(desk, _FACTS[field], row[field])
    return desk.say(f"fields.{row.kind}.one")


def shown_value(desk: Desk, kind: str, field_name: str, value: Any) -> str:
    """A stored value as a person reads it."""
    field = KINDS[kind].field.get(field_name)
    if value in (None, "", {}) or field is None:
        return desk.say("app.nothing") if value in (None, "", {}) else str(value)
    if field.type == "day":
        return say_date(value, desk.say)
    if field.type == "flag":
        return desk.say("choices.flag.yes" if value else "choices.flag.no")
    if field.type == "choice":
        return choice_name(desk, field, value)
    if field.type == "person":
        return desk.person_name(value)
    if field.type == "reference":
        return row_name(desk.state.get(value), desk)
    if field.type == "levels":
        return ", ".join(f"{name_of(desk, 'criteria', key)} +{levels}" for key, levels in value.items())
    return str(value)


def gap_sentence(desk: Desk, gap: Gap) -> str:
    return desk.say(f"gaps.{gap.code}", **_named(desk, gap.facts))


def mistake_sentence(desk: Desk, problem: Problem) -> str:
    return desk.say(f"mistakes.{problem.code}", **_named(desk, problem.facts))


def refusal_sentence(desk: Desk, refusal: PsoError) -> str:
    return desk.say(f"refusals.{refusal.code}", **_named(desk, refusal.facts))


def field_label(desk: Desk, kind: str, field: str) -> str:
    return desk.say(f"fields.{kind}.{field}.label")


def amount(value: Fraction | int | float | None, desk: Desk) -> str:
    """A number for reading: whole as it is, else at most two decimals; a dash for none."""
    if value is None:
        return desk.say("app.nothing")
    whole = Fraction(value)
    return str(int(whole)) if whole.denominator == 1 else f"{float(whole):.2f}".rstrip("0").rstrip(".")


def _named(desk: Desk, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _fact(desk, name, value) for name, value in facts.items()}


def _fact(desk: Desk, name: str, value: Any) -> Any:
    if name in _FACTS and value in desk.standard.choices(_FACTS[name]):
        return name_of(desk, _FACTS[name], value)
    if name == "person":
        return desk.person_name(value)
    if name == "date":
        return say_date(value, desk.say)
    if name == "kind" and value in KINDS:
        return desk.say(f"fields.{value}.one")
    if name in ("role", "verb"):
        return desk.say(f"choices.{name}.{value}")
    if isinstance(value, Fraction):
        return amount(value, desk)
    return value
