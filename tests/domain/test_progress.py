"""Expected against actual, lateness, and who carries how much."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.progress import (
    curve,
    days_of_plan,
    expected_percent,
    is_late,
    pace,
    percent_on,
    reports_by_activity,
    workload,
)
from tests.domain.cases import activity, report

TEN_DAYS = activity("ten", "2001-01-01", "2001-01-10")
ONE_DAY = activity("one", "2001-01-05", "2001-01-05")
OPEN = activity("open", "2001-01-01", open_ended=True)


def january(day):
    return date(2001, 1, day)


@pytest.mark.parametrize(("day", "percent"), [(1, 10), (5, 50), (9, 90), (10, 100), (31, 100)])
def test_each_day_from_start_to_due_is_expected_to_do_the_same_part(day, percent):
    assert expected_percent(TEN_DAYS, january(day)) == percent


def test_nothing_is_expected_before_the_start():
    assert expected_percent(TEN_DAYS, date(2000, 12, 31)) == 0
    assert expected_percent(TEN_DAYS, date(2000, 1, 1)) == 0


def test_the_work_of_one_day_is_expected_on_that_day():
    assert [expected_percent(ONE_DAY, january(day)) for day in (4, 5, 6)] == [0, 100, 100]


def test_nothing_can_be_expected_without_both_dates():
    for undated in (OPEN, activity("a", due="2001-01-01"), activity("b", "2001-01-01", "2001-01-09", open_ended=True)):
        assert expected_percent(undated, january(5)) is None


def test_the_curve_is_over_the_dated_activities_each_counting_the_same():
    reports = [report("ten", "2001-01-02", 30), report("open", "2001-01-02", 100), report("one", "2001-01-06", 100)]
    found = curve([TEN_DAYS, ONE_DAY, OPEN], reports, [january(1), january(5), january(6)], today=january(5))
    assert [(p.day.day, p.expected, p.actual) for p in found.points] == [(1, 5, 0), (5, 75, 15), (6, 80, None)]
    assert found.counted == ("activity:ten", "activity:one")
    assert found.left_out == ("activity:open",)


def test_a_plan_without_dates_has_no_curve():
    found = curve([OPEN], [], [january(1)], today=january(1))
    assert (found.points, found.counted, found.left_out) == ((), (), ("activity:open",))
    assert days_of_plan([OPEN]) == ()


def test_the_latest_report_on_or_before_a_day_counts():
    reports = reports_by_activity([
        report("a", "2001-01-05", 50),
        report("a", "2001-01-02", 20),
        report("a", "2001-01-05", 40, seq=2),
        report("a", "2001-01-09", None),
        report("b", "2001-01-01", 99),
    ])["activity:a"]
    assert [percent_on(reports, january(day)) for day in (1, 2, 4, 5, 9)] == [0, 20, 20, 40, 40]


def test_work_is_late_only_after_its_due_day_and_only_while_undone():
    assert not is_late(TEN_DAYS, 0, january(10))
    assert is_late(TEN_DAYS, 99, january(11))
    assert not is_late(TEN_DAYS, 100, january(11))
    assert not is_late(OPEN, 0, date(2099, 1, 1))


def test_the_days_of_the_curve_reach_from_before_the_start_to_the_due_day():
    assert days_of_plan([ONE_DAY]) == (january(4), january(5))
    long = days_of_plan([TEN_DAYS, activity("long", "2001-06-01", "2003-12-31")], at_most=60)
    assert (long[0], long[-1], len(long)) == (date(2000, 12, 31), date(2003, 12, 31), 60)
    assert list(long) == sorted(set(long))


def test_the_curve_reaches_to_what_was_reported_after_the_last_due_day():
    late = [report("ten", "2001-01-20", 100), report("open", "2001-02-20", 100)]
    days = days_of_plan([TEN_DAYS, ONE_DAY, OPEN], late)
    assert days[-1] == january(20)
    assert [(one.expected, one.actual) for one in curve([TEN_DAYS, ONE_DAY, OPEN], late, days[-1:], january(31)).points] == [(100, 50)]


def test_one_person_above_two_fifths_of_the_activities_is_heavy():
    plan = [activity(str(n), owner=owner) for n, owner in enumerate(("ก", "ข", "ข", "ก", "ค"))]
    assert [(load.owner, load.activities, load.share, load.heavy) for load in workload(plan)] == [
        ("ก", 2, Fraction(2, 5), False), ("ข", 2, Fraction(2, 5), False), ("ค", 1, Fraction(1, 5), False),
    ]  # fmt: skip
    assert [load.heavy for load in workload([*plan, activity("5", owner="ข")])] == [True, False, False]
    assert [load.heavy for load in workload(plan, threshold=(1, 10))] == [True, True, False]  # one alone cannot be shared out


def test_activities_without_an_owner_are_part_of_the_plan_all_the_same():
    plan = [activity("1", owner="ก"), activity("2", owner=None), activity("3", owner=None)]
    assert [(load.owner, load.share, load.heavy) for load in workload(plan)] == [("ก", Fraction(1, 3), False)]
    assert workload([]) == ()


@given(some.dates(date(2000, 1, 1), date(2005, 1, 1)), some.integers(0, 900), some.integers(-30, 960))
def test_what_is_expected_never_falls_and_stays_within_a_hundred(start, length, offset):
    due = date.fromordinal(start.toordinal() + length)
    work = activity("a", start.isoformat(), due.isoformat())
    day = date.fromordinal(start.toordinal() + offset)
    today, tomorrow = expected_percent(work, day), expected_percent(work, date.fromordinal(day.toordinal() + 1))
    assert 0 <= today <= tomorrow <= 100
    assert (today == 100) == (day >= due)
    assert (today == 0) == (day < start)


@pytest.mark.parametrize(
    ("reports", "today", "state", "percent", "days"),
    [
        ([], date(2000, 12, 30), "waiting", 0, 11),
        ([], january(1), "behind", 0, 9),
        ([report("ten", "2001-01-02", 20)], january(2), "on_time", 20, 8),
        ([report("ten", "2001-01-02", 20)], january(3), "behind", 20, 7),
        ([report("ten", "2001-01-02", 99)], january(10), "behind", 99, 0),
        ([report("ten", "2001-01-02", 99)], january(11), "late", 99, -1),
        ([report("ten", "2001-01-12", 100)], january(31), "done", 100, -21),
    ],
)
def test_an_activity_is_told_by_its_days_and_its_latest_report(reports, today, state, percent, days):
    found = pace(TEN_DAYS, reports, today)
    assert (found.state, found.percent, found.days) == (state, percent, days)
    assert found.last == (reports[-1] if reports else None)


def test_an_open_end_is_neither_late_nor_behind():
    found = pace(OPEN, [report("open", "2001-01-02", 40)], date(2010, 1, 1))
    assert (found.state, found.percent, found.expected, found.days) == ("undated", 40, None, None)


def test_a_report_of_a_later_day_is_not_known_yet():
    reports = [report("ten", "2001-01-02", 20), report("ten", "2001-01-05", 100)]
    assert pace(TEN_DAYS, reports, january(4)).last == reports[0]
