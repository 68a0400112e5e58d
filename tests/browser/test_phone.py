"""At 360 pixels: nothing to push sideways, nothing too small for a finger, the menu folded away; in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import LANGUAGES, phrases
from tests.browser.filling import press
from tests.browser.houses import ADDRESSES, DRAWERS, OF_THE_OFFICE, House
from tests.browser.waiting import unfold, visit
from tests.servers import Server

say = phrases("th")
PHONE = {"width": 360, "height": 740}
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
TAPPED = """.stButton button, .stDownloadButton button, .stPopover button, .stButtonGroup [role=radio], .stButtonGroup [role=checkbox], .stPageLink a,
  .stLinkButton a, .stExpander summary, [data-testid=stSidebarNavLink], [data-testid=stExpandSidebarButton], [data-testid=stMainMenuButton],
  [data-testid=stFileUploaderDropzone] button, [data-testid=stDialog] section > button, .ways a, li button, form button, nav a"""
ANYTHING = "button, a[href], summary, input, textarea, [role=radio], [role=checkbox], [role=switch], [role=combobox]"
# A field is tapped anywhere on its label or frame; what is no larger than a pixel is there for those who listen; a link may stand in a sentence.
SMALLER = """(all, least) => all.map((one) => {
    const whole = one.closest("label, [data-testid=stNumberInputContainer], [data-testid=stTextInputRootElement], .stSelectbox, .stMultiSelect") ?? one
    return [one, whole.getBoundingClientRect()]
  }).filter(([one, box]) => box.right > 0 && Math.min(box.width, box.height) > 1 && Math.min(box.width, box.height) < least - 0.5
    && one.checkVisibility({ visibilityProperty: true }) && one.parentElement.getBoundingClientRect().width > 1 && !one.matches("p a"))
  .map(([one, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 160)}`)"""
SIDEWAYS = """() => [document.scrollingElement, ...document.querySelectorAll('[data-testid=stMain], [role=dialog]')]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => `${one.scrollWidth} in ${one.clientWidth} ${one.tagName}`)"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_fits_a_phone_and_says_its_language(house: House, enter, address, language):
    page = enter("administrator" if address in OF_THE_OFFICE else "facilitator", language=language, **PHONE)
    visit(page, f"{house.url}/{address}")
    unfold(page)
    assert page.locator("html").get_attribute("lang") == language
    expect(page.get_by_test_id("stSidebarNav")).not_to_be_in_viewport()
    assert misfits(page) == []


@pytest.mark.parametrize("kind", DRAWERS)
def test_a_drawer_fits_a_phone(house: House, enter, kind):
    page = enter(**PHONE)
    visit(page, house.drawer_of(kind))
    expect(page.get_by_role("dialog")).to_be_visible()
    assert misfits(page) == []


def test_the_answer_to_a_save_is_whole_on_a_phone(house: House, enter):
    page = enter(**PHONE)
    visit(page, house.drawer_of("activity"))
    press(page.get_by_role("dialog"), say("app.save_one", kind=say("fields.activity.one")))
    answer = page.get_by_test_id("stToast")
    expect(answer).to_contain_text(say("app.nothing_changed"))
    box = answer.bounding_box()
    assert (box["x"] >= 0, box["x"] + box["width"] <= PHONE["width"]) == (True, True)


@pytest.mark.parametrize("address", ["sign-in", "switch"])
def test_the_door_fits_a_phone(house: House, visitor, address):
    page = visitor(**PHONE)
    page.goto(f"{house.url}/{address}")
    assert misfits(page) == []


def test_the_first_start_fits_a_phone(server: Server, visitor):
    page = visitor(**PHONE)
    page.goto(f"{server.url}/start")
    assert misfits(page) == []


def test_the_menu_opens_over_the_page_and_goes_when_a_page_is_chosen(house: House, enter):
    page = enter(**PHONE, user_agent=ANDROID)
    visit(page, house.url)
    menu = page.get_by_test_id("stSidebarNav")
    expect(menu).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    menu.get_by_role("link", name="2 พันธกิจ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("พันธกิจ")
    expect(menu).not_to_be_in_viewport()


def misfits(page: Page) -> list[str]:
    """What can be pushed sideways, what is tapped often and smaller than 44 pixels, anything smaller than 24."""
    often = page.locator(TAPPED).evaluate_all(SMALLER, 44)
    ever = page.locator(ANYTHING).evaluate_all(SMALLER, 24)
    return [*page.evaluate(SIDEWAYS), *often, *ever]
