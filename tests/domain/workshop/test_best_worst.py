"""Best and worst: the example of the paper, consistent judgments, and that nothing deviates less."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pso_core.domain.workshop.best_worst import ACCEPTABLE, Comparisons, acceptable, best_worst, best_worst_linear, to_look_at
from pso_core.errors import PsoError
from tests.domain.workshop.oracles import rounded

OF_THE_PAPER = Comparisons(2, 0, (8, 2, 1), (1, 5, 8))
CONSISTENT = Comparisons(1, 4, (2, 1, 4, 2, 8), (4, 8, 2, 4, 1))
FEWER = settings(max_examples=40)
NUDGES = (0.9, 0.99, 1.01, 1.1)


@some.composite
def comparisons(draw):
    """Any answers, however contradictory."""
    n, between = draw(some.integers(2, 7)), some.integers(1, 9)
    best, worst = draw(some.permutations(range(n)))[:2]
    to_others, to_worst = ([draw(between) for _ in range(n)] for _ in range(2))
    to_others[best] = to_worst[worst] = 1
    to_others[worst] = to_worst[best]
    return Comparisons(best, worst, tuple(to_others), tuple(to_worst))


def deviation(c, weights):
    best, worst = weights[c.best], weights[c.worst]
    return max(
        *(abs(best / weight - judged) for weight, judged in zip(weights, c.best_to_others, strict=True)),
        *(abs(weight / worst - judged) for weight, judged in zip(weights, c.others_to_worst, strict=True)),
    )


def linear_deviation(c, weights):
    best, worst = weights[c.best], weights[c.worst]
    return max(
        *(abs(best - judged * weight) for j, (weight, judged) in enumerate(zip(weights, c.best_to_others, strict=True)) if j != c.best),
        *(abs(weight - judged * worst) for j, (weight, judged) in enumerate(zip(weights, c.others_to_worst, strict=True)) if j != c.worst),
    )


def shuffled(c, order):
    return Comparisons(
        order.index(c.best), order.index(c.worst),
        tuple(c.best_to_others[i] for i in order), tuple(c.others_to_worst[i] for i in order),
    )  # fmt: skip


def test_the_example_of_the_paper():
    found = best_worst(OF_THE_PAPER)
    assert rounded(found.weights, 6) == (0.071429, 0.33869, 0.589882)
    assert rounded([found.deviation], 6) == (0.258343,)
    assert rounded([found.consistency_ratio]) == (0.0578,)
    for (low, high), weight in zip(found.intervals, found.weights, strict=True):
        assert (low, high) == (pytest.approx(weight), pytest.approx(weight))  # three criteria leave nothing open


def test_the_same_answers_by_the_linear_model():
    assert best_worst_linear(OF_THE_PAPER) == ((Fraction(1, 14), Fraction(9, 28), Fraction(17, 28)), Fraction(1, 28))


def test_answers_without_contradiction_deviate_by_nothing():
    weights = (0.210526, 0.421053, 0.105263, 0.210526, 0.052632)
    found = best_worst(CONSISTENT)
    assert (rounded(found.weights, 6), found.deviation, found.consistency_ratio) == (weights, 0, 0)
    linear, left = best_worst_linear(CONSISTENT)
    assert (rounded(linear, 6), left) == (weights, 0)


def test_what_the_answers_leave_open_is_an_interval():
    found = best_worst(Comparisons(0, 3, (1, 2, 3, 8), (8, 2, 2, 1)))
    assert any(high - low > 0.001 for low, high in found.intervals)
    assert all(low <= weight <= high for (low, high), weight in zip(found.intervals, found.weights, strict=True))


def test_best_and_worst_alike_but_others_not_have_no_ratio():
    assert best_worst(Comparisons(0, 1, (1, 1, 5), (1, 1, 5))).consistency_ratio is None
    assert best_worst(Comparisons(0, 1, (1, 1, 1), (1, 1, 1))).consistency_ratio == 0


@pytest.mark.parametrize(
    "answers",
    [
        (0, 0, (1, 2), (1, 2)), (0, 1, (2, 3), (3, 1)), (0, 1, (1, 3), (3, 2)), (0, 1, (1, 3), (4, 1)),
        (0, 1, (1, 10), (10, 1)), (0, 1, (1, 3, 0), (3, 1, 2)), (0, 1, (1, 3, 2), (3, 1, 2.5)),
    ],
)  # fmt: skip
def test_answers_that_cannot_be_are_refused(answers):
    with pytest.raises(PsoError) as refusal:
        Comparisons(*answers)
    assert refusal.value.code == "ballot_not_offered"


@given(comparisons())
def test_weights_make_one_and_deviate_by_exactly_what_is_said(c):
    found = best_worst(c)
    assert sum(found.weights) == pytest.approx(1)
    assert min(found.weights) > 0
    assert deviation(c, found.weights) == pytest.approx(found.deviation, abs=1e-9)


@FEWER
@given(comparisons())
def test_linear_weights_make_exactly_one_and_deviate_by_exactly_what_is_said(c):
    weights, left = best_worst_linear(c)
    assert sum(weights) == 1
    assert min(weights) > 0
    assert linear_deviation(c, weights) == left


@FEWER
@given(comparisons(), some.data())
def test_no_weights_nearby_deviate_less(c, data):
    """Both problems have no local minimum that is not the global one."""
    factors = [data.draw(some.sampled_from(NUDGES)) for _ in c.best_to_others]
    found, (linear, left) = best_worst(c), best_worst_linear(c)
    assert deviation(c, [w * f for w, f in zip(found.weights, factors, strict=True)]) >= found.deviation - 1e-9
    nudged = [float(w) * f for w, f in zip(linear, factors, strict=True)]
    assert linear_deviation(c, [w / sum(nudged) for w in nudged]) >= float(left) - 1e-9


@given(some.lists(some.sampled_from((1, 2, 4, 8)), min_size=1, max_size=6))
def test_any_answers_without_contradiction_give_their_weights_back(between):
    c = Comparisons(0, 1, (1, 8, *between), (8, 1, *(8 // times for times in between)))
    inverse = [Fraction(1, times) for times in c.best_to_others]
    wanted = tuple(weight / sum(inverse) for weight in inverse)
    assert best_worst_linear(c) == (wanted, 0)
    found = best_worst(c)
    assert (found.weights, found.deviation) == (pytest.approx(tuple(map(float, wanted))), 0)


@FEWER
@given(comparisons(), some.randoms(use_true_random=False))
def test_the_order_of_the_criteria_does_not_matter(c, chance):
    order = list(range(len(c.best_to_others)))
    chance.shuffle(order)
    found, again = best_worst(c), best_worst(shuffled(c, order))
    assert (again.weights, again.deviation) == (pytest.approx([found.weights[i] for i in order]), pytest.approx(found.deviation))
    weights, left = best_worst_linear(c)
    assert best_worst_linear(shuffled(c, order)) == (tuple(weights[i] for i in order), left)


@pytest.mark.parametrize(("best_to_worst", "criteria", "most"), [(3, 3, 0.1667), (4, 3, 0.1121), (8, 9, 0.3657), (9, 3, 0.1359), (9, 9, 0.3662), (9, 12, 0.3662), (2, 9, 0), (1, 5, 0)])
def test_how_much_is_acceptable_is_that_of_liang_brunelli_and_rezaei(best_to_worst, criteria, most):
    assert acceptable(best_to_worst, criteria) == most


def test_more_criteria_and_a_longer_scale_leave_more_room():
    assert all(list(row) == sorted(row) for row in ACCEPTABLE)
    assert [row[-1] for row in ACCEPTABLE] == sorted(row[-1] for row in ACCEPTABLE)


@pytest.mark.parametrize("consistent", [OF_THE_PAPER, CONSISTENT, Comparisons(0, 1, (1, 1, 1), (1, 1, 1)), Comparisons(0, 1, (1, 9), (9, 1))])
def test_who_does_not_contradict_themselves_looks_at_nothing_again(consistent):
    assert to_look_at(consistent) is None


@pytest.mark.parametrize(
    ("odd", "answers"),
    [
        (2, (0, 1, (1, 8, 8, 4), (8, 1, 8, 2))),  # 8 × 8 is far from 8, 4 × 2 is 8
        (3, (0, 1, (1, 8, 6, 7), (8, 1, 6, 7))),  # of two the one that is further off
        (2, (0, 1, (1, 5, 7, 5), (5, 1, 1, 1))),  # further from the best than the least important is
        (3, (0, 1, (1, 2, 2, 1), (2, 1, 1, 1))),  # on a scale this short all must fit
        (2, (0, 1, (1, 1, 5), (1, 1, 5))),
    ],
)  # fmt: skip
def test_what_fits_least_is_looked_at_again(odd, answers):
    assert to_look_at(Comparisons(*answers)) == odd


@pytest.mark.parametrize(("product", "odd"), [((7, 4), None), ((5, 6), 2)])
def test_exactly_what_is_acceptable_is_accepted(product, odd):
    """Of four criteria with best to worst 9, |a_Bj a_jW − 9| may be 19.3 of 72."""
    assert to_look_at(Comparisons(0, 1, (1, 9, product[0], 3), (9, 1, product[1], 3))) == odd


@given(some.lists(some.sampled_from((1, 2, 4, 8)), min_size=1, max_size=6))
def test_answers_without_contradiction_are_never_looked_at_again(between):
    assert to_look_at(Comparisons(0, 1, (1, 8, *between), (8, 1, *(8 // times for times in between)))) is None


@FEWER
@given(comparisons(), some.randoms(use_true_random=False))
def test_whether_they_are_consistent_does_not_hang_on_their_order(c, chance):
    order = list(range(len(c.best_to_others)))
    chance.shuffle(order)
    assert (to_look_at(shuffled(c, order)) is None) == (to_look_at(c) is None)
