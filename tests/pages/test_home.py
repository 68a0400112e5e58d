"""Home: the three totals, and none where it cannot be known."""

from __future__ import annotations

import re

import pytest

from pso_core.actions.assessment import open_round
from pso_core.actions.rows import Removal, save_rows
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.plain import as_html
from tests.building import person, remove, write
from tests.pages.conftest import fault, shown

TH = phrases("th")


def figure(at, name: str) -> str:
    return re.search(rf"{re.escape(TH(f'page_home.{name}'))}</p><p class='big'>([^<]*)<", shown(at))[1]


def test_the_target_is_told_once_every_criterion_has_one(office, example, visit):
    assert figure(visit("home"), "target").isdecimal()
    remove(office, example, "target:speed")
    at = visit("home")
    assert fault(at) == []
    assert figure(at, "target") == TH("app.nothing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_just_opened_does_not_take_the_score_away(office, example, visit, language):
    say = phrases(language)
    open_round(office, person("facilitator"), example, "ติดตามครั้งที่ 1", office.store.state(example).seq)
    for page in ("home", "step_7_plan"):
        at = visit(page, language=language)
        assert fault(at) == []
        assert "<p class='big'>150" in shown(at)
        round_ = office.store.state(example).of("round")[0]["name"]
        assert as_html(say("page_home.of_round", round=round_, current="ติดตามครั้งที่ 1")) in shown(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_weight_there_is_no_total_and_the_morning_goes_on(office, example, visit, language):
    weights = [Removal(row.id) for row in office.store.state(example).of("weight")]
    save_rows(office, person("facilitator"), example, weights, office.store.state(example).seq)
    for page in ("home", "monday", "step_6_assessment"):
        at = visit(page, language=language)
        assert (page, fault(at), as_html(phrases(language)("page_assessment.no_weights")) in shown(at)) == (page, [], True)
    for page in ("evidence", "step_4_weights", "step_7_plan", "step_9_certification"):
        assert (page, fault(visit(page, language=language))) == (page, [])


def test_what_the_plan_makes_of_the_score_stays_when_a_new_round_is_opened(office, example, visit):
    """What was finished before it was opened lifts the score of the round before."""
    activity = office.store.state(example).of("activity")[0]
    write(office, example, "progress", activity=activity.id, reported_on="2026-11-22", percent=100, done="เสร็จ")
    before = figure(visit("monday"), "planned")
    open_round(office, person("facilitator"), example, "ติดตามครั้งที่ 1", office.store.state(example).seq)
    assert [figure(visit(page), "planned") for page in ("monday", "home")] == [before, before]


def test_an_unscored_round_is_told_without_a_number(office, example, visit):
    open_round(office, person("facilitator"), example, "ติดตามครั้งที่ 1", office.store.state(example).seq)
    at = visit("step_6_assessment")
    assert fault(at) == []
    assert "<td class='number' data-label='ติดตามครั้งที่ 1'>0</td>" not in shown(at)
    assert TH("page_assessment.not_comparable") in shown(at)


def test_an_empty_project_is_begun_on_the_page_of_the_profile(office, empty, visit):
    for language in LANGUAGES:
        at, say = visit("home", language=language), phrases(language)
        assert (fault(at), [info.value for info in at.info]) == ([], [say("guidance.profile.first")])
        assert say("steps.profile.name") in [link.proto.label for link in at.get("page_link")]


def test_home_says_what_it_is_for(office, example, visit):
    for language in LANGUAGES:
        at = visit("home", language=language)
        assert f"<p class='purpose'>{phrases(language)('page_home.purpose')}</p>" in shown(at)
        assert list(at.info) == []


def test_a_change_stands_among_the_last_ones_at_the_next_look_also_after_another(office, example, visit):
    at, line = visit("home"), f"{person('administrator').name} {TH('history.save')} {TH('steps.vision.short')}"
    before = line in shown(at)
    write(office, example, "vision", "vision", by=person("administrator"), text="วิสัยทัศน์ใหม่")
    write(office, example, "proposal", text="ข้อเสนอใหม่", person="p-member")
    assert (before, line in shown(at.run())) == (False, True)
