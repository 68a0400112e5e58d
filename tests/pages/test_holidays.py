"""The office's holidays on the administration page: read, added, taken away, and a calendar file looked at first."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.holidays import add_holiday, lists, remove_holiday
from pso_core.actions.sign_in import begin_session
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.navigation import ROOT
from pso_core.ui.plain import as_html
from pso_core.ui.visit import TOKEN
from tests.building import person
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//TH
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270101
SUMMARY:วันขึ้นปีใหม่
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261231
SUMMARY:วันสิ้นปี (มีอยู่แล้ว)
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def page(visit, role: str = "administrator", language: str = "th") -> AppTest:
    return visit("settings", role=role, language=language)


def box(at: AppTest, key: str):
    return next(one for one in at.text_input if one.label == TH(f"page_holidays.{key}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_this_year_is_shown_and_the_years_without_one_are_said(office, example, visit, language):
    at, say = page(visit, language=language), phrases(language)
    assert fault(at) == []
    text = shown(at)
    assert as_html(lists(office)[2569][0].name[language]) in text
    assert as_html(say("page_holidays.without_list", years=", ".join(say("page_holidays.be", be=year) for year in (2570, 2571)))) in text


def test_a_list_with_few_days_is_said_to_be_perhaps_incomplete(office, example, visit):
    """As beside the schedule, also when every day was taken out of it: a year without a list is another matter."""
    days = [Holiday(date(2027, 1, 1 + day), Words("วันหยุด", "holiday")) for day in range(10)]
    add_holiday(office, person("administrator"), days[0])
    remove_holiday(office, person("administrator"), days[0].day)
    for few, language in ((0, "th"), (3, "en"), (10, "th")):
        say = phrases(language)
        for day in days[len(lists(office)[2570]) : few]:
            add_holiday(office, person("administrator"), day)
        sentence = as_html(say("page_holidays.thin", few=10, years=say("page_holidays.thin_year", be=2570, count=few)))
        text = shown(page(visit, language=language))
        assert (few, sentence in text) == (few, few < 10)
        assert as_html(say("page_holidays.without_list", years=say("page_holidays.be", be=2571))) in text


def test_a_day_is_added_to_the_list_of_its_own_year_and_taken_away_again(office, example, visit):
    at = page(visit)
    box(at, "day").set_value("4 ม.ค. 2570").run()
    box(at, "name_th").set_value("วันหยุดของจังหวัด").run()
    press(at, TH("page_holidays.add"))
    assert fault(at) == []
    assert lists(office)[2570] == (Holiday(date(2027, 1, 4), Words("วันหยุดของจังหวัด", "วันหยุดของจังหวัด")),)
    assert box(at, "day").value == ""
    assert at.button_group[0].value == 2570 and as_html("วันหยุดของจังหวัด") in shown(at)  # seen where it was added
    at.selectbox[0].set_value(date(2027, 1, 4)).run()
    press(at, TH("page_holidays.remove"))
    assert fault(at) == []
    assert lists(office)[2570] == ()


def test_what_cannot_be_added_is_said_stays_typed_and_changes_nothing(office, example, visit):
    at, before = page(visit), lists(office)
    for typed, said in (
        ({"day": "31 ธ.ค. 2569", "name_th": "วันสิ้นปี"}, TH("refusals.holiday_known", date="31 ธ.ค. 2569")),
        ({"day": "4 ม.ค. 2570", "name_th": "  "}, TH("refusals.holiday_unnamed", date="4 ม.ค. 2570")),
    ):
        for key, value in typed.items():
            box(at, key).set_value(value).run()
        press(at, TH("page_holidays.add"))
        assert said in "\n".join(errors(at))
        assert {key: box(at, key).value for key in typed} == typed
    assert lists(office) == before
    box(at, "day").set_value("31 ก.พ. 2570").run()
    assert TH("mistakes.date_impossible", text="31 ก.พ. 2570") in shown(at).replace("\\", "")
    assert [button.disabled for button in at.button if button.label == TH("page_holidays.add")] == [True]


def test_a_calendar_file_is_looked_at_before_it_is_taken_in(office, example, visit):
    at, before = page(visit), lists(office)
    at.file_uploader[0].upload("holidays.ics", FILE, "text/calendar").run()
    assert as_html("วันขึ้นปีใหม่") in shown(at) and as_html("วันสิ้นปี (มีอยู่แล้ว)") not in shown(at)
    assert lists(office) == before
    press(at, TH("page_holidays.import_yes", count=1))
    assert fault(at) == []
    assert [one.day for one in lists(office)[2570]] == [date(2027, 1, 1)]
    assert at.button_group[0].value == 2570
    assert lists(office)[2569] == before[2569]


def test_a_file_with_nonsense_is_refused_and_changes_nothing(office, example, visit):
    before = lists(office)
    for data in ("ไม่ใช่ปฏิทิน".encode(), b"\x00\xff" * 100, b""):
        at = page(visit)
        at.file_uploader[0].upload("holidays.ics", data, "text/calendar").run()
        assert (data, fault(at), errors(at) != []) == (data, [], True)
    assert lists(office) == before


def test_a_file_whose_days_are_all_there_adds_nothing(office, example, visit):
    add_holiday(office, person("administrator"), Holiday(date(2027, 1, 1), Words("ก", "a")))
    at = page(visit)
    at.file_uploader[0].upload("holidays.ics", FILE, "text/calendar").run()
    assert as_html(TH("page_holidays.nothing_new")) in shown(at)


def test_nobody_else_finds_them_on_the_administration_page(office, example):
    for role in ("viewer", "member", "head", "facilitator"):
        at = AppTest.from_file(str(ROOT / "settings.py"), default_timeout=60)
        at.session_state[TOKEN] = begin_session(office, person(role).id)
        at.run()
        assert (role, fault(at), TH("page_holidays.title") in shown(at)) == (role, [], False)
        assert TH("page_holidays.add") not in [button.label for button in at.button]
