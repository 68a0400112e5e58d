"""Step 3: tasks in three tiers whose points make the tier's quota and 100 in all."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.standard import Standard, Tier
from pso_core.steps import columns as column
from pso_core.steps.columns import Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table


class Task(Table):
    tier: str = column.choice("tiers", required=True)
    code: str = column.text(limit=20, required=True)
    name: str = column.text(required=True)
    division: str = column.reference("division")
    basis: str = column.text(limit=1_000)
    points: Whole = column.whole(ge=0, le=100)
    position: Whole = column.whole(ge=0)


class TierRule(Table):
    tier: str = column.choice("tiers", required=True)
    mode: str = column.choice(("ranked", "equal"), required=True)


def tasks_of(state: ProjectState, tier: str) -> list[Row]:
    return list(state.where("task", tier=tier))


def points_of(tasks: list[Row]) -> int:
    return sum(task["points"] or 0 for task in tasks)


def mode_of(state: ProjectState, standard: Standard, tier: str) -> str:
    """'ranked' or 'equal': the team's choice, else the standard's."""
    rule = state.get(f"tier_rule:{tier}")
    return rule["mode"] if rule else standard.tier(tier).mode


def next_codes(state: ProjectState, standard: Standard, tier: str, count: int = 1) -> list[str]:
    """Codes for new tasks of a tier: after 2.14 in the second tier 2.15, whatever was removed in between."""
    number = standard.choices("tiers").index(tier) + 1
    parts = (str(task["code"]).partition(".") for task in state.of("task"))
    used = [int(rest) for head, _, rest in parts if head == str(number) and rest.isdecimal()]
    return [f"{number}.{max(used, default=0) + place}" for place in range(1, count + 1)]


def gaps(review: Review) -> Iterator[Gap]:
    state, standard = review.state, review.standard
    if not state.of("task"):
        yield Gap("no_task", "task")
        return
    for tier in standard.tiers:
        tasks = tasks_of(state, tier.key)
        if points_of(tasks) != tier.quota:
            yield Gap("tier_off_quota", f"tier_rule:{tier.key}", {"tier": tier.key, "points": points_of(tasks), "quota": tier.quota})
        yield from _order_gaps(tier, mode_of(state, standard, tier.key), [task["points"] or 0 for task in tasks])
    total, whole_ = points_of(list(state.of("task"))), sum(tier.quota for tier in standard.tiers)
    if total != whole_:
        yield Gap("points_off_total", "task", {"points": total, "total": whole_})


def _order_gaps(tier: Tier, mode: str, points: list[int]) -> Iterator[Gap]:
    """Equal is as equal as whole points can be: 10 points for three tasks are 4, 3, 3."""
    unavoidable = 1 if points and tier.quota % len(points) else 0
    if mode == "equal" and points and max(points) - min(points) > unavoidable:
        yield Gap("equal_tier_unequal", f"tier_rule:{tier.key}", {"tier": tier.key})
    if mode == "ranked" and points != sorted(points, reverse=True):
        yield Gap("ranked_tier_out_of_order", f"tier_rule:{tier.key}", {"tier": tier.key})


TASK = Kind("task", Task, unique=("code",), sums=("points", "tier"))
TIER_RULE = Kind("tier_rule", TierRule, key=("tier",), verb="decide")
STEP = Step("tasks", 3, (TASK, TIER_RULE), gaps)
