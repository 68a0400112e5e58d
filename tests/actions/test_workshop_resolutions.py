"""The rows that a decision wrote are told by the history, also where the project came from another office."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from pso_core.actions.projects import export_project, import_project
from pso_core.actions.workshop_decisions import Decided, begin, decide, meeting_of, resolution_of
from pso_core.actions.workshops import Asked, Opening
from pso_core.documents.minutes import minutes_file
from pso_core.office import Office
from tests.actions.workshop_rooms import LEADER, Held, held
from tests.actions.peopled import office
from tests.building import an_office, lampang, person, write

GATHERED = {"vision": "vision", "mission": "mission", "tasks": "task", "plan": "activity"}
ADMIN = person("administrator")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path / "other.duckdb") as opened:
        yield opened


@pytest.fixture
def project(office: Office) -> str:
    return lampang(office)


def gathered(office: Office, project: str, step: str) -> Held:
    room = begin(office, LEADER, project, Opening(step, "รวบรวม", few_shown=True))
    asked = Asked("phrases", "ข้อเสนอ", (), {"names": {}, "writes": "texts", "step": step})
    return held(office, project, asked, phase="revealed", room_id=room.id)


def written(office: Office, project: str, action: str = "decide_together") -> dict[str, frozenset[str]]:
    return office.store.written_with(project, "resolution", action)


@pytest.mark.parametrize("step", GATHERED)
def test_the_rows_that_a_decision_wrote_are_found_with_it_and_no_other(office, project, step):
    here = gathered(office, project, step)
    saved = decide(office, LEADER, here.id, "q1", Decided(["ข้อใหม่ ก", "ข้อใหม่ ข"], "ตามที่รวบรวม"))
    taken = resolution_of(here.room, here.room.question)
    found = written(office, project)
    assert found == {taken: frozenset(saved.ids) - {taken}}
    assert {office.store.state(project).get(one).kind for one in found[taken]} == {GATHERED[step]}
    write(office, project, "mission", text="เพิ่มทีหลัง", position=90)
    assert (written(office, project), written(office, project, "save")) == (found, {})


def test_decided_again_each_resolution_has_the_rows_that_it_wrote(office, project):
    here = gathered(office, project, "mission")
    decide(office, LEADER, here.id, "q1", Decided(["ข้อใหม่ ก"], "ก"))
    for phase in ("open", "closed", "revealed"):
        here.to(phase, because="ยังไม่ครบ")
    decide(office, LEADER, here.id, "q1", Decided(["ข้อใหม่ ก", "ข้อใหม่ ข"], "ก และ ข"))
    state, found = office.store.state(project), written(office, project)
    assert [[state.get(one)["text"] for one in found[resolution_of(here.room, here.room.question, round_)]] for round_ in (1, 2)] == [["ข้อใหม่ ก"], ["ข้อใหม่ ข"]]


def test_another_office_finds_them_too_when_the_history_came_along(office, project, elsewhere):
    here = gathered(office, project, "mission")
    decide(office, LEADER, here.id, "q1", Decided(["ข้อใหม่ ก"], "ก"))
    assert written(elsewhere, import_project(elsewhere, ADMIN, export_project(office, ADMIN, project, with_history=True))) == written(office, project) != {}
    assert written(elsewhere, import_project(elsewhere, ADMIN, export_project(office, ADMIN, project))) == {}


def test_minutes_without_their_room_have_each_decided_question_once_with_its_newest_resolution(office, project, elsewhere):
    here = gathered(office, project, "mission")
    for because in ("", "ยังไม่ครบ"):
        if because:
            here.to("open", because=because), here.to("closed"), here.to("revealed")
        decide(office, LEADER, here.id, "q1", Decided(["ข้อใหม่ ก"], "ก"))
    there = import_project(elsewhere, ADMIN, export_project(office, ADMIN, project))
    word = minutes_file(elsewhere, LEADER, there, meeting_of(here.id), "docx", "th", False)[1]
    told = [one.text for one in Document(BytesIO(word)).paragraphs]
    at = told.index("ระเบียบวาระการประชุม")
    assert told[at + 1 : at + 3] == ["ระเบียบวาระที่ 1 ข้อเสนอ (มติที่ 2)", "มติที่ประชุม"]
