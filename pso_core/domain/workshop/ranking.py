"""Places with ties: equals share a place, whoever comes first in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby, takewhile

from pso_core.domain.exact import Number, exact


def tied_groups(values: Sequence[Number]) -> list[list[int]]:
    """The positions of the values in groups of equals, the largest value first; in a group the earlier first."""
    exactly = [exact(value) for value in values]
    order = sorted(range(len(exactly)), key=lambda i: -exactly[i])
    return [list(group) for _, group in groupby(order, key=exactly.__getitem__)]


def places(values: Sequence[Number]) -> list[int]:
    """Each value's place, the largest 1; equals share it and leave the next ones empty: 1, 2, 2, 4."""
    return [first for first, _ in _spans(values)]


def mean_places(values: Sequence[Number]) -> list[Fraction]:
    """Each value's place, the largest 1; equals get the mean of the places they take: 1, 2½, 2½, 4."""
    return [Fraction(first + last, 2) for first, last in _spans(values)]


def firm_places(values: Sequence[Number], others: Iterable[Sequence[Number]]) -> int:
    """How many of the first places hold the same, in the same order, by every one of `others` too.

    Equals stand as one: where others part them or make two equal, the place is not firm.
    """
    ranked = tied_groups(values)
    return min((_same_beginning(ranked, tied_groups(other)) for other in others), default=len(values))


def _spans(values: Sequence[Number]) -> list[tuple[int, int]]:
    """(first, last) place that the value and its equals take together, in the values' own order."""
    spans, taken = {}, 0
    for group in tied_groups(values):
        spans |= dict.fromkeys(group, (taken + 1, taken + len(group)))
        taken += len(group)
    return [spans[i] for i in range(len(values))]


def _same_beginning(ranked: list[list[int]], other: list[list[int]]) -> int:
    return sum(len(mine) for mine, _ in takewhile(lambda pair: pair[0] == pair[1], zip(ranked, other)))
