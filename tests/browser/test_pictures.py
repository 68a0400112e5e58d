"""Pictures are drawn in a real browser: a specification can be right by its schema and still draw nothing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fitting import cut_texts
from tests.browser.houses import House
from tests.browser.looks import NARROW, WIDE
from tests.browser.waiting import visit


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
