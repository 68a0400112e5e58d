"""Every page there is, for every role, in both languages, empty and full: it opens, says what it is for, and hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pso_core import standards
from pso_core.actions.first_start import EXAMPLE, is_example
from pso_core.actions.sign_in import begin_session
from pso_core.office import Office
from pso_core.steps import ALL_STEPS
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.navigation import ROOT, step_file
from pso_core.ui.plain import as_html
from pso_core.ui.visit import TOKEN
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown

ALL_PAGES = sorted(path.stem for path in ROOT.glob("*.py"))
PAGES = [page for page in ALL_PAGES if page != "settings"]  # in the menu of administrators only
STEP_PAGES = {step.key: step_file(step.key).stem for step in ALL_STEPS}
WRITING = ("add/", "remove/", "restore/", "take/", "samples/")  # so begin the keys of buttons that write; those of forms end in /save, of popovers in /yes
ENDING = {phrases("th")("app.sign_out"), phrases("th")("page_people.everywhere")}  # the visit is over once they are pressed


def backups(office: Office) -> list[str]:
    return [copy.name for copy in (office.store.engine.path.parent / "backups").glob("*.duckdb")]


def test_every_step_has_its_page_and_every_page_is_found():
    assert set(STEP_PAGES.values()) <= set(ALL_PAGES)


# Looking changes nothing, so that all pages are opened in one database: its making takes longer than all the looking.
@pytest.mark.parametrize(("role", "language"), [("facilitator", "th"), ("facilitator", "en"), ("member", "th"), ("head", "th"), ("administrator", "th")])
def test_every_page_opens_on_the_example(office, example, visit, role, language):
    opened = {page: visit(page, role=role, language=language) for page in PAGES}
    assert {page: fault(at) for page, at in opened.items()} == dict.fromkeys(PAGES, [])
    assert [page for page, at in opened.items() if shown(at) == ""] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_on_an_empty_project_and_a_step_says_what_it_is_for_and_what_to_do_first_and_draws_no_chart(office, empty, visit, language):
    opened, say, guides = {page: visit(page, language=language) for page in PAGES}, phrases(language), standards.load()
    assert {page: fault(at) for page, at in opened.items()} == dict.fromkeys(PAGES, [])
    told = {}
    for key, page in STEP_PAGES.items():
        at, first = opened[page], say(f"guidance.{key}.first")[:20]
        charts = len(at.get("vega_lite_chart")) + len(at.get("arrow_vega_lite_chart"))
        told[key] = (as_html(guides.guide(key).purpose[language]) in shown(at), any(first in info.value.replace("\\", "") for info in at.info), charts)
    assert told == dict.fromkeys(STEP_PAGES, (True, True, 0))


def with_every_kind(office: Office, project: str) -> None:
    """The example has no row of these."""
    write(office, project, "proposal", text="ข้อมูลที่ทุกคนใช้ร่วมกัน", person="p-member")
    write(office, project, "supervision", visited_on="2026-11-20", found="เรียบร้อย", person="p-head")
    write(office, project, "finding", audit=office.store.state(project).of("audit")[0].id, text="ป้ายไม่ชัด")
    write(office, project, "readiness", part="contents", ready=True)


def press_everything(at: AppTest, page: str) -> dict[str, str]:
    """{key: label} of the buttons pressed, also of those that appear when another is pressed."""
    pressed: dict[str, str] = {}
    assert (page, fault(at)) == (page, [])
    while button := next((one for one in at.button if not (one.disabled or one.key in pressed or one.label in ENDING)), None):
        pressed[button.key] = button.label
        button.click().run()
        assert (page, button.key, fault(at)) == (page, button.key, [])
    return pressed


def test_a_viewer_presses_every_button_of_every_page_and_nothing_is_written(office, example, visit):
    """In one database, for its making takes longer than all the pressing."""
    with_every_kind(office, example)
    before, people, pressed = contents(office.store, example), office.store.people.all(), {}
    for page in PAGES:
        pressed |= press_everything(visit(page, role="viewer"), page)
        assert (page, contents(office.store, example), office.store.people.all()) == (page, before, people)
    assert [label for key, label in pressed.items() if key.startswith(WRITING) or key.endswith(("/save", "/yes"))] == []
    assert (office.store.projects(), office.store.drafts.places("p-viewer")) == ((example,), ())
    opened = {key.removeprefix("open/").partition(":")[0] for key in pressed if key.startswith("open/")}
    assert opened >= {"division", "worksheet", "goal", "indicator", "activity"}  # rows opened for reading: it did press


def first_of_each(at: AppTest) -> dict[tuple[str, str], str]:
    """{("open" or "add", kind): key} of the buttons that open a row or begin one."""
    keys = [str(button.key) for button in reversed(at.button)]
    return {(key.split("/")[0], key.split("/")[1].partition(":")[0]): key for key in keys if key.startswith(("open/", "add/"))}


def test_a_facilitator_opens_a_row_of_every_kind_and_begins_one_in_every_section_and_could_save_it(office, example, visit):
    with_every_kind(office, example)
    opened, unsaved = set(), []
    for page in PAGES:
        at = visit(page)
        sections = next((one for one in at.button_group if str(one.key).endswith("/section")), None)
        for section in sections.options if sections else [""]:
            if section:
                at.button_group(key=sections.key).set_value(section).run()
            for what, key in first_of_each(at).items():
                next(button for button in at.button if button.key == key).click().run()
                assert (page, section, key, fault(at)) == (page, section, key, [])
                opened.add(what)
                if not any(str(button.key).endswith("/save") and not button.disabled for button in at.button):
                    unsaved.append((page, section, key))
    assert unsaved == []
    kinds = {"task", "goal", "indicator", "activity", "evidence", "file", "supervision", "linkage", "audit", "finding", "decision", "result"}
    assert opened >= {(verb, kind) for verb in ("open", "add") for kind in kinds}


def test_the_administration_page_is_opened_to_nobody_else_and_its_address_leads_home(office, example, visit):
    """Also in the tab where an administrator was a moment ago, with the button still in sight."""
    at = visit("settings", role="administrator")
    at.session_state[TOKEN] = begin_session(office, person("facilitator").id)
    press(at, phrases("th")("page_settings.back_up"))
    assert fault(at) == []
    assert phrases("th")("page_home.steps") in shown(at)
    assert [button.label for button in at.button] == [phrases("th")("app.sign_out")]
    assert backups(office) == []


def test_the_administration_page_reached_past_the_menu_refuses_every_button(office, example):
    office.store.settings.set(EXAMPLE, True)
    say, buttons = phrases("th"), {"back_up": "backup", "check_now": "backup", "end_example_yes": "manage_people"}
    told, expected = {}, {}
    for role in ("viewer", "member", "head", "facilitator"):
        at = AppTest.from_file(str(ROOT / "settings.py"), default_timeout=60)
        at.session_state[TOKEN] = begin_session(office, person(role).id)
        at.run()
        for button, verb in buttons.items():
            press(at, say(f"page_settings.{button}"))
            told[role, button] = (fault(at), errors(at), len(at.success))
            expected[role, button] = ([], [say("refusals.not_allowed", role=say(f"choices.role.{role}"), verb=say(f"choices.verb.{verb}"))], 0)
    assert told == expected
    assert (backups(office), is_example(office)) == ([], True)


def test_a_list_with_nothing_in_it_says_so_also_to_who_may_not_add(office, empty, visit):
    say = phrases("th")
    for page, kind in (("step_1_vision", "proposal"), ("profile", "division"), ("step_7_plan", "activity")):
        at = visit(page, role="viewer")
        assert (fault(at), say("app.none_yet", kind=say(f"fields.{kind}.one")) in shown(at)) == ([], True), page
    at = visit("step_9_certification", role="viewer")
    next(one for one in at.button_group if one.key == "certification/section").set_value("outcome").run()
    assert say("app.none_yet", kind=say("fields.decision.one")) in shown(at)


def test_the_notices_of_the_assessment_always_show(office, example, visit):
    text = shown(visit("step_6_assessment"))
    for notice in standards.load().guide("assessment").notices:
        assert as_html(notice["th"]) in text


def test_an_administrator_can_back_up_and_check_from_the_page(office, example, visit):
    at, say = visit("settings", role="administrator"), phrases("th")
    press(at, say("page_settings.back_up"))
    assert fault(at) == []
    assert backups(office) == ["nine-steps-20261123-100000.duckdb"]  # ten in the morning in Thailand
    press(at, say("page_settings.check_now"))
    assert [success.value for success in at.success] == [say("page_settings.all_well")]


def test_pages_are_thin():
    assert [path.name for path in Path(ROOT).glob("*.py") if len(path.read_text("utf-8").splitlines()) >= 100] == []
