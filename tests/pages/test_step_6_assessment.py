"""Step 6 on its page: the total and its working, levels by their conditions, what is refused, two people at once."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from pso_core import standards
from pso_core.errors import NotAllowed
from pso_core.text.phrases import phrases
from pso_core.ui.plain import as_label
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.scores import NAME, PAGE, SAVE, TH, a_new_round, as_read, choose, rationale, rows, score_of, send


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_total_of_lampang_is_shown_with_its_working_and_its_widest_gap(office, example, visit, language):
    say, at = phrases(language), visit(PAGE, language=language)
    text = shown(at)
    assert fault(at) == []
    assert "150<small> / 300</small>" in text and "270<small> / 300</small>" in text
    assert "20 × 1 = 20" in text and "15 × 2 = 30" in text
    name = standards.load().criterion("coverage").name[language]
    assert say("page_assessment.finding", name=name, gap="40") in text
    assert len(at.get("vega_lite_chart")) == 1


def test_the_conditions_of_all_levels_stand_beside_the_choice(office, example, visit):
    at = visit(PAGE)
    state = office.store.state(example)
    (indicator,) = state.where("indicator", criterion="coverage")
    written = [row["text"] for row in sorted(state.where("condition", indicator=indicator.id), key=lambda row: row["level"])]
    assert [caption.replace("\\", "") for caption in at.radio[0].proto.captions] == written
    assert [option.split()[:2] for option in at.radio[0].options] == [["○", "0"], ["◔", "1"], ["◑", "2"], ["●", "3"]]


def test_a_sample_and_a_reconstructed_score_say_so_until_somebody_has_checked(office, example, visit):
    at = visit(PAGE)
    assert TH("page_assessment.sample") in shown(at)
    assert TH("page_assessment.reconstructed") in shown(at)
    press(at, TH("page_assessment.checked"))
    press(at, SAVE)
    assert score_of(office, example)["origin"] == "own"
    assert TH("page_assessment.reconstructed") not in shown(at)


def test_levels_tapped_in_several_criteria_are_saved_together(office, example, visit):
    at = visit(PAGE)
    at.radio[0].set_value(2).run()
    choose(at, "speed")
    at.radio[0].set_value(3).run()
    rationale(at).set_value("จับเวลา 20 ครั้ง ทันใน 5 นาที 19 ครั้ง").run()
    assert TH("page_assessment.unsaved", names="ครอบคลุม, รวดเร็ว") in shown(at)
    press(at, SAVE)
    assert fault(at) == []
    assert (score_of(office, example)["level"], score_of(office, example, "speed")["level"]) == (2, 3)
    assert score_of(office, example, "speed")["rationale"] == "จับเวลา 20 ครั้ง ทันใน 5 นาที 19 ครั้ง"
    assert "190<small> / 300</small>" in shown(at)


def test_what_was_typed_is_there_when_one_comes_back_to_a_criterion(office, example, visit):
    at = visit(PAGE)
    rationale(at).set_value("นับฐานข้อมูลได้ 14 จาก 23").run()
    press(at, TH("page_assessment.next"))
    assert rationale(at).value != "นับฐานข้อมูลได้ 14 จาก 23"
    press(at, TH("page_assessment.previous"))
    assert rationale(at).value == "นับฐานข้อมูลได้ 14 จาก 23"


def test_what_is_not_scored_is_not_zero(office, example, visit):
    a_new_round(office, example)
    at = visit(PAGE)
    assert TH("page_assessment.result") not in shown(at)
    choose(at, "accuracy")
    at.radio[0].set_value(3).run()
    assert TH("page_assessment.rationale_missing") in shown(at)
    press(at, SAVE)
    text = shown(at)
    assert "45<small> / 300</small>" in text
    assert TH("page_assessment.provisional", count=8, names="ครอบคลุม, น่าเชื่อถือ, รวดเร็ว, เชื่อมโยง, ทันสมัย, มีส่วนร่วม, เข้าถึง, ตรวจสอบ") in text
    assert TH("page_assessment.unscored") in text
    assert score_of(office, example) is None


def test_a_level_can_be_taken_back(office, example, visit):
    at = visit(PAGE)
    press(at, TH("page_assessment.clear"))
    press(at, SAVE)
    assert score_of(office, example)["level"] is None
    assert "130<small> / 300</small>" in shown(at)


def test_a_criterion_that_does_not_apply_takes_its_weight_out_and_says_so(office, example, visit):
    at = visit(PAGE)
    at.checkbox[0].check().run()
    assert len(at.radio) == 0
    press(at, SAVE)
    assert fault(at) == []
    saved = score_of(office, example)
    assert (saved["not_applicable"], saved["level"]) == (True, None)
    assert "130<small> / 240</small>" in shown(at)
    assert TH("page_assessment.not_counted", names=NAME["coverage"], maximum="240", whole="300") in shown(at)


def test_a_criterion_does_not_apply_only_with_a_reason(office, example, visit):
    say, before = phrases("en"), contents(office.store, example)
    at = visit(PAGE, language="en")
    at.checkbox[0].check().run()
    rationale(at).set_value("  ").run()
    assert say("page_assessment.reason_missing") in shown(at)
    press(at, say("page_assessment.save"))
    assert say("mistakes.not_applicable_without_reason") in shown(at).replace("\\", "")
    assert f"- **{as_label(rows(office, example, 'indicator')[0]['name'])} · {say('fields.score.rationale.label')}**: " in at.error[0].value
    assert contents(office.store, example) == before


BAD_LEVELS = {"4": "level_outside", "-1": "level_outside", "2.5": "not_whole", "สาม": "not_a_number"}


@pytest.mark.parametrize(("language", "cases"), [("th", BAD_LEVELS), ("en", ("4", "สาม"))])
def test_a_hand_made_level_is_refused_with_a_sentence_and_nothing_is_written(office, example, visit, cases, language):
    say, before, at, told = phrases(language), contents(office.store, example), visit(PAGE, language=language), {}
    for value in cases:
        press(send(at, value), say("page_assessment.save"))
        told[value] = (fault(at), errors(at)[1:])
    assert told == {value: ([], [say(f"mistakes.{BAD_LEVELS[value]}", value=value, top=3)]) for value in cases}
    assert contents(office.store, example) == before


def test_a_draft_with_an_impossible_level_neither_crashes_nor_saves(office, example, visit):
    before, at, told, values = contents(office.store, example), visit(PAGE), [], [4, -1, 2.5, True, "9" * 400]
    at.radio[0].set_value(2).run()
    memory = at.session_state[f"form:{example}/scores/{rows(office, example, 'round')[0].id}"]
    for value in values:
        memory.typed[score_of(office, example).id, "level"] = value
        press(at.run(), SAVE)
        told.append((value, fault(at), len(at.error)))
    assert told == [(value, [], 2) for value in values]  # two errors: the form's, and the one at the field
    assert contents(office.store, example) == before


def test_a_rationale_of_100000_letters_is_refused_and_stays_on_the_screen(office, example, visit):
    before = contents(office.store, example)
    at = visit(PAGE)
    rationale(at).set_value("ก" * 100_000).run()
    press(at, SAVE)
    assert TH("mistakes.too_long", length=100_000, limit=5_000) in errors(at)
    assert len(rationale(at).value) == 100_000
    assert contents(office.store, example) == before


def test_two_people_scoring_different_criteria_both_get_in(office, example, visit):
    one, other = visit(PAGE), visit(PAGE, role="member")
    one.radio[0].set_value(2).run()
    choose(other, "speed").radio[0].set_value(0).run()
    press(one, SAVE)
    press(other, SAVE)
    assert (score_of(office, example)["level"], score_of(office, example, "speed")["level"]) == (2, 0)


def test_a_level_and_a_rationale_from_two_people_are_merged(office, example, visit):
    one, other = visit(PAGE), visit(PAGE, role="member")
    one.radio[0].set_value(3).run()
    rationale(other).set_value("นับฐานข้อมูลได้ 22 จาก 23").run()
    press(one, SAVE)
    press(other, SAVE)
    saved = score_of(office, example)
    assert (saved["level"], saved["rationale"]) == (3, "นับฐานข้อมูลได้ 22 จาก 23")


def test_two_people_giving_one_score_different_levels_see_both_and_choose(office, example, visit):
    one, other = visit(PAGE), visit(PAGE, role="member")
    one.radio[0].set_value(0).run()
    other.radio[0].set_value(3).run()
    press(one, SAVE)
    press(other, SAVE)
    assert score_of(office, example)["level"] == 0
    assert TH("app.clash_mine") in shown(other)
    next(choice for choice in other.button_group if choice.key.endswith("/which")).set_value("mine").run()
    press(other, TH("app.clash_save"))
    assert fault(other) == []
    assert score_of(office, example)["level"] == 3


def test_a_gap_leads_to_its_criterion(office, example, visit):
    score = score_of(office, example, "linkage")
    write(office, example, "score", score.id, rationale=None)
    sentence = TH("gaps.no_rationale", criterion=NAME["linkage"], indicator=office.store.state(example).get(score["indicator"])["name"])
    links = {as_read(link.proto.label): link.proto for link in visit(PAGE).get("page_link")}
    assert (links[f"▢ {sentence}"].page, links[f"▢ {sentence}"].query_string) == (PAGE, f"at={quote(score.id, safe='')}")
    at = visit(PAGE)
    at.query_params["at"] = score.id
    at.run()
    assert fault(at) == []
    assert at.button_group(key="assessment/criterion").value == "linkage"


def test_targets_are_set_by_those_who_decide(office, example, visit):
    at = visit(PAGE)
    next(group for group in at.button_group if group.label == TH("fields.target.level.label")).set_value(2).run()
    press(at, SAVE)
    assert office.store.state(example).get("target:coverage")["level"] == 2
    member = visit(PAGE, role="member")
    assert [group.key for group in member.button_group if group.label == TH("fields.target.level.label")] == []
    assert TH("fields.target.level.label") in shown(member)


def test_a_viewer_may_not_score(office, example, visit):
    at = visit(PAGE, role="viewer")
    assert at.radio[0].disabled and all(box.disabled for box in at.text_area)
    assert [button.disabled for button in at.button if button.label == SAVE] == [True]
    assert [button.label for button in at.button if button.label in (TH("page_assessment.open_yes"), TH("page_assessment.close_yes"))] == []
    before = contents(office.store, example)
    with pytest.raises(NotAllowed):
        write(office, example, "score", score_of(office, example).id, by=person("viewer"), level=3)
    assert contents(office.store, example) == before
