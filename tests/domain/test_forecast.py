"""How a phase stands on a day, and when it can be expected to be finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.schedule import FARTHEST, Actual, Phase, forecast, lay_out, pace, standing_of
from tests.domain.planning import DAY, OFFICE, calendars, days, lived, of, plans, template

@given(plans(), calendars, days, days, some.data())
def test_the_forecast_is_a_range_that_does_not_end_before_today(plan, office, start, today, data):
    phases = lay_out(plan, office, start)
    actuals = data.draw(lived(phases, today))
    for step, (first, last) in forecast(phases, actuals, office, today).items():
        if finished := actuals[step].finished:
            assert (first, last) == (finished, finished)
        else:
            assert today <= first <= last
            assert office.is_working(first) and office.is_working(last)


@given(plans(), calendars, days, days, some.data())
def test_a_day_on_which_nothing_is_done_brings_no_end_nearer(plan, office, start, today, data):
    phases = lay_out(plan, office, start)
    actuals = data.draw(lived(phases, today))
    now, tomorrow = (forecast(phases, actuals, office, day) for day in (today, today + DAY))
    assert [step for step in now if not (now[step][0] <= tomorrow[step][0] and now[step][1] <= tomorrow[step][1])] == []


@given(plans(), calendars, days, some.data())
def test_the_quick_pace_is_never_slower_than_the_plan_nor_the_slow_one_quicker(plan, office, today, data):
    quick, slow = pace(plan, data.draw(lived(plan, today)), office, today)
    assert 0 < quick <= 1 <= slow


@given(plans(), calendars, days, days, some.none() | days)
def test_a_phase_is_late_from_the_day_after_it_was_due(plan, office, start, today, started):
    for phase in lay_out(plan, office, start):
        found = standing_of(phase, Actual(started), office, today)
        assert (found.state == "late") == (today > phase.due)
        assert found.state in ("late", "running" if started else "waiting")
        assert found.days <= 0 if found.state == "late" else found.days >= 0


PHASE = Phase("vision", 5, start=date(2025, 10, 6), due=date(2025, 10, 10))


@pytest.mark.parametrize(
    ("actual", "today", "state", "left"),
    [
        (Actual(), date(2025, 10, 3), "waiting", 5),
        (Actual(date(2025, 10, 6)), date(2025, 10, 10), "running", 0),
        (Actual(date(2025, 10, 6)), date(2025, 10, 11), "late", 0),  # Saturday; Monday is off too
        (Actual(date(2025, 10, 6)), date(2025, 10, 14), "late", -1),
        (Actual(), date(2025, 10, 14), "late", -1),
        (Actual(date(2025, 10, 6), date(2025, 10, 8)), date(2025, 12, 1), "done", 2),
        (Actual(date(2025, 10, 6), date(2025, 10, 15)), date(2025, 12, 1), "done", -2),
    ],
)
def test_a_phase_due_on_friday_stands(actual, today, state, left):
    found = standing_of(PHASE, actual, OFFICE, today)
    assert (found.state, found.days) == (state, left)


def test_a_phase_without_dates_waits():
    assert standing_of(Phase("vision", 5), Actual(), OFFICE, date(2025, 10, 6)).state == "waiting"


TWO = lay_out((Phase("vision", 10), Phase("mission", 10, "vision")), OFFICE, date(2025, 11, 3))


def test_before_anything_is_finished_the_plan_or_a_quarter_more_is_expected():
    """10 working days, or 13: 12.5 made whole."""
    assert forecast(TWO, {}, OFFICE, date(2025, 11, 3)) == {
        "vision": (date(2025, 11, 14), date(2025, 11, 19)), "mission": (date(2025, 11, 28), date(2025, 12, 9)),
    }  # fmt: skip


def test_a_phase_that_took_twice_its_time_lets_the_next_take_twice_as_well():
    lived = {"vision": Actual(date(2025, 11, 3), date(2025, 11, 28))}
    assert forecast(TWO, lived, OFFICE, date(2025, 11, 28))["mission"] == (date(2025, 12, 16), date(2025, 12, 30))


NINE = lay_out(template(), OFFICE, date(2025, 11, 3))
LATE_DAY = date(2026, 4, 1)


def as_planned(*steps: str, quicker: int = 1) -> dict[str, Actual]:
    """Finished in the days planned, or in a part of them."""
    return {step: Actual(of(NINE, step).start, OFFICE.add(of(NINE, step).start, ceil(of(NINE, step).days / quicker))) for step in steps}


def test_one_phase_typed_in_and_approved_on_a_day_promises_no_pace_like_it():
    """Step 4 was worked out on paper; the three before it are late."""
    lived = {"weights": Actual(LATE_DAY, LATE_DAY)}
    assert pace(NINE, lived, OFFICE, LATE_DAY) == pace(NINE, {}, OFFICE, LATE_DAY) == (1, Fraction(5, 4))
    ends = [max(last for _, last in forecast(NINE, found, OFFICE, LATE_DAY).values()) for found in ({}, lived)]
    assert 0 <= OFFICE.between(ends[1], ends[0]) <= ceil(of(NINE, "weights").days * Fraction(5, 4))


def test_what_comes_after_a_phase_approved_out_of_turn_waits_for_those_that_are_late():
    three = lay_out((Phase("vision", 10), Phase("mission", 10, "vision"), Phase("tasks", 10, "mission")), OFFICE, date(2025, 11, 3))
    found = forecast(three, {"mission": Actual(date(2025, 12, 1), date(2025, 12, 1))}, OFFICE, date(2025, 12, 1))
    assert found["vision"] == (date(2025, 12, 16), date(2025, 12, 19))
    assert found["tasks"] == (date(2025, 12, 30), date(2026, 1, 12))


def test_while_a_phase_is_late_the_doubt_stays_however_many_others_are_finished():
    others = as_planned(*(phase.step for phase in NINE if phase.step != "vision"))
    today = max(actual.finished for actual in others.values())
    assert pace(NINE, others, OFFICE, today) == (1, Fraction(5, 4))
    assert pace(NINE, {**others, **as_planned("vision")}, OFFICE, today) == (1, 1)


def test_three_finished_phases_and_none_late_tell_the_pace_of_the_project():
    two, three = (as_planned(*steps, quicker=2) for steps in (("vision", "mission"), ("vision", "mission", "tasks")))
    today = max(actual.finished for actual in three.values())
    assert pace(NINE, two, OFFICE, today) == (1, Fraction(5, 4))
    took = sum(OFFICE.count(actual.started, actual.finished) for actual in three.values())
    assert pace(NINE, three, OFFICE, today) == (Fraction(took, sum(of(NINE, step).days for step in three)), 1)


def test_a_late_phase_counts_with_what_it_took_so_far_and_finishing_it_changes_nothing():
    """Of 10 days planned, 20 so far: approved that day, the project has shown the same pace."""
    running, finished = {"vision": Actual(date(2025, 11, 3))}, {"vision": Actual(date(2025, 11, 3), date(2025, 11, 28))}
    assert [pace(TWO, lived, OFFICE, date(2025, 11, 28))[1] for lived in (running, finished)] == [2, 2]
    assert pace(TWO, running, OFFICE, date(2025, 11, 14))[1] == Fraction(5, 4)


def test_a_running_phase_goes_on_as_it_went():
    """A quarter done in 5 days: 20 days in all, though 10 were planned."""
    lived = {"vision": Actual(date(2025, 11, 3), None, Fraction(1, 4))}
    assert forecast(TWO, lived, OFFICE, date(2025, 11, 7))["vision"] == (date(2025, 11, 28), date(2025, 11, 28))


def test_a_phase_begun_early_is_not_expected_to_be_finished_before_the_one_it_waits_for():
    """Somebody looked into the second phase on the first day; the first, not begun yet, takes until the 14th, or the 19th."""
    found = forecast(TWO, {"mission": Actual(date(2025, 11, 3))}, OFFICE, date(2025, 11, 3))
    assert found["mission"] == (date(2025, 11, 17), date(2025, 11, 20))


@given(plans(), calendars, days, days, some.data())
def test_no_unfinished_phase_is_expected_to_end_before_the_phase_it_waits_for(plan, office, start, today, data):
    phases = [replace(phase, overlap=0) for phase in lay_out(plan, office, start)]
    actuals = data.draw(lived(phases, today))
    found = forecast(phases, actuals, office, today)
    waiting = [phase for phase in phases if phase.after and not actuals[phase.step].finished]
    assert all(found[phase.after][which] < found[phase.step][which] for phase in waiting for which in (0, 1))


def test_what_follows_is_not_expected_to_begin_before_the_one_it_shares_days_with():
    three = lay_out((Phase("vision", 40), Phase("mission", 2, "vision"), Phase("tasks", 2, "mission", 30)), OFFICE, date(2025, 11, 3))
    found = forecast(three, {}, OFFICE, date(2025, 11, 3))
    assert found["tasks"] == found["mission"]


def test_progress_too_small_to_reckon_with_leads_to_no_day_outside_the_calendar():
    lived = {"vision": Actual(date(2025, 11, 3), None, Fraction(1, 10**9))}
    found = forecast(TWO, lived, OFFICE, date(2026, 11, 3))
    assert found["vision"][1] == OFFICE.add(date(2025, 11, 3), FARTHEST)


def test_a_pace_of_centuries_leads_to_no_day_outside_the_calendar():
    phases = [replace(phase, days=2_000) for phase in lay_out(template(), OFFICE, date(2025, 11, 3))]
    phases[0] = replace(phases[0], days=1)
    lived = {"vision": Actual(date(1990, 1, 1), date(2025, 11, 3))}
    assert forecast(phases, lived, OFFICE, date(2025, 11, 3))["certification"][1].year < 2300
