"""What can be read on a page by somebody who sees it: texts, hints in empty fields, and what styles add; and what is only heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from playwright.sync_api import Page

_SEEN = """() => {
  const found = new Set()
  const large = (box) => box.width > 1 && box.height > 1
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && large(one.getBoundingClientRect())
    && large(one.parentElement?.getBoundingClientRect() ?? { width: 2, height: 2 })
  const read = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      if (node.shadowRoot) read(node.shadowRoot)
      if (node.nodeType === Node.TEXT_NODE) {
        const range = document.createRange()
        range.selectNodeContents(node)
        const one = node.parentElement
        const shown = one && !one.closest('style, script, noscript, [data-testid=stIconMaterial]') && large(range.getBoundingClientRect())
        if (shown && seen(one)) found.add(node.data.trim())
      } else if (seen(node)) {
        if (node.placeholder && !node.value) found.add(node.placeholder)
        for (const part of ['::before', '::after']) {
          const added = getComputedStyle(node, part).content
          if (added.startsWith('"')) found.add(added.slice(1, -1))
        }
      }
    }
  }
  read(document.body)
  return [...found]
}"""
# An element without a box of its own (display: contents) is there if what holds it is. What has no size is not seen, and heard.
_PAINTED_OVER = """[...document.querySelectorAll('body *')]
  .filter((one) => getComputedStyle(one).fontSize === "0px" && !one.closest("[aria-label], [aria-hidden=true]") && one.checkVisibility({ visibilityProperty: true }))
  .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()))"""
_HEARD = """() => [...document.querySelectorAll('[aria-label], [aria-roledescription], [title], [data-live-announcer] *')]
  .filter((one) => (getComputedStyle(one).display === "contents" ? one.parentElement : one).checkVisibility({ visibilityProperty: true }))
  .flatMap((one) => [one.ariaLabel, one.ariaRoleDescription, one.title, one.closest("[data-live-announcer]") && one.textContent]).concat(PAINTED_OVER).filter(Boolean)""".replace("PAINTED_OVER", _PAINTED_OVER)
_LATIN = re.compile("[A-Za-z]{2,}")
_ADDRESS = re.compile(r"(?:https?://)?(?:\w+\.)+[a-z]{2,}\b|\.[a-z]{3,4}\b|\b[0-9a-f]{64}\b")  # of a site, the ending of a file's name, a fingerprint
_THAI = re.compile("[\u0e00-\u0e7f]+")
# Names that Thai officials write in Latin letters, in our sentences and in the example's, and the way to the other language.
_WRITTEN_SO = {"English", "LAN", "MIS", "GIS", "Intranet", "Internet", "Word", "Excel", "PDF", "LINE", "json", "backups"}


def english_on(page: Page) -> dict[str, list[str]]:
    """{what is read: its Latin words that no Thai official would write}."""
    return _foreign(page.evaluate(_SEEN), _english_words)


def english_heard_on(page: Page) -> dict[str, list[str]]:
    """The same of what a screen reader says: names of buttons and regions, kinds of things, announcements."""
    return _foreign(page.evaluate(_HEARD), _english_words)


def heard_on(page: Page) -> set[str]:
    return set(page.evaluate(_HEARD))


def thai_on(page: Page) -> dict[str, list[str]]:
    return _foreign(page.evaluate(_SEEN), _THAI.findall)


def _english_words(text: str) -> list[str]:
    return [word for word in _LATIN.findall(_ADDRESS.sub("", text)) if word not in _WRITTEN_SO]


def _foreign(texts: Iterable[str], words_in: Callable[[str], list[str]]) -> dict[str, list[str]]:
    return {text: words for text in texts if (words := words_in(text))}
