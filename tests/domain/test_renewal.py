"""The next cycle laid back from the end of the certificate, by what the phases took; dates counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pso_core.domain.renewal import Length, Renewal, lengths, renewal, waited
from pso_core.domain.schedule import Actual, Phase
from pso_core.domain.workdays import Workdays

HOLIDAYS = frozenset({date(2026, 12, 7), date(2026, 12, 10)})
CALENDAR = Workdays(HOLIDAYS)
TEMPLATE = (Phase("vision", 5), Phase("mission", 10, "vision"), Phase("tasks", 4, "mission", 2))
MOST = 2_000
FRIDAY = date(2026, 12, 18)


def took(first: str, last: str) -> Actual:
    return Actual(date.fromisoformat(first), date.fromisoformat(last))


def measured(*, planned=(), actuals=None, most=MOST):
    found = lengths(TEMPLATE, planned, actuals or {}, CALENDAR, most)
    return {step: (one.days, one.source) for step, one in found.items()}


def renewed(expires: date = FRIDAY, decision: int = 2, today: date = date(2026, 1, 5), planned=(), taking=None) -> Renewal:
    taking = taking or lengths(TEMPLATE, planned, {}, CALENDAR, MOST)
    return renewal(TEMPLATE, planned, taking, Length(decision, "standard"), expires, CALENDAR, today)


def test_what_was_measured_goes_before_what_was_planned_and_that_before_the_standard():
    planned = (Phase("vision", 7), Phase("mission", 8))
    assert measured(planned=planned, actuals={"vision": took("2026-12-04", "2026-12-11")}) == {
        "vision": (4, "measured"), "mission": (8, "planned"), "tasks": (4, "standard"),  # Fri, Tue, Wed, Fri: two holidays and a weekend between
    }  # fmt: skip


@pytest.mark.parametrize("actual", [Actual(date(2026, 12, 1)), Actual(finished=date(2026, 12, 1)), took("2026-12-02", "2026-12-01")])
def test_what_has_not_both_ends_in_their_order_is_not_measured(actual):
    assert measured(actuals={"vision": actual})["vision"] == (5, "standard")


def test_a_phase_of_a_weekend_took_a_day_and_none_takes_longer_than_a_phase_may():
    assert measured(actuals={"vision": took("2026-12-05", "2026-12-06")})["vision"] == (1, "measured")
    assert measured(actuals={"vision": took("2000-01-01", "2026-12-06")}, most=250)["vision"] == (250, "measured")


def test_the_wait_for_the_decision_is_measured_too():
    asked, granted = date(2026, 12, 4), date(2026, 12, 11)
    assert waited(asked, granted, 60, 45, CALENDAR, MOST) == Length(3, "measured", (asked, granted))
    assert waited(asked, None, 60, 45, CALENDAR, MOST) == Length(60, "planned")
    assert waited(granted, asked, None, 45, CALENDAR, MOST) == Length(45, "standard")
    assert waited(None, granted, 0, 45, CALENDAR, MOST) == Length(0, "planned")
    assert waited(asked, granted, 60, 45, CALENDAR, 2).days == 2


def test_the_phases_are_laid_back_from_the_end_with_the_decision_before_it():
    found = renewed()
    assert (found.ready, found.begin) == (date(2026, 12, 16), date(2026, 11, 20))
    assert [(phase.step, phase.start.isoformat(), phase.due.isoformat()) for phase in found.phases] == [
        ("vision", "2026-11-20", "2026-11-26"), ("mission", "2026-11-27", "2026-12-14"), ("tasks", "2026-12-11", "2026-12-16"),
    ]  # fmt: skip


def test_the_day_has_passed_only_after_it():
    begin = renewed().begin
    assert [(renewed(today=begin + timedelta(days)).late, renewed(today=begin + timedelta(days)).passed) for days in (-1, 0, 1)] == [(0, False), (0, False), (1, True)]


def test_when_it_begins_today_it_takes_as_long():
    assert renewed(today=date(2027, 1, 4)).granted == date(2027, 1, 28)  # 4th to 8th, 11th to 22nd, 21st to 26th, and two days for the decision


def test_typed_dates_of_the_former_cycle_are_not_obeyed_but_its_order_is():
    typed = Phase("mission", 3, None, 0, date(2020, 1, 1), date(2020, 1, 3), True, True)
    found = renewed(planned=(Phase("vision", 5), typed, Phase("tasks", 4, "vision")))
    assert [(phase.step, phase.after, phase.pinned_start, phase.pinned_due) for phase in found.phases] == [
        ("vision", None, False, False), ("mission", None, False, False), ("tasks", "vision", False, False),
    ]  # fmt: skip
    assert found.phases[1].start.year == 2026


def test_a_project_with_only_some_of_the_phases_is_not_made_to_wait_for_itself():
    assert renewed(planned=(Phase("vision", 5, "tasks"),)).phases == renewed().phases


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(0, 100), st.lists(st.integers(1, 300), min_size=3, max_size=3))
def test_begun_on_its_last_day_the_cycle_is_ready_in_time_and_a_day_later_it_is_not(expires, decision, days):
    taking = {phase.step: Length(n, "measured") for phase, n in zip(TEMPLATE, days, strict=True)}
    found = renewed(expires, decision, taking=taking, today=date(2001, 1, 1))
    in_time = renewed(expires, decision, taking=taking, today=found.begin)
    too_late = renewed(expires, decision, taking=taking, today=CALENDAR.shift(found.begin, 1))
    assert in_time.granted <= CALENDAR.previous_working(expires) < too_late.granted
    assert CALENDAR.between(found.ready, expires) == decision
