"""What can be read on a page by somebody who sees it: texts, hints in empty fields, and what styles add."""

from __future__ import annotations

import re

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
_LATIN = re.compile("[A-Za-z]{2,}")
_ADDRESS = re.compile(r"(?:\w+\.)+[a-z]{2,}\b")  # of a site, or the ending of a file's name
_THAI = re.compile("[\u0e00-\u0e7f]+")
# Names that Thai officials write in Latin letters, in our sentences and in the example's, and the way to the other language.
_WRITTEN_SO = {"English", "LAN", "MIS", "GIS", "Intranet", "Internet", "Word", "Excel", "json", "backups"}


def english_on(page: Page) -> dict[str, list[str]]:
    """{what is read: its Latin words that no Thai official would write}."""
    return _foreign(page, lambda text: [word for word in _LATIN.findall(_ADDRESS.sub("", text)) if word not in _WRITTEN_SO])


def thai_on(page: Page) -> dict[str, list[str]]:
    return _foreign(page, _THAI.findall)


def _foreign(page: Page, words_in) -> dict[str, list[str]]:
    return {text: words for text in page.evaluate(_SEEN) if (words := words_in(text))}
