"""axe-core finds nothing against WCAG 2.2 A and AA at the door, where one may only look, and where something is refused; every page: test_whole_pages.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser.axe import violations, violations_in_both_themes
from tests.browser.filling import field, press, write
from tests.browser.fitting import misfits
from tests.browser.houses import House
from tests.browser.looks import LOOKS, NARROW, PHONE
from tests.browser.waiting import look, turn_to, unfold, visit
from tests.servers import Server

say = phrases("th")


def test_axe_finds_nothing_where_a_viewer_may_only_look(house: House, glance):
    page, found = glance("viewer", color_scheme="dark"), []
    for address in ("step_4_weights", "step_6_assessment", "step_9_certification"):
        turn_to(page, f"{house.url}/{address}")
        found += violations(page)
    assert found == []


def test_axe_finds_nothing_where_something_is_refused_or_opened_over_the_page(house: House, enter):
    page = enter("beginner", width=NARROW)
    visit(page, f"{house.url}/step_4_weights")
    write(page, say("fields.weight.weight.label"), 101)
    press(page, say("page_weights.save"))
    expect(page.get_by_role("alert").first).to_contain_text("101")
    found = violations_in_both_themes(page)
    for scheme in ("light", "dark"):
        look(page, color_scheme=scheme, width=NARROW)
        turn_to(page, f"{house.url}/step_3_tasks")
        press(page, say("page_tasks.add_many"))
        expect(field(page, say("page_tasks.add_many_label"))).to_be_visible()
        found += violations(page)
        page.keyboard.press("Escape")
    assert found == []


def test_axe_finds_nothing_where_names_were_chosen_from_a_list(house: House, enter):
    page = enter()
    visit(page, f"{house.url}/meetings")
    unfold(page)
    press(page, say("page_workshop.call_all"))
    expect(page.locator("[data-tag]")).to_have_count(len(house.tokens))
    assert violations_in_both_themes(page) == []


@pytest.mark.parametrize("language", LOOKS)
def test_axe_finds_nothing_at_the_door_and_it_fits_a_phone(house: House, visitor, language):
    page = visitor(complains=True)  # in the console: a refused form answers 401
    wrong = {address: at_the_door(page, f"{house.url}/{address}", language) for address in ("sign-in", "switch")}
    assert wrong == {"sign-in": [], "switch": []}


@pytest.mark.parametrize("language", LOOKS)
def test_axe_finds_nothing_on_the_first_start_and_it_fits_a_phone(server: Server, visitor, language):
    assert at_the_door(visitor(complains=True), f"{server.url}/start", language) == []


def at_the_door(page: Page, address: str, language: str) -> list[str]:
    """A page outside Streamlit in both looks of this language, and in the second with its refusal."""
    page.goto(address)
    page.get_by_role("navigation").locator(f"[lang={language}]").click()
    page.wait_for_load_state()
    found = []
    for seen in LOOKS[language]:
        page.set_viewport_size({"width": seen["width"], "height": PHONE["height"]})
        page.emulate_media(color_scheme=seen["color_scheme"])
        found += violations(page)
    found += misfits(page)
    for field in page.locator("input[required]").all():
        field.fill("ผิดแน่นอน")
    if page.locator("button.main").count():  # switching roles has nothing to fill in
        page.locator("button.main").last.click()
        page.wait_for_load_state()
        found += violations(page) + misfits(page)
    return found
