"""Buttons that fill one field of several rows in: never over what somebody typed that is no number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pso_core.errors import Mistakes, Problem, PsoError
from pso_core.steps import KINDS
from pso_core.steps.values import Unreadable, read_value
from pso_core.ui.form import Form
from pso_core.ui.form_row import FormRow


def fill(form: Form, rows: Sequence[FormRow], name: str, rule: Callable[[list], Sequence[Any]]) -> None:
    """Fill in what the rule makes of the values there; nothing is saved before Save is pressed. What is refused stands in the form, and all values stay."""
    try:
        values = rule(_held(rows, name))
    except PsoError as refusal:
        form.refuse(refusal)
        return
    for row, value in zip(rows, values, strict=True):
        form.put(row.entity_id, name, value)


def _held(rows: Sequence[FormRow], name: str) -> list:
    held, problems = [], []
    for row in rows:
        try:
            held.append(read_value(KINDS[row.kind].field[name], row.value(name)))
        except Unreadable as reason:
            problems.append(Problem(reason.code, (row.kind, row.entity_id, name), reason.facts))
    if problems:
        raise Mistakes(problems, "fill_mistakes")
    return held
