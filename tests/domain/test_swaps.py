"""Which weight, moved by how few whole points, changes what to improve first: ties count as step 7 breaks them."""

from dataclasses import replace
from fractions import Fraction
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as some

from pso_core.domain.scoring import CriterionScore, Score, improvement_order, score_of
from pso_core.domain.sensitivity import Swap, moved, swap_change, swaps
from tests.domain.cases import CRITERIA, PSO1101, ROUND, WEIGHTS, lampang

ORACLE_LEVELS = (1, 2, 2, 1, 1, 2, 2, 1, 2)  # the worked example of tests/domain/test_sensitivity.py
OF_ORACLE = dict(zip(CRITERIA, WEIGHTS, strict=True))


def oracle(levels=ORACLE_LEVELS):
    return score_of(lampang(levels), PSO1101, ROUND)


def score(weights, levels, target=3):
    named = zip("abcdefghi", weights, levels, strict=False)
    return Score(tuple(CriterionScore(key, Fraction(w), Fraction(x), True, target) for key, w, x in named), 3)


def order_with(before: Score, weights):
    """Step 7's order with other weights."""
    after = tuple(replace(c, weight=weights.get(c.criterion, c.weight)) for c in before.criteria)
    return [c.criterion for c in improvement_order(replace(before, criteria=after))]


def turned(before: Score, criterion: str, change: int) -> bool:
    """Whether the order is another; a criterion that weighed nothing is taken to have stood behind the others."""
    weights = {c.criterion: c.weight for c in before.criteria if c.applicable}
    was, order = order_with(before, weights), order_with(before, moved(weights, criterion, change))
    return order != ([*was, criterion] if criterion in order and criterion not in was else was)


def by_trying(before: Score) -> dict[str, int]:
    """{criterion: the fewest whole points that change the order}, by trying them all."""
    found = {}
    for one in before.criteria:
        rooms = [x for x in range(-100, 101) if x and one.weight != before.weight and 0 < one.weight + x < before.weight]
        turning = [abs(x) for x in rooms if turned(before, one.criterion, x)]
        if one.applicable and turning:
            found[one.criterion] = min(turning)
    return found


def test_where_two_gaps_are_equal_one_point_changes_the_order():
    assert swaps(score((50, 50), (1, 1))) == (Swap("a", "b", -1, Fraction(50)), Swap("b", "a", 1, Fraction(50)))
    assert {swap.points for swap in swaps(score((20, 20, 20, 20, 20), (2, 2, 2, 2, 2)))} == {1}


def test_equal_gaps_of_unlike_weights_change_places_by_one_point_too():
    assert swaps(score((60, 30, 10), (2, 1, 2)))[:2] == (Swap("a", "b", -1, Fraction(60)), Swap("b", "a", 1, Fraction(30)))


def test_a_whole_point_that_makes_the_gaps_equal_is_enough_where_the_heavier_weight_wins_the_tie():
    found = {swap.criterion: swap for swap in swaps(score((42, 9, 44, 5), (1, 1, 2, 0)))}
    assert found["c"] == Swap("c", "a", 16, Fraction(44))
    assert (found["c"].points, found["c"].new_weight) == (16, 60)


def test_a_whole_point_that_makes_the_gaps_equal_is_one_too_few_where_the_other_wins_the_tie():
    assert swaps(score((60, 40), (2, 2))) == (Swap("a", "b", -11, Fraction(60)), Swap("b", "a", 11, Fraction(40)))


def test_a_firm_order_has_no_swaps():
    assert swaps(score((99, 1), (3, 2))) == ()
    assert swaps(score((100,), (2,))) == ()
    assert swaps(score((1, 1), (0, 0))) == ()


def test_a_criterion_that_weighs_nothing_yet_may_come_forward_with_some_weight():
    assert swaps(score((20, 80, 0), (2, 1, 1)))[0] == Swap("c", "a", 10, Fraction(0))


def test_the_worked_example_is_what_trying_finds_and_the_most_fragile_come_first():
    found = swaps(oracle())
    assert {swap.criterion: swap.points for swap in found} == by_trying(oracle())
    assert [swap.points for swap in found] == sorted(swap.points for swap in found)
    assert next(swap for swap in found if swap.criterion == "accuracy").points == 1


def test_as_many_whole_points_as_said_change_the_two_places_and_one_fewer_none():
    before = order_with(oracle(), OF_ORACLE)
    for swap in swaps(oracle()):
        step = 1 if swap.change > 0 else -1
        after = order_with(oracle(), moved(OF_ORACLE, swap.criterion, swap.change))
        assert order_with(oracle(), moved(OF_ORACLE, swap.criterion, swap.change - step)) == before, swap
        was = before.index(swap.criterion) < before.index(swap.other)
        assert (after.index(swap.criterion) < after.index(swap.other)) != was, swap


def test_criteria_at_their_target_take_no_part_in_the_swaps():
    assert {swap.criterion for swap in swaps(oracle((3, 3, 2, 1, 3, 3, 3, 3, 3)))} == {"reliability", "speed"}
    assert swaps(oracle((3, 3, 3, 1, 3, 3, 3, 3, 3))) == ()


def test_a_criterion_that_does_not_apply_or_is_not_scored_takes_no_part_in_the_swaps():
    found = swaps(oracle(("-", None, *ORACLE_LEVELS[2:])))
    assert {swap.criterion for swap in found} == set(CRITERIA[2:])


def test_of_several_passed_by_the_same_points_the_one_whose_gap_is_nearest_is_named():
    weights, distances = {"a": 35, "b": 34, "c": 31}, dict.fromkeys("abc", 1)
    assert [ceil(swap_change(weights, distances, "c", other)) for other in "ab"] == [3, 3]
    found = {swap.criterion: swap for swap in swaps(score(weights.values(), (2, 2, 2)))}
    assert found["c"] == Swap("c", "b", 3, Fraction(31))


@given(some.data())
@settings(max_examples=40, deadline=None)
def test_the_fewest_points_are_those_that_trying_every_whole_change_finds(data):
    count = data.draw(some.integers(2, 5))
    weights = data.draw(some.lists(some.integers(0, 20), min_size=count, max_size=count))
    levels = data.draw(some.lists(some.sampled_from((0, 1, 2, Fraction(5, 2), 3)), min_size=count, max_size=count))
    before = score(weights, levels)
    found = swaps(before)
    assert {swap.criterion: swap.points for swap in found} == by_trying(before)
    assert all(turned(before, swap.criterion, swap.change) for swap in found)
