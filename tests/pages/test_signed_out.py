"""Somebody signed out elsewhere presses a button here: nothing is written, nothing is lost, and it is said."""

from __future__ import annotations

from pso_core.actions.sign_in import begin_session, sign_out_everywhere
from pso_core.text.phrases import phrases
from pso_core.ui.visit import TOKEN
from tests.building import contents, person
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")


def test_who_saves_when_signed_out_is_told_so_once_back_and_finds_the_text(office, example, visit):
    at = visit("step_1_vision")
    at.text_area[0].set_value("ข้อความใหม่").run()
    sign_out_everywhere(office, person("facilitator"))
    before = contents(office.store, example)
    press(at, TH("app.save_one", kind=TH("fields.vision.one")))
    assert (fault(at), list(at.button), TH("signin.again") in shown(at)) == ([], [], True)
    at.session_state[TOKEN] = begin_session(office, "p-facilitator")
    at.run()
    assert (fault(at), errors(at), at.text_area[0].value) == ([], [TH("refusals.signed_out")], "ข้อความใหม่")
    assert contents(office.store, example) == before


def test_a_button_without_a_form_does_nothing_when_signed_out_and_says_so_once_back(office, empty, visit):
    at = visit("step_5_indicators")
    sign_out_everywhere(office, person("facilitator"))
    before = contents(office.store, empty)
    press(at, TH("page_indicators.use_samples", count=9))
    at.session_state[TOKEN] = begin_session(office, "p-facilitator")
    at.run()
    assert (fault(at), errors(at)) == ([], [TH("refusals.signed_out")])
    assert contents(office.store, empty) == before
