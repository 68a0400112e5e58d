"""What is due on the days off that begin after today is nowhere said to be due today."""

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
from tests.building import person, write
from tests.pages.conftest import fault, shown
from tests.pages.scheduling import now, plan
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
