"""When a mail is wanted, and how long to wait after one that could not be sent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.rhythm import LONGEST_WAIT, RHYTHMS, Choice, still_waiting, wait_after, wanted_at
from pso_core.text.thaidate import BANGKOK

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MONDAY = 0


def choice(rhythm: str, hour: int = 8, weekday: int = MONDAY, chosen_at: datetime = LONG_AGO) -> Choice:
    return Choice("p", "a@example.org", rhythm, weekday, hour, "th", chosen_at)


def thai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BANGKOK)


@pytest.mark.parametrize(("now", "wanted"), [((23, 7, 59), None), ((23, 8, 0), 23), ((23, 23, 59), 23), ((24, 0, 0), None)])
def test_a_daily_mail_is_wanted_from_its_hour_to_the_end_of_the_day_in_thailand(now, wanted):
    moment = wanted_at(choice("daily"), thai(*now).astimezone(UTC))
    assert moment == (thai(wanted, 8) if wanted else None)


@pytest.mark.parametrize(
    ("now", "wanted"), [((23, 7, 59), None), ((23, 8, 0), 23), ((25, 12, 0), 23), ((26, 8, 0), 23), ((26, 8, 1), None), ((29, 8, 0), None), ((30, 9, 0), 30)]
)
def test_a_weekly_mail_still_goes_in_the_days_after_its_own(now, wanted):
    assert wanted_at(choice("weekly"), thai(*now)) == (thai(wanted, 8) if wanted else None)


def test_nothing_is_wanted_for_a_moment_before_the_choice_was_made():
    assert wanted_at(choice("daily", chosen_at=thai(23, 8, 1)), thai(23, 20)) is None
    assert wanted_at(choice("daily", chosen_at=thai(23, 8)), thai(23, 20)) == thai(23, 8)
    assert wanted_at(choice("weekly", chosen_at=thai(24, 9)), thai(25, 9)) is None


def test_never_is_never():
    assert wanted_at(choice("never"), thai(23, 8)) is None


@given(some.sampled_from(RHYTHMS), some.integers(0, 23), some.integers(0, 6), some.datetimes(datetime(2021, 1, 2), datetime(2100, 1, 1)))
def test_a_moment_that_is_wanted_is_over_and_at_the_hour_and_the_day_chosen(rhythm, hour, weekday, now):
    now = now.replace(tzinfo=UTC)
    moment = wanted_at(choice(rhythm, hour, weekday), now)
    if moment is not None:
        assert moment <= now
        assert (moment.hour, moment.minute, moment.utcoffset()) == (hour, 0, timedelta(hours=7))
        assert rhythm == "daily" or moment.weekday() == weekday


def test_pauses_grow_to_an_hour():
    assert [wait_after(n) for n in (1, 2, 3, 6)] == [timedelta(minutes=n) for n in (1, 2, 4, 32)]
    assert {wait_after(n) for n in (7, 8, 1000)} == {LONGEST_WAIT}


def test_a_pause_set_by_a_wrong_clock_is_over():
    assert still_waiting(thai(23, 9), thai(23, 8, 30))
    assert not still_waiting(thai(23, 9), thai(23, 9))
    assert not still_waiting(thai(29, 9), thai(23, 9))
    assert not still_waiting(None, thai(23, 9))
