"""Phases on the calendar: laid out and back in working days, and what a typed date moves. Whatever the plan and the holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from pso_core import standards
from pso_core.domain.schedule import Phase, circle, in_order, latest_starts, lay_back, lay_out, moves
from pso_core.steps.columns import STEP_KEYS
from tests.domain.planning import DAY, OFFICE, calendars, dates, days, end, followers, of, plans, template

# Laid out from a start ---------------------------------------------------------------------------------------------------


@given(plans(), calendars, days)
def test_a_phase_without_typed_dates_lies_on_working_days_and_keeps_its_length(plan, office, start):
    for phase in lay_out(plan, office, start):
        if phase.pinned_start or phase.pinned_due:
            continue
        assert office.is_working(phase.start) and office.is_working(phase.due)
        assert office.count(phase.start, phase.due) == phase.days == of(plan, phase.step).days


@given(plans(), calendars, days)
def test_typed_dates_stay_and_a_phase_between_two_of_them_takes_what_there_is(plan, office, start):
    for phase in lay_out(plan, office, start):
        typed = of(plan, phase.step)
        assert not phase.pinned_start or phase.start == typed.start
        assert not phase.pinned_due or (phase.due, phase.days) == (typed.due, max(1, office.count(phase.start, typed.due)))
        assert phase.pinned_due or phase.days == typed.days
        assert phase.start <= phase.due


@given(plans(), calendars, days)
def test_a_phase_begins_on_the_first_day_that_the_one_before_leaves_it_and_no_later(plan, office, start):
    laid = {phase.step: phase for phase in lay_out(plan, office, start)}
    for phase in laid.values():
        if phase.pinned_start or phase.pinned_due:
            continue
        if not (before := laid.get(phase.after)):
            assert phase.start == office.next_working(start)
            continue
        assert phase.start >= before.start and office.count(phase.start, before.due) <= phase.overlap
        earlier = office.shift(phase.start, -1)
        assert earlier < before.start or office.count(earlier, before.due) > phase.overlap


@given(plans(), calendars, days)
def test_laid_out_again_nothing_moves(plan, office, start):
    once = lay_out(plan, office, start)
    assert lay_out(once, office, start) == once
    assert moves(once, once, office) == ()


@given(plans(), calendars, days, days, some.data())
def test_a_typed_date_never_moves_what_is_before_it_and_changes_no_length_but_its_own(plan, office, start, typed, data):
    before = lay_out(plan, office, start)
    which, end_of_it = data.draw(some.sampled_from(plan)).step, data.draw(some.sampled_from(["start", "due"]))
    pinned = replace(of(before, which), **{end_of_it: typed, f"pinned_{end_of_it}": True})
    assume(not (pinned.pinned_start and pinned.pinned_due) or pinned.start <= pinned.due)
    after = lay_out([pinned if phase.step == which else phase for phase in before], office, start)
    assert getattr(of(after, which), end_of_it) == typed
    for old, new in zip(before, after, strict=True):
        if old.step not in followers(plan, which):
            assert new == old
        elif old.step != which and not old.pinned_due:
            assert new.days == old.days


@given(plans(), calendars, days, days)
def test_what_a_change_moves_is_told_with_its_working_days(plan, office, start, other):
    before, after = lay_out(plan, office, start), lay_out(plan, office, other)
    told = {move.step: move for move in moves(before, after, office)}
    assert set(told) == {phase.step for phase in after if dates(before)[phase.step] != (phase.start, phase.due)}
    for step, move in told.items():
        assert (move.start, move.due) == tuple(zip(dates(before)[step], dates(after)[step], strict=True))
        assert office.shift(move.due[0], move.working_days) == office.previous_working(move.due[1])


def test_a_phase_that_had_no_dates_is_placed_and_not_moved():
    bare = (Phase("vision", 5),)
    assert moves(bare, lay_out(bare, OFFICE, date(2025, 10, 6)), OFFICE) == ()


# Laid back from a target -------------------------------------------------------------------------------------------------


@given(plans(pins=False), calendars, days)
def test_laid_back_the_last_phase_is_due_on_the_target_or_the_working_day_before(plan, office, target):
    assert end(lay_back(plan, office, target)) == office.previous_working(target)


@given(plans(pins=False), calendars, days)
def test_no_later_start_would_hold_the_target(plan, office, target):
    start = min(phase.start for phase in lay_back(plan, office, target))
    assert end(lay_out(plan, office, start)) <= target < end(lay_out(plan, office, start + DAY))


@given(plans(pins=False), calendars, days)
def test_a_phase_may_begin_on_its_latest_day_and_on_no_later_one(plan, office, target):
    for step, last in latest_starts(plan, office, target).items():
        rest = [phase for phase in plan if phase.step in followers(plan, step)]
        assert end(lay_out(rest, office, last)) <= target < end(lay_out(rest, office, office.next_working(last + DAY)))


@given(plans(pins=False), calendars, days, days)
def test_each_phase_begins_early_enough_exactly_when_the_target_holds(plan, office, start, target):
    laid = lay_out(plan, office, start)
    latest = latest_starts(laid, office, target)
    assert all(phase.start <= latest[phase.step] for phase in laid) == (end(laid) <= target)


# In order, or in a circle ------------------------------------------------------------------------------------------------

waits = some.integers(1, 9).flatmap(
    lambda count: some.tuples(*(some.none() | some.sampled_from((*STEP_KEYS[:count], "elsewhere")) for _ in range(count)))
)


@given(waits)
def test_a_circle_is_found_exactly_where_no_order_is(waiting):
    phases = [Phase(step, 1, after) for step, after in zip(STEP_KEYS, waiting, strict=False)]
    after, found = {phase.step: phase.after for phase in phases}, circle(phases)
    if found:
        assert [after[step] for step in found] == [*found[1:], found[0]]
        with pytest.raises(ValueError, match="each other"):
            in_order(phases)
        return
    placed = [phase.step for phase in in_order(phases)]
    assert sorted(placed) == sorted(after)
    assert [step for step in placed if after[step] in placed and placed.index(after[step]) > placed.index(step)] == []


def test_the_standards_phases_are_in_no_circle():
    for key in standards.available():
        assert circle(template(key)) == ()
