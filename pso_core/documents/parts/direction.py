"""Steps 1 to 3: where the agency means to go, and the tasks that take it there."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Finding, Heading, Paragraph, Remark
from pso_core.documents.case import Case
from pso_core.documents.records import cells, grid, kind_title, nothing_yet, paragraph, step_heading, table
from pso_core.domain.standard import Tier
from pso_core.steps.naming import name_of
from pso_core.steps.tasks import mode_of, points_of, tasks_of
from pso_core.text.thaidate import say_date

TASK = {"position": 1.3, "code": 1.5, "name": 5.2, "division": 2.8, "basis": 3.7, "points": 1.8}


def direction(case: Case) -> Iterator[Block]:
    yield from _vision(case)
    yield from _mission(case)
    yield from _tasks(case)


def _vision(case: Case) -> Iterator[Block]:
    vision = case.state.only("vision")
    yield step_heading(case, "vision")
    if vision is None:
        yield nothing_yet(case, "vision")
    else:
        yield Paragraph(vision["text"])
        adopted = vision["adopted_on"]
        said = case.say("documents.direction.adopted", date=say_date(adopted, case.say, "long")) if adopted else case.say("gaps.vision_not_adopted")
        yield Remark(said)
    yield paragraph(case, "direction.gathered", proposals=len(case.state.of("proposal")), worksheets=len(case.state.of("worksheet")))


def _mission(case: Case) -> Iterator[Block]:
    yield step_heading(case, "mission")
    yield table(case, "mission", case.state.of("mission"), {"position": 1.4, "code": 1.8, "text": 12.8})
    yield Heading(kind_title(case, "goal"), 3)
    yield table(case, "goal", case.state.of("goal"), {"position": 1.4, "mission": 3.6, "text": 5.5, "measure": 3, "target": 2.5})


def _tasks(case: Case) -> Iterator[Block]:
    yield step_heading(case, "tasks")
    tasks = case.state.of("task")
    if tasks:
        quota = sum(tier.quota for tier in case.standard.tiers)
        yield Finding(case.say("documents.direction.points", count=len(tasks), points=points_of(list(tasks)), quota=quota))
    for tier in case.standard.tiers:
        yield from _tier(case, tier)


def _tier(case: Case, tier: Tier) -> Iterator[Block]:
    tasks = tasks_of(case.state, tier.key)
    yield Heading(name_of(case, "tiers", tier.key), 3)
    mode = case.say(f"choices.mode.{mode_of(case.state, case.standard, tier.key)}")
    yield paragraph(case, "direction.tier", mode=mode, points=points_of(tasks), quota=tier.quota)
    if not tasks:
        yield nothing_yet(case, "task")
        return
    total = (*("" for _ in range(len(TASK) - 2)), case.say("documents.total"), str(points_of(tasks)))
    yield grid(case, "task", [cells(case, task, TASK) for task in tasks], TASK, (total,))

