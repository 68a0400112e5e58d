"""What the things of a case are called in its language: rows, choices, values, gaps."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pso_core.documents.case import Case
from pso_core.domain.exact import exact
from pso_core.domain.rows import Row
from pso_core.steps import KINDS, Field, Gap
from pso_core.text.thaidate import say_date

_FACTS = {
    "criterion": "criteria", "other_criterion": "criteria", "tier": "tiers", "sub_plan": "sub_plans",
    "term": "terms", "result_group": "result_groups", "part": "checklist",
}  # fmt: skip
_NAMING = ("name", "title", "text", "work_system", "partner", "found", "summary", "done", "number", "after")
SHORT = 80


def label(case: Case, kind: str, field: str) -> str:
    return case.say(f"fields.{kind}.{field}.label")


def name_of(case: Case, of: str, key: Any) -> str:
    """The name of a thing of the standard: name_of(case, 'criteria', 'coverage')."""
    return case.standard.name_of(of, key, case.language)


def level_name(case: Case, level: int) -> str:
    """Mark, number and word."""
    key = f"choices.mark.{level}"
    mark = case.say(key) if case.say.has(key) else ""
    return f"{mark} {level} {name_of(case, 'levels', level)}".strip()


def choice_name(case: Case, field: Field, value: Any) -> str:
    if field.of == "levels":
        return level_name(case, value)
    if isinstance(field.of, str):
        return name_of(case, field.of, value)
    return case.say(f"choices.{field.name}.{value}")


def row_name(case: Case, row: Row | None) -> str:
    """What a person would call this row."""
    if row is None:
        return case.say("app.row_gone")
    if row["criterion"] and not row["name"]:
        return name_of(case, "criteria", row["criterion"])
    for field in _NAMING:
        if row[field]:
            text = str(row[field]).split("\n")[0]
            short = text if len(text) <= SHORT else text[: SHORT - 1] + "…"
            return f"{row['code']} {short}" if row["code"] else short
    return case.say(f"fields.{row.kind}.one")


def shown(case: Case, row: Row, name: str) -> str:
    """A field of a row as a person reads it; a dash for nothing."""
    field, value = KINDS[row.kind].field[name], row[name]
    if value in (None, "", {}):
        return case.say("app.nothing")
    return _SHOWN.get(field.type, lambda case, field, value: str(value))(case, field, value)


def amount(case: Case, value: Fraction | int | float | None) -> str:
    """A number for reading: whole as it is, else at most two decimals; a dash for none."""
    if value is None:
        return case.say("app.nothing")
    number = exact(value)
    return f"{int(number):,}" if number.denominator == 1 else f"{float(number):,.2f}".rstrip("0").rstrip(".")


def gap_sentence(case: Case, gap: Gap) -> str:
    return case.say(f"gaps.{gap.code}", **{name: _fact(case, name, value) for name, value in gap.facts.items()})


def _fact(case: Case, name: str, value: Any) -> Any:
    if name in _FACTS and value in case.standard.choices(_FACTS[name]):
        return name_of(case, _FACTS[name], value)
    if name == "person":
        return case.person_name(value)
    return amount(case, value) if isinstance(value, Fraction) else value


def _lifts(case: Case, field: Field, value: dict[str, int]) -> str:
    return ", ".join(f"{name_of(case, 'criteria', key)} +{levels}" for key, levels in value.items())


_SHOWN = {
    "day": lambda case, field, value: say_date(value, case.say),
    "flag": lambda case, field, value: case.say("choices.flag.yes" if value else "choices.flag.no"),
    "choice": choice_name,
    "person": lambda case, field, value: case.person_name(value),
    "reference": lambda case, field, value: row_name(case, case.state.get(value)),
    "levels": _lifts,
    "number": lambda case, field, value: amount(case, value),
}
