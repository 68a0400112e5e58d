"""How far the room agrees, in one number: hints for the facilitator, never a verdict.

Exact where the formula is; consensus measures with logarithms are floats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import exp, fsum, log, log2

from pso_core.domain.exact import Number, exact
from pso_core.domain.workshop.ranking import mean_places, tied_groups

CONCORDANCE_WORDS = ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"), (1, "almost_perfect"))
# Goepel's code and website; his paper of 2018 has 50, 65, 75, 85.
CONSENSUS_WORDS = ((0.5, "very_low"), (0.625, "low"), (0.75, "moderate"), (0.875, "high"), (1, "very_high"))
ALPHA_WORDS = ((0.667, "unreliable"), (0.8, "tentative"), (1, "reliable"))

Units = Sequence[Sequence[Number | None]]
Totals = Mapping[Fraction, int]
Metric = Callable[[Fraction, Fraction, Totals], Fraction]


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W: 1 all rank alike, 0 no common order at all."""

    w: Fraction
    raters: int
    objects: int

    @property
    def chi_square(self) -> Fraction:
        """Of `objects` − 1 degrees of freedom, were there no common order; meaningless with few raters or objects."""
        return self.raters * (self.objects - 1) * self.w


def concordance(raters: Sequence[Sequence[Number]]) -> Concordance | None:
    """Kendall's W with correction for ties. One row a rater, one value an object: ranks, or weights to rank by.

    12 S ÷ (m² (n³ − n) − m Σ (t³ − t)). None below two raters or objects, or where nobody ranks anything above another.
    """
    m, n = len(raters), len(raters[0]) if raters else 0
    if m < 2 or n < 2:
        return None
    sums = [sum(places) for places in zip(*map(mean_places, raters), strict=True)]
    deviations = sum((total - Fraction(m * (n + 1), 2)) ** 2 for total in sums)
    ties = sum(len(group) ** 3 - len(group) for values in raters for group in tied_groups(values))
    most = m**2 * (n**3 - n) - m * ties
    return Concordance(Fraction(12 * deviations, most), m, n) if most else None


def entropy_consensus(allocations: Sequence[Sequence[Number]], top_judgment: int | None = None) -> float | None:
    """Goepel's S* of 2018: 1 everybody weighs alike, 0 each gives all to a criterion of their own.

    One row a person, in any scale. `top_judgment` 9 for weights from AHP, which cannot give all to one; None for
    points. On points S* lies close to 1: compare, do not judge. None without people or below two criteria.
    """
    if not allocations or len(allocations[0]) < 2:
        return None
    shares = [[float(exact(value) / sum(map(exact, own))) for value in own] for own in allocations]
    mean = [fsum(values) / len(shares) for values in zip(*shares, strict=True)]
    alpha = fsum(map(_entropy, shares)) / len(shares)
    least = exp(_least_entropy(len(mean), top_judgment)) / len(mean)
    return (exp(alpha - _entropy(mean)) - least) / (1 - least)


def nominal(c: Fraction, k: Fraction, totals: Totals) -> Fraction:
    return Fraction(c != k)


def ordinal(c: Fraction, k: Fraction, totals: Totals) -> Fraction:
    """Values far apart by how many were given between them, not by their size."""
    low, high = sorted((c, k))
    between = sum(count for value, count in totals.items() if low <= value <= high)
    return (between - Fraction(totals[c] + totals[k], 2)) ** 2


def interval(c: Fraction, k: Fraction, totals: Totals) -> Fraction:
    return (c - k) ** 2


def ratio(c: Fraction, k: Fraction, totals: Totals) -> Fraction:
    return ((c - k) / (c + k)) ** 2


def krippendorff_alpha(units: Units, metric: Metric = ordinal) -> Fraction | None:
    """α = 1 − observed ÷ expected disagreement. One row a unit, one value a rater, None where there is none.

    Units with fewer than two values do not count. None where no two values differ: all agree, or nothing to compare.
    """
    counts = [Counter(exact(value) for value in unit if value is not None) for unit in units]
    counts = [count for count in counts if count.total() > 1]
    totals = sum(counts, Counter())
    distances = {(c, k): metric(c, k, totals) for c, k in product(totals, repeat=2) if c != k}
    expected = sum(totals[c] * totals[k] * distance for (c, k), distance in distances.items())
    if not expected:
        return None
    observed = sum(
        Fraction(count[c] * count[k], count.total() - 1) * distances[c, k]
        for count in counts
        for c, k in product(count, repeat=2)
        if c != k
    )
    return 1 - (totals.total() - 1) * observed / expected


def tastle_wierman(counts: Sequence[int]) -> float | None:
    """Consensus of votes on ordered levels: 1 all alike, 0 half at either end. `counts` of each level; None without votes."""
    votes, width = sum(counts), len(counts) - 1
    if not votes:
        return None
    mean = sum(level * count for level, count in enumerate(counts)) / votes
    return 1 + fsum(count / votes * log2(1 - abs(level - mean) / width) for level, count in enumerate(counts) if count)


def van_der_eijk(counts: Sequence[int]) -> Fraction | None:
    """Agreement A of votes on three or more ordered levels: 1 all alike, 0 as many on each, −1 half at either end.

    The votes are taken apart into layers that use a level or do not, each weighted by its votes. None without votes.
    """
    votes, left, agreement = sum(counts), list(counts), Fraction(0)
    if not votes:
        return None
    while used := [level for level, count in enumerate(left) if count]:
        height = min(left[level] for level in used)
        agreement += Fraction(height * len(used), votes) * _of_layer([count > 0 for count in left])
        left = [count - height if count else 0 for count in left]
    return agreement


def word(value: Number, words: Sequence[tuple[float, str]]) -> str:
    """The code of the first band that ends above the value: CONCORDANCE_WORDS for W, CONSENSUS_WORDS for S*, ALPHA_WORDS for α."""
    return next((code for end, code in words if exact(value) < exact(end)), words[-1][1])


def _entropy(shares: Sequence[float]) -> float:
    return -fsum(share * log(share) for share in shares if share)


def _least_entropy(n: int, top_judgment: int | None) -> float:
    """Of one person who puts one criterion as far above all others as the method lets them."""
    if top_judgment is None:
        return 0.0
    return _entropy([top_judgment / (n + top_judgment - 1), *[1 / (n + top_judgment - 1)] * (n - 1)])


def _of_layer(used: Sequence[bool]) -> Fraction:
    """Neighbouring levels with the rest empty are of one mind, an empty level between two used ones is not."""
    levels, taken = len(used), sum(used)
    triples = list(combinations(used, 3))
    single = sum(triple in ((True, True, False), (False, True, True)) for triple in triples)
    double = sum(triple == (True, False, True) for triple in triples)
    peaked = Fraction(1)
    if single + double:
        peaked = Fraction((levels - 2) * single - (levels - 1) * double, (levels - 2) * (single + double))
    return peaked * (1 - Fraction(taken - 1, levels - 1))
