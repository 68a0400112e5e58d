"""Which phases lose the target: those late beyond the last day on which they may begin or end, not every one that is overdue."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.schedule import Actual, forecast, latest_days, latest_starts, lay_out, loses_target
from tests.domain.planning import calendars, days, lived, of, plans

MONDAY, TUESDAY, FRIDAY, NEXT = (date(2025, 11, day) for day in (3, 4, 7, 10))
LATEST = MONDAY, FRIDAY


@pytest.mark.parametrize(
    ("actual", "begins", "expected", "lost"),
    [
        (Actual(), MONDAY, FRIDAY, False),  # the last day on which it may begin
        (Actual(), TUESDAY, FRIDAY, True),
        (Actual(TUESDAY), TUESDAY, FRIDAY, False),  # begun too late, but it may still end in time
        (Actual(MONDAY), MONDAY, NEXT, True),
        (Actual(), MONDAY, NEXT, True),  # what it waits for is late
        (Actual(TUESDAY, NEXT), NEXT, NEXT, False),  # finished: those after it lose the target, or hold it
    ],
)
def test_a_phase_loses_the_target_by_its_start_or_by_its_end(actual, begins, expected, lost):
    assert loses_target(actual, (begins, expected), LATEST) is lost


def _lost(phases, actuals, office, today: date, target: date) -> set[str]:
    """As `actions.schedule_reading` asks."""
    expected, latest = forecast(phases, actuals, office, today), latest_days(phases, office, target)
    begins = {step: office.next_working(max(of(phases, step).start, today)) for step in latest}
    return {step for step in latest if loses_target(actuals[step], (begins[step], expected[step][0]), latest[step])}


@given(plans(), calendars, days, days, days, some.data())
def test_where_even_the_earliest_end_is_after_the_target_some_phase_says_so(plan, office, start, today, target, data):
    phases = lay_out(plan, office, start)
    actuals = data.draw(lived(phases, today))
    ends = [first for step, (first, _) in forecast(phases, actuals, office, today).items() if not actuals[step].finished]
    assert bool(_lost(phases, actuals, office, today, target)) or not ends or max(ends) <= target


@given(plans(), calendars, days, days, some.data())
def test_no_phase_loses_a_target_beyond_all_doubt(plan, office, start, today, data):
    phases = lay_out(plan, office, start)
    actuals = data.draw(lived(phases, today))
    ends = forecast(phases, actuals, office, today)
    target = office.shift(max([today, *(last for _, last in ends.values()), *(phase.due for phase in phases)]), sum(phase.days for phase in phases))
    assert _lost(phases, actuals, office, today, target) == set()


@given(plans(pins=False), calendars, days)
def test_begun_on_its_last_day_a_phase_ends_in_time_and_nothing_may_end_after_the_target(plan, office, target):
    latest = latest_days(plan, office, target)
    assert {step: start for step, (start, _) in latest.items()} == latest_starts(plan, office, target)
    assert all(office.add(start, of(plan, step).days) <= due <= target for step, (start, due) in latest.items())
