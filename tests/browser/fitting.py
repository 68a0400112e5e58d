"""What does not fit: on a phone pushed sideways, or too small for a finger; in a picture, texts that are cut."""

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
# A text beyond the edge of its picture, or beyond the view: that clips it, which its box knows nothing of, or lines end above it.
CUT = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg.marks')].flatMap((svg) => {
  const [whole, view] = [svg, svg.querySelector('path.background')].map((one) => one.getBoundingClientRect())
  return [...svg.querySelectorAll('.mark-text.role-mark text')].filter((one) => {
    const box = one.getBoundingClientRect(), right = one.closest('[clip-path]') ? view.right : whole.right
    return one.textContent && (box.left < whole.left - 1 || box.right > right || box.bottom > view.bottom)
  }).map((one) => one.textContent)
})"""


def cut_texts(page: Page) -> list[str]:
    """Of the pictures on the page."""
    return page.evaluate(CUT)


def misfits(page: Page) -> list[str]:
    """What can be pushed sideways, what is tapped often and smaller than 44 pixels, anything smaller than 24."""
    often = page.locator(TAPPED).evaluate_all(SMALLER, 44)
    ever = page.locator(ANYTHING).evaluate_all(SMALLER, 24)
    return [*page.evaluate(SIDEWAYS), *often, *ever]
