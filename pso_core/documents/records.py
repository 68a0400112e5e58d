"""Rows of a case as tables and facts, with the labels that their fields have on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pso_core.documents.blocks import Bullets, Facts, Heading, Line, Paragraph, Remark, Table
from pso_core.documents.case import Case
from pso_core.domain.evidence import Piece
from pso_core.domain.exact import Number
from pso_core.domain.rows import Row
from pso_core.steps import ALL_STEPS, KINDS
from pso_core.steps.approved_over import told_warnings
from pso_core.steps.naming import amount, field_label, row_name, shown_value

NUMBERS = {step.key: step.number for step in ALL_STEPS}


def table(case: Case, kind: str, rows: Iterable[Row], widths: Mapping[str, float], foot: Sequence[tuple[str, ...]] = ()) -> Table | Remark:
    """One line a row, one column for each field in `widths`; without rows the sentence that says so."""
    lines = tuple(cells(case, row, widths) for row in rows)
    return grid(case, kind, lines, widths, foot) if lines else nothing_yet(case, kind)


def grid(case: Case, kind: str, lines: Sequence[Line], widths: Mapping[str, float], foot: Sequence[tuple[str, ...]] = ()) -> Table:
    """The same from lines that are ready, some of which may be texts across all columns."""
    numbers = frozenset(place for place, name in enumerate(widths) if KINDS[kind].field[name].type in ("whole", "number"))
    head = tuple(field_label(case, kind, name) for name in widths)
    return Table(head, tuple(lines), tuple(widths.values()), numbers, tuple(foot))


def cells(case: Case, row: Row, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(shown(case, row, name) for name in fields)


def facts(case: Case, row: Row, fields: Iterable[str] | None = None) -> Facts:
    """The fields of one row, all that are for others unless named."""
    names = tuple(fields or (field.name for field in KINDS[row.kind].told))
    return Facts(tuple((field_label(case, row.kind, name), shown(case, row, name)) for name in names))


def listed(text: str | None) -> Bullets | None:
    """A text written one point to a line, as points."""
    items = tuple(line.strip() for line in (text or "").split("\n") if line.strip())
    return Bullets(items) if items else None


def kind_title(case: Case, kind: str, form: str = "many") -> str:
    """A kind's name as a heading: it begins with a capital where the language has them."""
    name = case.say(f"fields.{kind}.{form}")
    return name[:1].upper() + name[1:]


def nothing_yet(case: Case, kind: str) -> Remark:
    return Remark(case.say("documents.nothing_yet", kind=case.say(f"fields.{kind}.many")))


def named_rows(case: Case, rows: Iterable[Row]) -> str:
    """Rows by name, one to a line; a dash for none."""
    return "\n".join(row_name(row, case) for row in rows) or case.say("app.nothing")


def paragraph(case: Case, key: str, **facts: object) -> Paragraph:
    return Paragraph(case.say(f"documents.{key}", **facts))


def step_heading(case: Case, step: str) -> Heading:
    return Heading(case.say("documents.step", number=NUMBERS[step], name=case.say(f"steps.{step}.name")), 2)


def shown(case: Case, row: Row, name: str) -> str:
    """A field of a row as a person reads it; a dash for nothing."""
    value = told(case, row, name)
    if KINDS[row.kind].field[name].type == "number":
        return figure(case, value)
    return shown_value(case, row.kind, name, value)


def told(case: Case, row: Row, name: str) -> Any:
    """What a document tells in a field: what the row holds. Warnings approved over are told in the language of the document, and
    beside the evidence written for a score of the scored round stand the codes of what was accepted for its indicator."""
    if (row.kind, name) == ("sign_off", "warnings"):
        return told_warnings(case.review, row, case.language)
    if (row.kind, name) == ("score", "evidence"):
        return evidence_told(case, row["round"], row["indicator"], row["evidence"])
    return row[name]


def evidence_told(case: Case, round_id: str, indicator_id: str, written: str | None = None) -> str | None:
    """The evidence of one score: an earlier round was decided without what was accepted since."""
    current = case.review.scored_round
    codes = case.proving.get(indicator_id, ()) if current and current.id == round_id else ()
    accepted = case.say("documents.evidence.accepted", codes=", ".join(codes)) if codes else None
    return "\n".join(text for text in (written, accepted) if text) or None


def file_shown(case: Case, piece: Piece) -> str | None:
    """The name of its newest file, and that it cannot be found where that is so; None where it has none."""
    if not piece.files:
        return None
    name = piece.files[0]["name"]
    return f"{name} ({case.say('documents.evidence.file_lost')})" if piece.file_lost else name


def figure(case: Case, value: Number | None) -> str:
    """A number for reading, thousands set apart; a dash for none."""
    return amount(value, case, thousands=True)
