"""Many press every button twice, as they open a file: what a button carries out is carried out once, and nobody is told of a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser.houses import House, a_house
from tests.browser.waiting import settle, visit

TH = phrases("th")
PAUSES = (20, 90, 250)  # milliseconds between two clicks: before, while and after the first one is answered


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("double")) as opened:
        yield opened


@pytest.fixture
def page(house: House, enter: Callable[..., Page]) -> Page:
    page = enter("facilitator", complains=True)
    visit(page, f"{house.url}/step_6_assessment")
    return page


@pytest.mark.parametrize("pause", PAUSES)
def test_a_round_is_opened_once(page: Page, pause: int):
    """The name is taken by then; and the field it was typed into is gone, which was a fault of the program."""
    settle(page, lambda: page.get_by_text(TH("page_assessment.open"), exact=True).first.click())
    button = page.get_by_role("button", name=TH("page_assessment.open_yes"), exact=True)
    expect(button).to_be_visible()
    settle(page, lambda: twice(page, button.bounding_box(), pause))
    settle(page, lambda: page.wait_for_timeout(400))
    expect(page.locator(".round")).to_be_visible()
    expect(page.locator("[data-testid=stAlertContentError]")).to_have_count(0)


def twice(page: Page, box: dict[str, float], pause: int) -> None:
    """At one spot, as a mouse tells it: the second one is counted as such."""
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(pause if count == 1 else 0)
