"""Step 1: the vision, proposals for it, and each official's worksheet per work system."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.domain.worksheets import FILLS_A_WORKSHEET, still_to_fill
from pso_core.steps import columns as column
from pso_core.steps.columns import PARAGRAPHS
from pso_core.steps.review import Gap, Review
from pso_core.steps.rules import not_in_the_future
from pso_core.steps.table import Kind, Step, Table


class Vision(Table):
    text: str = column.text(limit=1_000, required=True)
    adopted_on: str = column.day()


class Proposal(Table):
    person: str = column.person(required=True)
    text: str = column.text(limit=1_000, required=True)
    reason: str = column.text(limit=1_000)


class Worksheet(Table):
    person: str = column.person(required=True)
    division: str = column.reference("division")
    work_system: str = column.text(required=True)
    vision: str = column.text(limit=PARAGRAPHS)
    mission_goals: str = column.text(limit=PARAGRAPHS)
    key_activities: str = column.text(limit=PARAGRAPHS)
    databases: str = column.text(limit=PARAGRAPHS)
    problems: str = column.text(limit=PARAGRAPHS)
    filled_on: str = column.day()


def gaps(review: Review) -> Iterator[Gap]:
    vision = review.state.only("vision")
    if not vision:
        yield Gap("no_vision", "vision")
    elif not vision["adopted_on"]:
        yield Gap("vision_not_adopted", "vision")
    for one in review.people:
        if one.active and one.role in FILLS_A_WORKSHEET and (place := still_to_fill(review.state, one.id)):
            yield Gap("no_worksheet", place, {"person": one.id}, warning=True)


VISION = Kind("vision", Vision, single=True, verb="decide", holds=not_in_the_future("adopted_on"))
PROPOSAL = Kind("proposal", Proposal, own="person")
WORKSHEET = Kind("worksheet", Worksheet, own="person")
STEP = Step("vision", 1, (VISION, PROPOSAL, WORKSHEET), gaps)
