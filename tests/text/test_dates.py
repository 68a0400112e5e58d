"""Dates: every day comes back through every way of writing it; what is no date is refused with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pso_core.errors import PsoError
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import (
    arabic_digits,
    read_date,
    say_date,
    say_days_left,
    say_working_days_left,
    say_fiscal_year,
    say_moment,
    thai_digits,
)

DAY = date(2001, 10, 9)
TH, EN = phrases("th"), phrases("en")
YEARS = (1999, 2000, 2001, 2004, 2026, 2100)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def refusal(text: str) -> tuple[str, dict]:
    with pytest.raises(PsoError) as caught:
        read_date(text)
    return caught.value.code, caught.value.facts


@pytest.mark.parametrize("year", YEARS)
def test_every_day_comes_back_through_every_style_and_language(year):
    for day in days_of(year):
        for language in LANGUAGES:
            for style in ("short", "long", "numeric"):
                written = say_date(day, phrases(language), style)
                assert read_date(written) == day, written
                assert read_date(thai_digits(written)) == day, written


@pytest.mark.parametrize(
    ("style", "thai", "english"),
    [
        ("short", "9 ต.ค. 2544", "9 Oct 2001"),
        ("long", "9 ตุลาคม 2544", "9 October 2001 (B.E. 2544)"),
        ("numeric", "9/10/2544", "2001-10-09"),
        ("month", "ตุลาคม 2544", "October 2001"),
    ],
)
def test_a_date_is_written_in_the_readers_era(style, thai, english):
    assert say_date(DAY, TH, style) == thai
    assert say_date("2001-10-09", EN, style) == english


def test_an_absent_date_is_a_dash():
    assert [say_date(None, TH), say_date("", EN)] == ["–", "–"]


@pytest.mark.parametrize(
    "typed",
    [
        "๙ ต.ค. ๒๕๔๔", "๙ ตุลาคม ๒๕๔๔", "9/10/2544", "09/10/2544", "๙/๑๐/๒๕๔๔", "2001-10-09", "2544-10-09", "9-10-2544", "9.10.2544",
        "9 10 2544", "9 / 10 / 2544", "9/10/2001", "9/10/44", "9 ต.ค. 44", "9ต.ค.2544", "9ตค44", "9 ตค 2544", "9 ต. ค. 2544", "9 ต.ค 2544",
        "9 ตุลา 2544", "  9   ตุลาคม   2544 ", "9\u00a0ตุลาคม\u00a02544", "9 ตุลา\u200bคม 2544", "9 ตุลาคม พ.ศ. 2544", "9 ตุลาคม พศ 2544",
        "9 ต.ค. พ.ศ. 44", "9 ตุลาคม ค.ศ. 2001", "9 ตุลาคม 2001", "วันที่ 9 ตุลาคม 2544", "วันที่ 9 เดือน ตุลาคม พ.ศ. 2544",
        "วันอังคารที่ 9 ตุลาคม 2544", "อังคาร 9 ตุลาคม 2544", "อ. 9 ต.ค. 2544", "9 Oct 2001", "9 october 2001", "9 Oct. 2001", "9 OCT 2544",
        "9th of October 2001", "October 9, 2001", "Oct 9 2001", "October 9th, 2001", "Tuesday, 9 October 2001", "9 October 2001 (B.E. 2544)",
        "9 Oct B.E. 2544", "9 Oct B.E. 44",
    ],
)  # fmt: skip
def test_the_forms_people_type_are_understood(typed):
    assert read_date(typed) == DAY


@pytest.mark.parametrize(("typed", "day"), [("29 ก.พ. 2567", date(2024, 2, 29)), ("29/2/2543", date(2000, 2, 29)), ("29 Feb 2024", date(2024, 2, 29))])
def test_a_leap_day_is_judged_in_the_common_era(typed, day):
    assert read_date(typed) == day


@pytest.mark.parametrize("typed", ["31 ก.พ. 2569", "29 ก.พ. 2568", "31/4/2569", "0/1/2569", "32 ม.ค. 2569", "2026-02-30", "1/13/2569", "Feb 30, 2026"])
def test_a_day_not_in_the_calendar_is_called_impossible(typed):
    assert refusal(f" {typed} ") == ("date_impossible", {"text": typed})


@pytest.mark.parametrize(
    ("typed", "year"),
    [("1/1/25699", 25699), ("1 ม.ค. 25699", 25699), ("1/1/2200", 2200), ("9 ต.ค. 2300", 2300), ("1/1/2701", 2701), ("1/1/1856", 1856),
     ("1/1/999999999", 999999999), ("9 ตุลาคม พ.ศ. 2001", 2001), ("9 Oct C.E. 2544", 2544), ("1/1/5", 5), ("Jan 1, 25699", 25699)],
)  # fmt: skip
def test_a_year_nobody_plans_in_is_out_of_range(typed, year):
    assert refusal(typed) == ("year_out_of_range", {"year": year, "first": 2400, "last": 2700})


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "สาม", "25699", "29 Feb", "9 ต.ค.", "9 ฟ.ค. 2544", "9/10-2544", "9 Oct 01", "ต.ค. 2544", "9 October 2001 (B.E. 2545)",
     "=cmd|' /C calc'!A0", "<script>", "'; DROP TABLE change", "😀", "9 ต.ค. 2544 10 ต.ค. 2544", "พรุ่งนี้"],
)  # fmt: skip
def test_what_is_no_date_is_unreadable(typed):
    assert refusal(typed) == ("date_unreadable", {"text": typed.strip()})


def test_a_very_long_text_is_refused_by_its_beginning_only():
    assert refusal("9" * 100_000) == ("date_unreadable", {"text": "9" * 60})


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_a_refusal(text):
    try:
        assert isinstance(read_date(text), date)
    except PsoError as refused:
        assert refused.code in {"date_unreadable", "date_impossible", "year_out_of_range"}


@given(st.dates(date(1901, 1, 1), date(2156, 12, 31)), st.sampled_from(LANGUAGES), st.sampled_from(("short", "long", "numeric")))
def test_any_date_of_ours_is_read_as_it_was_written(day, language, style):
    assert read_date(say_date(day, phrases(language), style)) == day


@given(st.text())
def test_thai_digits_and_back_change_nothing_else(text):
    assert arabic_digits(thai_digits(text)) == arabic_digits(text)
    assert len(thai_digits(text)) == len(text)


def test_digits_change_and_letters_stay():
    assert thai_digits("P.S.O. 1101 ปี 2544") == "P.S.O. ๑๑๐๑ ปี ๒๕๔๔"
    assert arabic_digits("๐๑๒๓๔๕๖๗๘๙") == "0123456789"


def test_a_moment_is_told_in_thai_time():
    late_evening = datetime(2001, 10, 8, 18, 5, tzinfo=UTC)
    assert say_moment(late_evening, TH) == "9 ต.ค. 2544 เวลา 01:05 น."
    assert say_moment(late_evening.replace(tzinfo=None), EN) == "9 Oct 2001 at 01:05"


@pytest.mark.parametrize(
    ("days", "unit", "thai", "english"),
    [
        (5, "days", "อีก 5 วัน", "5 days left"),
        (1, "days", "อีก 1 วัน", "1 day left"),
        (0, "days", "ครบกำหนดวันนี้", "due today"),
        (-1, "days", "เกินกำหนด 1 วัน", "1 day overdue"),
        (-3, "days", "เกินกำหนด 3 วัน", "3 days overdue"),
        (-9062, "days", "เกินกำหนด 9,062 วัน", "9,062 days overdue"),
        (5, "working_days", "อีก 5 วันทำการ", "5 working days left"),
        (-1, "working_days", "เกินกำหนด 1 วันทำการ", "1 working day overdue"),
        (40, "validity", "อีก 40 วัน", "40 days left"), (0, "validity", "วันนี้เป็นวันสุดท้าย", "today is its last day"),
        (-1, "validity", "หมดอายุมาแล้ว 1 วัน", "expired 1 day ago"), (-8085, "validity", "หมดอายุมาแล้ว 8,085 วัน", "expired 8,085 days ago"),
    ],
)
def test_days_left_are_told_as_people_say_them(days, unit, thai, english):
    assert say_days_left(days, TH, unit) == thai
    assert say_days_left(days, EN, unit) == english


def test_a_day_on_the_days_off_that_begin_after_today_is_not_said_to_be_today():
    assert say_working_days_left(0, TH, on_days_off=True) == "ครบกำหนดก่อนวันทำการถัดไป"
    assert say_working_days_left(0, EN, on_days_off=True) == "due before the next working day"
    assert say_working_days_left(0, EN, on_days_off=False) == "due today"


def test_the_fiscal_year_is_said_in_both_eras_in_english():
    assert say_fiscal_year(2545, TH) == "ปีงบประมาณ พ.ศ. 2545"
    assert say_fiscal_year(2545, EN) == "fiscal year 2002 (B.E. 2545)"
