"""From levels to the score: Lampang's figures, what is unknown, what does not apply."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.exact import exact
from pso_core.domain.scoring import (
    compare,
    coverage_of_tasks,
    improvement_order,
    level_of_criterion,
    proven,
    score_of,
    working,
)
from tests.domain.cases import (
    CRITERIA,
    LEVELS,
    PSO1101,
    ROUND,
    WEIGHTS,
    indicator,
    lampang,
    project,
    row,
    scale,
    scored,
    target,
    weight,
)

UNSCORED_FIRST = (None, *LEVELS[1:])
WITHOUT_FIRST = ("-", *LEVELS[1:])


def score(levels=LEVELS, target_level=3):
    return score_of(lampang(levels, target_level), PSO1101, ROUND)


def two_indicators(first, second, shares=(70, 30)):
    return score_of(
        project(
            weight("speed", 100),
            indicator("speed", "a", shares[0]),
            indicator("speed", "b", shares[1]),
            *(row for row in (first, second) if row),
        ),
        scale("speed"),
        ROUND,
    ).of("speed")


def test_lampang_has_150_of_300_which_is_half():
    of_lampang = score()
    assert [c.weighted for c in of_lampang.criteria] == [20, 30, 30, 10, 10, 20, 10, 10, 10]
    assert (of_lampang.total, of_lampang.maximum, of_lampang.percent) == (150, 300, 50)
    assert of_lampang.mean_level == Fraction(3, 2)
    assert not of_lampang.provisional


def test_the_other_published_levels_give_155():
    other = score((1, 2, 2, 1, 1, 2, 2, 1, 2))
    assert (other.total, other.percent) == (155, Fraction(155, 3))


def test_an_unscored_criterion_adds_nothing_keeps_its_weight_and_makes_the_total_provisional():
    partly = score(UNSCORED_FIRST)
    assert partly.of("coverage").level is None
    assert (partly.total, partly.maximum, partly.provisional) == (130, 300, True)


def test_level_0_is_a_score_and_unscored_is_not():
    assert score((0, *LEVELS[1:])).provisional is False
    assert score((0, *LEVELS[1:])).of("coverage").scored
    assert not score(UNSCORED_FIRST).of("coverage").scored


def test_a_criterion_that_does_not_apply_takes_its_weight_out_of_the_maximum():
    without = score(WITHOUT_FIRST)
    assert (without.total, without.maximum, without.provisional) == (130, 240, False)
    assert without.percent == Fraction(130 * 100, 240)
    assert without.mean_level == Fraction(130, 80)


def test_when_nothing_applies_there_is_no_score():
    nothing = score(("-",) * 9)
    assert (nothing.total, nothing.percent, nothing.mean_level, nothing.maximum) == (None, None, None, 0)


def test_without_a_round_nothing_is_scored_and_nothing_has_started():
    before = score_of(lampang(), PSO1101, None)
    assert (before.total, before.maximum, before.provisional, before.started) == (None, 300, True, False)
    assert score().started


def test_scores_of_another_round_do_not_count_and_nothing_scored_is_no_score_not_zero():
    found = score_of(lampang(), PSO1101, "round:2")
    assert (found.total, found.percent, found.mean_level, found.maximum) == (None, None, None, 300)


def test_an_empty_project_has_no_score():
    assert score_of(project(), PSO1101, None).total is None


def test_another_standard_has_another_top_level():
    state = project(weight("a", 100), indicator("a"), scored("a", 4))
    assert score_of(state, scale("a", top_level=5), ROUND).percent == 80


def test_the_level_of_a_criterion_is_the_mean_of_its_indicators_by_share():
    assert level_of_criterion([(70, 3), (30, 1)]) == Fraction(12, 5)
    assert level_of_criterion([(1, 1), (1, 2), (1, 2)]) == Fraction(5, 3)
    assert level_of_criterion([(33.3, 3), (66.7, 0)]) == Fraction(999, 1000)
    assert level_of_criterion([(40, 2)]) == 2


def test_a_criterion_has_no_level_while_one_indicator_has_none():
    assert level_of_criterion([(70, 3), (30, None)]) is None
    assert level_of_criterion([]) is None
    assert two_indicators(scored("a", 3), None).level is None
    assert two_indicators(scored("a", 3), scored("b", None)).level is None


def test_an_indicator_that_does_not_apply_leaves_the_criterion_to_the_others():
    speed = two_indicators(scored("a", 3), scored("b", None, not_applicable=True))
    assert (speed.level, speed.applicable) == (3, True)


def test_a_criterion_applies_until_every_indicator_does_not():
    speed = two_indicators(scored("a", None, not_applicable=True), scored("b", None, not_applicable=True))
    assert (speed.level, speed.applicable) == (None, False)


def test_a_lone_indicator_is_the_whole_criterion_whatever_its_share():
    for share in (None, 0, 40):
        state = project(weight("a", 100), indicator("a", share=share), scored("a", 2))
        assert score_of(state, scale("a"), ROUND).of("a").level == 2


def test_where_no_indicator_names_a_share_all_count_the_same():
    speed = two_indicators(scored("a", 3), scored("b", 0), shares=(None, None))
    assert (speed.level, [i.share for i in speed.indicators]) == (Fraction(3, 2), [50, 50])


def test_a_share_left_out_beside_a_given_one_counts_nothing():
    assert two_indicators(scored("a", 3), scored("b", 0), shares=(60, None)).level == 3


def test_shares_that_are_all_zero_give_no_level():
    assert two_indicators(scored("a", 3), scored("b", 3), shares=(0, 0)).level is None


def test_a_criterion_without_an_indicator_has_no_level_but_applies():
    bare = score_of(project(weight("a", 100)), scale("a"), ROUND)
    assert (bare.of("a").applicable, bare.total, bare.maximum, bare.provisional) == (True, None, 300, True)


def test_a_weight_not_given_yet_weighs_nothing():
    state = project(weight("a", None), weight("b", 60), *(indicator(k) for k in "abc"), *(scored(k, 3) for k in "abc"))
    assert score_of(state, scale("a", "b", "c"), ROUND).total == 180


def test_the_gap_is_the_distance_to_the_target_times_the_weight():
    assert [c.gap for c in score().criteria] == [40, 15, 15, 20, 20, 10, 20, 5, 5]
    assert score(target_level=1).of("accuracy").gap == -15


def test_no_gap_is_known_without_a_level_or_a_target():
    assert score(UNSCORED_FIRST).of("coverage").gap is None
    state = project(weight("a", 100), indicator("a"), scored("a", 2))
    assert score_of(state, scale("a"), ROUND).of("a").gap is None


def test_improvement_is_ordered_by_gap_then_weight_then_the_standard():
    assert [c.criterion for c in improvement_order(score())] == [
        "coverage", "speed", "linkage", "participation", "accuracy", "reliability", "currency", "access", "verifiability",
    ]  # fmt: skip


def test_at_an_equal_gap_the_heavier_weight_comes_first():
    state = project(
        weight("a", 20), weight("b", 40), indicator("a"), indicator("b"), scored("a", 1), scored("b", 2),
        target("a", 3), target("b", 3),
    )  # fmt: skip
    assert [c.criterion for c in improvement_order(score_of(state, scale("a", "b"), ROUND))] == ["b", "a"]


def test_a_target_that_is_reached_or_unknown_needs_no_improvement():
    assert [c.criterion for c in improvement_order(score(target_level=2))] == [
        "coverage", "speed", "linkage", "participation",
    ]  # fmt: skip
    assert "coverage" not in [c.criterion for c in improvement_order(score(UNSCORED_FIRST))]


def test_the_working_shows_weight_times_level():
    lines = working(score(("-", None, *LEVELS[2:])))
    assert [(w.weight, w.level, w.weighted, w.applicable) for w in lines[:3]] == [
        (20, None, None, False), (15, None, None, True), (15, 2, 30, True),
    ]  # fmt: skip
    assert sum(w.weighted or 0 for w in lines) == score(("-", None, *LEVELS[2:])).total


def test_what_is_proven_counts_only_supported_levels():
    claimed = score(UNSCORED_FIRST)
    shown = proven(claimed, {"indicator:accuracy": 2, "indicator:reliability": 3, "indicator:currency": 1})
    assert (shown.total, shown.maximum, shown.provisional) == (70, 300, True)  # 15 × 2, 15 × 2 (more evidence raises nothing), 10 × 1 of 2
    assert (shown.of("speed").level, shown.of("coverage").level) == (0, None)
    assert proven(claimed, {f"indicator:{key}": 3 for key in CRITERIA}) == claimed


def test_rounds_are_compared_criterion_by_criterion():
    comparison = compare(score(UNSCORED_FIRST), score((2, 3, *LEVELS[2:])))
    assert [(c.before, c.after, c.change) for c in comparison.criteria[:3]] == [(None, 2, None), (2, 3, 1), (2, 2, 0)]
    assert (comparison.total_change, comparison.percent_change) == (55, Fraction(55, 3))
    assert comparison.provisional
    assert not compare(score(), score()).provisional


def test_totals_of_unlike_maximum_do_not_compare_but_percents_do():
    comparison = compare(score(), score(WITHOUT_FIRST))
    assert comparison.total_change is None
    assert comparison.percent_change == Fraction(13000, 240) - 50
    assert compare(score(), score(("-",) * 9)).percent_change is None


def test_a_criterion_only_in_one_of_the_rounds_is_still_shown():
    state = project(weight("a", 100), indicator("a"), scored("a", 2))
    one, two = score_of(state, scale("a"), ROUND), score_of(state, scale("a", "b"), ROUND)
    assert [(c.criterion, c.before, c.after) for c in compare(two, one).criteria] == [("a", 2, 2), ("b", None, None)]


def test_mission_points_tell_how_much_of_the_work_has_a_file():
    state = project(
        row("task", "1", points=60, code="1"),
        row("task", "2", points=None, code="2"),
        row("task", "3", points=40, code="3"),
        row("file", "1", task="task:1"),
        row("file", "2", task=None),
    )
    coverage = coverage_of_tasks(state)
    assert (coverage.covered, coverage.points, coverage.bare) == (60, 100, ("task:2", "task:3"))
    assert coverage_of_tasks(state, {"task:3"}).covered == 40


@pytest.mark.parametrize(
    ("written", "value"), [(12.5, Fraction(25, 2)), (33.3, Fraction(333, 10)), (0.1, Fraction(1, 10)), ("2", 2)]
)
def test_numbers_are_taken_as_they_were_written(written, value):
    assert exact(written) == value


@given(
    some.lists(some.sampled_from((0, 1, 2, 3, None, "-")), min_size=9, max_size=9),
    some.lists(some.integers(0, 100), min_size=9, max_size=9),
)
def test_a_score_never_exceeds_its_maximum(levels, weights):
    rows = lampang(tuple(levels)).rows | {w.id: w for w in map(weight, CRITERIA, weights)}
    found = score_of(project(*rows.values()), PSO1101, ROUND)
    assert (found.total is None) == (found.maximum == 0 or not found.started)
    if found.total is not None:
        assert 0 <= found.total <= found.maximum <= 3 * sum(weights)
        assert 0 <= found.percent <= 100
        assert 0 <= found.mean_level <= 3


@given(some.lists(some.tuples(some.integers(1, 100), some.integers(0, 3)), min_size=1, max_size=12))
def test_the_level_of_a_criterion_lies_between_its_indicators(pairs):
    levels = [level for _, level in pairs]
    assert min(levels) <= level_of_criterion(pairs) <= max(levels)


def test_the_weights_of_lampang_make_a_hundred():
    assert sum(WEIGHTS) == 100
    assert sum(c.weight for c in score().criteria) == 100


def test_the_targets_make_a_total_of_their_own():
    assert score().target_total == 300
    assert score(target_level=2).target_total == 200


def test_a_criterion_that_does_not_apply_leaves_the_target_too():
    assert score(WITHOUT_FIRST, target_level=2).target_total == 160


def test_without_every_target_there_is_no_total_to_reach():
    assert score_of(project(*(r for r in lampang().rows.values() if r.id != "target:access")), PSO1101, ROUND).target_total is None
    assert score(("-",) * 9).target_total is None
