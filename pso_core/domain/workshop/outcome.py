"""What the answers of a round come to: how they are spread, how far they agree, and what they propose. A proposal decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from pso_core.domain.apportion import whole_points
from pso_core.domain.workshop import aggregation, agreement, best_worst, gathering, level_votes, task_tiers
from pso_core.domain.workshop.ballots import STANCES, SUPPORT, comparisons_of
from pso_core.domain.workshop.room import Question, Room
from pso_core.domain.workshop.weighting import WHOLE, proportional, rank_sum_weights, weights_from_ratings

Ballots = Sequence[Mapping[str, Any]]
ABSTAINED = "abstain"


@dataclass(frozen=True)
class Spread:
    """Where the middle half of the answers lies."""

    lower: Fraction
    median: Fraction
    upper: Fraction


@dataclass(frozen=True)
class Outcome:
    """`counts`: {what it is about, "" for the question itself: {answer: how many gave it}}; `means` and `spreads`: {what it is about: points}.

    `proposed`: the value that follows by the stated rule, None where the rule proposes none. `agreement`: "agree", "near", "split", or ""
    where nothing is measured. `reasons`: (answer, why), in an order that tells nothing. `texts`: gathered phrases as they were
    written, `groups`: as the leader has put them together. `dots`: {what: dots of all together}.
    `firm_places`: so many of the first places stay whoever is left out. `concordance` (Kendall's W) and `consensus` (Goepel's S*) are for the leader.
    `consistent`: how many did not contradict themselves, None where answers cannot.
    """

    answered: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    means: Mapping[str, Fraction] = field(default_factory=dict)
    spreads: Mapping[str, Spread] = field(default_factory=dict)
    proposed: Any = None
    agreement: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    groups: tuple[gathering.Group, ...] = ()
    dots: Mapping[str, int] = field(default_factory=dict)
    firm_places: int | None = None
    concordance: Fraction | None = None
    consensus: float | None = None
    consistent: int | None = None


def outcome(question: Question, ballots: Ballots, unit: int = 1) -> Outcome:
    """What the answers of a round that is revealed come to; weights are proposed in multiples of `unit`. Raised hands count with the answers."""
    found = _METHODS[question.method](question, ballots, unit)
    return replace(found, answered=len(ballots))


def most_divided_first(outcomes: Mapping[str, Outcome]) -> tuple[str, ...]:
    """Ids of questions on which levels were given, in the order to talk about them."""
    votes = {id_: level_votes.LevelVote(_levels(one)) for id_, one in outcomes.items()}
    return level_votes.most_divided_first(votes)


def scored(room: Room) -> list[Question]:
    """The questions on which levels were given and shown, without practice: what `rater_agreement` is taken over."""
    return [one for one in room.questions.values() if one.shown and one.method == "score" and not one.practice]


def rater_agreement(by_question: Iterable[Ballots]) -> Fraction | None:
    """Krippendorff's ordinal α over questions on which levels were given; None where all agree, or too few answered."""
    return agreement.krippendorff_alpha([[one["level"] for one in ballots if one["level"] is not None] for ballots in by_question])


def _score(question: Question, ballots: Ballots, unit: int) -> Outcome:
    levels = question.settings["levels"]
    given = Counter(one["level"] for one in ballots)
    for answer, hands in question.hands.items():
        given[None if answer == ABSTAINED else int(answer)] += hands
    counts = {str(level): given[level] for level in levels} | ({ABSTAINED: given[None]} if given[None] else {})
    vote = level_votes.LevelVote(tuple(given[level] for level in levels))
    reasons = tuple((ABSTAINED if one["level"] is None else str(one["level"]), one["reason"]) for one in ballots if one["reason"])
    return Outcome(0, {"": counts}, proposed=vote.proposed, agreement=vote.standing or "", reasons=tuple(sorted(reasons)))


