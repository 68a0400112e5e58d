"""The rounds of step 6 on its page: opened, closed, read only, opened again, compared."""

from __future__ import annotations

from pso_core.actions.assessment import close_round
from tests.building import contents, person, remove, write
from tests.pages.conftest import fault, press, shown
from tests.pages.scores import PAGE, SAVE, TH, a_new_round, choose, rationale, rows


def test_a_round_is_called_what_people_call_it(office, example, visit):
    at = visit(PAGE)
    for number, text in enumerate(("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "'; DROP TABLE revision; --", "**หนา** :red[แดง] {round}", "😀"), 1):
        at.text_input(key=f"assessment/open/{number}").set_value(text)
        press(at, TH("page_assessment.open_yes"))
        assert (fault(at), rows(office, example, "round")[-1]["name"]) == ([], text)
        assert "<script>" not in "".join(element.proto.body for element in at.get("html"))


def test_a_score_typed_while_the_round_was_closed_is_refused_and_stays_on_the_screen(office, example, visit):
    at = visit(PAGE, role="member")
    rationale(at).set_value("พิมพ์ก่อนปิดรอบ").run()
    state = office.store.state(example)
    close_round(office, person("facilitator"), example, state.of("round")[0].id, state.seq)
    before = contents(office.store, example)
    next(button for button in at.button if button.label == SAVE).click()
    at.run()
    assert contents(office.store, example) == before
    assert TH("mistakes.round_closed") in shown(at).replace("\\", "")
    assert rationale(at).value == "พิมพ์ก่อนปิดรอบ"


def test_a_closed_round_can_only_be_read(office, example, visit):
    state = office.store.state(example)
    close_round(office, person("facilitator"), example, state.of("round")[0].id, state.seq)
    at = visit(PAGE, role="member")
    assert at.radio[0].disabled and all(box.disabled for box in at.text_area) and at.checkbox[0].disabled
    assert [button.disabled for button in at.button if button.label == SAVE] == [True]


def test_a_closed_round_shows_the_indicators_it_had(office, example, visit):
    state = office.store.state(example)
    close_round(office, person("facilitator"), example, state.of("round")[0].id, state.seq)
    write(office, example, "indicator", criterion="coverage", name="เพิ่มภายหลัง")
    at = choose(visit(PAGE), "coverage")
    assert (fault(at), len(at.radio)) == ([], 1)
    assert TH("page_assessment.added_since", names="เพิ่มภายหลัง") in shown(at)
    a_new_round(office, example)
    at = choose(visit(PAGE), "coverage")
    assert (len(at.radio), TH("page_assessment.added_since", names="เพิ่มภายหลัง") in shown(at)) == (2, False)


def test_an_indicator_that_is_gone_stays_in_the_closed_round_it_was_in(office, empty, visit):
    a_new_round(office, empty)
    indicator = write(office, empty, "indicator", criterion="coverage", name="เลิกใช้แล้ว").ids[0]
    state = office.store.state(empty)
    close_round(office, person("facilitator"), empty, state.of("round")[0].id, state.seq)
    remove(office, empty, indicator)
    at = choose(visit(PAGE), "coverage")
    assert (fault(at), "เลิกใช้แล้ว" in shown(at)) == ([], True)
    assert TH("page_assessment.no_indicator_then") in shown(choose(at, "speed"))


def test_a_facilitator_opens_closes_and_reopens_rounds(office, example, visit):
    at = visit(PAGE)
    press(at, TH("page_assessment.close_yes"))
    assert rows(office, example, "round")[0]["closed_on"] == "2026-11-23"
    press(at, TH("page_assessment.reopen_yes"))
    assert TH("refusals.reason_missing") in shown(at).replace("\\", "")
    next(box for box in at.text_input if box.label == TH("page_assessment.reopen_reason")).set_value("ลงคะแนนผิดแถว").run()
    press(at, TH("page_assessment.reopen_yes"))
    assert rows(office, example, "round")[0]["closed_on"] is None
    press(at, TH("page_assessment.open_yes"))
    assert fault(at) == []
    assert [row["name"] for row in rows(office, example, "round")][-1] == TH("page_assessment.name_next", number=1)
    assert at.button_group(key="assessment/round").value == rows(office, example, "round")[-1].id


def test_a_name_is_offered_to_be_changed_only_while_its_round_is_open(office, example, visit):
    at, label = visit(PAGE), TH("page_assessment.edit_round")
    assert label in [button.label for button in at.button]
    press(at, TH("page_assessment.close_yes"))
    assert label not in [button.label for button in at.button]
    assert TH("page_assessment.reopen_yes") in [button.label for button in at.button]


def test_two_rounds_of_one_name_are_refused(office, example, visit):
    before = contents(office.store, example)
    at = visit(PAGE)
    at.text_input(key="assessment/open/1").set_value(rows(office, example, "round")[0]["name"]).run()
    press(at, TH("page_assessment.open_yes"))
    assert TH("mistakes.already_used", value=rows(office, example, "round")[0]["name"]) in shown(at).replace("\\", "")
    assert contents(office.store, example) == before


def test_two_rounds_are_compared_once_both_are_scored(office, example, visit):
    baseline = rows(office, example, "round")[0].id
    follow_up = a_new_round(office, example)
    assert TH("page_assessment.not_comparable") in shown(visit(PAGE))
    state = office.store.state(example)
    for score in state.where("score", round=baseline):
        level = 3 if score["indicator"] == score_of_baseline(state, "coverage") else score["level"]
        write(office, example, "score", round=follow_up, indicator=score["indicator"], level=level, rationale="ตรวจซ้ำ")
    text = shown(visit(PAGE))
    assert TH("page_assessment.rose", change="40", before="150", after="190") in text
    assert "+2" in text and "+40" in text


def test_between_rounds_what_does_not_apply_is_told_from_what_is_not_scored(office, example, visit):
    baseline, state = rows(office, example, "round")[0].id, office.store.state(example)
    write(office, example, "score", round=baseline, indicator=score_of_baseline(state, "coverage"), level=None, not_applicable=True, rationale="ไม่มีงานนี้")
    a_new_round(office, example)
    text = shown(visit(PAGE))
    line = next(one for one in text.split("<tr>") if "ความครอบคลุม" in one and TH("page_assessment.unscored") in one)
    assert line.index(TH("page_assessment.not_applicable")) < line.index(TH("page_assessment.unscored"))


def score_of_baseline(state, criterion: str) -> str:
    return next(state.where("indicator", criterion=criterion)).id


def test_an_empty_project_offers_only_the_first_round(office, empty, visit):
    at = visit(PAGE)
    assert fault(at) == []
    assert (len(at.radio), len(at.get("vega_lite_chart"))) == (0, 0)
    assert at.text_input(key="assessment/open/0").value == TH("page_assessment.name_first")
    press(at, TH("page_assessment.open_yes"))
    assert [row["name"] for row in rows(office, empty, "round")] == ["ก่อนยกระดับ"]
    assert TH("page_assessment.no_indicator") in shown(at)


def test_without_a_round_a_member_waits_for_the_facilitator(office, empty, visit):
    assert TH("page_assessment.wait_for_round") in shown(visit(PAGE, role="member"))
