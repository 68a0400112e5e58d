"""What every form promises: nothing typed is lost, the same field twice is shown to both, a mistake says what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions import people
from pso_core.actions.sign_in import sign_out_everywhere
from pso_core.errors import PsoError
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import read_date
from pso_core.ui import fields
from pso_core.ui.form import Form
from pso_core.ui.plain import as_label
from tests.building import person, remove, write
from tests.pages.conftest import fault, press, shown, text_of

TH = phrases("th")
SAVE = TH("app.save_one", kind=TH("fields.vision.one"))


def test_a_saved_text_is_in_the_database_and_said_to_be(office, example, visit):
    at = visit("step_1_vision")
    at.text_area[0].set_value("ข้อความใหม่").run()
    press(at, SAVE)
    assert fault(at) == []
    assert text_of(office, example) == "ข้อความใหม่"
    assert [toast.value for toast in at.toast] == [TH("app.saved")]


def test_a_button_works_for_whoever_presses_it_then(office, example, visit):
    before, administrator = text_of(office, example), person("administrator")

    def pressed_after(happens: Callable[..., object], *how: Any) -> tuple[list[str], str]:
        at = visit("step_1_vision")
        at.text_area[0].set_value("ข้อความใหม่").run()
        happens(office, *how)
        press(at, SAVE)
        return fault(at), text_of(office, example)

    signed_out = pressed_after(sign_out_everywhere, person("facilitator"))
    another_role = pressed_after(people.change_role, administrator, "p-facilitator", "viewer")
    people.change_role(office, administrator, "p-facilitator", "facilitator")
    closed = pressed_after(people.disable, administrator, "p-facilitator")
    assert [signed_out, another_role, closed] == [([], before)] * 3


def test_two_people_changing_different_fields_of_one_row_both_get_in(office, example, visit):
    one, other = visit("step_1_vision"), visit("step_1_vision", role="administrator")
    one.text_area[0].set_value("ข้อความของคนแรก").run()
    other.text_input[0].set_value("9 ต.ค. 2544").run()
    press(one, SAVE)
    press(other, SAVE)
    vision = office.store.state(example).only("vision")
    assert (vision["text"], vision["adopted_on"]) == ("ข้อความของคนแรก", "2001-10-09")


def clashed(visit) -> tuple[AppTest, AppTest]:
    """Two people who saved the same field; the second was refused."""
    one, other = visit("step_1_vision"), visit("step_1_vision", role="administrator")
    one.text_area[0].set_value("ข้อความของคนแรก").run()
    other.text_area[0].set_value("ข้อความของคนที่สอง").run()
    press(one, SAVE)
    press(other, SAVE)
    return one, other


def choose(at: AppTest, which: str) -> AppTest:
    next(choice for choice in at.button_group if choice.key.endswith("/which")).set_value(which).run()
    return press(at, TH("app.clash_save"))


def test_two_people_changing_the_same_field_see_both_texts_headed_by_what_they_are_and_choose_one(office, example, visit):
    """Neither person's text heads them: it would seem to be decided."""
    _, other = clashed(visit)
    assert "ข้อความของคนแรก" in shown(other)
    assert "ข้อความของคนที่สอง" in shown(other)
    heading = f"{TH('fields.vision.one')} · {TH('fields.vision.text.label')}"
    assert f"**{heading}**" in [element.value.replace("\\", "") for element in other.markdown]
    assert other.text_area[0].value == "ข้อความของคนที่สอง"
    assert text_of(office, example) == "ข้อความของคนแรก"
    choose(other, "theirs")
    assert (fault(other), text_of(office, example)) == ([], "ข้อความของคนแรก")


def test_what_is_typed_after_a_clash_is_the_text_chosen_from(office, example, visit):
    _, other = clashed(visit)
    other.text_area[0].set_value("ข้อความที่สาม").run()
    assert TH("app.clash_save") not in [button.label for button in other.button]
    press(other, SAVE)
    assert text_of(office, example) == "ข้อความของคนแรก"
    choose(other, "mine")
    assert (fault(other), text_of(office, example)) == ([], "ข้อความที่สาม")


