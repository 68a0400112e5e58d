"""Public holidays from a calendar file: it comes in entire, read as it was meant, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar, Event

from pso_core import holidays
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.errors import PsoError
from pso_core.text.phrases import LANGUAGES, phrases

WHOLE = ("DTSTART;VALUE=DATE:20260413", "DTEND;VALUE=DATE:20260416", "SUMMARY:วันสงกรานต์")


def ics(*events: tuple[str, ...]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a test//TH"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def a_day(day: str, name: str, *more: str) -> tuple[str, ...]:
    return (f"DTSTART;VALUE=DATE:{day}", f"SUMMARY:{name}", *more)


def same(day: date, name: str) -> Holiday:
    return Holiday(day, Words(name, name))


def refused(data: bytes) -> tuple[str, dict]:
    """The code and the facts, after a look that the sentence can be said with them in both languages."""
    with pytest.raises(PsoError) as reason:
        holidays.read_ics(data)
    for language in LANGUAGES:
        assert phrases(language)(f"refusals.{reason.value.code}", **reason.value.facts)
    return reason.value.code, reason.value.facts


def test_an_event_of_several_days_becomes_several_holidays():
    assert holidays.read_ics(ics(WHOLE)) == [same(date(2026, 4, day), "วันสงกรานต์") for day in (13, 14, 15)]


@pytest.mark.parametrize("end", [(), ("DTEND;VALUE=DATE:20260102",), ("DTEND;VALUE=DATE:20260101",), ("DURATION:P1D",), ("DURATION:PT24H",)])
def test_a_day_may_end_as_any_program_ends_it(end):
    assert holidays.read_ics(ics(a_day("20260101", "วันขึ้นปีใหม่", *end))) == [same(date(2026, 1, 1), "วันขึ้นปีใหม่")]


def test_days_come_out_in_order_and_two_names_of_one_day_together():
    found = holidays.read_ics(ics(a_day("20230603", "วันวิสาขบูชา"), a_day("20230504", "วันฉัตรมงคล"), a_day("20230603", "วันเฉลิมพระชนมพรรษา"), a_day("20230603", "วันวิสาขบูชา")))
    assert found == [same(date(2023, 5, 4), "วันฉัตรมงคล"), same(date(2023, 6, 3), "วันวิสาขบูชา / วันเฉลิมพระชนมพรรษา")]


def test_names_are_read_as_they_were_meant():
    event = a_day("20260101", "New Year\\, 2569\\; วันหยุด\\nราชการ\\\\", "X-OTHER:\x1b")
    folded = ics(event).replace("วันหยุด".encode(), "วัน\r\n หยุด".encode())
    assert holidays.read_ics(folded) == [same(date(2026, 1, 1), "New Year, 2569; วันหยุด ราชการ\\")]


def test_what_hides_in_a_name_is_left_out():
    assert holidays.read_ics(ics(a_day("20260101", "วัน\u200bขึ้น\u2060ปีใหม่\u202e"))) == [same(date(2026, 1, 1), "วันขึ้นปีใหม่")]


def test_a_mark_at_the_head_of_the_file_and_other_line_ends_do_not_matter():
    plain = holidays.read_ics(ics(WHOLE))
    assert holidays.read_ics(b"\xef\xbb\xbf" + ics(WHOLE)) == plain
    assert holidays.read_ics(ics(WHOLE).replace(b"\r\n", b"\n")) == plain


def test_two_calendars_in_one_file_are_both_read():
    assert len(holidays.read_ics(ics(WHOLE) + ics(a_day("20260101", "วันขึ้นปีใหม่")))) == 4


def test_what_was_cancelled_is_not_a_holiday():
    assert holidays.read_ics(ics(WHOLE, a_day("20260501", "วันหยุด", "STATUS:CANCELLED"))) == holidays.read_ics(ics(WHOLE))


@given(some.dictionaries(some.dates(date(1900, 1, 1), date(2200, 12, 31)), some.sampled_from(["วันหยุด", "a, b; c\\d", "  x  "]), min_size=1, max_size=30))
def test_what_another_program_writes_is_read_back(written):
    out = Calendar()
    for day, name in written.items():
        event = Event()
        event.add("summary", name)
        event.add("dtstart", day)
        out.add_component(event)
    assert holidays.read_ics(out.to_ical()) == [same(day, written[day].strip()) for day in sorted(written)]


def test_our_own_lists_make_the_round_trip():
    for days in holidays.known().values():
        found = holidays.read_ics(ics(*(a_day(f"{day:%Y%m%d}", holiday.name.th) for day, holiday in days.items())))
        assert found == [same(day, holiday.name.th) for day, holiday in days.items()]


# Refusals


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"PK\x03\x04",
        b"\xff\xfe\x00",
        "วันหยุด".encode("cp874"),
        b"BEGIN:VCALENDAR\r\n",
        ics(WHOLE)[:-20],
        ics(WHOLE).replace(b"VCALENDAR", b"VCARD"),
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"END:VCALENDAR\r\n",
        ics(("SUMMARY:วันหยุด",)),
        ics(("SUMMARY:วันหยุด", "DTEND;VALUE=DATE:20260101")),
        ics(a_day("20261301", "วันหยุด")),
        ics(a_day("20260230", "วันหยุด")),
        ics(a_day("25690101T", "วันหยุด")),
        ics(a_day("20260101", "วันหยุด", "DTSTART;VALUE=DATE:20260102")),
        ics(a_day("20260101", "วันหยุด", "DTEND;VALUE=DATE:20251231")),
        ics(a_day("20260101", "วันหยุด", "DURATION:-P1D")),
        ics(a_day("20260101", "วันหยุด", "DURATION:P999999999D")),
        ics(a_day("20260101", "วันหยุด", "DURATION;VALUE=DATE:20260101")),
        ics(a_day("20260101", "วันหยุด", "SUMMARY:อีกชื่อ")),
        ics(a_day("20260101", "วัน\x00หยุด")),
        ics(a_day("20260101", "วัน\x1bหยุด")),
        ics(a_day("20260101", "วัน\x85หยุด")),
        ics(("DTSTART;TZID=America:20260101T000000", "SUMMARY:วันหยุด")),
        ics(("DTSTART;VALUE=DATE,DATE:20260101", "SUMMARY:วันหยุด")),
        b"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:A\r\nTZID:B\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n",
    ],
)
def test_what_cannot_be_read_is_refused(data):
    assert refused(data) == ("holidays_unreadable", {})


def test_a_calendar_without_a_day_is_refused():
    assert refused(ics()) == ("holidays_empty", {})
    assert refused(ics(a_day("20260101", "วันหยุด", "STATUS:CANCELLED"))) == ("holidays_empty", {})


def test_a_large_file_is_refused_unread():
    assert refused(ics(WHOLE) + b" " * 10_000_000) == ("holidays_large", {"megabytes": 11, "most": 1})
    assert refused(ics(WHOLE)[:-2].ljust(1_000_001)) == ("holidays_large", {"megabytes": 2, "most": 1})


def test_more_days_than_anybody_has_off_are_refused():
    month = date(2000, 1, 1)
    events = [a_day(f"{month + timedelta(31 * n):%Y%m%d}", "วันหยุด", "DURATION:P31D") for n in range(33)]
    assert refused(ics(*events)) == ("holidays_too_many", {"count": 1023, "most": 1000})
    assert len(holidays.read_ics(ics(*events[:32]))) == 992


def test_an_event_without_a_name_or_with_an_endless_one_is_refused():
    assert refused(ics(("DTSTART;VALUE=DATE:20260101",))) == ("holidays_name", {"date": "2026-01-01", "most": 250})
    assert refused(ics(a_day("20260101", " \u200b\\n "))) == ("holidays_name", {"date": "2026-01-01", "most": 250})
    assert refused(ics(a_day("20260101", "ก" * 251))) == ("holidays_name", {"date": "2026-01-01", "most": 250})
    assert refused(ics(a_day("20260101", "ก" * 200), a_day("20260101", "ข" * 200))) == ("holidays_name", {"date": "2026-01-01", "most": 250})
    assert len(holidays.read_ics(ics(a_day("20260101", "ก" * 250)))) == 1


@pytest.mark.parametrize(
    "when",
    [
        ("DTSTART:20260101T090000Z",),
        ("DTSTART;TZID=Asia/Bangkok:20260101T090000",),
        ("DTSTART:20260101T090000", "DTEND:20260101T100000"),
        ("DTSTART;VALUE=DATE:20260101", "DTEND:20260101T100000"),
        ("DTSTART:20260101T090000", "DTEND;VALUE=DATE:20260102"),
    ],
)
def test_an_event_with_a_time_of_day_is_no_holiday(when):
    assert refused(ics(WHOLE, (*when, "SUMMARY:ประชุม"))) == ("holidays_timed", {"name": "ประชุม"})


@pytest.mark.parametrize("rule", ["RRULE:FREQ=YEARLY", "RRULE:FREQ=SECONDLY", "RDATE;VALUE=DATE:20270101"])
def test_a_repeating_event_is_refused_for_its_days_are_not_there(rule):
    assert refused(ics(a_day("20260101", "วันขึ้นปีใหม่", rule))) == ("holidays_repeating", {"name": "วันขึ้นปีใหม่"})


def test_an_event_of_years_is_refused():
    assert refused(ics(a_day("20260101", "ยาว", "DTEND;VALUE=DATE:20290101"))) == ("holidays_long", {"name": "ยาว", "days": 1096, "most": 31})
    assert refused(ics(a_day("20260101", "ยาว", "DURATION:P32D"))) == ("holidays_long", {"name": "ยาว", "days": 32, "most": 31})


@pytest.mark.parametrize("when", [("18991231",), ("22010101",), ("22001231", "DURATION:P2D"), ("25690101",), ("00010101",), ("99991231", "DTEND;VALUE=DATE:99991231")])
def test_a_day_too_far_away_is_refused(when):
    day, *more = when
    assert refused(ics(a_day(day, "วันหยุด", *more))) == ("holidays_far", {"name": "วันหยุด"})


def test_the_first_and_the_last_day_that_can_be_taken():
    found = holidays.read_ics(ics(a_day("19000101", "แรก"), a_day("22001231", "ท้าย")))
    assert [holiday.day for holiday in found] == [date(1900, 1, 1), date(2200, 12, 31)]


@given(some.binary(max_size=200), some.integers(0, 200), some.integers(0, 50))
def test_no_file_whatever_ends_in_anything_but_days_or_a_refusal(patch, place, cut):
    good = ics(WHOLE, a_day("20260101", "วันขึ้นปีใหม่"))
    for data in (patch, good[:place] + patch + good[place + cut :]):
        try:
            assert holidays.read_ics(data)
        except PsoError as reason:
            assert reason.code.startswith("holidays_")
