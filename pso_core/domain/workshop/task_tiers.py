"""Tasks in two steps: the room votes each into a tier, then shares the tier's quota among its tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pso_core.domain.apportion import points_by_tier
from pso_core.domain.exact import Number
from pso_core.domain.workshop.aggregation import mean_weights
from pso_core.domain.workshop.weighting import proportional
from pso_core.errors import PsoError


@dataclass(frozen=True, slots=True)
class TierVote:
    """How the room voted on one task: {tier: votes}, in the tiers' order, those without a vote too."""

    task: str
    counts: Mapping[str, int]

    @property
    def leading(self) -> tuple[str, ...]:
        """The tiers with the most votes: more than one is a tie, none that nobody has voted."""
        most = max(self.counts.values(), default=0)
        return tuple(tier for tier, votes in self.counts.items() if votes == most and most)

    @property
    def tier(self) -> str | None:
        """The tier with more votes than any other; None is undecided, and the room talks."""
        return self.leading[0] if len(self.leading) == 1 else None

    @property
    def by_more_than_half(self) -> bool:
        return self.tier is not None and 2 * self.counts[self.tier] > sum(self.counts.values())


def tier_votes(votes: Mapping[str, Iterable[str]], tiers: Sequence[str]) -> tuple[TierVote, ...]:
    """`votes` {task: one tier per person who voted}. Refuses: ballot_not_offered."""
    return tuple(TierVote(task, _counts(given, tiers)) for task, given in votes.items())


def undecided(votes: Iterable[TierVote]) -> tuple[TierVote, ...]:
    """The tasks whose votes are tied, or that nobody has voted on."""
    return tuple(vote for vote in votes if vote.tier is None)


def tasks_by_tier(votes: Iterable[TierVote], tiers: Sequence[str]) -> dict[str, list[str]]:
    """The decided tasks of each tier, in the order of the votes."""
    by_tier: dict[str, list[str]] = {tier: [] for tier in tiers}
    for vote in votes:
        if vote.tier is not None:
            by_tier[vote.tier].append(vote.task)
    return by_tier


def proposed_points(
    quotas: Mapping[str, Number], sent: Mapping[str, Sequence[Sequence[Number]]], total: int = 100
) -> dict[str, list[int]]:
    """Whole points for the tasks of each tier that make exactly the tier's quota.

    `quotas` {tier: quota}; `sent` {tier: one row per person, one value per task of that tier}, of which only the
    proportion counts. A tier for which nobody sent anything gets [] and its quota stays unassigned.
    Refuses: points_negative.
    """
    ratings = {tier: mean_weights([proportional(own) for own in people]) for tier, people in sent.items()}
    return points_by_tier(quotas, ratings, total)


def _counts(given: Iterable[str], tiers: Sequence[str]) -> dict[str, int]:
    counts = Counter(given)
    if counts.keys() - set(tiers):
        raise PsoError("ballot_not_offered")
    return {tier: counts[tier] for tier in tiers}
