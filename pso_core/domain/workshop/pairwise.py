"""Analytic hierarchy process: weights from judgments of pairs, and how far these contradict each other.

A matrix holds in row i, column j how many times i matters more than j (9 … 1/9), its reciprocal in j, i, 1 on the
diagonal, and None where a pair was not judged. Weights here are floats that make 1: eigenvectors are not fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, fsum, log, prod, sqrt

from pso_core.domain.exact import Number, exact
from pso_core.errors import PsoError

ACCEPTABLE_RATIO = 0.10
SCALE = {judgment for times in range(1, 10) for judgment in (Fraction(times), Fraction(1, times))}
SAATY_RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
PRECISION = 1e-12
SETTLED = 1e-8
MOST_ROUNDS = 200

Matrix = Sequence[Sequence[float]]
Judged = Sequence[Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Priorities:
    """The principal eigenvector of a matrix, making 1, and its eigenvalue λ: n when no judgment contradicts another."""

    weights: tuple[float, ...]
    eigenvalue: float

    @property
    def consistency_index(self) -> float:
        n = len(self.weights)
        return (self.eigenvalue - n) / (n - 1) if n > 1 else 0.0

    @property
    def consistency_ratio(self) -> float:
        """The index over that of random judgments (Saaty), for up to ten criteria; two cannot contradict each other."""
        n = len(self.weights)
        return self.consistency_index / SAATY_RANDOM_INDEX[n] if n > 2 else 0.0

    @property
    def fitted_consistency_ratio(self) -> float:
        """The same by the line that Alonso & Lamata (2006) fitted, as AHP-OS does, for any number of criteria."""
        n = len(self.weights)
        return (self.eigenvalue - n) / (2.7699 * n - 4.3513 - n) if n > 2 else 0.0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A judgment and the value that would agree with the weights, both of row `first` over column `second`."""

    first: int
    second: int
    given: float
    consistent: float

    @property
    def factor(self) -> float:
        """How many times too much or too little; 1 agrees."""
        return max(self.given / self.consistent, self.consistent / self.given)


def matrix_of(n: int, judgments: Mapping[tuple[int, int], Number]) -> list[list[float | None]]:
    """The matrix of {(i, j): how many times i matters more than j}, every pair at most once.

    Refuses: ballot_not_offered (neither 1 … 9 nor one of these in a fraction).
    """
    matrix: list[list[float | None]] = [[1.0 if i == j else None for j in range(n)] for i in range(n)]
    for (i, j), given in judgments.items():
        value = exact(given)
        if value not in SCALE:
            raise PsoError("ballot_not_offered")
        matrix[i][j], matrix[j][i] = float(value), float(1 / value)
    return matrix


def priorities(judged: Judged) -> Priorities | None:
    """Weights of the judged pairs. None while the judgments do not link all criteria with each other.

    Pairs that were not judged count as what makes λ smallest (Bozóki, Fülöp & Rónyai 2010).
    """
    matrix = completed(judged)
    return None if matrix is None else Priorities(*_principal(matrix))


def completed(judged: Judged) -> list[list[float]] | None:
    """The matrix with every missing pair at the value that contradicts the others least; None as in `priorities`."""
    if not _linked(judged):
        return None
    weights = _least_squares(judged)
    matrix = [
        [weights[i] / weights[j] if value is None else float(value) for j, value in enumerate(row)]
        for i, row in enumerate(judged)
    ]
    missing = [(i, j) for i, row in enumerate(judged) for j, value in enumerate(row) if value is None and i < j]
    for _ in range(MOST_ROUNDS if missing else 0):
        if _settle(matrix, missing) < SETTLED:
            break
    return matrix


def geometric_mean_weights(matrix: Matrix) -> tuple[float, ...]:
    """The rows' geometric means, making 1: close to the eigenvector, and the same for a group as AIJ and as AIP."""
    means = [prod(row) ** (1 / len(row)) for row in matrix]
    return tuple(mean / fsum(means) for mean in means)


def combined(matrices: Sequence[Matrix]) -> list[list[float]]:
    """One matrix of the group: the geometric mean of its judgments, which stays reciprocal (AIJ). All complete."""
    return [
        [exp(fsum(map(log, values)) / len(values)) for values in zip(*rows, strict=True)]
        for rows in zip(*matrices, strict=True)
    ]


def worst_judgment(judged: Judged, weights: Sequence[float]) -> Contradiction | None:
    """The judgment that lies furthest from the weights: the one to look at again. None where no pair is judged."""
    given = [
        Contradiction(i, j, value, weights[i] / weights[j])
        for i, row in enumerate(judged)
        for j, value in enumerate(row)
        if value is not None and i < j
    ]
    return max(given, key=lambda contradiction: contradiction.factor, default=None)


def _principal(matrix: Matrix) -> tuple[tuple[float, ...], float]:
    """Power iteration. λ lies between the smallest and the largest (Aw)ᵢ ÷ wᵢ (Collatz–Wielandt), so they tell when to stop."""
    weights = geometric_mean_weights(matrix)
    while True:
        products = [fsum(value * weight for value, weight in zip(row, weights, strict=True)) for row in matrix]
        ratios = [product / weight for product, weight in zip(products, weights, strict=True)]
        weights = tuple(product / fsum(products) for product in products)
        if max(ratios) - min(ratios) <= PRECISION * max(ratios):
            return weights, fsum(ratios) / len(ratios)


def _settle(matrix: list[list[float]], missing: Sequence[tuple[int, int]]) -> float:
    """Move every missing pair to where λ is smallest for the present eigenvectors; the largest move, in logarithms.

    ∂λ ÷ ∂ ln aᵢⱼ ∝ vᵢ aᵢⱼ wⱼ − vⱼ aⱼᵢ wᵢ, with v the left eigenvector, is 0 at aᵢⱼ = √(vⱼ wᵢ ÷ (vᵢ wⱼ)).
    """
    right, _ = _principal(matrix)
    left, _ = _principal(list(zip(*matrix, strict=True)))
    moved = 0.0
    for i, j in missing:
        value = sqrt(left[j] * right[i] / (left[i] * right[j]))
        moved = max(moved, abs(log(value / matrix[i][j])))
        matrix[i][j], matrix[j][i] = value, 1 / value
    return moved


def _least_squares(judged: Judged) -> list[float]:
    """Weights whose logarithms miss the judged ones least: a start from which little is left to settle."""
    logs = [0.0] * len(judged)
    for _ in range(MOST_ROUNDS if len(judged) > 1 else 0):
        for i, row in enumerate(judged):
            others = [log(value) + logs[j] for j, value in enumerate(row) if value is not None and i != j]
            logs[i] = fsum(others) / len(others)
    return [exp(value) for value in logs]


def _linked(judged: Judged) -> bool:
    reached, waiting = {0}, [0]
    while waiting:
        row = judged[waiting.pop()]
        found = {j for j, value in enumerate(row) if value is not None} - reached
        reached |= found
        waiting += found
    return len(reached) == len(judged)
