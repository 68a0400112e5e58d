"""What is due on the days off that begin after today is nowhere said to be due today; what is late is late by working days."""

from __future__ import annotations

from datetime import date

import pytest

from pso_core.actions.holidays import add_holiday
from pso_core.actions.reminders import line_text
from pso_core.actions.schedule import move_phase
from pso_core.actions.status_schedule import schedule_of
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.steps.naming import Told
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.sidebar import days_left
from tests.building import person, write
from tests.pages.conftest import fault, shown
from tests.pages.scheduling import TH, now, plan
from tests.pages.test_monday import desk, read

TOMORROW = date(2026, 11, 24)


@pytest.fixture
def off(office, empty) -> str:
    """Tomorrow the offices are closed; a phase and an activity are due then."""
    add_holiday(office, person("administrator"), Holiday(TOMORROW, Words("วันหยุดพิเศษ", "Special holiday"), special=True))
    plan(office, empty, start="16/11/2569")
    move_phase(office, person("facilitator"), empty, "vision", {"due": "24/11/2569"}, now(office, empty))
    write(office, empty, "activity", name="ทำบัญชี", start="2026-11-02", due=TOMORROW.isoformat())
    return empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_due_on_the_days_off_to_come_is_not_said_to_be_due_today(office, off, visit, language):
    say, here = phrases(language), desk(office, off, language)
    at = visit("monday", language=language)
    status, _ = schedule_of(office, Told(here.say, here.standard, here.state, here.people))
    assert fault(at) == []
    for text in (read(at), shown(visit("schedule", language=language)), line_text(office, here.state, say), "\n".join(status)):
        assert say("dates.left.working_days.before_next") in text
        assert say("dates.left.working_days.today") not in text


@pytest.mark.parametrize(("due", "word", "days"), [
    ("24/11/2569", "before_next", ""), ("23/11/2569", "today", ""), ("20/11/2569", "late", "1 วันทำการ"),
    ("25/11/2569", "left", "1 วันทำการ"),
])  # fmt: skip
def test_the_menu_counts_working_days(office, off, due, word, days):
    move_phase(office, person("facilitator"), off, "vision", {"due": due}, now(office, off))
    assert days_left(desk(office, off)) == {"vision": f" · {TH(f'page_schedule.menu.{word}', days=days)}"}


def test_the_menu_says_no_number_of_days_where_no_working_day_has_gone_by(office, off):
    add_holiday(office, person("administrator"), Holiday(office.today(), Words("วันหยุดพิเศษ", "Special holiday"), special=True))
    move_phase(office, person("facilitator"), off, "vision", {"due": "20/11/2569"}, now(office, off))
    assert days_left(desk(office, off)) == {"vision": f" · {TH('page_schedule.menu.just_late')}"}