def test_a_row_that_is_not_removed_keeps_what_was_typed_about_it(office, example, visit):
    row = office.store.state(example).of("activity")[0]
    at = visit("step_7_plan")
    at.button(key=f"open/{row.id}").click().run()
    next(box for box in at.text_input if box.key.endswith("/name")).set_value("พิมพ์ค้างไว้").run()
    write(office, example, "activity", row.id, budget=1)
    at.button(key=f"remove/{row.id}").click().run()
    assert fault(at) == []
    assert next(box for box in at.text_input if box.key.endswith("/name")).value == "พิมพ์ค้างไว้"
    assert office.store.state(example).get(row.id)["name"] == row["name"]


def test_what_was_typed_in_a_row_that_somebody_removed_is_said_and_kept_until_it_is_dropped(office, example, visit):
    write(office, example, "task", tier="main", code="1.9", name="งานที่จะถูกลบ")
    stays, *_, gone = office.store.state(example).of("task")
    at, save = visit("step_3_tasks"), TH("page_tasks.save")
    for row, typed in ((gone, 17), (stays, 8)):
        next(box for box in at.text_input if box.key.endswith(f"/{row.id}/points")).set_value(str(typed)).run()
    remove(office, example, gone.id)
    at.run()
    press(at, save)
    line = as_label(f"{gone['code']} {gone['name']} · {TH('fields.task.points.label')}: 17")
    assert fault(at) == []
    assert [line in warning.value for warning in at.warning] == [True]
    assert as_label(TH("refusals.row_gone", kind=TH("fields.task.one"))) in [error.value.rstrip("\u2060") for error in at.error]
    assert office.store.state(example).get(stays.id)["points"] == stays["points"]
    assert line in visit("step_3_tasks").warning[0].value  # also after a reload
    press(at, TH("app.drop_gone"))
    press(at, save)
    press(at, TH("app.clash_save"))  # a tier's points are one set, and it lost a task
    assert (fault(at), list(at.warning)) == ([], [])
    assert office.store.state(example).get(stays.id)["points"] == 8


def test_a_tick_taken_back_is_nothing_typed(office, empty, visit):
    at = visit("step_9_certification")
    for tick in (True, False):
        at.checkbox[0].set_value(tick).run()
        assert bool(office.store.drafts.places("p-facilitator")) == tick


@pytest.mark.parametrize(("told", "kept"), [("ข้อความใหม่", {}), (None, {}), ("ข้อความใหม่กว่า", {("vision", "text"): "ข้อความใหม่กว่า"})])
def test_of_a_field_of_before_the_save_only_what_was_typed_since_counts(office, example, visit, monkeypatch, told, kept):
    """Streamlit reports it once more when another part of the page asked to run while the save was under way. None: as it was stored before."""
    drawn, begin = [], Form.__init__
    monkeypatch.setattr(Form, "__init__", lambda form, *how, **more: (begin(form, *how, **more), drawn.append(form))[0])
    stored = office.store.state(example).get("vision")["text"]
    at = visit("step_1_vision")
    before = drawn[-1].row("vision", "vision").key("text")
    at.text_area[0].set_value("ข้อความใหม่").run()
    late = drawn[-1]
    press(at, SAVE)
    monkeypatch.setattr(fields, "value_in_state", lambda field, key: told or stored)
    late.typed("vision", "text", before)
    assert at.session_state[f"form:{example}/vision"].typed == kept
    assert len(office.store.drafts.places("p-facilitator")) == len(kept)


def test_a_full_disk_keeps_nobody_from_typing_or_reading(office, example, visit):
    at, room = visit("step_1_vision"), office.store.engine._room
    office.store.engine._room = 2**62  # no disk has so much left
    at.text_area[0].set_value("พิมพ์ตอนดิสก์เต็ม").run()
    assert fault(at) == []
    assert as_label(TH("refusals.disk_refused")) in shown(at)
    assert "อย่าโหลดใหม่หรือออกจากหน้านี้" in TH("refusals.disk_refused").replace("\u2060", "")  # no draft of it is kept
    office.store.engine._room = room
    press(at, SAVE)
    assert text_of(office, example) == "พิมพ์ตอนดิสก์เต็ม"


