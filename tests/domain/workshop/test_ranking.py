"""Places with ties."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.workshop.ranking import firm_places, mean_places, places, tied_groups

VALUES = some.lists(some.integers(0, 6), max_size=12)


def test_equals_share_a_place_and_leave_the_next_ones_empty():
    assert tied_groups((5, 9, 5, 1)) == [[1], [0, 2], [3]]
    assert places((5, 9, 5, 1)) == [2, 1, 2, 4]
    assert mean_places((5, 9, 5, 1)) == [Fraction(5, 2), 1, Fraction(5, 2), 4]


def test_a_tenth_three_times_is_three_tenths():
    assert places(("0.3", Fraction(3, 10), 0.3)) == [1, 1, 1]


def test_nothing_has_no_places():
    assert (tied_groups(()), places(()), mean_places(())) == ([], [], [])


def test_places_are_firm_up_to_the_first_change():
    assert firm_places((4, 3, 2, 1), [(9, 8, 7, 6), (4, 3, 1, 2)]) == 2
    assert firm_places((4, 3, 2, 1), [(3, 4, 2, 1)]) == 0
    assert firm_places((4, 3, 2, 1), [(4, 3, 2, 0)]) == 4


def test_equals_stand_as_one():
    assert firm_places((4, 3, 3, 1), [(4, 2, 2, 1)]) == 4
    assert firm_places((4, 3, 3, 1), [(4, 3, 2, 1)]) == 1  # parted
    assert firm_places((4, 3, 2, 1), [(4, 3, 3, 1)]) == 1  # made equal


def test_without_others_everything_is_firm():
    assert firm_places((4, 3), []) == 2


@given(VALUES)
def test_a_place_is_one_more_than_those_before_it(values):
    assert places(values) == [1 + sum(other > value for other in values) for value in values]


@given(VALUES)
def test_mean_places_always_add_up_to_all_places(values):
    assert sum(mean_places(values)) == sum(range(len(values) + 1))
