"""What the plan lifts, and what nobody lifts."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.projection import advice, after_completed, after_plan, finished, lifting, projected, uncovered
from pso_core.domain.scoring import score_of
from tests.domain.cases import CRITERIA, LEVELS, PSO1101, ROUND, activity, lampang, project, report

TODAY = date(2001, 3, 1)


def planned(*rows, levels=LEVELS, target_level=3):
    state = project(*lampang(levels, target_level).rows.values(), *rows)
    return state, score_of(state, PSO1101, ROUND)


def test_the_total_after_the_plan_adds_every_lift():
    state, score = planned(activity("a", lifts={"coverage": 1, "speed": 2}), activity("b", lifts={"coverage": 1}))
    after = after_plan(state, score, ROUND)
    assert (after.of("coverage").level, after.of("speed").level, after.of("access").level) == (3, 3, 2)
    assert after.total == 150 + 2 * 20 + 2 * 10


def test_a_lift_stops_at_the_top_level():
    state, score = planned(activity("a", lifts={"accuracy": 3}))
    assert after_plan(state, score, ROUND).of("accuracy").level == 3
    assert after_plan(state, score, ROUND).total == 165


def test_a_criterion_that_is_unscored_or_does_not_apply_is_not_lifted():
    state, score = planned(activity("a", lifts={"coverage": 1, "accuracy": 1}), levels=(None, "-", *LEVELS[2:]))
    after = after_plan(state, score, ROUND)
    assert (after.of("coverage").level, after.of("accuracy").level) == (None, None)
    assert (after.total, after.maximum, after.provisional) == (score.total, score.maximum, True)


def test_only_finished_activities_count_before_the_end_of_the_plan():
    state, score = planned(
        activity("a", lifts={"coverage": 1}),
        activity("b", lifts={"speed": 1}),
        report("a", "2001-02-01", 100),
        report("b", "2001-02-01", 99),
        report("b", "2001-03-02", 100),
    )
    assert after_completed(state, score, ROUND, TODAY).total == 170
    assert after_completed(state, score, ROUND, date(2001, 3, 2)).total == 180


def test_a_report_below_100_takes_the_finish_back():
    state, _ = planned(activity("a"), report("a", "2001-02-01", 100), report("a", "2001-02-02", 80))
    assert finished(state, state.of("activity"), TODAY) == ()
    assert [a.id for a in finished(state, state.of("activity"), date(2001, 2, 1))] == ["activity:a"]


def test_what_was_finished_when_the_round_opened_is_in_its_levels_already():
    state, score = planned(activity("a", lifts={"coverage": 1}), report("a", "2000-10-02", 100))
    assert after_plan(state, score, ROUND).total == 150
    later, score = planned(activity("a", lifts={"coverage": 1}), report("a", "2000-10-03", 100))
    assert after_plan(later, score, ROUND).total == 170


def test_criteria_below_their_target_without_an_activity_are_named():
    state, score = planned(activity("a", lifts={"speed": 1, "linkage": 0}), target_level=2)
    assert [c.criterion for c in uncovered(state, score, ROUND)] == ["coverage", "linkage", "participation"]


def test_what_was_finished_before_the_round_lifts_nothing_any_more():
    state, score = planned(activity("a", lifts={"speed": 1}), report("a", "2000-10-02", 100), target_level=2)
    assert "speed" in [c.criterion for c in uncovered(state, score, ROUND)]


def test_the_activities_that_lift_a_criterion_are_found():
    rows = (activity("a", lifts={"speed": 1}), activity("b", lifts={"speed": 0}), activity("c", lifts=None))
    assert [a.id for a in lifting(rows, "speed")] == ["activity:a"]


@given(some.dictionaries(some.sampled_from(CRITERIA), some.integers(0, 3)))
def test_a_plan_never_lowers_the_total_nor_lifts_it_above_the_maximum(lifts):
    _, score = planned()
    after = projected(score, [activity("a", lifts=lifts)])
    assert score.total <= after.total <= after.maximum == Fraction(300)


def test_advice_names_the_widest_gap_first_with_what_the_plan_does_about_it():
    state, score = planned(activity("a", lifts={"coverage": 1, "access": 1}), activity("b", lifts={"accuracy": 3}))
    first, second, *_, last = advice(state, score, ROUND)
    assert (first.criterion, first.gap, first.lift, first.left) == ("coverage", 40, 1, 20)
    assert [a.id for a in first.activities] == ["activity:a"]
    assert (second.criterion, second.gap, second.lift, second.left) == ("speed", 20, 0, 20)
    assert (last.criterion, last.gap, last.left) == ("verifiability", 5, 5)
    by_key = {one.criterion: one for one in advice(state, score, ROUND)}
    assert (by_key["accuracy"].lift, by_key["accuracy"].left) == (1, 0)


def test_advice_passes_over_what_is_reached_or_unknown():
    state, score = planned(levels=(None, 3, "-", *LEVELS[3:]))
    assert {one.criterion for one in advice(state, score, ROUND)} == set(CRITERIA[3:])


def test_advice_never_leaves_less_than_nothing():
    state, score = planned(activity("a", lifts={"coverage": 2}), target_level=2)
    assert advice(state, score, ROUND)[0].left == 0
