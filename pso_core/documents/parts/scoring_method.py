"""Steps 4 and 5: what each criterion weighs, and what must be true for each level of each indicator."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Facts, Finding, Heading, Remark, Table
from pso_core.documents.case import Case
from pso_core.documents.parts import pictures
from pso_core.documents.records import cells, facts, grid, nothing_yet, paragraph, shown, step_heading
from pso_core.domain.rows import Row
from pso_core.steps.indicators import conditions_of
from pso_core.steps.naming import field_label, level_name, name_of
from pso_core.steps.weights import TOTAL

WEIGHT = {"criterion": 4, "importance": 3, "weight": 2, "reason": 7}
INDICATOR = ("position", "method", "unit", "source", "share", "origin")
CONDITION = ("text", "evidence", "threshold")


def scoring_method(case: Case) -> Iterator[Block]:
    yield step_heading(case, "weights")
    yield from _weights(case)
    yield step_heading(case, "indicators")
    yield paragraph(case, "scoring.levels", top=case.standard.top_level)
    for criterion in case.standard.criteria:
        yield Heading(f"{criterion.code} {criterion.name[case.language]}", 3)
        yield from _indicators(case, criterion.key)


def _weights(case: Case) -> Iterator[Block]:
    rows = [row for key in case.standard.choices("criteria") if (row := case.state.get(f"weight:{key}"))]
    if not rows:
        yield nothing_yet(case, "weight")
        return
    heaviest = max(rows, key=lambda row: row["weight"] or 0)
    yield Finding(case.say("documents.scoring.heaviest", criterion=name_of(case, "criteria", heaviest["criterion"]), weight=heaviest["weight"] or 0))
    yield from pictures.weights(case)
    total = sum(row["weight"] or 0 for row in rows)
    foot = ("", case.say("documents.total"), str(total), "" if total == TOTAL else case.say("documents.must_make", total=TOTAL))
    yield grid(case, "weight", [cells(case, row, WEIGHT) for row in rows], WEIGHT, (foot,))


def _indicators(case: Case, criterion: str) -> Iterator[Block]:
    indicators = tuple(case.state.where("indicator", criterion=criterion))
    if not indicators:
        yield nothing_yet(case, "indicator")
    for indicator in indicators:
        yield Finding(indicator["name"])
        if indicator["origin"] in ("sample", "reconstructed"):
            yield Remark(case.say(f"documents.marks.{indicator['origin']}_indicator"))
        yield facts(case, indicator, INDICATOR)
        yield _conditions(case, indicator)


def _conditions(case: Case, indicator: Row) -> Table | Facts:
    """The conditions of all levels side by side, so that a reader can tell them apart."""
    levels, written = case.standard.choices("levels"), conditions_of(case.state, indicator.id)
    rows = tuple(
        (field_label(case, "condition", name), *(shown(case, written[level], name) if level in written else case.say("app.nothing") for level in levels))
        for name in CONDITION
    )
    head = (field_label(case, "condition", "level"), *(level_name(case, level) for level in levels))
    return Table(head, rows, (2.4, *((16 - 2.4) / len(levels) for _ in levels)))
