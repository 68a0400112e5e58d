"""Whole points that make exactly a total: largest remainder (Hamilton), on fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor

from pso_core.domain.exact import Number, exact
from pso_core.errors import PsoError


def whole_points(ratings: Sequence[Number], total: int, unit: int = 1) -> list[int]:
    """Points in the ratings' proportion, in multiples of `unit`, making exactly `total`.

    Each is its exact share rounded down or up to a unit; a larger rating never gets fewer points. What is
    left over goes to the largest remainders, then the larger rating, then the earlier one. Ratings that are
    all zero share equally. Not house-monotone (Alabama): never derive a recorded result again from another total.
    Refuses: points_negative, points_not_in_units, nothing_to_share.
    """
    values = [exact(rating) for rating in ratings]
    _refuse(values, total, unit)
    if not any(values):
        values = [exact(1)] * len(values)
    whole, shares = sum(values), total // unit
    quotients = [shares * value / whole for value in values] if values else []
    units = [floor(quotient) for quotient in quotients]
    by_remainder = sorted(range(len(values)), key=lambda i: (units[i] - quotients[i], -values[i], i))
    for i in by_remainder[: shares - sum(units)]:
        units[i] += 1
    return [count * unit for count in units]


def share_equally(n: int, total: int) -> list[int]:
    """`total` over `n` as evenly as whole points allow; the earlier ones get the odd points."""
    return whole_points([1] * n, total)


def scale_to(points: Sequence[Number | None], total: int) -> list[int]:
    """What was typed, in the same proportion, made to sum to `total`; a point not given yet is 0."""
    return whole_points([point or 0 for point in points], total)


def points_by_tier(
    quotas: Mapping[str, Number], ratings: Mapping[str, Sequence[Number]], total: int = 100
) -> dict[str, list[int]]:
    """Tiers first, then the tasks of each tier in the proportion of their ratings.

    `quotas` {tier: quota}, `ratings` {tier: one per task}. A tier without tasks gets [] and its quota is left
    unassigned: the quotas are the team's decision, so no other tier takes it.
    """
    of_tier = dict(zip(quotas, whole_points(list(quotas.values()), total), strict=True))
    return {
        tier: whole_points(ratings[tier], points) if ratings.get(tier) else []
        for tier, points in of_tier.items()
    }


def _refuse(values: Sequence[Number], total: int, unit: int) -> None:
    if total < 0 or any(value < 0 for value in values):
        raise PsoError("points_negative")
    if total % unit:
        raise PsoError("points_not_in_units", total=total, unit=unit)
    if total and not values:
        raise PsoError("nothing_to_share", total=total)