def _weights(allocate: Callable[[Question, Mapping[str, Any]], Sequence[Fraction]], top_judgment: int | None = None) -> Callable:
    def found(question: Question, ballots: Ballots, unit: int) -> Outcome:
        people = [allocate(question, one) for one in ballots]
        if not people:
            return Outcome(0)
        total = question.settings.get("total", WHOLE)
        means = [mean * total / WHOLE for mean in aggregation.mean_weights(people)]
        spreads = [Spread(*(part * total / WHOLE for part in (one.first_quartile, one.median, one.third_quartile))) for one in aggregation.spreads(people)]
        left_out, order = aggregation.leave_one_out(people), agreement.concordance(people)
        return Outcome(
            0, means=dict(zip(question.about, means, strict=True)), spreads=dict(zip(question.about, spreads, strict=True)),
            proposed=dict(zip(question.about, whole_points(means, total, unit), strict=True)),
            firm_places=left_out.firm_places if left_out else None, concordance=order.w if order else None, consensus=agreement.entropy_consensus(people, top_judgment),
        )  # fmt: skip

    return found


def _best_worst(question: Question, ballots: Ballots, unit: int) -> Outcome:
    found = _by_best_worst(question, ballots, unit)
    return replace(found, consistent=sum(1 for one in ballots if best_worst.to_look_at(comparisons_of(question, one)) is None) if ballots else None)


def _from_best_and_worst(question: Question, one: Mapping[str, Any]) -> list[Fraction]:
    """By the linear model, which has one solution and is exact."""
    return [WHOLE * weight for weight in best_worst.best_worst_linear(comparisons_of(question, one))[0]]


_by_best_worst = _weights(_from_best_and_worst, best_worst.SCALE[-1])


def _tier(question: Question, ballots: Ballots, unit: int) -> Outcome:
    tiers = tuple(question.settings["tiers"])
    votes = task_tiers.tier_votes({task: [one["tiers"][task] for one in ballots] for task in question.about}, tiers)
    proposed = {vote.task: vote.tier for vote in votes}
    return Outcome(0, {vote.task: vote.counts for vote in votes}, proposed=proposed)


def _support(question: Question, ballots: Ballots, unit: int) -> Outcome:
    given = {one: gathering.support([ballot["support"][one] for ballot in ballots]) for one in question.about}
    counts = {one: {str(degree): count for degree, count in zip(SUPPORT, support.counts, strict=True)} for one, support in given.items()}
    means = {one: support.mean for one, support in given.items() if support.mean is not None}
    return Outcome(0, counts, means=means, proposed=tuple(one.id for one in gathering.ranked(means)))


def _dots(question: Question, ballots: Ballots, unit: int) -> Outcome:
    """What has dots is proposed, the most first. `counts`: how many people gave it so many."""
    about = {one: gathering.Phrase(one, one) for one in question.about}
    together = gathering.dots_together(about, [one["dots"] for one in ballots])
    offered = range(1, question.settings["on_one"] + 1)
    counts = {one: {str(dots): sum(1 for ballot in ballots if ballot["dots"][one] == dots) for dots in offered} for one in question.about}
    return Outcome(0, counts, proposed=tuple(one.id for one in gathering.ranked(together) if one.value), dots=together)


def _phrases(question: Question, ballots: Ballots, unit: int) -> Outcome:
    texts = tuple(sorted({text for one in ballots for text in one["phrases"]}))
    return Outcome(0, texts=texts, groups=gathering.grouped(texts, question.under, question.wordings))


def _stance(question: Question, ballots: Ballots, unit: int) -> Outcome:
    given = Counter(one["stance"] for one in ballots) + Counter(question.hands)
    counts = {stance: given[stance] for stance in STANCES}
    proposed = None if counts["for"] == counts["against"] else "for" if counts["for"] > counts["against"] else "against"
    reasons = tuple(sorted((one["stance"], one["reason"]) for one in ballots if one["reason"]))
    return Outcome(0, {"": counts}, proposed=proposed, reasons=reasons)


def _levels(found: Outcome) -> tuple[int, ...]:
    return tuple(count for answer, count in found.counts.get("", {}).items() if answer != ABSTAINED)


def _in_order(question: Question, given: Mapping[str, int]) -> list[int]:
    return [given[one] for one in question.about]


_METHODS = MappingProxyType({
    "score": _score, "tier": _tier, "support": _support, "dots": _dots, "phrases": _phrases, "stance": _stance, "best_worst": _best_worst,
    "swing": _weights(lambda question, one: weights_from_ratings(_in_order(question, one["ratings"]))),
    "points": _weights(lambda question, one: proportional(_in_order(question, one["points"]))),
    "rank": _weights(lambda question, one: rank_sum_weights(_in_order(question, one["ranks"]))),
})  # fmt: skip
