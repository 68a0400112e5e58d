"""Levels given alone: agree, near or split; what is proposed; what to talk about first."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.workshop.level_votes import LevelVote, level_vote, most_divided_first
from pso_core.errors import PsoError

COUNTS = some.lists(some.integers(0, 12), min_size=4, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("counts", "standing"),
    [
        ((0, 0, 7, 3), "agree"), ((1, 1, 14, 4), "agree"), ((0, 1, 6, 3), "near"), ((1, 1, 4, 4), "near"),
        ((1, 1, 69, 29), "near"), ((10, 11, 49, 30), "split"), ((0, 8, 0, 12), "split"), ((5, 5, 5, 5), "split"),
    ],
)  # fmt: skip
def test_standing_of_ten_or_more(counts, standing):
    assert LevelVote(counts).standing == standing


@pytest.mark.parametrize(
    ("counts", "standing"),
    [((0, 0, 5, 0), "agree"), ((0, 0, 5, 1), "agree"), ((0, 0, 4, 3), "near"), ((0, 1, 5, 1), "split"), ((1, 0, 6, 0), "split")],
)
def test_in_a_room_of_seven_levels_two_apart_are_talked_about(counts, standing):
    assert LevelVote(counts).standing == standing


def test_one_far_voice_of_eight_does_not_hold_the_others_up():
    assert LevelVote((1, 0, 7, 0)).standing == "agree"


def test_of_an_even_number_the_lower_level_is_proposed():
    assert LevelVote((0, 5, 5, 0)).proposed == 1
    assert LevelVote((0, 5, 6, 0)).proposed == 2


def test_a_split_room_gets_no_proposal_but_may_see_its_median():
    vote = LevelVote((5, 0, 0, 5))
    assert (vote.proposed, vote.median) == (None, 0)


def test_the_shares_behind_it():
    vote = LevelVote((0, 1, 6, 3))
    assert (vote.share, vote.neighbours_share, vote.neighbours) == (Fraction(3, 5), Fraction(9, 10), (2, 3))
    assert LevelVote((0, 5, 5, 5)).neighbours == (1, 2)


def test_the_highest_and_the_lowest_speak_first():
    vote = LevelVote((0, 2, 5, 0))
    assert (vote.lowest, vote.highest) == (1, 2)


def test_nobody_has_no_standing():
    vote = level_vote([None, None], 3)
    assert (vote.n, vote.standing, vote.median, vote.proposed, vote.lowest, vote.highest) == (0, None, None, None, None, None)
    assert (vote.share, vote.neighbours_share) == (0, 0)


def test_who_abstains_does_not_count():
    assert level_vote([0, 3, None, 3, 1], 3).counts == (1, 1, 0, 2)


@pytest.mark.parametrize("level", [-1, 4, 1.5, "2"])
def test_a_level_that_is_not_there_is_refused(level):
    with pytest.raises(PsoError) as refusal:
        level_vote([1, level], 3)
    assert (refusal.value.code, refusal.value.facts) == ("level_outside", {"value": level, "top": 3})


def test_the_most_divided_come_first_and_the_silent_last():
    votes = {
        "silent": LevelVote((0, 0, 0, 0)), "agree": LevelVote((0, 0, 8, 2)), "near": LevelVote((0, 4, 6, 0)),
        "spread": LevelVote((5, 5, 5, 5)), "ends": LevelVote((5, 0, 0, 5)), "mirror": LevelVote((0, 6, 4, 0)),
    }  # fmt: skip
    assert most_divided_first(votes) == ("ends", "spread", "near", "mirror", "agree", "silent")


@given(COUNTS)
def test_at_least_half_chose_the_proposed_level_or_a_lower_and_fewer_than_half_a_lower(counts):
    vote = LevelVote(counts)
    if vote.proposed is not None:
        assert 2 * sum(counts[: vote.proposed + 1]) >= vote.n > 2 * sum(counts[: vote.proposed])


@given(COUNTS)
def test_where_the_room_agrees_the_level_of_most_is_proposed(counts):
    vote = LevelVote(counts)
    if vote.standing == "agree":
        assert counts[vote.proposed] == max(counts)
    if vote.standing == "near":
        assert vote.proposed in vote.neighbours


@given(some.lists(some.none() | some.integers(0, 3), max_size=20), some.randoms(use_true_random=False))
def test_who_sent_first_does_not_matter(levels, chance):
    shuffled = list(levels)
    chance.shuffle(shuffled)
    assert level_vote(shuffled, 3) == level_vote(levels, 3)
