"""Step 5: indicators per criterion, and what must be true for each level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pso_core.domain.exact import exact
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.rubric import monotone, thresholds_of
from pso_core.errors import Problem
from pso_core.steps import columns as column
from pso_core.steps.columns import Number, PARAGRAPHS, Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table

ORIGINS = ("own", "sample", "reconstructed")


class Indicator(Table):
    criterion: str = column.choice("criteria", required=True)
    name: str = column.text(required=True)
    method: str = column.text(limit=PARAGRAPHS)
    unit: str = column.text(limit=60)
    source: str = column.text()
    share: Number = column.number(ge=0, le=100)
    position: Whole = column.whole(ge=0)
    origin: str = column.choice(ORIGINS)


class Condition(Table):
    indicator: str = column.reference("indicator", required=True, owned=True)
    level: Whole = column.choice("levels", required=True)
    text: str = column.text(limit=2_000)
    evidence: str = column.text(limit=1_000)
    threshold: Number = column.number()


def conditions_of(state: ProjectState, indicator_id: str) -> dict[int, Row]:
    return {row["level"]: row for row in state.where("condition", indicator=indicator_id)}


def gaps(review: Review) -> Iterator[Gap]:
    for criterion in review.standard.criteria:
        indicators = list(review.state.where("indicator", criterion=criterion.key))
        if not indicators:
            yield Gap("no_indicator", f"criterion:{criterion.key}", {"criterion": criterion.key})
        if len(indicators) > 1:
            yield from _share_gaps(criterion.key, indicators)
        for indicator in indicators:
            yield from _condition_gaps(review, indicator)


def _share_gaps(criterion: str, indicators: Sequence[Row]) -> Iterator[Gap]:
    without = [row for row in indicators if row["share"] is None]
    for row in without:
        yield Gap("no_share", f"criterion:{criterion}", {"criterion": criterion, "indicator": row["name"]})
    if not without and sum(exact(row["share"]) for row in indicators) != 100:
        yield Gap("shares_off", f"criterion:{criterion}", {"criterion": criterion})


def _condition_gaps(review: Review, indicator: Row) -> Iterator[Gap]:
    written = conditions_of(review.state, indicator.id)
    for level in review.standard.choices("levels"):
        if level not in written or not written[level]["text"]:
            yield Gap("no_condition", indicator.id, {"indicator": indicator["name"], "level": level})
    if indicator["origin"] == "sample":
        yield Gap("indicator_is_sample", indicator.id, {"indicator": indicator["name"]}, warning=True)


def _thresholds_agree(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """With the thresholds of the other levels as they will be: else a measured value would have two levels."""
    if body["threshold"] is not None and not monotone(thresholds_of(conditions_of(review.state, body["indicator"]).values())):
        yield Problem("thresholds_not_monotone", ("condition", entity_id, "threshold"))


def in_version(problem: Problem, version: ProjectState) -> Problem:
    """A threshold that comes back alone and does not agree with the others: said with all that stood together in that version."""
    if problem.code != "thresholds_not_monotone":
        return problem
    together = conditions_of(version, version.get(problem.path[1])["indicator"])
    told = ", ".join(f"{level}: {row['threshold']:.12g}" for level, row in sorted(together.items()) if row["threshold"] is not None)
    return Problem("thresholds_come_together", problem.path, {"thresholds": told})


INDICATOR = Kind("indicator", Indicator, sums=("share", "criterion"))
CONDITION = Kind("condition", Condition, key=("indicator", "level"), holds=_thresholds_agree)
STEP = Step("indicators", 5, (INDICATOR, CONDITION), gaps)
