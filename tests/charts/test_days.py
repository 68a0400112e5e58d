"""The days that stand along the bottom of a chart are round, few, and inside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.charts.days import AT_MOST, MOST_TICKS, fiscal_ticks, ticks


def months(*names: str) -> list[date]:
    return [date.fromisoformat(f"{name}-01") for name in names]


@pytest.mark.parametrize(
    ("first", "last", "labelled"),
    [
        ("2001-07-31", "2002-01-31", months("2001-08", "2001-09", "2001-10", "2001-11", "2001-12", "2002-01")),
        ("2001-01-15", "2002-01-14", months("2001-03", "2001-05", "2001-07", "2001-09", "2001-11", "2002-01")),
        ("2001-10-09", "2004-10-08", months("2002-01", "2002-07", "2003-01", "2003-07", "2004-01", "2004-07")),
        ("2001-10-01", "2001-12-31", months("2001-10", "2001-11", "2001-12")),
    ],
)
def test_starts_of_months_are_labelled_as_often_as_there_is_room(first, last, labelled):
    assert ticks(date.fromisoformat(first), date.fromisoformat(last)) == labelled


def test_a_plan_within_a_month_is_labelled_by_days():
    assert ticks(date(2001, 10, 2), date(2001, 10, 23)) == [date(2001, 10, day) for day in (2, 9, 16, 23)]
    assert ticks(date(2001, 10, 2), date(2001, 10, 2)) == [date(2001, 10, 2)]


@given(some.dates(date(1950, 1, 1), date(2100, 1, 1)), some.integers(0, 40_000))
def test_labels_are_in_order_inside_and_never_too_many(first, length):
    last = first + timedelta(length)
    found = ticks(first, last)
    assert found == sorted(set(found))
    assert 1 <= len(found) <= AT_MOST
    assert first <= found[0] <= found[-1] <= last


def test_a_fiscal_year_is_labelled_by_october_half_years_and_quarters():
    found = fiscal_ticks(date(2026, 9, 15), date(2027, 5, 1))
    assert [day for day, _ in found] == months("2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05")
    assert [every for _, every in found] == [120, 1, 1, 3, 1, 1, 6, 1]  # 2570 is a round number of the Buddhist Era


def test_of_a_long_time_only_quarters_or_fiscal_years_are_labelled():
    assert {every for _, every in fiscal_ticks(date(2020, 1, 1), date(2030, 1, 1))} == {3, 6, 12, 60, 120}
    assert {day.month for day, _ in fiscal_ticks(date(2000, 1, 1), date(2080, 1, 1))} == {10}


@given(some.dates(date(1950, 1, 1), date(2100, 1, 1)), some.integers(0, 30_000))
def test_fiscal_labels_are_in_order_inside_and_not_many(first, length):
    last = first + timedelta(length)
    days = [day for day, _ in fiscal_ticks(first, last)]
    assert days == sorted(set(days)) and len(days) <= MOST_TICKS + 2
    assert all(first <= day <= last and day.day == 1 for day in days)
