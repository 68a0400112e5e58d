"""Step 2: mission statements, and goals that each serve one of them."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.steps import columns as column
from pso_core.steps.columns import Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table


class Mission(Table):
    code: str = column.text(limit=20)
    text: str = column.text(limit=1_000, required=True)
    position: Whole = column.whole(ge=0)


class Goal(Table):
    mission: str = column.reference("mission", required=True)
    text: str = column.text(limit=1_000, required=True)
    measure: str = column.text()
    target: str = column.text()
    position: Whole = column.whole(ge=0)


def gaps(review: Review) -> Iterator[Gap]:
    if not review.state.of("mission"):
        yield Gap("no_mission", "mission")
    if not review.state.of("goal"):
        yield Gap("no_goal", "goal" if review.state.of("mission") else "mission")  # a goal serves a mission


MISSION = Kind("mission", Mission, unique=("code",))
GOAL = Kind("goal", Goal)
STEP = Step("mission", 2, (MISSION, GOAL), gaps)
