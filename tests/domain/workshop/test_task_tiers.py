"""Tasks in two steps: votes into tiers, then points that make exactly the quotas."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pso_core.domain.workshop.task_tiers import proposed_points, tasks_by_tier, tier_votes, undecided
from pso_core.errors import PsoError

TIERS = ("main", "secondary", "support")
QUOTAS = {"main": 60, "secondary": 30, "support": 10}
FEWER = settings(max_examples=40)
ROWS = some.integers(1, 12).flatmap(
    lambda n: some.lists(some.lists(some.integers(0, 50), min_size=n, max_size=n), min_size=1, max_size=6)
)


def votes(**given):
    return tier_votes({task: [TIERS[int(digit)] for digit in text] for task, text in given.items()}, TIERS)


def test_the_tier_with_most_votes_takes_the_task():
    (vote,) = votes(a="0001122")
    assert (vote.tier, vote.by_more_than_half) == ("main", False)
    assert list(vote.counts.items()) == [("main", 3), ("secondary", 2), ("support", 2)]
    assert votes(a="00011")[0].by_more_than_half
    assert not votes(a="0012")[0].by_more_than_half
    assert not votes(a="0011")[0].by_more_than_half


def test_a_tie_is_named_and_not_decided():
    found = votes(a="0011", b="000", c="", d="012")
    assert [(vote.task, vote.leading) for vote in undecided(found)] == [
        ("a", ("main", "secondary")), ("c", ()), ("d", TIERS),
    ]  # fmt: skip
    assert tasks_by_tier(found, TIERS) == {"main": ["b"], "secondary": [], "support": []}


def test_tasks_stand_in_the_order_of_the_votes():
    assert tasks_by_tier(votes(b="2", a="2", c="0"), TIERS) == {"main": ["c"], "secondary": [], "support": ["b", "a"]}


def test_a_tier_that_is_not_offered_is_refused():
    with pytest.raises(PsoError) as refusal:
        tier_votes({"a": ["main", "minor"]}, TIERS)
    assert refusal.value.code == "ballot_not_offered"


def test_the_points_of_lampang():
    sent = {"main": [(15, 13, 12, 10, 10)], "secondary": [(1,) * 15, (7,) * 15], "support": [(5, 3, 2)]}
    assert proposed_points(QUOTAS, sent) == {"main": [15, 13, 12, 10, 10], "secondary": [2] * 15, "support": [5, 3, 2]}


def test_everybody_counts_the_same_whatever_their_scale():
    assert proposed_points({"main": 60, "support": 40}, {"main": [(100, 0), (0, 1)], "support": [(3,)]}) == {
        "main": [30, 30], "support": [40],
    }  # fmt: skip


def test_a_tier_for_which_nobody_sent_keeps_its_quota():
    assert proposed_points(QUOTAS, {"main": [(1, 1)], "secondary": []}) == {"main": [30, 30], "secondary": [], "support": []}


def test_points_below_nothing_are_refused():
    with pytest.raises(PsoError) as refusal:
        proposed_points(QUOTAS, {"main": [(3, -1)]})
    assert refusal.value.code == "points_negative"


@FEWER
@given(some.fixed_dictionaries(dict.fromkeys(TIERS, ROWS)))
def test_points_make_exactly_the_quota_of_each_tier(sent):
    points = proposed_points(QUOTAS, sent)
    assert {tier: sum(of_tier) for tier, of_tier in points.items()} == QUOTAS
    assert {tier: len(of_tier) for tier, of_tier in points.items()} == {tier: len(rows[0]) for tier, rows in sent.items()}


@given(some.lists(some.sampled_from("012"), max_size=9), some.randoms(use_true_random=False))
def test_who_voted_first_does_not_matter(given_votes, chance):
    shuffled = list(given_votes)
    chance.shuffle(shuffled)
    assert votes(a="".join(shuffled)) == votes(a="".join(given_votes))
