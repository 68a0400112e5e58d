"""What axe-core says of a page against WCAG 2.2 A and AA."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all of these rules that another theme can break
# A sheet made by script: the door's content policy allows no style element.
STAND_STILL = """() => { const still = new CSSStyleSheet(); document.adoptedStyleSheets.push(still);
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }") }"""
# Only what is wrong leaves the browser: the whole answer is a hundred times as long.
RUN = """async (rules) => (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })).violations
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} | ${node.failureSummary}`))"""


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """What axe says of the page as it stands."""
    page.evaluate(STAND_STILL)
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    return page.evaluate(RUN, rules)


def violations_in_both_themes(page: Page) -> list[str]:
    """In light with all rules, in dark with those that see colours. For a page that has no say in its theme; it is left in dark."""
    found = []
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found += violations(page, rules)
    return found
