"""How firm the order and the total are: which change of a weight would turn them.

Moving one weight by x keeps the sum: the others give way in proportion. Not-applicable criteria carry no
weight here and stay as they are. Weights are percent points, {criterion: weight}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from pso_core.domain.exact import Number, exact
from pso_core.domain.scoring import CriterionScore, Score, improvement_order

Weights = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Swap:
    """With `change` whole points on its weight, and with any more, the criterion and the other change places."""

    criterion: str
    other: str
    change: int
    weight: Fraction

    @property
    def points(self) -> int:
        return abs(self.change)

    @property
    def new_weight(self) -> Fraction:
        return self.weight + self.change


@dataclass(frozen=True, slots=True)
class Effect:
    """What the total's percent does when one weight moves up or down; None where the weight cannot move so far."""

    criterion: str
    up: Fraction | None
    down: Fraction | None


@dataclass(frozen=True, slots=True)
class CriticalChange:
    """Lowering `criterion`'s weight by `change` makes two alternatives equal; `percent` is of that weight."""

    criterion: str
    first: str
    second: str
    change: Fraction
    percent: Fraction


def moved(weights: Weights, criterion: str, change: Number) -> dict[str, Fraction] | None:
    """The weights after moving one by `change`, the sum kept; None where that is impossible."""
    exactly = {key: exact(weight) for key, weight in weights.items()}
    whole, weight, x = sum(exactly.values()), exactly[criterion], exact(change)
    rest = whole - weight
    if not rest or not 0 <= weight + x <= whole:
        return None
    return {
        key: value + x if key == criterion else value * (rest - x) / rest for key, value in exactly.items()
    }


def total_change(
    weights: Weights, levels: Mapping[str, Number], criterion: str, change: Number, top_level: int
) -> Fraction | None:
    """By how many percent points of the maximum the total moves with one weight; a missing level adds nothing.

    ΔT = x·(s_i − Σ_{j≠i} w_j s_j ÷ (S − w_i)) × 100 ÷ (S × top level), S the sum of the weights.
    """
    after = moved(weights, criterion, change)
    if after is None:
        return None
    whole = sum(map(exact, weights.values()))
    difference = sum((after[key] - exact(weights[key])) * exact(level) for key, level in levels.items())
    return Fraction(difference * 100, whole * top_level)


def swap_change(weights: Weights, distances: Mapping[str, Number], criterion: str, other: str) -> Fraction | None:
    """By how much one weight must move for its gap to equal another's: x* of the rank swap.

    x* = (w_j d_j − w_i d_i) ÷ (d_i + w_j d_j ÷ (S − w_i)), d = target − level; 0 where the gaps are equal already.
    None where the weight would leave 0…S on the way, or a criterion has no gap to change.
    """
    whole = sum(map(exact, weights.values()))
    weight, distance = exact(weights[criterion]), exact(distances[criterion])
    others_gap = exact(weights[other]) * exact(distances[other])
    if weight == whole:
        return None
    pull = distance + others_gap / (whole - weight)
    if not pull:
        return None
    change = (others_gap - weight * distance) / pull
    return change if 0 < weight + change < whole else None


def swaps(score: Score) -> tuple[Swap, ...]:
    """For each criterion below its target the fewest whole points on its weight that change the improvement order.

    The most fragile first. Without any the order is firm against every single weight. The order is step 7's, ties
    and all, so where two gaps are equal one point may do. A weight keeps at least one point and leaves one to the
    others: at 0 a criterion has no place in the order.
    """
    order = improvement_order(score)
    nearest = [swap for c in score.criteria if (swap := _nearest(score, c, order))]
    return tuple(sorted(nearest, key=lambda swap: swap.points))


def _nearest(score: Score, one: CriterionScore, order: Sequence[CriterionScore]) -> Swap | None:
    """The smallest change that moves this criterion past another; of several others the one whose gap is nearest."""
    if one.level is None or one.target is None or one.level >= one.target:
        return None
    found = [pair for other in order if other is not one and (pair := _past(score, one, other))]
    return min(found, key=lambda pair: (pair[1].points, pair[0]))[1] if found else None


def _past(score: Score, one: CriterionScore, other: CriterionScore) -> tuple[Fraction, Swap] | None:
    """How far the gaps are from being equal, and the whole points that move one past the other.

    Where the gaps are equal the order has a rule for ties, so the point that makes them so may be enough or not.
    """
    weights, distances = _weights(score), {c.criterion: c.target - c.level for c in (one, other)}
    equal = swap_change(weights, distances, one.criterion, other.criterion)
    if equal is None:
        return None
    ahead = _ahead(score, weights, one, other)
    least = max(1, ceil(abs(equal)))
    for change in (-least, -least - 1) if ahead else (least, least + 1):
        after = moved(weights, one.criterion, change)
        if after and 0 < after[one.criterion] < score.weight and _ahead(score, after, one, other) != ahead:
            return abs(equal), Swap(one.criterion, other.criterion, change, one.weight)
    return None


def _ahead(score: Score, weights: Mapping[str, Fraction], one: CriterionScore, other: CriterionScore) -> bool:
    """Whether with these weights the one comes before the other in the improvement order."""
    pair = tuple(replace(c, weight=weights[c.criterion]) for c in score.criteria if c is one or c is other)
    return improvement_order(replace(score, criteria=pair))[0].criterion == one.criterion


def effects_on_total(score: Score, change: Number) -> tuple[Effect, ...]:
    """What ±`change` of each applicable weight does to the total's percent."""
    weights = _weights(score)
    levels = {c.criterion: c.level for c in score.criteria if c.scored}
    x = exact(change)
    return tuple(
        Effect(key, *(total_change(weights, levels, key, step, score.top_level) for step in (x, -x)))
        for key in weights
    )


def critical_changes(weights: Weights, values: Mapping[str, Mapping[str, Number]]) -> tuple[CriticalChange, ...]:
    """Every change of one weight that makes two alternatives of a weighted sum equal, the smallest percent first.

    `values` {alternative: {criterion: value}}; the other weights stay. δ = (P_j − P_i) ÷ (a_jk − a_ik), possible
    where δ ≤ w_k (Triantaphyllou & Sánchez 1997). The first one with the top alternative in it is the critical
    criterion of the top rank, the very first that of any rank.
    """
    ranked = sorted(values, key=lambda name: -_sum(weights, values[name]))
    found = [
        critical
        for place, first in enumerate(ranked)
        for second in ranked[place + 1 :]
        for criterion in weights
        if (critical := _critical(weights, values, criterion, first, second))
    ]
    return tuple(sorted(found, key=lambda critical: abs(critical.percent)))


def _critical(
    weights: Weights, values: Mapping[str, Mapping[str, Number]], criterion: str, first: str, second: str
) -> CriticalChange | None:
    weight = exact(weights[criterion])
    slope = exact(values[second][criterion]) - exact(values[first][criterion])
    if not slope or not weight:
        return None
    change = (_sum(weights, values[second]) - _sum(weights, values[first])) / slope
    return CriticalChange(criterion, first, second, change, change * 100 / weight) if change <= weight else None


def _sum(weights: Weights, values: Mapping[str, Number]) -> Fraction:
    return sum((exact(weight) * exact(values[key]) for key, weight in weights.items()), Fraction(0))


def _weights(score: Score) -> dict[str, Fraction]:
    return {c.criterion: c.weight for c in score.criteria if c.applicable}
