"""Step 7: activities that lift criteria: in which sub-plan and term, who, from when to when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pso_core.domain.projection import not_yet_in, room_above, uncovered
from pso_core.errors import Problem
from pso_core.steps import columns as column
from pso_core.steps.columns import Flag, Number, Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table


class Activity(Table):
    code: str = column.text(limit=20)
    name: str = column.text(required=True)
    sub_plan: str = column.choice("sub_plans")
    term: str = column.choice("terms")
    lifts: object = column.levels_by_criterion()
    owner: str = column.person()
    start: str = column.day()
    due: str = column.day()
    open_ended: Flag = column.flag()
    budget: Number = column.number(ge=0, le=1e12)
    expected_result: str = column.text(limit=2_000)
    position: Whole = column.whole(ge=0)

    @pa.dataframe_check(name="due", error="due_before_start")
    def in_order(cls, frame: pd.DataFrame) -> pd.Series:
        return frame["due"].isna() | frame["start"].isna() | (frame["due"].fillna("") >= frame["start"].fillna(""))


def gaps(review: Review) -> Iterator[Gap]:
    for bare in uncovered(review.state, review.score, review.scored_round.id) if review.score else ():
        yield Gap("criterion_without_activity", "activity", {"criterion": bare.criterion})
    if not review.state.of("activity"):
        yield Gap("no_activity", "activity")
    for activity in review.state.of("activity"):
        facts = {"activity": activity["name"]}
        if not activity["owner"]:
            yield Gap("activity_without_owner", activity.id, facts)
        elif review.person_left(activity["owner"]):
            yield Gap("owner_has_left", activity.id, {**facts, "person": activity["owner"]})
        if not activity["start"] or not (activity["due"] or activity["open_ended"]):
            yield Gap("activity_without_dates", activity.id, facts)


def _lifts_within_scale(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Nothing still to be done lifts a criterion beyond the top level from where it stands now."""
    to_do = not_yet_in(review.state, review.scored_round.id) if review.score else ()
    levels = {one.criterion: one.level for one in review.score.criteria} if any(row.id == entity_id for row in to_do) else {}
    for criterion, lift in body["lifts"].items():
        now = levels.get(criterion)
        if now is not None and lift > room_above(now, review.standard.top_level):
            facts = {"criterion": criterion, "level": now, "lift": lift, "top": review.standard.top_level}
            yield Problem("lift_above_top", ("activity", entity_id, "lifts"), facts)


ACTIVITY = Kind("activity", Activity, unique=("code",), against=_lifts_within_scale, slips=True)
STEP = Step("plan", 7, (ACTIVITY,), gaps)
