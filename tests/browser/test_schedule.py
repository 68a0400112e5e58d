"""The schedule in a real browser: laid out, drawn, moved in its drawer; readable for everybody, in one language at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser.axe import violations
from tests.browser.filling import press
from tests.browser.houses import House, a_house
from tests.browser.looks import NARROW
from tests.browser.reading import thai_on
from tests.browser.test_pictures import pictures
from tests.browser.waiting import look, settle, visit


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("schedule")) as opened:
        yield opened


def test_a_schedule_is_laid_out_drawn_moved_and_read_in_english(house: House, enter: Callable[..., Page]):
    say = phrases("th")
    page = enter("beginner")
    visit(page, f"{house.url}/schedule")
    expect(pictures(page)).to_have_count(0)
    press(page, say("page_schedule.save"))
    expect(pictures(page)).to_have_count(1)
    press(page, say("app.edit"))
    drawer = page.get_by_role("dialog")
    settle(page, lambda: (drawer.get_by_label(say("fields.phase.days.label"), exact=True).fill("9"), page.keyboard.press("Enter")))
    expect(drawer.get_by_role("table")).to_have_count(1)
    found = violations(page)
    press(drawer, say("app.save_one", kind=say("fields.phase.one")))
    expect(drawer).to_have_count(0)
    expect(page.get_by_text(say("page_schedule.days", days=9)).first).to_be_visible()
    found += narrow(page, "dark")
    house.let_in(page, "beginner", "en")
    visit(page, page.url)
    press(page, phrases("en")("app.edit"))
    expect(drawer).to_be_visible()
    found += violations(page)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    assert found + narrow(page, "light") == []
    assert [text for text in thai_on(page) if "กำหนดการ" in text or "วันทำการ" in text] == []


def narrow(page: Page, color_scheme: str) -> list[str]:
    look(page, color_scheme=color_scheme, width=NARROW)
    expect(pictures(page)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    return violations(page)
