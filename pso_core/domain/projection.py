"""What the plan will lift: levels and total after all activities, after the finished ones, and what nobody lifts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from pso_core.domain.calendar import day_of
from pso_core.domain.exact import exact
from pso_core.domain.progress import percent_on, reports_by_activity
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.scoring import CriterionScore, Score, improvement_order


@dataclass(frozen=True, slots=True)
class Advice:
    """One criterion below its target. `gap` and `left` (after the plan, never below 0) are weighted; `lift` is in levels."""

    criterion: str
    gap: Fraction
    lift: Fraction
    left: Fraction
    activities: tuple[Row, ...]


def projected(score: Score, activities: Iterable[Row]) -> Score:
    """The score once these activities are done: each level + Σ of its lifts, never above the top level.

    A criterion that has no level yet keeps none: a lift from the unknown is unknown.
    """
    lifts = lifts_of(activities)

    def lifted(c: CriterionScore) -> CriterionScore:
        if c.level is None or c.criterion not in lifts:
            return c
        return replace(c, level=min(Fraction(score.top_level), c.level + lifts[c.criterion]))

    return replace(score, criteria=tuple(map(lifted, score.criteria)))


def room_above(level: Fraction, top_level: int) -> int:
    """How many whole levels lead from here to the top: from 1.5 to 3 it takes two, of which a half is left over."""
    return ceil(top_level - level)


def lifts_of(activities: Iterable[Row]) -> dict[str, Fraction]:
    """{criterion: Σ levels} over the activities; only criteria that something lifts."""
    lifts: dict[str, Fraction] = {}
    for activity in activities:
        for criterion, levels in (activity["lifts"] or {}).items():
            if levels:
                lifts[criterion] = lifts.get(criterion, Fraction(0)) + exact(levels)
    return lifts


def after_plan(state: ProjectState, score: Score, round_id: str | None) -> Score:
    """The score after every activity of the plan that this round has not already seen finished."""
    return projected(score, not_yet_in(state, round_id))


def after_completed(state: ProjectState, score: Score, round_id: str | None, today: date) -> Score:
    """The score with only what has been finished by `today`, since this round was opened."""
    return projected(score, finished(state, not_yet_in(state, round_id), today))


def finished(state: ProjectState, activities: Iterable[Row], day: date) -> tuple[Row, ...]:
    """The activities whose latest report on or before `day` says 100 %."""
    reports = reports_by_activity(state.of("progress"))
    return tuple(a for a in activities if percent_on(reports.get(a.id, ()), day) >= 100)


def unfinished(state: ProjectState, day: date) -> tuple[Row, ...]:
    """The activities of the plan that are still to be done on `day`."""
    activities = state.of("activity")
    done = {a.id for a in finished(state, activities, day)}
    return tuple(a for a in activities if a.id not in done)


def not_yet_in(state: ProjectState, round_id: str | None) -> tuple[Row, ...]:
    """The plan without what was finished when the round opened: its levels hold those lifts already."""
    opened_round = state.get(round_id)
    opened = day_of(opened_round["opened_on"]) if opened_round else None
    return unfinished(state, opened) if opened else state.of("activity")


def lifting(activities: Iterable[Row], criterion: str) -> tuple[Row, ...]:
    """The activities that lift one criterion."""
    return tuple(a for a in activities if (a["lifts"] or {}).get(criterion))


def advice(state: ProjectState, score: Score, round_id: str | None) -> tuple[Advice, ...]:
    """What to lift first: the criteria below their target, widest gap first, with what the plan does about each."""
    plan = not_yet_in(state, round_id)
    after = projected(score, plan)
    return tuple(
        Advice(
            c.criterion,
            c.gap,
            after.of(c.criterion).level - c.level,
            max(Fraction(0), after.of(c.criterion).gap),
            lifting(plan, c.criterion),
        )
        for c in improvement_order(score)
    )


def uncovered(state: ProjectState, score: Score, round_id: str | None) -> tuple[CriterionScore, ...]:
    """Criteria below their target that nothing still to be done lifts, widest gap first."""
    lifts = lifts_of(not_yet_in(state, round_id))
    return tuple(c for c in improvement_order(score) if c.criterion not in lifts)
