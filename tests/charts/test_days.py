"""The days that stand along the bottom of a chart are round, few, and inside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.charts.days import AT_MOST, ticks


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
