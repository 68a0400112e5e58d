"""How firm the order and the total are: which change of a weight would turn them.

Moving one weight by x keeps the sum: the others give way in proportion. Not-applicable criteria carry no
weight here and stay as they are. Weights are percent points, {criterion: weight}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pso_core.domain.exact import Number, exact
from pso_core.domain.scoring import Score, improvement_order

Weights = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Swap:
    """At weight + `change` the two criteria's gaps are equal; a little more and they change places."""

    criterion: str
    other: str
    change: Fraction
    weight: Fraction

    @property
    def points(self) -> int:
        """The fewest whole points that make them change places; weights are whole, so there is always room."""
        return int(abs(self.change)) + 1

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

    x* = (w_j d_j − w_i d_i) ÷ (d_i + w_j d_j ÷ (S − w_i)), d = target − level. None where the weight would
    leave 0…S on the way, or nothing would change places (a gap already equal, or none at all).
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
    return change if change and 0 < weight + change < whole else None


def swaps(score: Score) -> tuple[Swap, ...]:
    """For each criterion below its target the smallest weight change that changes the improvement order.

    The most fragile first. Without any the order is firm against every single weight.
    """
    weights = _weights(score)
    distances = {c.criterion: c.target - c.level for c in improvement_order(score)}
    nearest = []
    for criterion in distances:
        changes = {other: swap_change(weights, distances, criterion, other) for other in distances}
        possible = [Swap(criterion, other, x, weights[criterion]) for other, x in changes.items() if x is not None]
        nearest += sorted(possible, key=_size)[:1]
    return tuple(sorted(nearest, key=_size))


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


def _size(swap: Swap) -> Fraction:
    return abs(swap.change)
