"""What axe-core says of a page against WCAG 2.2 A and AA."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# A sheet made by script: the door's content policy allows no style element.
STAND_STILL = """() => { const still = new CSSStyleSheet(); document.adoptedStyleSheets.push(still);
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }") }"""


def violations(page: Page) -> list[str]:
    """What axe says of the page as it stands."""
    page.evaluate(STAND_STILL)
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    answer = page.evaluate("options => axe.run(document, options)", {"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['html'][:200]} | {node['failureSummary']}"
        for one in answer["violations"]
        for node in one["nodes"]
    ]
