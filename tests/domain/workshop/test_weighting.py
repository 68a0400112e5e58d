"""From what one person sent to weights: published rank weights, swing, and what must hold for anything sent."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pso_core.domain.apportion import whole_points
from pso_core.domain.workshop.weighting import (
    RATINGS,
    proportional,
    rank_order_centroid_weights,
    rank_sum_weights,
    weights_from_points,
    weights_from_ratings,
)
from pso_core.errors import PsoError
from tests.domain.workshop.oracles import LAMPANG, SWING, rounded

NINE = range(1, 10)
TIERS_OF_LAMPANG = (1, 2, 2, 3, 3, 3, 3, 4, 4)
FEWER = settings(max_examples=40)
RANKS = some.lists(some.integers(1, 9), min_size=1, max_size=12)
BY_RANK = some.sampled_from([rank_sum_weights, rank_order_centroid_weights])


def test_swing_ratings_are_the_certified_weights_of_lampang_without_rounding():
    assert weights_from_ratings(SWING) == LAMPANG


def test_smart_ratings_give_the_same_weights():
    assert proportional((40, 30, 30, 20, 20, 20, 20, 10, 10)) == LAMPANG


def test_a_hundred_points_stand_as_they_were_given():
    assert weights_from_points(LAMPANG) == LAMPANG
    assert weights_from_points((30, 15, 15), total=60) == (50, 25, 25)


def test_points_off_the_hundred_are_refused_with_what_is_left():
    with pytest.raises(PsoError) as refusal:
        weights_from_points((50, 49))
    assert (refusal.value.code, refusal.value.facts) == ("ballot_sum", {"sum": 99, "total": 100, "left": 1})
    with pytest.raises(PsoError) as refusal:
        weights_from_points((50, "50.5"))
    assert (refusal.value.code, refusal.value.facts["left"]) == ("ballot_sum", Fraction(-1, 2))


@pytest.mark.parametrize(
    ("ratings", "code"),
    [((100, 60), "ballot_not_offered"), ((100, -25), "ballot_not_offered"), ((125, 100), "ballot_not_offered"),
     ((75, 50), "ballot_no_top"), ((0, 0), "ballot_no_top"), ((), "ballot_no_top")],
)  # fmt: skip
def test_ratings_off_the_scale_or_without_a_first_are_refused(ratings, code):
    with pytest.raises(PsoError) as refusal:
        weights_from_ratings(ratings)
    assert refusal.value.code == code


def test_no_one_weighs_less_than_nothing():
    for weigh in (proportional, weights_from_points):
        with pytest.raises(PsoError) as refusal:
            weigh((101, -1))
        assert refusal.value.code == "points_negative"


def test_rank_order_centroids_of_four_and_of_nine_as_published():
    assert rounded(weight / 100 for weight in rank_order_centroid_weights((1, 2, 3, 4))) == (0.5208, 0.2708, 0.1458, 0.0625)
    assert rounded(weight / 100 for weight in rank_order_centroid_weights(NINE)) == (
        0.3143, 0.2032, 0.1477, 0.1106, 0.0828, 0.0606, 0.0421, 0.0262, 0.0123,
    )  # fmt: skip
    assert whole_points(rank_order_centroid_weights(NINE), 100) == [32, 20, 15, 11, 8, 6, 4, 3, 1]


def test_rank_sums_of_nine_as_published():
    assert rounded(weight / 100 for weight in rank_sum_weights(NINE)) == (
        0.2, 0.1778, 0.1556, 0.1333, 0.1111, 0.0889, 0.0667, 0.0444, 0.0222,
    )  # fmt: skip
    assert whole_points(rank_sum_weights(NINE), 100) == [20, 18, 16, 13, 11, 9, 7, 4, 2]


def test_tiers_of_lampang_come_within_two_points_of_its_weights():
    assert rank_sum_weights(TIERS_OF_LAMPANG) == (20, *[Fraction(50, 3)] * 2, *[10] * 4, *[Fraction(10, 3)] * 2)
    assert whole_points(rank_sum_weights(TIERS_OF_LAMPANG), 100) == [20, 17, 17, 10, 10, 10, 10, 3, 3]
    assert rounded(rank_order_centroid_weights(TIERS_OF_LAMPANG), 2) == (
        31.43, 17.54, 17.54, 7.41, 7.41, 7.41, 7.41, 1.93, 1.93,
    )  # fmt: skip


def test_ranks_are_read_where_they_stand():
    assert rank_sum_weights((3, 1, 2)) == rank_sum_weights((30, 10, 20)) == (Fraction(100, 6), 50, Fraction(100, 3))


@given(some.lists(some.sampled_from(RATINGS), max_size=12), some.integers(0, 12))
def test_weights_of_ratings_make_exactly_a_hundred_in_the_ratings_proportion(others, place):
    ratings = [*others[:place], 100, *others[place:]]
    weights = weights_from_ratings(ratings)
    assert sum(weights) == 100
    assert all(weight * sum(ratings) == 100 * rating for weight, rating in zip(weights, ratings, strict=True))


@FEWER
@given(some.lists(some.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=12))
def test_any_numbers_make_exactly_a_hundred(values):
    assert sum(proportional(values)) == 100


@given(RANKS, BY_RANK)
def test_weights_by_rank_make_exactly_a_hundred_and_keep_the_order(ranks, weigh):
    weights = weigh(ranks)
    assert sum(weights) == 100
    for (rank, weight), (next_rank, next_weight) in pairwise(sorted(zip(ranks, weights, strict=True))):
        assert (weight == next_weight) == (rank == next_rank)
        assert weight >= next_weight > 0


@FEWER
@given(RANKS, BY_RANK, some.randoms(use_true_random=False))
def test_whoever_is_asked_first_weighs_the_same(ranks, weigh, chance):
    order = list(range(len(ranks)))
    chance.shuffle(order)
    weights = weigh(ranks)
    assert weigh([ranks[i] for i in order]) == tuple(weights[i] for i in order)
