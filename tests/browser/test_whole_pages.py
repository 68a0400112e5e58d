"""Every page and every drawer as everybody meets it: axe finds nothing, one language is read, and it fits a phone.

Each page is visited twice: the example in Thai and an empty project in English, each in both themes and both widths, with
everything that folds unfolded.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser.axe import violations
from tests.browser.fitting import misfits
from tests.browser.houses import ADDRESSES, BEGINNER, DRAWERS, OF_THE_OFFICE, House
from tests.browser.looks import LOOKS, PHONE
from tests.browser.reading import english_on, thai_on
from tests.browser.waiting import look, turn_to, unfold
from tests.building import PEOPLE

TYPED = {"ไทย", *(word for one in (*PEOPLE.values(), BEGINNER) for part in (one.name, one.position, one.division) for word in part.split())}


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_there_for_everybody(house: House, glance, address, language):
    wide, narrow = LOOKS[language]
    page = glance(whose(address, language), language=language, height=PHONE["height"], **wide)
    turn_to(page, f"{house.url}/{address}")
    folded = foreign(page, language)
    unfold(page)
    read = folded if address in OF_THE_OFFICE and language == "en" else foreign(page, language)  # folded there: names of days and people in Thai
    found = {"lang": page.locator("html").get_attribute("lang"), "title": untold(page, language), "wide": violations(page), "other language": read}
    look(page, **narrow)
    expect(page.get_by_test_id("stSidebarNav")).not_to_be_in_viewport()
    assert found | {"narrow": violations(page), "misfits": misfits(page)} == {"lang": language, "title": "", "wide": [], "other language": {}, "narrow": [], "misfits": []}


@pytest.mark.parametrize("kind", DRAWERS)
def test_a_drawer_is_there_for_everybody(house: House, glance, kind):
    """On a phone, half of them in English. The page below it is one of the pages above."""
    language = "th" if kind in DRAWERS[::2] else "en"
    page = glance(language=language, height=PHONE["height"], **LOOKS[language][1])
    turn_to(page, house.drawer_of(kind))
    expect(page.get_by_role("dialog")).to_have_css("color-scheme", LOOKS[language][1]["color_scheme"])
    read = english_on(page) if language == "th" else {}
    assert {"drawer": violations(page), "misfits": misfits(page), "english": read} == {"drawer": [], "misfits": [], "english": {}}


@pytest.mark.parametrize("kind", DRAWERS[1::2])
def test_the_other_drawers_hold_no_english_in_thai(house: House, glance, kind):
    page = glance(height=PHONE["height"], **LOOKS["th"][1])
    turn_to(page, house.drawer_of(kind))
    expect(page.get_by_role("dialog")).to_be_visible()
    assert english_on(page) == {}


def untold(page: Page, language: str) -> str:
    """The title of the tab where it is not the page's name in the menu, without its mark, and the program's."""
    here = page.get_by_test_id("stSidebarNavLink").evaluate_all("all => all.filter((one) => one.href === location.href.split('?')[0]).map((one) => one.innerText)")
    name, _, program = page.title().partition(" · ")
    return "" if here and name in here[0] and name[:1].isalpha() and program == phrases(language)("app.name") else f"{page.title()} {here}"


def foreign(page: Page, language: str) -> dict:
    """What is read in the other language, but what people typed."""
    if language == "th":
        return english_on(page)
    return {text: words for text, words in thai_on(page).items() if not set(text.replace("(", "").replace(")", "").split()) & TYPED}


def whose(address: str, language: str) -> str:
    """Who sees everything there is on this page."""
    if address in OF_THE_OFFICE:
        return "administrator"
    return "facilitator" if language == "th" else "beginner"
