"""From everybody's weights to the room's: the seven officials of the reference, and what must hold for any room."""

import statistics
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pso_core.domain.workshop.aggregation import (
    LeaveOneOut,
    leave_one_out,
    mean_weights,
    proposed_weights,
    quantile,
    spreads,
    trimmed_mean,
    trimmed_weights,
)
from pso_core.domain.workshop.weighting import proportional, weights_from_ratings
from pso_core.errors import PsoError
from tests.domain.workshop.oracles import LAMPANG, SEVEN_OFFICIALS, SWING, rounded

FEWER = settings(max_examples=40)
ONE_ROW = some.lists(some.integers(0, 20), min_size=4, max_size=4).map(proportional)
ROOM = some.lists(ONE_ROW, min_size=1, max_size=12)
FEW_LEVELS = some.lists(some.lists(some.integers(1, 3), min_size=4, max_size=4).map(proportional), min_size=2, max_size=6)


def test_mean_of_the_seven_officials():
    assert rounded(mean_weights(SEVEN_OFFICIALS)) == (
        21.4286, 14.8571, 13.5714, 10.8571, 9.4286, 9.5714, 10, 5.4286, 4.8571,
    )  # fmt: skip


def test_median_and_interquartile_range_of_the_seven_officials():
    found = spreads(SEVEN_OFFICIALS)
    assert tuple(spread.median for spread in found) == LAMPANG
    assert rounded(spread.interquartile for spread in found) == (4.5, 0.5, 3, 1, 0, 0.5, 0, 0.5, 0)
    assert (found[0].lowest, found[0].highest) == (15, 30)


def test_trimmed_mean_of_the_seven_officials():
    by_criterion = zip(*SEVEN_OFFICIALS, strict=True)
    assert rounded(map(trimmed_mean, by_criterion)) == (21, 14.8, 13.8, 10.4, 10, 9.8, 10, 5.2, 5)


def test_proposal_of_the_seven_officials_in_units_of_one_and_of_five():
    assert proposed_weights(SEVEN_OFFICIALS) == [21, 15, 14, 11, 9, 10, 10, 5, 5]
    assert proposed_weights(SEVEN_OFFICIALS, unit=5) == list(LAMPANG)


def test_leaving_any_of_the_seven_officials_out_keeps_the_first_four():
    found = leave_one_out(SEVEN_OFFICIALS)
    assert (rounded([found.largest_shift], 2), found.firm_places) == ((1.43,), 4)


@pytest.mark.parametrize(
    ("values", "quartiles"),
    [([0, 1, 2, 3], (0.75, 1.5, 2.25)), ([1, *[2] * 6, *[3] * 3], (2, 2, 2.75)),
     ([20, 15, 25, 15, 10, 18, 22, 30], (15, 19, 22.75)), ([7], (7, 7, 7))],
)  # fmt: skip
def test_quartiles_are_those_of_the_database_and_of_numpy(values, quartiles):
    assert tuple(quantile(values, Fraction(quarter, 4)) for quarter in (1, 2, 3)) == quartiles


def test_a_trimmed_mean_is_shown_from_ten_people_on():
    strange = proportional((1, 0))
    nine = [proportional((1, 1))] * 8 + [strange]
    assert trimmed_weights(nine) is None
    assert trimmed_weights([*nine, proportional((1, 1))]) == (50, 50)


def test_a_room_that_rates_like_lampang_proposes_its_weights():
    assert proposed_weights([weights_from_ratings(SWING)] * 30, unit=5) == list(LAMPANG)


def test_one_person_or_nobody_cannot_be_left_out():
    assert leave_one_out([LAMPANG]) is None
    assert leave_one_out([]) is None


def test_nobody_has_no_weights_and_no_proposal():
    assert (mean_weights([]), spreads([])) == ((), ())
    with pytest.raises(PsoError) as refusal:
        proposed_weights([])
    assert refusal.value.code == "nothing_to_share"


def test_a_room_that_hangs_on_one_person_is_not_firm_anywhere():
    assert leave_one_out([(60, 40), (40, 60), (52, 48)]).firm_places == 0


@FEWER
@given(ROOM)
def test_the_mean_makes_exactly_a_hundred(room):
    assert sum(mean_weights(room)) == 100


@FEWER
@given(ROOM, some.sampled_from([1, 5]))
def test_a_proposal_makes_a_hundred_within_a_unit_of_the_mean_and_in_its_order(room, unit):
    mean, points = mean_weights(room), proposed_weights(room, unit)
    assert sum(points) == 100
    for weight, point in zip(mean, points, strict=True):
        assert floor(weight / unit) <= point / unit <= ceil(weight / unit)
    assert all(
        point >= other
        for weight, point in zip(mean, points, strict=True)
        for other_weight, other in zip(mean, points, strict=True)
        if weight > other_weight
    )


@FEWER
@given(ROOM, some.randoms(use_true_random=False))
def test_the_order_in_which_people_sent_does_not_matter(room, chance):
    shuffled = list(room)
    chance.shuffle(shuffled)
    for of_room in (mean_weights, spreads, leave_one_out, proposed_weights):
        assert of_room(shuffled) == of_room(room)


@given(some.lists(some.integers(0, 100), min_size=2, max_size=20))
def test_quartiles_agree_with_the_statistics_module(values):
    assert [quantile(values, Fraction(q, 4)) for q in (1, 2, 3)] == statistics.quantiles(values, n=4, method="inclusive")


@given(FEW_LEVELS)
def test_leaving_one_out_is_what_asking_the_others_again_would_give(room):
    def order(weights):
        """Which comes before which: nothing is said of places but by comparing all pairs."""
        return [{j for j in range(4) if weights[j] > weights[i]} for i in range(4)]

    without = [mean_weights(room[:i] + room[i + 1 :]) for i in range(len(room))]
    mean = mean_weights(room)
    shift = max(abs(a - b) for weights in without for a, b in zip(weights, mean, strict=True))
    changed = {i for weights in without for i in range(4) if order(weights)[i] != order(mean)[i]}
    # the first place that a changed one takes by the mean, or takes from another when somebody is left out
    lost = [len(of[i]) for weights in (mean, *without) for of in [order(weights)] for i in changed]
    assert leave_one_out(room) == LeaveOneOut(shift, min(lost, default=4))
