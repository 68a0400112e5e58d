"""Step 5 as people use it: samples to begin from, an indicator with all its conditions in one save, what is unclear in them."""

from __future__ import annotations

import pytest

from pso_core import standards
from pso_core.steps.indicators import conditions_of
from pso_core.text.phrases import phrases
from pso_core.ui.plain import as_html, as_label
from tests.building import contents, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.indicators import PAGE, SAVE, TH, drawer, field, new_indicator, only, tap

STANDARD = standards.load()


def lines_of(at) -> list[str]:
    return [drawer.label for drawer in at.expander]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_criterion_has_its_section_with_its_question_and_conditions_with_mark_word_and_threshold(office, example, visit, language):
    at = visit(PAGE, language=language)
    for criterion in STANDARD.criteria:
        assert as_html(criterion.question[language]) in shown(at)
        assert any(line.startswith(f"**{as_label(criterion.name[language])}**") for line in lines_of(at))
    say = phrases(language)
    text, coverage = shown(at), only(office, example, "coverage")
    for level, condition in conditions_of(office.store.state(example), coverage.id).items():
        mark = f"{say(f'choices.mark.{level}')} {level} {STANDARD.name_of('levels', level, language)}"
        assert f"<section class='level at{level}'><p><span class='chip level{level}'>{mark}</span></p>" in text
        assert as_html(condition["text"]) in text
    assert as_html(say("page_indicators.at_least", value="60")) in text


def test_falling_thresholds_read_as_at_most(office, empty, visit):
    minutes = write(office, empty, "indicator", criterion="speed", name="เวลาค้นหา", unit="นาที", origin="own").ids[0]
    for level, limit in ((1, 30), (2, 15), (3, 5)):
        write(office, empty, "condition", indicator=minutes, level=level, text=f"ระดับ {level}", threshold=limit)
    assert as_html(TH("page_indicators.at_most", value="5")) in shown(visit(PAGE))


def test_a_sample_says_so_also_once_it_is_edited_and_stops_saying_so_once_it_is_called_our_own(office, example, visit):
    at, chip = visit(PAGE), as_html(TH("page_indicators.sample_chip"))
    assert shown(at).count(chip) == 9
    speed = only(office, example, "speed")
    drawer(at, speed.id)
    field(at, f"{speed.id}/name").set_value("แก้คำผิด").run()
    press(at, SAVE)
    assert (only(office, example, "speed")["name"], only(office, example, "speed")["origin"]) == ("แก้คำผิด", "sample")
    drawer(at, speed.id)
    assert as_html(TH("choices.origin.own")) in shown(at)
    field(at, f"{speed.id}/name").set_value("ตัวชี้วัดของเรา").run()
    field(at, f"{speed.id}/origin").set_value("own").run()
    press(at, SAVE)
    assert fault(at) == []
    assert (only(office, example, "speed")["name"], only(office, example, "speed")["origin"]) == ("ตัวชี้วัดของเรา", "own")
    assert shown(at).count(chip) == 8


def test_one_press_takes_samples_for_all_criteria_without_any(office, empty, visit):
    write(office, empty, "indicator", criterion="speed", name="ของเรา", share=100, origin="own")
    at, say = visit(PAGE), TH
    press(at, say("page_indicators.use_samples", count=8))
    assert fault(at) == []
    assert [toast.value for toast in at.toast] == [as_label(say("app.saved"))]
    found = office.store.state(empty).of("indicator")
    assert sorted(one["criterion"] for one in found) == sorted(STANDARD.choices("criteria"))
    assert [one["criterion"] for one in found if one["origin"] != "sample"] == ["speed"]
    assert [button.key for button in at.button if button.key.startswith("samples/")] == []


def test_a_sample_is_taken_for_one_criterion(office, empty, visit):
    at = visit(PAGE)
    tap(at, "samples/access")
    assert [one["criterion"] for one in office.store.state(empty).of("indicator")] == ["access"]


def test_an_indicator_and_the_conditions_of_all_levels_are_added_in_one_change(office, empty, visit):
    at, seq = visit(PAGE), office.store.state(empty).seq
    new_indicator(at, "linkage")
    field(at, "indicator:new/name").set_value("จำนวนทางเชื่อมโยง").run()
    for level in range(4):
        field(at, f"condition:new/{level}/text").set_value(f"เชื่อมโยงได้ {level} ทาง").run()
    press(at, SAVE)
    assert fault(at) == []
    added = only(office, empty, "linkage")
    assert (added["name"], added["origin"], added["share"]) == ("จำนวนทางเชื่อมโยง", "own", 100)
    written = conditions_of(office.store.state(empty), added.id)
    assert [written[level]["text"] for level in range(4)] == [f"เชื่อมโยงได้ {level} ทาง" for level in range(4)]
    assert office.store.state(empty).seq == seq + 1


def test_conditions_without_the_indicators_name_are_refused_at_the_name_and_stay(office, empty, visit):
    at, before = visit(PAGE), contents(office.store, empty)
    new_indicator(at, "linkage")
    field(at, "condition:new/1/text").set_value("เชื่อมโยงได้ 1 ทาง").run()
    press(at, SAVE)
    assert [said for said in errors(at) if said == TH("mistakes.required")] == [TH("mistakes.required")]
    assert field(at, "condition:new/1/text").value == "เชื่อมโยงได้ 1 ทาง"
    assert contents(office.store, empty) == before
    field(at, "indicator:new/name").set_value("จำนวนทางเชื่อมโยง").run()
    press(at, SAVE)
    assert fault(at) == []
    assert [one["text"] for one in office.store.state(empty).of("condition")] == ["เชื่อมโยงได้ 1 ทาง"]