def test_somebody_elses_change_shows_at_the_next_look_where_nothing_was_typed(office, example, visit):
    at = visit("step_1_vision")
    write(office, example, "vision", "vision", text="เปลี่ยนจากที่อื่น")
    assert at.run().text_area[0].value == "เปลี่ยนจากที่อื่น"


def test_a_person_typing_is_told_that_somebody_changed_the_row_meanwhile(office, example, visit):
    at = visit("step_1_vision")
    at.text_area[0].set_value("กำลังพิมพ์").run()
    write(office, example, "vision", "vision", adopted_on="2001-01-01")
    at.run()
    assert TH("app.changed_meanwhile") in shown(at)
    assert at.text_area[0].value == "กำลังพิมพ์"


BAD_TEXTS = {"required": "   ", "too_long": "ก" * 100_000}


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_text_that_cannot_be_kept_is_refused_with_a_sentence_and_stays_on_the_screen(office, example, visit, language):
    before, at, say = text_of(office, example), visit("step_1_vision", language=language), phrases(language)
    for code, typed in BAD_TEXTS.items():
        at.text_area[0].set_value(typed)
        press(at, say("app.save_one", kind=say("fields.vision.one")))
        assert as_label(say(f"mistakes.{code}", length=100_000, limit=1_000)) in [error.value for error in at.error]
        assert (at.text_area[0].value, text_of(office, example)) == (typed, before)


BAD_DATES = {"31 ก.พ. 2569": "date_impossible", "1/1/25699": "year_out_of_range", "เมื่อวาน": "date_unreadable", "**เมื่อวาน** :red[x]": "date_unreadable"}


def test_an_impossible_date_is_refused_and_stays_as_typed_and_is_text_in_its_mistake_too(office, example, visit):
    at = visit("step_1_vision")
    for typed, code in BAD_DATES.items():
        at.text_input[0].set_value(typed)
        press(at, SAVE)
        with pytest.raises(PsoError) as refusal:
            read_date(typed)
        said = [error.value for error in at.error]
        assert (refusal.value.code, as_label(TH(f"mistakes.{code}", **refusal.value.facts)) in said) == (code, True)
        assert (at.text_input[0].value, office.store.state(example).only("vision")["adopted_on"]) == (typed, None)
    assert [error for error in said if "**เมื่อวาน" in error or ":red" in error] == []
    assert any(r"\*\*เมื่อวาน" in error for error in said)


def test_a_date_stays_as_it_was_typed_until_it_is_saved(example, visit):
    for typed in ("2544-10-09", "25441009"):
        visit("step_1_vision").text_input[0].set_value(typed).run()
        assert visit("step_1_vision").text_input[0].value == typed


HOSTILE = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "'; DROP TABLE change; --", ":red[แดง] **หนา** 😀", "{agency}"]


def test_a_text_is_kept_and_shown_as_it_was_written(office, example, visit):
    at = visit("step_1_vision")
    for text in HOSTILE:
        at.text_area[0].set_value(text)
        press(at, SAVE)
        assert (fault(at), text_of(office, example)) == ([], text)
        assert "<script>alert" not in "".join(element.proto.body for element in at.get("html"))


def test_a_viewer_reads_but_finds_nothing_to_press(office, example, visit):
    at = visit("step_1_vision", role="viewer")
    assert fault(at) == []
    assert all(box.disabled for box in at.text_area)
    assert [button.label for button in at.button if button.label == SAVE and not button.disabled] == []


def test_a_code_used_twice_is_one_mistake_said_once_at_its_field(office, example, visit):
    at = visit("step_2_mission")
    press(at, TH("app.add", kind=TH("fields.mission.one")))
    next(one for one in at.text_input if one.label == TH("fields.mission.code.label")).set_value("1").run()
    next(one for one in at.text_area if one.label == TH("fields.mission.text.label")).set_value("ซ้ำ").run()
    press(at, TH("app.save_one", kind=TH("fields.mission.one")))
    said = as_label(TH("mistakes.already_used", value="1"))
    assert [error.value for error in at.error if error.value == said] == [said]
    assert len([error.value for error in at.error if as_label(TH("refusals.mistakes", count=1)) in error.value]) == 1
