"""axe-core finds nothing against WCAG 2.2 A and AA, on any page, wide and narrow, light and dark, full and empty.

Each page is visited twice: the example in Thai and an empty project in English. Every visit is looked at in both themes
and both widths, the other way round the second time, with everything that folds unfolded.
"""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser.filling import field, press, write
from tests.browser.houses import ADDRESSES, DRAWERS, OF_THE_OFFICE, House
from tests.browser.waiting import look, settle, unfold, visit
from tests.servers import Server

say = phrases("th")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
WIDE, NARROW = 1280, 360
LOOKS = {
    "th": ({"color_scheme": "light", "width": WIDE}, {"color_scheme": "dark", "width": NARROW}),
    "en": ({"color_scheme": "dark", "width": WIDE}, {"color_scheme": "light", "width": NARROW}),
}


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_on_a_page(house: House, enter, address, language):
    first, second = LOOKS[language]
    page = enter(whose(address, language), language=language, **first)
    visit(page, f"{house.url}/{address}")
    unfold(page)
    found = violations(page)
    look(page, **second)
    assert found + violations(page) == []


@pytest.mark.parametrize("kind", DRAWERS)
def test_axe_finds_nothing_on_a_drawer_nor_on_the_page_below_it(house: House, enter, kind):
    language = ("th", "en")[DRAWERS.index(kind) % 2]
    first, second = LOOKS[language]
    page = enter(language=language, **second)
    visit(page, house.drawer_of(kind))
    expect(page.get_by_role("dialog")).to_have_css("color-scheme", second["color_scheme"])
    found = violations(page)
    settle(page, lambda: page.keyboard.press("Escape"))
    look(page, **first)
    unfold(page)
    assert found + violations(page) == []


@pytest.mark.parametrize("address", ["step_4_weights", "step_6_assessment", "step_9_certification"])
def test_axe_finds_nothing_where_a_viewer_may_only_look(house: House, enter, address):
    page = enter("viewer", color_scheme="dark")
    visit(page, f"{house.url}/{address}")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_something_is_refused_or_opened_over_the_page(house: House, enter, scheme):
    page = enter("beginner", color_scheme=scheme, width=NARROW)
    visit(page, f"{house.url}/step_4_weights")
    write(page, say("fields.weight.weight.label"), 101)
    press(page, say("page_weights.save"))
    expect(page.get_by_role("alert").first).to_contain_text("101")
    found = violations(page)
    visit(page, f"{house.url}/step_3_tasks")
    press(page, say("page_tasks.add_many"))
    expect(field(page, say("page_tasks.add_many_label"))).to_be_visible()
    assert found + violations(page) == []


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("address", ["sign-in", "switch"])
def test_axe_finds_nothing_at_the_door(house: House, visitor, address, language):
    assert at_the_door(visitor, f"{house.url}/{address}", language) == []


@pytest.mark.parametrize("language", LOOKS)
def test_axe_finds_nothing_on_the_first_start(server: Server, visitor, language):
    assert at_the_door(visitor, f"{server.url}/start", language) == []


def at_the_door(visitor, address: str, language: str) -> list[str]:
    """A page outside Streamlit, in both looks of this language, and with its refusal."""
    found = []
    for seen in LOOKS[language]:
        page = visitor(**seen, complains=True)  # in the console: a refused form answers 401
        page.goto(address)
        page.get_by_role("navigation").locator(f"[lang={language}]").click()
        page.wait_for_load_state()
        found += violations(page)
        for field in page.locator("input[required]").all():
            field.fill("ผิดแน่นอน")
        if page.locator("button.main").count():  # switching roles has nothing to fill in
            page.locator("button.main").last.click()
            page.wait_for_load_state()
            found += violations(page)
    return found


def whose(address: str, language: str) -> str:
    """Who sees everything there is on this page."""
    if address in OF_THE_OFFICE:
        return "administrator"
    return "facilitator" if language == "th" else "beginner"


# A sheet made by script: the door's content policy allows no style element.
STAND_STILL = """() => { const still = new CSSStyleSheet(); document.adoptedStyleSheets.push(still);
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }") }"""


def violations(page: Page) -> list[str]:
    """What axe says of the page as it stands."""
    page.evaluate(STAND_STILL)
    page.evaluate(AXE)
    answer = page.evaluate("options => axe.run(document, options)", {"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['html'][:200]} | {node['failureSummary']}"
        for one in answer["violations"]
        for node in one["nodes"]
    ]
