"""Every page and every drawer as everybody meets it: axe finds nothing, one language is read, and it fits a phone.

Each page is visited twice, with everything that folds unfolded: the example in Thai, light on a desk and dark on a phone, and an
empty project in English on a phone.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from pso_core.ui.navigation import place_file
from tests.browser.axe import violations
from tests.browser.fitting import misfits
from tests.browser.houses import ADDRESSES, BEGINNER, DRAWERS, OF_THE_OFFICE, House
from tests.browser.looks import LOOKS, PHONE
from tests.browser.reading import english_on, thai_on
from tests.browser.waiting import look, turn_to, unfold
from tests.building import PEOPLE

IN_ENGLISH = ("task", "indicator", "evidence", "certificate")  # sorts of field whose labels and hints are long there, and which no other test here types into
TYPED = {"ไทย", *(word for one in (*PEOPLE.values(), BEGINNER) for part in (one.name, one.position, one.division) for word in part.split())}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_the_example_is_there_for_everybody(house: House, glance, address):
    wide, narrow = LOOKS["th"]
    page = glance(whose(address, "facilitator"), height=PHONE["height"], **wide)
    turn_to(page, f"{house.url}/{address}")
    read = english_on(page)  # what is there only while it is folded
    unfold(page)
    read |= english_on(page)
    found = {"lang": page.locator("html").get_attribute("lang"), "title": untold(page, "th"), "wide": violations(page), "English": read}
    look(page, **narrow)
    expect(page.get_by_test_id("stSidebarNav")).not_to_be_in_viewport()
    assert found | {"narrow": violations(page), "misfits": misfits(page)} == {"lang": "th", "title": "", "wide": [], "English": {}, "narrow": [], "misfits": []}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_an_empty_project_is_there_in_english_on_a_phone(house: House, glance, address):
    """Every second one in dark: what an empty project is told has the same colours on all of them."""
    page = glance(whose(address, "beginner"), language="en", color_scheme=("light", "dark")[ADDRESSES.index(address) % 2], **PHONE)
    turn_to(page, f"{house.url}/{address}")
    folded = thai_shown(page)
    unfold(page)
    read = folded if address in OF_THE_OFFICE else thai_shown(page)  # folded there: names of days and people in Thai
    found = {"lang": page.locator("html").get_attribute("lang"), "title": untold(page, "en"), "Thai": read, "axe": violations(page), "misfits": misfits(page)}
    assert found == {"lang": "en", "title": "", "Thai": {}, "axe": [], "misfits": []}


@pytest.mark.parametrize("kind", DRAWERS)
def test_a_drawer_is_there_for_everybody_on_a_phone(house: House, glance, kind):
    """The page below it is one of the pages above."""
    page = glance(height=PHONE["height"], **LOOKS["th"][1])
    turn_to(page, house.drawer_of(kind))
    expect(page.get_by_role("dialog")).to_have_css("color-scheme", LOOKS["th"][1]["color_scheme"])
    assert {"axe": violations(page), "misfits": misfits(page), "English": english_on(page)} == {"axe": [], "misfits": [], "English": {}}


@pytest.mark.parametrize("kind", IN_ENGLISH)
def test_a_drawer_of_a_new_row_is_there_in_english_on_a_phone(house: House, glance, kind):
    page = glance("beginner", language="en", height=PHONE["height"], **LOOKS["en"][1])
    turn_to(page, f"{house.url}/{place_file(kind).stem}?at={kind}")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert {"axe": violations(page), "misfits": misfits(page), "Thai": thai_shown(page)} == {"axe": [], "misfits": [], "Thai": {}}


def untold(page: Page, language: str) -> str:
    """The title of the tab where it is not the page's name in the menu, without its mark, and the program's."""
    here = page.get_by_test_id("stSidebarNavLink").evaluate_all("all => all.filter((one) => one.href === location.href.split('?')[0]).map((one) => one.innerText)")
    name, _, program = page.title().partition(" · ")
    return "" if here and name in here[0] and name[:1].isalpha() and program == phrases(language)("app.name") else f"{page.title()} {here}"


def thai_shown(page: Page) -> dict:
    """But what people typed."""
    return {text: words for text, words in thai_on(page).items() if not set(text.replace("(", "").replace(")", "").split()) & TYPED}


def whose(address: str, who: str) -> str:
    """Who sees everything there is on this page."""
    return "administrator" if address in OF_THE_OFFICE else who
