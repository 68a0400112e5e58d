"""From what one person sent to weights that make exactly 100.

What was sent stands in the order of the criteria, one value each; the weights come back in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from pso_core.domain.exact import Number, exact
from pso_core.domain.workshop.ranking import tied_groups
from pso_core.errors import PsoError

WHOLE = 100
RATINGS = (0, 25, 50, 75, 100)

Weights = tuple[Fraction, ...]


def proportional(values: Sequence[Number]) -> Weights:
    """Percent points in the values' proportion (SMART, or any direct rating); all zero weigh the same.

    Refuses: points_negative.
    """
    exactly = [exact(value) for value in values]
    if any(value < 0 for value in exactly):
        raise PsoError("points_negative")
    if not any(exactly):
        exactly = [Fraction(1)] * len(exactly)
    return tuple(value * WHOLE / sum(exactly) for value in exactly)


def weights_from_ratings(ratings: Sequence[int]) -> Weights:
    """Swing (Max100): the criterion to lift first is 100, the others in 25s relative to it. Refuses as `check_ratings`."""
    check_ratings(ratings)
    return proportional(ratings)


def check_ratings(ratings: Collection[int]) -> None:
    """Refuses: ballot_not_offered, ballot_no_top."""
    if any(rating not in RATINGS for rating in ratings):
        raise PsoError("ballot_not_offered")
    if max(RATINGS) not in ratings:
        raise PsoError("ballot_no_top")


def weights_from_points(points: Sequence[Number], total: int = WHOLE) -> Weights:
    """A budget of `total` points shared out; nothing is scaled behind the person's back.

    Refuses: points_negative, ballot_sum.
    """
    given = sum(map(exact, points))
    weights = proportional(points)
    if given != total:
        raise PsoError("ballot_sum", sum=given, total=total, left=total - given)
    return weights


def rank_sum_weights(ranks: Sequence[Number]) -> Weights:
    """w ∝ n + 1 − k at position k, 1 the most important: the surrogate of direct ratings (Roberts & Goodwin 2002).

    Any numbers that order the criteria will do: tiers 1-2-2-3 or places 1-2-2-4. Equals get the mean of the
    weights of the positions they take.
    """
    n = len(ranks)
    return _by_position(ranks, [Fraction(2 * WHOLE * (n + 1 - k), n * (n + 1)) for k in range(1, n + 1)])


def rank_order_centroid_weights(ranks: Sequence[Number]) -> Weights:
    """w = (1 ÷ n) Σ 1/i for i = k…n at position k: the surrogate of shared points, and steeper. Ranks as for rank sums."""
    n = len(ranks)
    centroids = [sum(Fraction(WHOLE, i * n) for i in range(k, n + 1)) for k in range(1, n + 1)]
    return _by_position(ranks, centroids)


def _by_position(ranks: Sequence[Number], of_position: Sequence[Fraction]) -> Weights:
    weights, position = {}, 0
    for group in tied_groups([-exact(rank) for rank in ranks]):
        taken = of_position[position : position + len(group)]
        weights |= dict.fromkeys(group, sum(taken) / len(group))
        position += len(group)
    return tuple(weights[i] for i in range(len(ranks)))
