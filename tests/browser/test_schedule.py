"""The schedule in a real browser: laid out, drawn, moved in its drawer; readable for everybody, in one language at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser.houses import House, a_house
from tests.browser.reading import thai_on
from tests.browser.test_accessibility import LOOKS, violations
from tests.browser.test_pictures import pictures
from tests.browser.waiting import look, settle, visit


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("schedule")) as opened:
        yield opened


def press(page: Page, label: str) -> None:
    settle(page, lambda: page.get_by_role("button", name=label, exact=True).first.click())


@pytest.mark.parametrize("language", LOOKS)
def test_a_schedule_is_laid_out_drawn_and_moved(house: House, enter: Callable[..., Page], language: str):
    say, (first, second) = phrases(language), LOOKS[language]
    page = enter("beginner", language=language, **first)
    visit(page, f"{house.url}/schedule")
    if language == "th":
        expect(pictures(page)).to_have_count(0)
        press(page, say("page_schedule.save"))
    expect(pictures(page)).to_have_count(1)
    found = violations(page)
    press(page, say("app.edit"))
    drawer = page.get_by_role("dialog")
    days = {"th": "9", "en": "12"}[language]
    settle(page, lambda: (drawer.get_by_label(say("fields.phase.days.label"), exact=True).fill(days), page.keyboard.press("Enter")))
    expect(drawer.get_by_role("table")).to_have_count(1)
    found += violations(page)
    settle(page, lambda: drawer.get_by_role("button", name=say("app.save_one", kind=say("fields.phase.one"))).click())
    expect(drawer).to_have_count(0)
    expect(page.get_by_text(say("page_schedule.days", days=days)).first).to_be_visible()
    look(page, **second)
    expect(pictures(page)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == second["width"]
    assert found + violations(page) == []
    if language == "en":
        assert [text for text in thai_on(page) if "กำหนดการ" in text or "วันทำการ" in text] == []
