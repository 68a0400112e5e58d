"""From everybody's weights to the room's: the mean beside its spread, and how much hangs on one person.

`allocations` holds one person's weights a row, each making 100, in the order of the criteria and without names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from pso_core.domain.apportion import whole_points
from pso_core.domain.exact import Number, exact
from pso_core.domain.workshop.ranking import firm_places
from pso_core.domain.workshop.weighting import WHOLE, Weights

TRIMMED_TAIL = Fraction(1, 5)
TRIMMED_FROM = 10

Allocations = Sequence[Sequence[Number]]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart the room is on one criterion; quartiles by linear interpolation (type 7)."""

    lowest: Fraction
    first_quartile: Fraction
    median: Fraction
    third_quartile: Fraction
    highest: Fraction

    @property
    def interquartile(self) -> Fraction:
        return self.third_quartile - self.first_quartile


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """Whoever is left out: no mean weight moves by more than `largest_shift` points, and the first `firm_places` keep their order."""

    largest_shift: Fraction
    firm_places: int


def mean_weights(allocations: Allocations) -> Weights:
    """The arithmetic mean of each criterion: the one simple rule that keeps the sum at 100. Nobody: no weights."""
    return tuple(sum(map(exact, values)) / len(values) for values in _by_criterion(allocations))


def spreads(allocations: Allocations) -> tuple[Spread, ...]:
    """The spread of each criterion. The medians need not make 100: they stand beside the mean, not in its place."""
    return tuple(
        Spread(*(quantile(values, Fraction(quarter, 4)) for quarter in range(5)))
        for values in _by_criterion(allocations)
    )


def furthest_apart(weights: Mapping[str, Number], others: Mapping[str, Number]) -> str | None:
    """The criterion on which two sets of weights of the same criteria differ most, the first of equals; None where they are the same."""
    apart = {criterion: abs(exact(weight) - exact(others[criterion])) for criterion, weight in weights.items()}
    most = max(apart, key=apart.__getitem__, default=None)
    return most if most is not None and apart[most] else None


def quantile(values: Sequence[Number], share: Fraction) -> Fraction:
    """The value below which `share` of the values lie, between neighbours by linear interpolation (type 7)."""
    ordered = sorted(map(exact, values))
    place = (len(ordered) - 1) * share
    below = floor(place)
    beyond = ordered[min(below + 1, len(ordered) - 1)]
    return ordered[below] + (place - below) * (beyond - ordered[below])


def trimmed_mean(values: Sequence[Number], tail: Fraction = TRIMMED_TAIL) -> Fraction:
    """The mean without the `tail` share of the values at either end, a part of a value not being cut off."""
    cut = floor(len(values) * tail)
    kept = sorted(map(exact, values))[cut : len(values) - cut]
    return sum(kept) / len(kept)


def trimmed_weights(allocations: Allocations) -> Weights | None:
    """The trimmed mean of each criterion, which need not make 100. None below ten people, where it would silence a single voice."""
    if len(allocations) < TRIMMED_FROM:
        return None
    return tuple(trimmed_mean(values) for values in _by_criterion(allocations))


def proposed_weights(allocations: Allocations, unit: int = 1) -> list[int]:
    """The mean in multiples of `unit` (1 or 5), exactly 100 together: what the meeting is asked to decide on.

    Refuses: points_negative, points_not_in_units, and nothing_to_share while nobody has sent anything.
    """
    return whole_points(mean_weights(allocations), WHOLE, unit)


def leave_one_out(allocations: Allocations) -> LeaveOneOut | None:
    """How much the mean hangs on any single person. None below two people."""
    people = len(allocations)
    if people < 2:
        return None
    mean = mean_weights(allocations)
    without = [
        [(people * of_all - exact(own)) / (people - 1) for of_all, own in zip(mean, allocation, strict=True)]
        for allocation in allocations
    ]
    shifts = (abs(after - before) for weights in without for after, before in zip(weights, mean, strict=True))
    return LeaveOneOut(max(shifts, default=Fraction(0)), firm_places(mean, without))


def _by_criterion(allocations: Allocations) -> list[tuple[Number, ...]]:
    return list(zip(*allocations, strict=True))
