"""The certificate's last day, the Thai fiscal year, days left."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.calendar import (
    certificate_end,
    day_of,
    days_left,
    fiscal_quarter,
    fiscal_year,
)


def test_the_certificate_of_lampang_ends_three_years_less_a_day_later():
    assert certificate_end(date(2001, 10, 9)) == date(2004, 10, 8)
    assert (certificate_end(date(2001, 10, 9)) - date(2001, 10, 9)).days + 1 == 1096


@pytest.mark.parametrize(
    ("valid_from", "years", "end"),
    [
        (date(2000, 2, 29), 3, date(2003, 2, 28)),
        (date(2000, 2, 29), 4, date(2004, 2, 28)),
        (date(2001, 3, 1), 3, date(2004, 2, 29)),
        (date(2001, 2, 28), 3, date(2004, 2, 27)),
        (date(2001, 1, 1), 3, date(2003, 12, 31)),
        (date(2001, 10, 9), 5, date(2006, 10, 8)),
    ],
)
def test_the_end_around_leap_days_and_new_year(valid_from, years, end):
    assert certificate_end(valid_from, years) == end


@given(some.dates(date(1990, 1, 1), date(2090, 1, 1)), some.integers(1, 10))
def test_starting_a_day_later_never_ends_earlier(valid_from, years):
    assert certificate_end(valid_from, years) <= certificate_end(valid_from + timedelta(1), years)


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2000, 9, 22), 2543, 4),  # Lampang's agreement
        (date(2000, 9, 30), 2543, 4),
        (date(2000, 10, 1), 2544, 1),
        (date(2000, 12, 31), 2544, 1),
        (date(2001, 1, 1), 2544, 2),
        (date(2001, 4, 1), 2544, 3),
        (date(2001, 7, 1), 2544, 4),
        (date(2001, 10, 9), 2545, 1),  # its certificate
    ],
)
def test_the_fiscal_year_begins_in_october_and_is_named_by_its_end(day, year, quarter):
    assert (fiscal_year(day), fiscal_quarter(day)) == (year, quarter)


def test_days_left_are_counted_to_the_last_day():
    assert [days_left(date(2004, 10, 8), date(2004, 10, day)) for day in (1, 8, 9)] == [7, 0, -1]


def test_a_day_is_read_as_rows_hold_it():
    assert day_of("2001-10-09") == date(2001, 10, 9)
    assert day_of(date(2001, 10, 9)) == date(2001, 10, 9)
    assert (day_of(None), day_of("")) == (None, None)
