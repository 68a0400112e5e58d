"""What was typed and not saved comes back on the next visit, once, and never after it was saved."""

from __future__ import annotations

from pso_core.text.phrases import phrases
from tests.pages.conftest import fault, press, shown, text_of

TH = phrases("th")
SAVE = TH("app.save_one", kind=TH("fields.vision.one"))


def test_what_was_typed_survives_a_reload(office, example, visit):
    visit("step_1_vision").text_area[0].set_value("พิมพ์ค้างไว้").run()
    again = visit("step_1_vision")
    assert again.text_area[0].value == "พิมพ์ค้างไว้"
    assert TH("app.draft_restored") in shown(again)
    assert text_of(office, example) != "พิมพ์ค้างไว้"


def test_a_dropped_draft_does_not_come_back(office, example, visit):
    visit("step_1_vision").text_area[0].set_value("พิมพ์ค้างไว้").run()
    press(visit("step_1_vision"), TH("app.drop_draft"))
    assert visit("step_1_vision").text_area[0].value == text_of(office, example)


def test_two_tabs_of_one_person_do_not_overwrite_each_others_unsaved_text(office, example, visit):
    one, other = visit("step_1_vision"), visit("profile")
    one.text_area[0].set_value("แท็บที่หนึ่ง").run()
    third = visit("step_1_vision")
    third.text_area[0].set_value("แท็บที่สาม").run()
    assert one.run().text_area[0].value == "แท็บที่หนึ่ง"
    assert fault(other) == []


def test_a_tab_that_is_loaded_anew_has_its_own_text_again_and_not_the_newer_one_of_a_tab_still_open(office, example, visit):
    one, other = visit("step_1_vision"), visit("step_1_vision")
    office.store.presence.line_opened(other.session_state["visit"])
    one.text_area[0].set_value("แท็บที่หนึ่ง").run()
    other.text_area[0].set_value("แท็บที่สอง").run()
    assert visit("step_1_vision").text_area[0].value == "แท็บที่หนึ่ง"
    assert other.run().text_area[0].value == "แท็บที่สอง"


def test_a_text_that_was_saved_after_two_reloads_does_not_come_back_as_a_draft(office, example, visit):
    visit("step_1_vision").text_area[0].set_value("ครั้งแรก").run()
    visit("step_1_vision").text_area[0].set_value("ครั้งที่สอง").run()
    press(visit("step_1_vision"), SAVE)
    at = visit("step_1_vision")
    assert (text_of(office, example), at.text_area[0].value) == ("ครั้งที่สอง", "ครั้งที่สอง")
    assert TH("app.draft_restored") not in shown(at)


def test_what_a_closed_tab_told_after_the_save_is_no_draft(office, example, visit):
    at, drafts = visit("step_1_vision"), office.store.drafts
    at.text_area[0].set_value("ครั้งแรก").run()
    at.text_input[0].set_value("๙ ต.ค. ๒๕๔๔").run()  # kept as it was typed, stored as the day it is
    [place] = drafts.places("p-facilitator")
    told = drafts.get("p-facilitator", place).body
    press(at, SAVE)
    drafts.keep("p-facilitator", f"{place}-closed", told, office.clock())
    again = visit("step_1_vision")
    assert TH("app.draft_restored") not in shown(again)
    assert drafts.places("p-facilitator") == ()
    again.text_area[0].set_value("ครั้งที่สอง").run()
    press(again, SAVE)
    assert text_of(office, example) == "ครั้งที่สอง"
