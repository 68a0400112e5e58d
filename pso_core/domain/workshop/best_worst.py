"""Best–worst method: 2n − 3 comparisons, all with the most or the least important criterion.

Both models are solved in closed form. Once the ratio of best to worst is known, each other criterion is bounded
by itself, so no linear program is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import inf, sqrt

from pso_core.errors import PsoError

SCALE = range(1, 10)
CONSISTENCY_INDEX = (0, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23)  # by how many times best outweighs worst, 1 … 9

# Up to which input-based ratio comparisons are consistent (Liang, Brunelli & Rezaei 2020): a row for each best to worst 3 … 9,
# a column for each number of criteria 3 … 9. Below 3 all must fit exactly.
ACCEPTABLE = (
    (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
)

Middle = list[tuple[int, int]]
Bound = tuple[int, int]
Corner = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """`best_to_others`: how many times the best matters more than each criterion; `others_to_worst`: each than the worst.

    Both in the order of the criteria, 1 … 9, 1 for a criterion with itself; best to worst stands in both.
    Refuses: ballot_not_offered.
    """

    best: int
    worst: int
    best_to_others: Sequence[int]
    others_to_worst: Sequence[int]

    def __post_init__(self):
        with_itself = {self.best_to_others[self.best], self.others_to_worst[self.worst]}
        on_scale = all(given in SCALE for given in (*self.best_to_others, *self.others_to_worst))
        same = self.others_to_worst[self.best] == self.best_to_worst
        if self.best == self.worst or with_itself != {1} or not on_scale or not same:
            raise PsoError("ballot_not_offered")

    @property
    def best_to_worst(self) -> int:
        return self.best_to_others[self.worst]

    @property
    def middle(self) -> Middle:
        """(best to it, it to worst) of the criteria between, in their order."""
        both = zip(self.best_to_others, self.others_to_worst, strict=True)
        return [pair for i, pair in enumerate(both) if i not in (self.best, self.worst)]

    def placed(self, best, worst, middle: Sequence) -> tuple:
        """Values of the best, the worst and the criteria between, in the order of the criteria."""
        between = iter(middle)
        ends = {self.best: best, self.worst: worst}
        return tuple(ends[i] if i in ends else next(between) for i in range(len(self.best_to_others)))


def to_look_at(comparisons: Comparisons) -> int | None:
    """The criterion that fits least between best and worst, to be compared once more; None where all are consistent.

    Consistent: none lies further from the best, or from the worst, than these two from each other, and none of
    |a_Bj a_jW − a_BW| ÷ (a_BW² − a_BW) is above what is acceptable. So it is told before any weight is computed.
    """
    whole, ends = comparisons.best_to_worst, (comparisons.best, comparisons.worst)
    both = list(zip(comparisons.best_to_others, comparisons.others_to_worst, strict=True))
    most = acceptable(whole, len(both)) * (whole**2 - whole)
    apart = {i: abs(to_it * to_worst - whole) for i, (to_it, to_worst) in enumerate(both) if i not in ends}
    odd = {i: distance for i, distance in apart.items() if distance > most or max(both[i]) > whole}
    return max(odd, key=odd.__getitem__, default=None)


def acceptable(best_to_worst: int, criteria: int) -> float:
    """The input-based ratio up to which comparisons of so many criteria are consistent; beyond nine as for nine."""
    return ACCEPTABLE[best_to_worst - 3][min(max(criteria, 3), 9) - 3] if best_to_worst >= 3 else 0.0


@dataclass(frozen=True, slots=True)
class BestWorst:
    """Weights that make 1, each in the middle of the `interval` that the comparisons leave open; `deviation` is ξ."""

    weights: tuple[float, ...]
    intervals: tuple[tuple[float, float], ...]
    deviation: float
    best_to_worst: int

    @property
    def consistency_ratio(self) -> float | None:
        """ξ over the most it could be; None where best and worst are judged equal but others are not."""
        most = CONSISTENCY_INDEX[self.best_to_worst - 1]
        if not self.deviation:
            return 0.0
        return self.deviation / most if most else None


def best_worst(comparisons: Comparisons) -> BestWorst:
    """The non-linear model (Rezaei 2015): the least ξ with |w_B/w_j − a_Bj| ≤ ξ and |w_j/w_W − a_jW| ≤ ξ.

    For a given ξ each criterion between bounds w_B/w_W to [(a_Bj − ξ)(a_jW − ξ), (a_Bj + ξ)(a_jW + ξ)]: ξ is right
    where these first have a value in common. The intervals are Rezaei's (2016), the weights their midpoints made 1.
    """
    middle = comparisons.middle
    deviation = max(_meetings(middle, comparisons.best_to_worst), default=0.0)
    ratio = _ratio(middle, comparisons.best_to_worst, deviation)
    between = [_between(ratio, pair, deviation) for pair in middle]
    bounds = comparisons.placed((ratio, ratio), (1.0, 1.0), between)
    intervals = _of_whole(bounds)
    midpoints = [(low + high) / 2 for low, high in intervals]
    weights = tuple(midpoint / sum(midpoints) for midpoint in midpoints)
    return BestWorst(weights, intervals, deviation, comparisons.best_to_worst)


def best_worst_linear(comparisons: Comparisons) -> tuple[tuple[Fraction, ...], Fraction]:
    """Weights that make 1, and ξ, of the linear model (2016): |w_B − a_Bj w_j| ≤ ξ and |w_j − a_jW w_W| ≤ ξ; exact.

    Weights are measured in units of ξ: the least ξ is then the largest sum. It grows with w_B and w_W, which decide
    all others, and every bound on these two is a line that rises: so it is largest where two bounds meet.
    """
    middle, ends = comparisons.middle, comparisons.best_to_worst
    if all(to_it * to_worst == ends for to_it, to_worst in middle):
        consistent = [Fraction(1, to_it) for to_it in comparisons.best_to_others]
        return tuple(weight / sum(consistent) for weight in consistent), Fraction(0)
    corners = _corners({(ends, 1), *((to_it * to_worst, to_it + 1) for to_it, to_worst in middle)})
    weights = max((comparisons.placed(best, worst, _at_most(best, worst, middle)) for best, worst in corners), key=sum)
    return tuple(weight / sum(weights) for weight in weights), 1 / sum(weights)


def _meetings(middle: Middle, ends: int) -> Iterator[float]:
    """Each ξ at which the bounds of two criteria, or of one and of best to worst itself, come to touch."""
    for (a, b), (c, d) in combinations(middle, 2):
        yield abs(a * b - c * d) / (a + b + c + d)
    for a, b in middle:
        apart, whole = abs(a * b - ends), a + b + 1  # (a ∓ ξ)(b ∓ ξ) = a_BW ± ξ
        yield 2 * apart / (whole + sqrt(whole**2 - 4 * (a * b - ends)))


def _ratio(middle: Middle, ends: int, deviation: float) -> float:
    """w_B/w_W: its highest lower and lowest upper bound, which meet at the least ξ but for rounding."""
    lowest = [ends - deviation, *(max(a - deviation, 0) * max(b - deviation, 0) for a, b in middle)]
    highest = [ends + deviation, *((a + deviation) * (b + deviation) for a, b in middle)]
    return (max(lowest) + min(highest)) / 2


def _between(ratio: float, pair: tuple[int, int], deviation: float) -> tuple[float, float]:
    """Lowest and highest w_j, with w_W = 1 and w_B = `ratio`."""
    a, b = pair
    lowest = max(ratio / (a + deviation), b - deviation)
    highest = min(ratio / (a - deviation) if a > deviation else inf, b + deviation)
    return min(lowest, highest), max(lowest, highest)  # rounding may turn them where they are equal


def _of_whole(bounds: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The bounds as parts of 1: a weight is smallest when all others are largest."""
    all_lowest, all_highest = (sum(ends) for ends in zip(*bounds, strict=True))
    return tuple((low / (low + all_highest - high), high / (high + all_lowest - low)) for low, high in bounds)


def _corners(bounds: set[Bound]) -> list[Corner]:
    """(w_B, w_W), both above 0, where two of the bounds |w_B − k w_W| ≤ t, given as (k, t), meet and none is passed."""
    lines = [(k, sign * most) for k, most in bounds for sign in (1, -1)]
    crossings = (_crossing(*pair) for pair in combinations(lines, 2) if pair[0][0] != pair[1][0])
    return [
        (best, worst)
        for best, worst in crossings
        if best > 0 and worst > 0 and all(abs(best - k * worst) <= most for k, most in bounds)
    ]


def _crossing(line: Bound, other: Bound) -> Corner:
    """Where w_B − k w_W = t for both (k, t)."""
    worst = Fraction(line[1] - other[1], other[0] - line[0])
    return line[0] * worst + line[1], worst


def _at_most(best: Fraction, worst: Fraction, middle: Middle) -> list[Fraction]:
    """The largest w_j: |w_B − a_Bj w_j| ≤ 1 and |w_j − a_jW w_W| ≤ 1."""
    return [min((best + 1) / a, b * worst + 1) for a, b in middle]
