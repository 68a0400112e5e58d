"""A phase that loses the target, told with one mark and in words wherever the schedule is told; nothing of it where the target holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.holidays import workdays
from pso_core.actions.rows import standard_of
from pso_core.actions.schedule import move_phase
from pso_core.actions.schedule_reading import Outlook, actuals, outlook
from pso_core.documents.print_letters import face_letters
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import say_date
from pso_core.ui import monday
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html
from pso_core.ui.schedule_words import LOST, MARKS, step_name, working_days
from tests.building import person
from tests.documents.pdf_reading import pages
from tests.pages.conftest import shown
from tests.pages.scheduling import PAGE, drawer, now, plan
from tests.pages.test_monday import links
from tests.pages.test_schedule import drawn

LATE = "2/11/2569"  # begun so, two phases are overdue
FAR = "31/12/2571"


def found(office: Office, project: str) -> Outlook:
    state = office.store.state(project)
    return outlook(state, workdays(office), actuals(office, project, state), office.today())


def desk(office: Office, project: str, language: str) -> Desk:
    state = office.store.state(project)
    return Desk(office, person("head"), phrases(language), state, standard_of(state), office.store.people.all(), office.today())


def phases(at: AppTest) -> Iterator[dict]:
    return (bar for bar in drawn(at) if bar["part"] == "phase")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_its_key_its_sentence_and_its_table_say_which_phases_lose_the_target(office, empty, visit, language):
    plan(office, empty, LATE)
    say, here, at = phrases(language), found(office, empty), visit(PAGE, language=language)
    assert len(here.lost) == 9 > len(here.late) == 2
    words = f"{LOST} {say('page_schedule.lost')}"
    assert all(bar["lost"] and bar["said"].startswith(bar["name"]) and bar["name"].endswith(f" · {words}") for bar in phases(at))
    text = shown(at)
    assert as_html(f"{LOST} {say('page_schedule.lost_mark', target=say_date(here.target, say))}") in text
    assert as_html(say("page_schedule.finding.with_lost", finding="", count=9)).strip() in text
    state = as_html(say("page_schedule.column.state"))
    assert sum(f"data-label='{state}'" in cell and as_html(words) in cell for cell in text.split("<td")) == 9
    assert text.count(f"<b class='late'>{as_html(words)}</b>") == 9  # in the list below


def test_where_phases_are_overdue_and_the_target_holds_nothing_of_it_is_told(office, empty, visit):
    plan(office, empty, LATE, target=FAR, target_of="submission")
    assert len(found(office, empty).late) == 2
    at = visit(PAGE)
    assert not any(bar["lost"] or LOST in bar["name"] for bar in phases(at))
    assert LOST not in shown(at)
    morning = visit("monday")
    assert LOST not in shown(morning) + "".join(label for label, *_ in links(morning))


def test_a_phase_planned_too_late_loses_the_target_before_it_is_overdue(office, empty, visit):
    plan(office, empty, "23/11/2569", target=FAR, target_of="submission")
    move_phase(office, person("facilitator"), empty, "certification", {"start": "15/12/2571"}, now(office, empty))
    assert [bar["name"][0] for bar in phases(visit(PAGE)) if bar["lost"]] == [MARKS["waiting"]]


def test_a_phase_that_waits_for_a_late_one_is_told_by_when_it_would_have_to_end(office, empty, visit):
    say = phrases("th")
    plan(office, empty, LATE)
    line = found(office, empty).of("certification")
    assert line.slack >= 0 and line.loses_target
    text = shown(visit(PAGE))
    assert as_html(say("page_schedule.latest_due_lost", date=say_date(line.latest_due, say))) in text
    too_late = say("page_schedule.latest_start", date=say_date(line.latest_start, say), days=working_days(desk(office, empty, "th"), line.slack))
    assert as_html(too_late) not in text
    assert f"{LOST} {say('page_schedule.lost')}" in shown(drawer(visit, "certification"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_monday_and_its_printed_page_mark_the_same_phases(office, empty, visit, language):
    say = phrases(language)
    plan(office, empty, LATE)
    here, at = desk(office, empty, language), visit("monday", language=language)
    heading = say("page_monday.steps_lost", steps=say("page_home.steps"), mark=LOST, count=9)
    assert as_html(heading) in shown(at)
    rows = [label for label, _, place in links(at) if place.startswith("step:")][:9]
    assert {row.split(" · ")[0] for row in rows} == {f"{MARKS[line.standing.state]} {LOST} {step_name(here, line.step)}" for line in found(office, empty).lines}
    [paper] = pages(monday.one_page(monday.to_print(monday.monday_of(here))))
    assert "".join(heading.split()) in paper and paper.count(LOST) == 1 + 9


def test_the_font_of_print_has_the_cross():
    assert LOST in face_letters()
