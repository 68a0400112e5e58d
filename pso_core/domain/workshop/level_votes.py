"""Levels that people gave alone: whether the room agrees, what to talk about first, what to propose.

`counts` holds how many people chose each level, from level 0 on. The thresholds are this program's own, after the
70–80 % that Delphi studies use; the program proposes, the meeting decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from pso_core.domain.workshop.agreement import tastle_wierman
from pso_core.errors import PsoError

AGREE_SHARE = Fraction(70, 100)
NEAR_SHARE = Fraction(80, 100)
SMALL_ROOM = 7
MOST_DIVIDED_FIRST = ("split", "near", "agree")
SAME_CONSENSUS = 9  # decimals: a mirrored vote must not differ by rounding


@dataclass(frozen=True, slots=True)
class LevelVote:
    """One item's votes."""

    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def lowest(self) -> int | None:
        """Whoever gave this level, or the highest, is asked to speak first."""
        return next((level for level, count in enumerate(self.counts) if count), None)

    @property
    def highest(self) -> int | None:
        return next((level for level, count in reversed(list(enumerate(self.counts))) if count), None)

    @property
    def share(self) -> Fraction:
        """The largest share of one level."""
        return Fraction(max(self.counts), self.n) if self.n else Fraction(0)

    @property
    def neighbours(self) -> tuple[int, int]:
        """The two levels next to each other that hold most votes, the lower two of equals: what to talk between."""
        lower = max(range(len(self.counts) - 1), key=lambda level: self.counts[level] + self.counts[level + 1])
        return lower, lower + 1

    @property
    def neighbours_share(self) -> Fraction:
        held = max(map(sum, pairwise(self.counts)))
        return Fraction(held, self.n) if self.n else Fraction(0)

    @property
    def standing(self) -> str | None:
        """`agree`, `near` (two levels to choose between by the evidence) or `split` (talk, then vote once more).

        In a room of up to seven one far voice is too few to make a share, so levels two apart are always `split`.
        None without votes.
        """
        if not self.n:
            return None
        if self.n <= SMALL_ROOM and self.highest - self.lowest > 1:
            return "split"
        if self.share >= AGREE_SHARE:
            return "agree"
        return "near" if self.neighbours_share >= NEAR_SHARE else "split"

    @property
    def median(self) -> int | None:
        """Between two levels the lower: the higher one has to be shown."""
        if not self.n:
            return None
        return next(level for level, reached in enumerate(accumulate(self.counts)) if 2 * reached >= self.n)

    @property
    def proposed(self) -> int | None:
        """The median, unless the room is split: a number would then only anchor the talk."""
        return None if self.standing == "split" else self.median


def level_vote(levels: Sequence[int | None], top: int) -> LevelVote:
    """Counts of the levels given, 0 … `top`; None is an abstention and does not count. Refuses: level_outside."""
    given = [level for level in levels if level is not None]
    for level in given:
        if level not in range(top + 1):
            raise PsoError("level_outside", value=level, top=top)
    return LevelVote(tuple(given.count(level) for level in range(top + 1)))


def most_divided_first(votes: Mapping[str, LevelVote]) -> tuple[str, ...]:
    """The items in the order to talk about them: split, near, agree, and in each the least consensus first.

    Equals keep their order; items without votes come last.
    """
    return tuple(sorted(votes, key=lambda item: _division(votes[item])))


def _division(vote: LevelVote) -> tuple[int, float]:
    if not vote.n:
        return len(MOST_DIVIDED_FIRST), 0.0
    return MOST_DIVIDED_FIRST.index(vote.standing), round(tastle_wierman(vote.counts), SAME_CONSENSUS)
