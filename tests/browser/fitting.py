"""What does not fit a phone: pushed sideways, or too small for a finger."""

from __future__ import annotations

from playwright.sync_api import Page

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


def misfits(page: Page) -> list[str]:
    """What can be pushed sideways, what is tapped often and smaller than 44 pixels, anything smaller than 24."""
    often = page.locator(TAPPED).evaluate_all(SMALLER, 44)
    ever = page.locator(ANYTHING).evaluate_all(SMALLER, 24)
    return [*page.evaluate(SIDEWAYS), *often, *ever]
