"""Step 5's help in getting conditions right: shares against a meter, a value to try, and the rubric check."""

from __future__ import annotations

import pytest

from pso_core import standards
from pso_core.actions.rows import Edit, save_rows
from pso_core.text.phrases import phrases
from pso_core.ui.plain import as_html
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.indicators import PAGE, TH, field, indicators, new_indicator, only, tap

STANDARD = standards.load()
NO_SHARE = "“ตัวที่สอง” ยังไม่มีส่วนแบ่งในความครอบคลุม"


def gap_links(at) -> str:
    return "\n".join(link.proto.label.replace("\\", "") for link in at.get("page_link"))


def two_of_coverage(office, project: str) -> list:
    write(office, project, "indicator", criterion="coverage", name="ตัวที่สอง", origin="own", position=20)
    return indicators(office, project, "coverage")


def test_shares_are_given_side_by_side_against_a_meter_to_a_hundred(office, example, visit):
    first, second = two_of_coverage(office, example)
    at = visit(PAGE)
    assert NO_SHARE in gap_links(at)
    field(at, f"{first.id}/share").set_value("ครึ่ง").run()
    tap(at, "shares/coverage/equal")
    assert (errors(at)[-1], field(at, f"{first.id}/share").value) == (TH("mistakes.not_a_number", value="ครึ่ง"), "ครึ่ง")
    field(at, f"{first.id}/share").set_value("90").run()
    tap(at, "shares/coverage/equal")
    assert [field(at, f"{one.id}/share").value for one in (first, second)] == ["50", "50"]
    field(at, f"{first.id}/share").set_value("33.3").run()
    assert "<b>83.3/100</b> <span class='say'>เหลือ 16.7</span>" in shown(at)
    assert [one["share"] for one in indicators(office, example, "coverage")] == [100, None]
    field(at, f"{second.id}/share").set_value("๖๖.๗").run()
    press(at, TH("page_indicators.save_shares"))
    assert fault(at) == []
    assert [one["share"] for one in indicators(office, example, "coverage")] == [33.3, 66.7]
    assert NO_SHARE not in gap_links(at)


def test_a_share_outside_a_hundred_is_refused_at_its_field(office, example, visit):
    first, _ = two_of_coverage(office, example)
    at, before = visit(PAGE), contents(office.store, example)
    for given, code, facts in (("-1", "too_small", {"least": 0, "value": -1}), ("101", "too_big", {"most": 100, "value": 101})):
        field(at, f"{first.id}/share").set_value(given).run()
        press(at, TH("page_indicators.save_shares"))
        assert TH(f"mistakes.{code}", **facts) in errors(at)
    assert contents(office.store, example) == before


def test_a_measured_value_gives_the_level_of_its_threshold_and_saves_nothing(office, example, visit):
    at, before, speed = visit(PAGE), contents(office.store, example), only(office, example, "speed")
    for measured, level in ((49.9, 0), (50.0, 1), (94.0, 2), (95.0, 3)):
        field(at, f"try/{speed.id}").set_value(str(measured)).run()
        gives = as_html(TH("page_indicators.gives", value=f"{measured:g}"))
        assert f"{gives} <span class='chip level{level}'>" in shown(at)
    assert contents(office.store, example) == before


def test_an_indicator_without_thresholds_has_no_box_to_try(office, empty, visit):
    write(office, empty, "indicator", criterion="speed", name="ไม่มีตัวเลข", origin="own")
    assert [box.key for box in visit(PAGE).text_input if box.key.startswith("try/")] == []


UNCLEAR = {
    "level_missing": ({1: "มี 1 ทาง", 2: "มี 2 ทาง", 3: "มี 3 ทาง"}, {"level": 0}),
    "levels_identical": ({0: "ไม่มี", 1: "มีบ้าง", 2: "มีบ้าง", 3: "ครบ"}, {"level": 2, "same_as": 1}),
    "numbers_out_of_order": ({0: "ไม่มี", 1: "มี 3 ทาง", 2: "มี 2 ทาง", 3: "มี 4 ทาง"}, {"level": 2, "number": "2", "below": "3"}),
    "no_evidence_named": ({0: "ไม่มี", 1: "มี 1 ทาง", 2: "มี 2 ทาง", 3: "มี 3 ทาง"}, {"level": "1, 2, 3"}),
}


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_unclear_in_the_conditions_is_a_sentence_with_a_link_to_the_indicator(office, empty, visit, language):
    """Each in a criterion of its own."""
    expected, found = {}, {}
    for criterion, (code, (texts, facts)) in zip(STANDARD.choices("criteria"), UNCLEAR.items(), strict=False):
        indicator = write(office, empty, "indicator", criterion=criterion, name="ทางเชื่อมโยง", origin="own").ids[0]
        evidence = None if code == "no_evidence_named" else "แฟ้ม 1"
        edits = [Edit("condition", None, {"indicator": indicator, "level": level, "text": text, "evidence": evidence}) for level, text in texts.items()]
        save_rows(office, person("facilitator"), empty, edits, office.store.state(empty).seq)
        expected[code] = (criterion, as_html(phrases(language)(f"page_indicators.finding.{code}", **facts)), f"at={indicator.replace(':', '%3A')}")
    at = visit(PAGE, language=language)
    for code, (criterion, sentence, _) in expected.items():
        name = STANDARD.name_of("criteria", criterion, language)
        link = next(one for one in at.get("page_link") if one.proto.label.startswith(f"△ {name}"))
        found[code] = (criterion, sentence if sentence in shown(at) else "", link.proto.query_string)
    assert found == expected


def test_the_drawer_says_what_is_unclear_in_what_is_being_typed(office, empty, visit):
    at = visit(PAGE)
    new_indicator(at, "linkage")
    for level, text in enumerate(("ไม่มี", "มีบ้าง", "มีบ้าง", "ครบ")):
        field(at, f"condition:new/{level}/text").set_value(text).run()
    assert as_html(TH("page_indicators.finding.levels_identical", level=2, same_as=1)) in shown(at)
    assert office.store.state(empty).of("indicator") == ()


def test_clear_conditions_are_said_to_be_clear(office, example, visit):
    assert as_html(TH("page_indicators.check_clean", count=9)) in shown(visit(PAGE))
