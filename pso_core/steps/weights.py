"""Step 4: how much each criterion weighs, with its importance and the reason; the weights make 100."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.steps import columns as column
from pso_core.steps.columns import PARAGRAPHS, Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table

TOTAL = 100  # weights are shares of a hundred by the spec, whatever the standard


class Weight(Table):
    criterion: str = column.choice("criteria", required=True)
    weight: Whole = column.whole(ge=0, le=100)
    importance: str = column.choice("importances")
    reason: str = column.text(limit=PARAGRAPHS)  # as long as the rationale of a meeting that decides it


def gaps(review: Review) -> Iterator[Gap]:
    weights = {row["criterion"]: row for row in review.state.of("weight") if row["weight"] is not None}
    for criterion in review.standard.criteria:
        if criterion.key not in weights:
            yield Gap("no_weight", f"weight:{criterion.key}", {"criterion": criterion.key})
    total = sum(row["weight"] for row in weights.values())
    if weights and total != TOTAL:
        code = "weights_short" if total < TOTAL else "weights_over"
        yield Gap(code, "weight", {"total": total, "off": abs(TOTAL - total)})
    yield from _importance_gaps(review, list(weights.values()))
    for key, row in weights.items():
        if not row["reason"]:
            yield Gap("no_reason", f"weight:{key}", {"criterion": key})


def _importance_gaps(review: Review, rows: list) -> Iterator[Gap]:
    rank = {name: place for place, name in enumerate(review.standard.importances)}
    for row in rows:
        if row["importance"] is None:
            yield Gap("no_importance", row.id, {"criterion": row["criterion"]})
            continue
        heavier = [o for o in rows if o["importance"] and rank[o["importance"]] > rank[row["importance"]] and o["weight"] > row["weight"]]
        for other in heavier:
            yield Gap("importance_outweighed", other.id, {"criterion": other["criterion"], "other_criterion": row["criterion"]})


WEIGHT = Kind("weight", Weight, key=("criterion",), sums=("weight", None), verb="decide")
STEP = Step("weights", 4, (WEIGHT,), gaps)
