"""Fields: a number can be emptied and is never dropped without a word; two choices that read alike are two."""

import pytest

from pso_core.ui.fields import _told_apart
from pso_core.text.phrases import phrases
from tests.building import contents, write
from tests.pages.conftest import errors, fault, press, shown


def test_two_people_of_one_name_can_be_chosen_each(office, example, visit):
    for activity in office.store.state(example).of("activity"):
        write(office, example, "activity", activity.id, name="กิจกรรมเดียวกัน", code=None)
    first, second = office.store.state(example).of("activity")[:2]
    at = visit("step_8_execution")
    at.session_state["drawer"], at.session_state["drawer/project"] = ("progress", None, {}), example
    at.run()
    chosen = next(box for box in at.selectbox if "(2)" in str(box.options))
    chosen.select_index(1).run()
    assert (fault(at), at.selectbox[0].value) == ([], second.id)


def test_only_names_that_occur_twice_are_numbered():
    assert _told_apart(["ก", "ข", "ก"]) == ["ก (1)", "ข", "ก (2)"]


def weight_box(at, criterion: str):
    return next(box for box in at.text_input if box.key.endswith(f"weight:{criterion}/weight"))


def test_a_number_that_was_saved_can_be_emptied_again_and_thai_digits_are_a_number(office, example, visit):
    at = visit("step_4_weights")
    for typed, saved in (("", None), ("๒๕", 25)):
        weight_box(at, "coverage").set_value(typed).run()
        press(at, phrases("th")("page_weights.save"))
        assert (fault(at), office.store.state(example).get("weight:coverage")["weight"]) == ([], saved)


@pytest.mark.parametrize(("language", "cases"), [("th", ["สาม", "2O", "0x10", "1e400", "12 14"]), ("en", ["2O"])])
def test_what_is_no_number_is_refused_with_a_sentence_and_stays(office, example, visit, cases, language):
    at, say, before, told = visit("step_4_weights", language=language), phrases(language), contents(office.store, example), {}
    for typed in cases:
        weight_box(at, "coverage").set_value(typed)
        press(at, say("page_weights.save"))
        told[typed] = (fault(at), errors(at)[1:], weight_box(at, "coverage").value, f"<b>80/100</b> <span class='say'>{say('app.meter.wrong')}</span>" in shown(at))
    assert told == {typed: ([], [say("mistakes.not_a_number", value=typed)], typed, True) for typed in cases}
    assert contents(office.store, example) == before
