"""A certificate near its end: which reminder has come, for whom, how long it is new, and when it stops."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pso_core.domain.calendar import certificate_end, months_before
from pso_core.domain.expiry import NEW_FOR, REMINDED_BEFORE, certificates, expiring, is_new, reminder_days, stage
from pso_core.domain.owed import Morning, Owed, digest, escalated, owed_by, pressing
from pso_core.domain.people import Person
from pso_core.domain.rows import Row
from pso_core.domain.workdays import Workdays
from tests.domain.cases import project

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(0, 36)
PEOPLE = tuple(
    Person(name, name, name, "", "", role, active)
    for name, role, active in (("head", "head", True), ("fon", "facilitator", True), ("malee", "member", True), ("gone", "facilitator", False), ("admin", "administrator", True))
)
ENDS = date(2029, 10, 31)


def morning(today: date, valid_to: str | None = ENDS.isoformat(), *, renewed: bool = False) -> Morning:
    body = {"valid_from": "2026-11-01", "valid_to": valid_to, "number": "12/2569"}
    return Morning(project(*([Row("certificate", "certificate", 3, 7, body)] if valid_to else [])), PEOPLE, Workdays(), today, renewed)


# Months by the calendar


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        ("2027-03-31", 1, "2027-02-28"), ("2028-03-31", 1, "2028-02-29"), ("2028-03-30", 1, "2028-02-29"), ("2027-03-29", 1, "2027-02-28"),
        ("2028-02-29", 12, "2027-02-28"), ("2028-02-29", 48, "2024-02-29"), ("2027-02-28", 12, "2026-02-28"), ("2027-01-31", 3, "2026-10-31"),
        ("2027-01-31", 2, "2026-11-30"), ("2027-12-31", 6, "2027-06-30"), ("2027-08-31", 6, "2027-02-28"), ("2029-10-31", 0, "2029-10-31"),
    ],
)  # fmt: skip
def test_months_are_counted_by_the_calendar(day, months, earlier):
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(earlier)


@given(DAYS, MONTHS)
def test_so_many_months_earlier_is_so_many_names_of_months_earlier_and_never_a_later_day_of_the_month(day, months):
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day == day.day or (earlier.day < day.day and (earlier + timedelta(1)).day == 1)


@given(DAYS, DAYS, MONTHS)
def test_a_later_day_is_never_reminded_of_earlier(one, other, months):
    earlier, later = sorted((one, other))
    assert months_before(earlier, months) <= months_before(later, months)


@given(DAYS)
def test_each_reminder_comes_after_the_one_before_it_and_within_the_term(start):
    end = certificate_end(start)
    days = [months_before(end, months) for months in REMINDED_BEFORE]
    assert days == sorted(set(days)) and start < days[0] and days[-1] < end


# Stages


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2028-10-30", None), ("2028-10-31", (12, "2028-10-31")), ("2029-04-29", (12, "2028-10-31")), ("2029-04-30", (6, "2029-04-30")),
        ("2029-07-30", (6, "2029-04-30")), ("2029-07-31", (3, "2029-07-31")), ("2029-09-29", (3, "2029-07-31")), ("2029-09-30", (1, "2029-09-30")),
        ("2029-10-31", (1, "2029-09-30")), ("2029-11-01", (0, "2029-11-01")), ("2040-01-01", (0, "2029-11-01")),
    ],
)  # fmt: skip
def test_each_reminder_comes_on_its_day_and_stands_until_the_next(today, found):
    assert stage(ENDS, date.fromisoformat(today)) == (found and (found[0], date.fromisoformat(found[1])))


@given(DAYS, st.integers(-500, 500))
def test_as_the_end_comes_nearer_the_months_only_fall(end, away):
    today = end - timedelta(away)
    now, tomorrow = stage(end, today), stage(end, today + timedelta(1))
    assert tomorrow if now else True
    assert not now or (tomorrow[0] <= now[0] and now[1] <= today)


def test_the_heads_and_facilitators_who_are_there_owe_it_and_nobody_else():
    found = tuple(certificates(morning(date(2029, 5, 2))))
    assert [(one.owner, one.kind, one.entity_id, one.step, one.name, one.due, one.months, one.overdue) for one in found] == [
        (who, "certificate", "certificate", "certification", "12/2569", ENDS, 6, False) for who in ("head", "fon")
    ]
    assert [len(owed_by(morning(date(2029, 5, 2)), who)) for who in ("head", "gone", "admin")] == [1, 0, 0]


def test_the_digest_tells_it_once_apart_from_what_is_due_and_after_the_end_as_overdue():
    before, on, after = (digest(morning(day), (), {}) for day in (date(2028, 10, 30), ENDS, ENDS + timedelta(1)))
    assert before.empty
    assert [(one.owner, one.months, one.days) for one in on.expiring] == [(None, 1, 0)]
    assert (on.soon, on.overdue, on.empty) == ((), (), False)
    assert ([one.months for one in after.overdue], after.expiring) == ([0], ())
    assert escalated(after.overdue, 1) == after.overdue


def test_a_certificate_that_ended_long_ago_stands_behind_what_somebody_can_move_today_and_before_what_is_not_due():
    late = Row("phase:tasks", "phase", 1, 1, {"step": "tasks", "start": "2034-01-02", "due": "2034-02-01", "owner": "head"})
    soon = Row("phase:weights", "phase", 1, 1, {"step": "weights", "start": "2034-01-02", "due": "2034-02-09", "owner": "head"})
    ended = Row("certificate", "certificate", 3, 7, {"valid_from": "2001-10-09", "valid_to": "2004-10-08", "number": "1"})
    here = Morning(project(ended, late, soon), PEOPLE, Workdays(), date(2034, 2, 6))
    assert [one.kind for one in digest(here, (), {}).overdue] == ["phase", "certificate"]
    found = [(one.kind, one.step) for one in owed_by(here, "head")]
    assert found == [("phase", "tasks"), ("certificate", "certification"), ("phase", "weights")]


def test_a_reminder_is_new_for_two_weeks_and_from_the_last_month_on_always():
    def mailed(day: date) -> bool:
        here = morning(day)
        return bool(pressing(owed_by(here, "head"), here.today))

    for months in REMINDED_BEFORE[:-1]:
        begun = months_before(ENDS, months)
        assert [mailed(begun + timedelta(days)) for days in (0, NEW_FOR.days - 1, NEW_FOR.days)] == [True, True, False]
        assert mailed(begun - timedelta(1)) is False
    last = months_before(ENDS, 1)
    assert [mailed(last + timedelta(days)) for days in (-1, 0, 20, 60, 900)] == [False, True, True, True, True]


def test_nothing_else_is_new():
    assert not is_new(Owed("p", "activity", "activity:a", "execution", "", None, ENDS, 0, False, 1, 1), ENDS)


@pytest.mark.parametrize("why", [{"renewed": True}, {"valid_to": None}])
def test_a_renewed_certificate_and_none_remind_nobody(why):
    here = morning(ENDS + timedelta(1), **why)
    assert (tuple(expiring(here)), tuple(certificates(here)), tuple(reminder_days(here))) == ((), (), ())


def test_another_last_day_moves_the_reminders():
    assert tuple(expiring(morning(date(2029, 5, 2), "2032-10-31"))) == ()


# Days for a calendar


def test_a_calendar_gets_every_reminder_and_the_last_day_however_far_away():
    found = [one for one in reminder_days(morning(date(2026, 11, 23))) if one.owner == "fon"]
    assert [(one.entity_id, one.due.isoformat(), one.months, one.revision, one.seq) for one in found] == [
        ("certificate/12", "2028-10-31", 12, 3, 7), ("certificate/6", "2029-04-30", 6, 3, 7), ("certificate/3", "2029-07-31", 3, 3, 7),
        ("certificate/1", "2029-09-30", 1, 3, 7), ("certificate", "2029-10-31", 0, 3, 7),
    ]  # fmt: skip
    assert {one.expires for one in found} == {ENDS}
