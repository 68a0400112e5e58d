"""How firm the order is: the published worked examples, and what must hold for any weights."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from pso_core.domain.scoring import score_of
from pso_core.domain.sensitivity import (
    critical_changes,
    effects_on_total,
    moved,
    swap_change,
    total_change,
)
from tests.domain.cases import CRITERIA, PSO1101, ROUND, WEIGHTS, lampang, project, weight

ORACLE_LEVELS = (1, 2, 2, 1, 1, 2, 2, 1, 2)  # 155 of 300: the worked example, not Lampang's own levels
OF_ORACLE = dict(zip(CRITERIA, WEIGHTS, strict=True))
LEVELS_OF_ORACLE = dict(zip(CRITERIA, ORACLE_LEVELS, strict=True))
DISTANCES = {key: 3 - level for key, level in LEVELS_OF_ORACLE.items()}

# Triantaphyllou & Sánchez 1997: four alternatives by four criteria
T_AND_S_WEIGHTS = {"C1": 0.3277, "C2": 0.3058, "C3": 0.2876, "C4": 0.0790}
T_AND_S = {
    "A1": dict(zip(T_AND_S_WEIGHTS, (0.3088, 0.2897, 0.3867, 0.1922), strict=True)),
    "A2": dict(zip(T_AND_S_WEIGHTS, (0.2163, 0.3458, 0.1755, 0.6288), strict=True)),
    "A3": dict(zip(T_AND_S_WEIGHTS, (0.4509, 0.2473, 0.1194, 0.0575), strict=True)),
    "A4": dict(zip(T_AND_S_WEIGHTS, (0.0240, 0.1172, 0.3184, 0.1215), strict=True)),
}


def score(levels=ORACLE_LEVELS):
    return score_of(lampang(levels), PSO1101, ROUND)


def test_the_published_critical_criterion_of_the_top_rank():
    of_top = next(c for c in critical_changes(T_AND_S_WEIGHTS, T_AND_S) if "A1" in (c.first, c.second))
    assert (of_top.criterion, of_top.first, of_top.second) == ("C3", "A1", "A2")
    assert (round(float(of_top.change), 4), round(float(of_top.percent), 1)) == (0.1866, 64.9)


def test_the_published_critical_criterion_of_any_rank():
    first = critical_changes(T_AND_S_WEIGHTS, T_AND_S)[0]
    assert (first.criterion, first.first, first.second) == ("C1", "A2", "A3")
    assert (round(float(first.change), 4), round(float(first.percent), 1)) == (-0.0618, -18.9)


def test_a_criterion_that_weighs_nothing_or_tells_two_alternatives_not_apart_is_not_critical():
    values = {"x": {"a": 2, "b": 1}, "y": {"a": 1, "b": 2}, "z": {"a": 1, "b": 3}}
    found = critical_changes({"a": 1, "b": 0}, values)
    assert [(c.criterion, c.first, c.second, c.percent) for c in found] == [("a", "x", "y", 100), ("a", "x", "z", 100)]


def test_a_critical_change_makes_the_two_equal_and_is_never_more_than_the_weight():
    changes = critical_changes(T_AND_S_WEIGHTS, T_AND_S)
    assert len(changes) >= 2
    for critical in changes:
        weights = {key: Fraction(str(value)) for key, value in T_AND_S_WEIGHTS.items()}
        weights[critical.criterion] -= critical.change
        first, second = (
            sum(weights[key] * Fraction(str(value)) for key, value in T_AND_S[name].items())
            for name in (critical.first, critical.second)
        )
        assert first == second
        assert weights[critical.criterion] >= 0


@pytest.mark.parametrize(
    ("criterion", "points"),
    [
        ("coverage", -1.1458), ("accuracy", 0.8824), ("speed", -1.0185),
        ("currency", 0.8333), ("access", -0.9649), ("verifiability", 0.7895),
    ],
)  # fmt: skip
def test_five_points_more_on_one_weight_move_the_total_as_published(criterion, points):
    change = total_change(OF_ORACLE, LEVELS_OF_ORACLE, criterion, 5, 3)
    assert round(float(change), 4) == points
    assert total_change(OF_ORACLE, LEVELS_OF_ORACLE, criterion, -5, 3) == -change


def test_the_published_rank_swap_of_accuracy_over_speed():
    change = swap_change(OF_ORACLE, DISTANCES, "accuracy", "speed")
    assert round(float(change), 4) == 4.0476
    after = moved(OF_ORACLE, "accuracy", change)
    assert after["accuracy"] * DISTANCES["accuracy"] == after["speed"] * DISTANCES["speed"]


def test_moving_one_weight_keeps_the_sum_and_the_proportions_of_the_others():
    after = moved(OF_ORACLE, "coverage", 10)
    assert (after["coverage"], sum(after.values())) == (30, 100)
    assert after["accuracy"] / after["access"] == 3


@pytest.mark.parametrize("change", [-21, 81])
def test_a_weight_cannot_move_below_nothing_or_above_everything(change):
    assert moved(OF_ORACLE, "coverage", change) is None
    assert total_change(OF_ORACLE, LEVELS_OF_ORACLE, "coverage", change, 3) is None


def test_the_only_weight_there_is_cannot_move():
    assert moved({"a": 100}, "a", 0) is None
    assert swap_change({"a": 100, "b": 0}, {"a": 1, "b": 1}, "a", "b") is None


def test_equal_gaps_need_no_change_to_be_equal_and_no_gap_can_be_made_so():
    assert swap_change(OF_ORACLE, DISTANCES, "accuracy", "reliability") == 0
    assert swap_change(OF_ORACLE, {"coverage": 0, "speed": 0}, "coverage", "speed") is None
    assert swap_change(OF_ORACLE, {"coverage": 0, "speed": 2}, "coverage", "speed") is None
    assert swap_change(OF_ORACLE, {"coverage": 2, "speed": 0}, "coverage", "speed") is None


def test_a_criterion_that_does_not_apply_keeps_its_weight_out_of_the_moves():
    effects = effects_on_total(score(("-", *ORACLE_LEVELS[1:])), 5)
    assert [effect.criterion for effect in effects] == list(CRITERIA[1:])
    assert effects[0].up == 5 * (2 - Fraction(105, 65)) * 100 / 240


def test_the_effect_of_more_and_of_less_weight_on_the_total():
    effects = {effect.criterion: effect for effect in effects_on_total(score(), 5)}
    assert (effects["coverage"].up, effects["coverage"].down) == (Fraction(-55, 48), Fraction(55, 48))
    far = {effect.criterion: effect for effect in effects_on_total(score(), 6)}
    assert far["access"].down is None
    assert far["access"].up is not None
    assert effects_on_total(score(("-",) * 9), 5) == ()


@given(
    some.lists(some.integers(1, 50), min_size=9, max_size=9),
    some.lists(some.integers(0, 3), min_size=9, max_size=9),
    some.sampled_from(CRITERIA),
    some.integers(-50, 50),
)
def test_the_change_of_the_total_is_what_scoring_again_would_give(weights, levels, criterion, change):
    of = dict(zip(CRITERIA, weights, strict=True))
    after = moved(of, criterion, change)
    assume(after is not None)
    percents = [
        score_of(project(*(lampang(tuple(levels)).rows | {w.id: w for w in map(weight, part, part.values())}).values()),
                 PSO1101, ROUND).percent
        for part in (of, after)
    ]  # fmt: skip
    assert sum(after.values()) == sum(weights)
    found = total_change(of, dict(zip(CRITERIA, levels, strict=True)), criterion, change, 3)
    assert found == percents[1] - percents[0]
