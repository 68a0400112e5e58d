"""What axe-core says of a page against WCAG 2.2 A and AA."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.waiting import look

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# A sheet made by script: the door's content policy allows no style element. One a page, as each is matched with every element.
STAND_STILL = """() => { if (window.still) return; window.still = new CSSStyleSheet(); document.adoptedStyleSheets.push(still);
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }") }"""
# Only what is wrong leaves the browser: the whole answer is a hundred times as long.
RUN = """async (rules) => (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })).violations
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} | ${node.failureSummary}`))"""


def violations(page: Page) -> list[str]:
    """What axe says of the page as it stands."""
    page.evaluate(STAND_STILL)
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    return page.evaluate(RUN, RULES)


def violations_in_both_themes(page: Page) -> list[str]:
    """In light and in dark, in which the page is left."""
    found = []
    for scheme in ("light", "dark"):
        if page.get_by_test_id("stApp").count():
            look(page, color_scheme=scheme, width=page.viewport_size["width"])
        else:
            page.emulate_media(color_scheme=scheme)
        found += violations(page)
    return found
