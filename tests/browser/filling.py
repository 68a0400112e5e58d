"""Doing on a page what people do: writing in fields, choosing, pressing, each by the words that stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page

from tests.browser.waiting import settle

Place = Page | Locator
# Each is left for the next one without waiting for what the page makes of it. One that cannot be written in takes no focus.
_WRITTEN = """async (them) => {
  for (const [box, text] of them) {
    box.focus()
    if (document.activeElement !== box) throw Error(`nobody can write in ${box.ariaLabel}`)
    box.select()
    document.execCommand("insertText", false, text)
    await new Promise((next) => setTimeout(next))
  }
}"""


def field(where: Place, label: str) -> Locator:
    """The field of this label: a text, a number, a date or a list to choose from; not the one that a run is about to replace."""
    return where.get_by_label(label, exact=True).and_(_page(where).locator(":is(input, textarea):not([data-stale=true] *)"))


def write(where: Place, label: str, text: object, nth: int = 0) -> None:
    """Fill the field in and leave it, as the next field is gone to."""
    box = field(where, label).nth(nth)
    box.fill(str(text))
    settle(_page(where), lambda: box.press("Tab"))


def write_all(where: Place, texts: Mapping[str, object]) -> None:
    """One field after the other, by their labels; the last is not left, as by whoever then presses a button."""
    write_in([(field(where, label), text) for label, text in texts.items()])


def write_in(fields: Sequence[tuple[Locator, object]]) -> None:
    them = [(box.element_handle(), str(text)) for box, text in fields]
    fields[0][0].page.evaluate(_WRITTEN, [[box, text] for box, text in them])


def choose(where: Place, label: str, option: str) -> None:
    """Choose from a list, after typing what is looked for."""
    page, box = _page(where), field(where, label).first
    box.click()
    box.fill(option)
    settle(page, page.get_by_role("option", name=option).first.click)


def pick(where: Place, label: str, option: str, nth: int = 0) -> None:
    """Tap one of the choices that stand side by side."""
    settle(_page(where), lambda: tap(where, label, option, nth))


def tap(where: Place, label: str, option: str, nth: int = 0) -> None:
    """The same without waiting for what the page makes of it."""
    where.get_by_role("radiogroup", name=label, exact=True).nth(nth).locator("label, button").filter(has_text=option).first.click()


def press(where: Place, name: str, *, exact: bool = True) -> None:
    """Not exact where a key stands beside the name."""
    settle(_page(where), where.get_by_role("button", name=name, exact=exact).first.click)


def _page(where: Place) -> Page:
    return where.page if isinstance(where, Locator) else where
