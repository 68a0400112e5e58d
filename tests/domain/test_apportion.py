"""Whole points: published apportionments, and what must hold for any ratings."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.apportion import points_by_tier, scale_to, share_equally, whole_points
from pso_core.errors import PsoError

US_1790 = [
    630560, 475327, 432879, 353523, 331589, 278514, 236841, 206236, 179570, 141822, 85533, 70835, 68705, 68446, 55540,
]  # fmt: skip
RATINGS = some.lists(some.integers(0, 10_000) | some.floats(0, 100, allow_subnormal=False), min_size=1, max_size=30)


def test_sixty_seats_of_the_united_states_in_1790():
    assert whole_points(US_1790, 60) == [11, 8, 7, 6, 6, 5, 4, 3, 3, 2, 1, 1, 1, 1, 1]


def test_alabama_one_point_more_takes_one_away():
    assert whole_points([6, 6, 2], 10) == [4, 4, 2]
    assert whole_points([6, 6, 2], 11) == [5, 5, 1]


def test_remainders_decide_and_not_rounding():
    assert whole_points([50, 30, 20], 7) == [4, 2, 1]
    assert whole_points([12.5] * 4 + [10.5] * 4 + [8], 100) == [13, 13, 13, 13, 10, 10, 10, 10, 8]


@pytest.mark.parametrize(
    ("n", "points"),
    [(3, [34, 33, 33]), (7, [15, 15, 14, 14, 14, 14, 14]), (9, [12, 11, 11, 11, 11, 11, 11, 11, 11])],
)
def test_a_hundred_shared_equally(n, points):
    assert share_equally(n, 100) == points


def test_fifteen_secondary_tasks_get_two_points_each():
    assert share_equally(15, 30) == [2] * 15


def test_swing_ratings_give_the_weights_of_lampang():
    assert whole_points([100, 75, 75, 50, 50, 50, 50, 25, 25], 100) == [20, 15, 15, 10, 10, 10, 10, 5, 5]


def test_seven_officials_mean_in_units_of_one_and_of_five():
    means = [Fraction(total, 7) for total in (150, 104, 95, 76, 66, 67, 70, 38, 34)]
    assert whole_points(means, 100) == [21, 15, 14, 11, 9, 10, 10, 5, 5]
    assert whole_points(means, 100, unit=5) == [20, 15, 15, 10, 10, 10, 10, 5, 5]


def test_an_equal_remainder_goes_to_the_larger_rating_then_to_the_earlier():
    assert whole_points([1, 3], 2) == [0, 2]
    assert whole_points([1, 1], 1) == [1, 0]


def test_ratings_that_are_all_zero_share_equally():
    assert whole_points([0, 0, 0], 100) == [34, 33, 33]


def test_what_was_typed_is_scaled_in_its_own_proportion():
    assert scale_to([15, 13, 12, 10, 7], 60) == [16, 14, 13, 10, 7]
    assert scale_to([15, 13, 12, 10, 10], 60) == [15, 13, 12, 10, 10]
    assert scale_to([None, None], 5) == [3, 2]
    assert scale_to([4, None], 10) == [10, 0]


def test_tiers_first_then_the_tasks_of_each_tier():
    quotas = {"main": 60, "secondary": 30, "support": 10}
    ratings = {"main": [15, 13, 12, 10, 10], "secondary": [1] * 15, "support": [50, 30, 20]}
    assert points_by_tier(quotas, ratings) == {
        "main": [15, 13, 12, 10, 10], "secondary": [2] * 15, "support": [5, 3, 2],
    }  # fmt: skip


def test_a_tier_without_tasks_keeps_its_quota_from_the_others():
    assert points_by_tier({"main": 60, "secondary": 40}, {"main": [1, 1]}) == {"main": [30, 30], "secondary": []}


def test_nothing_shared_among_nobody_is_nothing():
    assert share_equally(0, 0) == []


@pytest.mark.parametrize(
    ("ratings", "total", "unit", "code"),
    [
        ([1, -1], 100, 1, "points_negative"),
        ([1], -100, 1, "points_negative"),
        ([1, 2], 57, 5, "points_not_in_units"),
        ([], 60, 1, "nothing_to_share"),
    ],
)
def test_what_cannot_be_shared_is_refused(ratings, total, unit, code):
    with pytest.raises(PsoError) as refusal:
        whole_points(ratings, total, unit)
    assert refusal.value.code == code


@given(RATINGS, some.sampled_from([1, 2, 5, 10, 20]))
def test_points_always_make_exactly_a_hundred(ratings, unit):
    points = whole_points(ratings, 100, unit)
    assert sum(points) == 100
    assert all(point % unit == 0 for point in points)


@given(RATINGS, some.integers(0, 1000))
def test_a_larger_rating_never_gets_fewer_points_nor_an_equal_earlier_one(ratings, total):
    points = whole_points(ratings, total)
    order = sorted(range(len(ratings)), key=lambda i: (-ratings[i], i))
    assert [points[i] for i in order] == sorted(points, reverse=True)


@given(some.lists(some.integers(1, 10_000), min_size=1, max_size=30), some.integers(0, 1000))
def test_points_are_the_exact_share_rounded_down_or_up(ratings, total):
    shares = [Fraction(total * rating, sum(ratings)) for rating in ratings]
    for share, point in zip(shares, whole_points(ratings, total), strict=True):
        assert floor(share) <= point <= ceil(share)
