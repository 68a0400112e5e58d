"""Taking a project in on the projects page, and what the administration page finds."""

from __future__ import annotations

import io
import json

import pytest

from pso_core.actions.evidence import attach
from pso_core.actions.projects import EXAMPLES, export_project
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.files import picture
from tests.building import contents, person
from tests.pages.conftest import Visit, errors, fault, press, shown

TH = phrases("th")
LAMPANG = (EXAMPLES / "lampang" / "project.json").read_bytes()


def test_a_wrong_file_is_told_with_its_places_and_nothing_is_taken_in(visit: Visit, empty: str, office):
    document = json.loads(LAMPANG)
    first = next(number for number, row in enumerate(document["rows"]) if row["kind"] == "activity")
    document["rows"][first]["body"].update(position="1", lifts={"speed": 9})
    at = visit("projects", language="en")
    at.file_uploader(key="projects/file").upload("wrong.json", json.dumps(document).encode(), "application/json").run()
    press(at, "Bring a project in from a file")
    said = at.error[0].value.replace("\\", "")
    assert f"rows[{first}].body.position" in said and f"rows[{first}].body.lifts" in said
    assert "Speed can be lifted by 1 to 3 levels; you entered 9." in said
    assert (fault(at), office.store.projects()) == ([], (empty,))


def test_a_mistake_of_the_whole_file_stands_without_a_place(visit: Visit, empty: str):
    document = json.loads(LAMPANG)
    del document["people"]
    at = visit("projects", language="en")
    at.file_uploader(key="projects/file").upload("wrong.json", json.dumps(document).encode(), "application/json").run()
    press(at, "Bring a project in from a file")
    assert (fault(at), at.error[0].value.splitlines()[2]) == ([], "- “people” is missing.")


def test_a_project_file_becomes_the_current_project(visit: Visit, empty: str, office):
    at = visit("projects")
    at.file_uploader(key="projects/file").upload("lampang.json", LAMPANG, "application/json").run()
    press(at, "นำเข้าโครงการจากแฟ้ม")
    (imported,) = set(office.store.projects()) - {empty}
    assert (fault(at), at.session_state["project"]) == ([], imported)
    assert contents(office.store, imported)[1]["agency"]["province"] == "ลำปาง"


@pytest.mark.parametrize(("kept", "language"), [(True, "th"), (False, "en")])
def test_a_project_file_whose_attached_files_are_not_here_is_told_so(visit: Visit, example: str, office, language: str, kept: bool):
    piece = office.store.state(example).of("evidence")[0].id
    attach(office, person("member"), example, piece, "ภาพ.png", io.BytesIO(picture("PNG")))
    data = export_project(office, person("facilitator"), example)
    if not kept:
        office.store.contents.drop(office.store.state(example).of("attachment")[0]["sha256"])
    say = phrases(language)
    at = visit("projects", language=language)
    at.file_uploader(key="projects/file").upload("project.json", data, "application/json").run()
    press(at, say("page_projects.import"))
    said = [] if kept else [say("page_projects.files_missing", count=1)]
    assert (fault(at), [toast.value.replace("\\", "") for toast in at.toast]) == ([], [" ".join([say("app.saved"), *said])])


def test_a_project_begins_with_its_title_and_without_one_is_not_begun(visit: Visit, empty: str, office):
    at = visit("projects")
    for typed in ("", "   "):
        at.text_input(key="projects/title").set_value(typed)
        press(at, TH("page_projects.create"))
        assert (fault(at), errors(at), office.store.projects()) == ([], [TH("mistakes.required")], (empty,))
    at.text_input(key="projects/title").set_value(" การพัฒนาระบบข้อมูล ")
    press(at, TH("page_projects.create"))
    (begun,) = set(office.store.projects()) - {empty}
    assert (fault(at), office.store.state(begun).only("project")["title"]) == ([], "การพัฒนาระบบข้อมูล")


def test_the_title_of_the_current_project_can_be_changed_but_not_taken_away(visit: Visit, example: str, office):
    at = visit("projects")
    title_box(at).set_value("ระบบข้อมูลของจังหวัด").run()
    press(at, TH("page_projects.save_title"))
    assert (fault(at), office.store.state(example).only("project")["title"]) == ([], "ระบบข้อมูลของจังหวัด")
    before = contents(office.store, example)
    title_box(at).set_value("  ").run()
    press(at, TH("page_projects.save_title"))
    assert TH("mistakes.required") in errors(at)
    assert contents(office.store, example) == before


def test_a_member_is_not_offered_another_title(visit: Visit, example: str):
    at = visit("projects", role="member")
    assert (fault(at), [box.key for box in at.text_input]) == ([], [])


def title_box(at):
    return next(box for box in at.text_input if box.key.endswith("/project/title"))


@pytest.mark.parametrize(("weight", "found"), [(400, ["ต้องไม่เกิน 100 ค่าที่กรอกคือ 400"]), (40, [])])
def test_the_check_names_a_row_that_no_save_would_accept(visit: Visit, empty: str, office, weight: int, found: list[str]):
    body = {"criterion": "speed", "weight": weight, "importance": None, "reason": None}
    office.store.commit(empty, [Write("weight:speed", "weight", 0, body)], person_id="cli", action="save")
    at = press(visit("settings", role="administrator"), "ตรวจเดี๋ยวนี้")
    assert [error.value.split(" ", 1)[1] for error in at.error] == found
    assert (fault(at), len(at.success)) == ([], 0 if found else 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_project_the_page_says_what_to_do_first(visit: Visit, language: str):
    told, say = {"facilitator": "first", "administrator": "first", "member": "ask", "viewer": "ask"}, phrases(language)
    opened = {role: visit("projects", role=role, language=language) for role in told}
    found = {role: (fault(at), [info.value for info in at.info]) for role, at in opened.items()}
    assert found == {role: ([], [say(f"page_projects.{key}")]) for role, key in told.items()}


def test_with_a_project_nothing_need_be_done_first(visit: Visit, empty: str):
    assert list(visit("projects").info) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_export_without_history_says_what_becomes_of_closed_rounds(office, example, visit: Visit, language):
    at, sentence = visit("projects", language=language), phrases(language)("page_projects.without_history")
    assert sentence in shown(at)
    at.checkbox(key="projects/history").check().run()
    assert (fault(at), sentence in shown(at)) == ([], False)