def test_thresholds_that_neither_rise_nor_fall_cannot_be_saved(office, example, visit):
    at, say, before = visit(PAGE, language="en"), phrases("en"), contents(office.store, example)
    speed = only(office, example, "speed")
    drawer(at, speed.id)
    wrong = f"condition:{speed.id.partition(':')[2]}/2/threshold"
    field(at, wrong).set_value("99").run()  # levels 1 and 3 have 50 and 95
    press(at, say("app.save_one", kind=say("fields.indicator.one")))
    assert [said for said in errors(at) if said == say("mistakes.thresholds_not_monotone")] == [say("mistakes.thresholds_not_monotone")]
    assert field(at, wrong).value == "99"
    assert contents(office.store, example) == before


def test_the_mistake_of_a_new_indicators_threshold_stands_once_at_its_level(office, empty, visit):
    at, before = visit(PAGE), contents(office.store, empty)
    new_indicator(at, "speed")
    field(at, "indicator:new/name").set_value("เวลา").run()
    for level, limit in ((1, 30.0), (2, 60.0), (3, 50.0)):
        field(at, f"condition:new/{level}/threshold").set_value(str(limit)).run()
    press(at, SAVE)
    assert errors(at).count(TH("mistakes.thresholds_not_monotone")) == 1
    assert contents(office.store, empty) == before


def test_a_condition_too_long_is_refused_at_its_field(office, example, visit):
    at, before, speed = visit(PAGE), contents(office.store, example), only(office, example, "speed")
    drawer(at, speed.id)
    field(at, f"condition:{speed.id.partition(':')[2]}/1/text").set_value("ก" * 100_000).run()
    press(at, SAVE)
    assert TH("mistakes.too_long", length=100_000, limit=2_000) in errors(at)
    assert contents(office.store, example) == before


def test_two_people_writing_conditions_of_different_levels_both_get_in(office, example, visit):
    speed = only(office, example, "speed")
    short = speed.id.partition(":")[2]
    one, other = drawer(visit(PAGE), speed.id), drawer(visit(PAGE, role="member"), speed.id)
    field(one, f"condition:{short}/1/text").set_value("ของคนแรก").run()
    field(other, f"condition:{short}/2/text").set_value("ของคนที่สอง").run()
    press(one, SAVE)
    press(other, SAVE)
    written = conditions_of(office.store.state(example), speed.id)
    assert (written[1]["text"], written[2]["text"]) == ("ของคนแรก", "ของคนที่สอง")


def test_two_people_writing_the_same_condition_see_both_texts_and_nothing_is_lost(office, example, visit):
    speed = only(office, example, "speed")
    short = speed.id.partition(":")[2]
    one, other = drawer(visit(PAGE), speed.id), drawer(visit(PAGE, role="member"), speed.id)
    field(one, f"condition:{short}/1/text").set_value("ของคนแรก").run()
    field(other, f"condition:{short}/1/text").set_value("ของคนที่สอง").run()
    press(one, SAVE)
    press(other, SAVE)
    assert "ของคนแรก" in shown(other)
    assert field(other, f"condition:{short}/1/text").value == "ของคนที่สอง"
    assert conditions_of(office.store.state(example), speed.id)[1]["text"] == "ของคนแรก"


def test_a_gap_of_a_criterion_leads_to_its_section_and_one_of_an_indicator_to_its_drawer(office, example, visit):
    at = visit(PAGE)
    at.query_params["at"] = "criterion:access"
    at.run()
    assert [one.label.split(" — ")[0] for one in at.expander if one.proto.expanded][-1] == f"**{as_label(STANDARD.name_of('criteria', 'access', 'th'))}**"
    assert "drawer" not in at.session_state
    speed = only(office, example, "speed")
    at.query_params["at"] = speed.id
    at.run()
    assert field(at, f"{speed.id}/name").value == speed["name"]


def test_a_viewer_reads_everything_and_finds_nothing_to_press_that_writes(office, example, visit):
    write(office, example, "indicator", criterion="coverage", name="ตัวที่สอง", origin="own")
    at = visit(PAGE, role="viewer")
    assert fault(at) == []
    assert {button.label for button in at.button} == {TH("app.look"), TH("app.sign_out")}
    assert [box.key for box in at.text_input if not box.disabled and not box.key.startswith("try/")] == []
    drawer(at, only(office, example, "speed").id)
    assert SAVE not in [button.label for button in at.button]


def test_texts_are_shown_as_they_were_written(office, example, visit):
    speed = only(office, example, "speed")
    write(office, example, "condition", f"condition:{speed.id.partition(':')[2]}/1", text="<script>alert(1)</script> :red[แดง] {unit}")
    write(office, example, "indicator", speed.id, name="=cmd|' /C calc'!A0 **หนา**", unit="](javascript:alert(1))")
    at = visit(PAGE)
    assert fault(at) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt; :red[แดง] {unit}" in shown(at)
    assert as_html("=cmd|' /C calc'!A0 **หนา**") in shown(at)
    assert "<script>alert" not in "".join(element.proto.body for element in at.get("html"))
