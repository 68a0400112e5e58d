"""Every page there is, for every role, in both languages, empty and full: it opens, says what it is for, and hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pso_core import standards
from pso_core.steps import ALL_STEPS
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.navigation import ROOT, step_file
from pso_core.ui.plain import as_html
from tests.pages.conftest import fault, press, shown

ALL_PAGES = sorted(path.stem for path in ROOT.glob("*.py"))
PAGES = [page for page in ALL_PAGES if page != "settings"]  # in the menu of administrators only
STEP_PAGES = {step.key: step_file(step.key).stem for step in ALL_STEPS}


def test_every_step_has_its_page_and_every_page_is_found():
    assert set(STEP_PAGES.values()) <= set(ALL_PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_the_example(office, example, visit, page, language):
    at = visit(page, language=language)
    assert fault(at) == []
    assert shown(at) != ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_an_empty_project(office, empty, visit, page, language):
    assert fault(visit(page, language=language)) == []


@pytest.mark.parametrize("role", ["viewer", "member", "head", "administrator"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_for_every_role(office, example, visit, page, role):
    assert fault(visit(page, role=role)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", STEP_PAGES)
def test_an_empty_step_says_what_it_is_for_and_what_to_do_first_and_draws_no_chart(office, empty, visit, key, language):
    at = visit(STEP_PAGES[key], language=language)
    guide = standards.load().guide(key)
    assert as_html(guide.purpose[language]) in shown(at)
    assert len(at.get("vega_lite_chart")) + len(at.get("arrow_vega_lite_chart")) == 0
    assert any(phrases(language)(f"guidance.{key}.first")[:20] in info.value.replace("\\", "") for info in at.info)


@pytest.mark.parametrize("key", STEP_PAGES)
def test_a_viewer_can_press_nothing_that_writes(office, example, visit, key):
    at = visit(STEP_PAGES[key], role="viewer")
    say = phrases("th")
    writing = {say("app.add", kind=say(f"fields.{kind.name}.one")) for step in ALL_STEPS for kind in step.kinds}
    assert [button.label for button in at.button if button.label in writing or (button.key or "").endswith("/save") and not button.disabled] == []


def test_the_notices_of_the_assessment_always_show(office, example, visit):
    text = shown(visit("step_6_assessment"))
    for notice in standards.load().guide("assessment").notices:
        assert as_html(notice["th"]) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_can_back_up_and_check_from_the_page(office, example, visit, language):
    at, say = visit("settings", role="administrator", language=language), phrases(language)
    press(at, say("page_settings.back_up"))
    assert fault(at) == []
    copies = (office.store.engine.path.parent / "backups").glob("*.duckdb")
    assert [copy.name for copy in copies] == ["nine-steps-20261123-100000.duckdb"]  # ten in the morning in Thailand
    press(at, say("page_settings.check_now"))
    assert [success.value for success in at.success] == [say("page_settings.all_well")]


def test_pages_are_thin():
    assert [path.name for path in Path(ROOT).glob("*.py") if len(path.read_text("utf-8").splitlines()) >= 100] == []
