"""Pictures are drawn in a real browser: a specification can be right by its schema and still draw nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pso_core.office import now_utc
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import BE_AHEAD
from tests.browser.fitting import cut_texts
from tests.browser.houses import House, a_house
from tests.browser.looks import NARROW, WIDE
from tests.browser.waiting import settle, visit

TH = phrases("th")
SAVE = TH("app.save_one", kind=TH("fields.activity.one"))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("pictures")) as opened:
        yield opened


def pictures(page: Page):
    return page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg.marks")


def test_the_gaps_and_the_plan_in_time_are_drawn_on_a_desk_and_on_a_phone(house: House, enter: Callable[..., Page]):
    page = enter()
    for address, count in (("step_6_assessment", 1), ("step_7_plan", 2)):
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 800})
            visit(page, f"{house.url}/{address}")  # anew: a picture that was drawn before takes other edges off itself
            expect(pictures(page)).to_have_count(count)
            assert (page.evaluate("document.documentElement.scrollWidth"), cut_texts(page)) == (width, [])


def test_a_plan_that_has_begun_and_goes_on_is_drawn_with_today_in_it(house: House, enter: Callable[..., Page]):
    page = enter()
    visit(page, f"{house.url}/step_7_plan")
    settle(page, lambda: page.get_by_role("button", name=TH("app.add", kind=TH("fields.activity.one"))).click())
    drawer = page.get_by_role("dialog")
    began = (now_utc() - timedelta(30)).date()
    drawer.get_by_label(TH("fields.activity.name.label")).fill("ทำต่อเนื่องถึงวันนี้")
    drawer.get_by_label(TH("fields.activity.start.label")).fill(f"{began.day}/{began.month}/{began.year + BE_AHEAD}")
    settle(page, lambda: drawer.get_by_text(TH("fields.activity.open_ended.label")).click())
    settle(page, lambda: drawer.get_by_role("button", name=SAVE).click())
    expect(drawer).to_have_count(0)
    expect(page.locator(".row").filter(has_text="ทำต่อเนื่องถึงวันนี้")).to_have_count(1)
    expect(pictures(page)).to_have_count(2)
