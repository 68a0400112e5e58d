"""Working days: counted as the Thai government's calendar has them, and as somebody with a finger on it would."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core import holidays
from pso_core.domain.workdays import Workdays, day_off

DAY = timedelta(1)
FIRST, LAST = date(2023, 6, 1), date(2027, 6, 30)
OFFICE = Workdays.of(holidays.known())

days = some.dates(FIRST, LAST)
lengths = some.integers(1, 400)
# Public holidays as known, and any others: several in a row, on weekends, in the first and the last week.
calendars = some.one_of(some.just(OFFICE), some.frozensets(days, max_size=80).map(Workdays))


def by_finger(office: Workdays, day: date, step: timedelta) -> date:
    """The day itself or the nearest in this direction on which people work, one day at a time."""
    while day.weekday() >= 5 or day in office.holidays:
        day += step
    return day


# The published calendar: days off from Monday to Friday as MyHora.com marks them for government offices, month by month,
# taken from the number of weekdays of the month. Neither comes from our lists.
DAYS_OFF = {
    2567: (1, 1, 0, 4, 3, 1, 2, 1, 0, 2, 0, 4),
    2568: (1, 1, 0, 4, 3, 2, 3, 2, 0, 2, 0, 3),
    2569: (2, 0, 1, 4, 2, 2, 3, 1, 0, 2, 0, 3),
}
WORKED = {2567: 243, 2568: 240, 2569: 241}


@pytest.mark.parametrize("year", DAYS_OFF)
def test_each_month_has_the_working_days_of_the_published_calendar(year):
    months = [(date(year - 543, month, 1), date(year - 543, month, calendar.monthrange(year - 543, month)[1])) for month in range(1, 13)]
    weekdays = [Workdays().count(first, last) for first, last in months]
    assert [OFFICE.count(first, last) for first, last in months] == [a - b for a, b in zip(weekdays, DAYS_OFF[year], strict=True)]
    assert OFFICE.count(months[0][0], months[-1][1]) == WORKED[year]


def test_songkran_2568_with_its_substitution_and_the_weekend_before_it_is_five_days_without_work():
    assert OFFICE.next_working(date(2025, 4, 12)) == date(2025, 4, 17)
    assert OFFICE.previous_working(date(2025, 4, 16)) == date(2025, 4, 11)
    assert OFFICE.between(date(2025, 4, 11), date(2025, 4, 17)) == 1


def test_the_first_days_of_2569_are_off_since_the_year_before():
    assert OFFICE.add(date(2025, 12, 31), 1) == date(2026, 1, 5)
    assert OFFICE.back(date(2026, 1, 4), 1) == date(2025, 12, 30)


def test_labour_day_is_worked_and_ploughing_day_is_not():
    assert [OFFICE.is_working(day) for day in (date(2025, 5, 1), date(2026, 5, 1), date(2025, 5, 9), date(2026, 5, 13))] == [True, True, False, False]


def test_a_stretch_counts_its_first_and_its_last_day():
    friday, monday = date(2025, 2, 7), date(2025, 2, 10)
    assert OFFICE.add(friday, 1) == friday
    assert OFFICE.add(friday, 2) == monday
    assert OFFICE.add(monday, 3) == date(2025, 2, 13)  # Makha Bucha on Wednesday
    assert OFFICE.back(monday, 2) == friday
    assert OFFICE.count(friday, monday) == 2
    assert OFFICE.count(monday, friday) == 0


def test_a_day_off_counts_as_the_working_day_before_it():
    friday, saturday, monday = date(2025, 2, 7), date(2025, 2, 8), date(2025, 2, 10)
    assert [OFFICE.shift(saturday, n) for n in (-1, 0, 1)] == [date(2025, 2, 6), friday, monday]
    assert [OFFICE.between(a, b) for a, b in ((friday, saturday), (saturday, monday), (monday, friday))] == [0, 1, -1]


@given(calendars, days)
def test_the_next_and_the_previous_working_day_are_those_of_the_finger(office, day):
    assert office.next_working(day) == by_finger(office, day, DAY)
    assert office.previous_working(day) == by_finger(office, day, -DAY)
    assert office.is_working(day) == (by_finger(office, day, DAY) == day)


@given(calendars, days, some.integers(1, 60))
def test_stretches_and_shifts_are_those_of_the_finger(office, day, length):
    last, first = by_finger(office, day, DAY), by_finger(office, day, -DAY)
    ahead, behind = first, first
    for _ in range(length - 1):
        last, first = by_finger(office, last + DAY, DAY), by_finger(office, first - DAY, -DAY)
    for _ in range(length):
        ahead, behind = by_finger(office, ahead + DAY, DAY), by_finger(office, behind - DAY, -DAY)
    assert (office.add(day, length), office.back(day, length)) == (last, first)
    assert (office.shift(day, length), office.shift(day, -length)) == (ahead, behind)


@given(calendars, days, days)
def test_days_are_counted_as_with_the_finger(office, a, b):
    worked = sum(by_finger(office, a + n * DAY, DAY) == a + n * DAY for n in range((b - a).days + 1))
    assert office.count(a, b) == worked


@given(calendars, days, lengths)
def test_a_stretch_of_so_many_days_counts_so_many_days(office, day, length):
    assert office.count(day, office.add(day, length)) == length
    assert office.count(office.back(day, length), day) == length


@given(calendars, days, lengths)
def test_a_stretch_laid_from_one_end_is_the_one_laid_from_the_other(office, day, length):
    start = office.next_working(day)
    assert office.back(office.add(start, length), length) == start
    due = office.previous_working(day)
    assert office.add(office.back(due, length), length) == due


@given(calendars, days, some.integers(-400, 400))
def test_a_shift_is_undone_by_the_opposite_and_measured_by_the_distance(office, day, n):
    there = office.shift(day, n)
    assert office.shift(there, -n) == office.previous_working(day)
    assert (office.between(day, there), office.between(there, day)) == (n, -n)
    assert office.shift(day, office.between(day, there)) == there


@given(calendars, days, days, days)
def test_distances_add_up(office, a, b, c):
    assert office.between(a, b) + office.between(b, c) == office.between(a, c)


@given(calendars, days, some.integers(-400, 400), lengths)
def test_every_day_that_comes_out_is_a_working_day(office, day, n, length):
    found = (office.next_working(day), office.previous_working(day), office.shift(day, n), office.add(day, length), office.back(day, length))
    assert [found_day for found_day in found if not office.is_working(found_day)] == []


@given(calendars, days, lengths)
def test_a_holiday_more_never_brings_a_due_date_forward(office, day, length):
    more = Workdays(office.holidays | {day + DAY})
    assert more.add(day, length) >= office.add(day, length)


@pytest.mark.parametrize("days", [0, -1, -10_000])
def test_a_stretch_of_no_days_is_refused(days):
    for lay in (OFFICE.add, OFFICE.back):
        with pytest.raises(ValueError, match="stretch"):
            lay(date(2025, 1, 6), days)


@pytest.mark.parametrize("n", [10_000_000, 10**30, -10_000_000])
def test_a_day_outside_the_calendar_is_refused(n):
    with pytest.raises(ValueError, match="outside"):
        OFFICE.shift(date(2025, 1, 6), n)


def test_the_calendar_reaches_from_its_first_day_to_its_last():
    assert Workdays().back(date(1, 1, 5), 5) == date.min
    assert Workdays().add(date(9999, 12, 31), 1) == date.max


def test_years_of_which_no_list_is_known_are_named():
    office = Workdays.of({2568: [date(2025, 1, 1)], 2570: []})
    assert office.years_without_list(date(2024, 12, 31), date(2027, 1, 1)) == (2567, 2569)
    assert office.years_without_list(date(2025, 1, 1), date(2025, 12, 31)) == ()
    assert office.years_without_list(date(2027, 1, 1), date(2024, 1, 1)) == ()
    assert Workdays().years_without_list(date(2025, 3, 1), date(2025, 3, 2)) == (2568,)


def test_calendars_alike_are_equal_and_can_be_keys():
    assert Workdays.of(holidays.known()) == OFFICE
    assert len({Workdays.of(holidays.known()), OFFICE, Workdays()}) == 2


def test_a_schedule_of_centuries_comes_back_to_where_it_began():
    start = date(2025, 1, 6)
    assert OFFICE.back(OFFICE.add(start, 100_000), 100_000) == start


@given(days)
def test_a_day_off_is_one_on_which_nobody_works_and_a_holiday_is_told_by_name(day):
    lists = {year: tuple(days.values()) for year, days in holidays.known().items()}
    found, named = day_off(day, lists), [one for year in lists.values() for one in year if one.day == day]
    assert (found is None) == OFFICE.is_working(day)
    assert [found.holiday] == (named or [None]) if found else not named
