"""Doing on a page what people do: writing in fields, choosing, pressing, each by the words that stand there."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.waiting import settle

Place = Page | Locator


def field(where: Place, label: str) -> Locator:
    """The field of this label: a text, a number, a date or a list to choose from; not the one that a run is about to replace."""
    return where.get_by_label(label, exact=True).and_(_page(where).locator(":is(input, textarea):not([data-stale=true] *)"))


def write(where: Place, label: str, text: object, nth: int = 0) -> None:
    """Fill the field in and leave it, as the next field is gone to."""
    box = field(where, label).nth(nth)
    box.fill(str(text))
    settle(_page(where), lambda: box.press("Tab"))


def choose(where: Place, label: str, option: str) -> None:
    """Choose from a list, after typing what is looked for."""
    page, box = _page(where), field(where, label).first
    box.click()
    box.fill(option)
    settle(page, page.get_by_role("option", name=option).first.click)


def pick(where: Place, label: str, option: str, nth: int = 0) -> None:
    """Tap one of the choices that stand side by side."""
    group = where.get_by_role("radiogroup", name=label, exact=True).nth(nth)
    settle(_page(where), group.locator("label, button").filter(has_text=option).first.click)


def press(where: Place, name: str, *, exact: bool = True) -> None:
    """Not exact where a key stands beside the name."""
    settle(_page(where), where.get_by_role("button", name=name, exact=exact).first.click)


def _page(where: Place) -> Page:
    return where.page if isinstance(where, Locator) else where
