"""The drawer of one row: it says what it needs, keeps what is typed for what it was typed for, and stays where it was opened."""

from __future__ import annotations

import pytest

from pso_core.text.phrases import phrases
from pso_core.ui.plain import as_label
from tests.building import an_empty_project, write
from tests.pages.conftest import errors, fault, press

TH = phrases("th")


def test_a_new_row_saved_without_a_word_is_told_what_it_needs_and_stays_open(office, example, visit):
    at, before = visit("step_2_mission"), office.store.state(example).seq
    press(at, TH("app.add", kind=TH("fields.mission.one")))
    press(at, TH("app.save_one", kind=TH("fields.mission.one")))
    assert fault(at) == []
    assert as_label(TH("mistakes.required")) in [error.value for error in at.error]
    assert ("drawer" in at.session_state, office.store.state(example).seq) == (True, before)


def test_what_is_typed_for_one_mission_does_not_turn_up_under_another(office, example, visit):
    write(office, example, "mission", code="2", text="พันธกิจที่สอง")
    at, add = visit("step_2_mission"), TH("app.add", kind=TH("fields.goal.one"))
    first, second = (button for button in at.button if button.label == add)
    first.click().run()
    at.text_area[0].set_value("เป้าหมายของพันธกิจแรก").run()
    del at.session_state["drawer"]
    at.run()
    next(button for button in at.button if button.key == second.key).click().run()
    assert (fault(at), at.text_area[0].value) == ([], "")


def test_a_drawer_left_open_stays_on_its_page_and_in_its_project(office, example, visit):
    at = visit("step_2_mission")
    press(at, TH("app.add", kind=TH("fields.mission.one")))
    assert "drawer" in at.session_state
    at.switch_page("../../pages/step_7_plan.py").run()
    assert (fault(at), "drawer" in at.session_state) == ([], False)
    at.switch_page("../../pages/step_2_mission.py").run()
    press(at, TH("app.add", kind=TH("fields.mission.one")))
    at.session_state["project"] = an_empty_project(office)
    at.run()
    assert (fault(at), "drawer" in at.session_state) == ([], False)


@pytest.mark.parametrize(("who", "word"), [("facilitator", "app.edit_one"), ("viewer", "app.look_at_one")])
def test_whoever_may_only_look_is_not_told_to_edit(office, example, visit, who, word):
    at = visit("step_2_mission", role=who)
    next(button for button in at.button if button.label in (TH("app.edit"), TH("app.look"))).click().run()
    assert [dialog.proto.dialog.title for dialog in at.get("dialog")] == [TH(word, kind=TH("fields.mission.one"))]


def test_what_others_refer_to_is_not_removed_and_each_that_does_is_named(office, empty, visit):
    mission = write(office, empty, "mission", code="1", text="บริการข้อมูล").ids[0]
    for number, text in enumerate(("ค้นได้ภายในหนึ่งนาที", "ครบทุกแฟ้ม")):
        write(office, empty, "goal", f"goal:{number}", mission=mission, text=text)
    at = visit("step_2_mission")
    at.button(key=f"open/{mission}").click().run()
    press(at, TH("app.remove_yes"))
    refers = TH("mistakes.still_refers", kind=TH("fields.goal.one")).replace("\u2060", "")
    lines = [f"- **{text} · {TH('fields.goal.mission.label')}**: {refers}" for text in ("ค้นได้ภายในหนึ่งนาที", "ครบทุกแฟ้ม")]
    assert (fault(at), errors(at)) == ([], ["\n".join([TH("refusals.removal_mistakes", count=2).replace("\u2060", ""), "", *lines])])
    assert office.store.state(empty).get(mission)
