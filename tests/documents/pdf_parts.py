"""A PDF taken apart: what readers find on its pages, and the structure in which it says what it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pypdfium2
from pypdf import PdfReader

SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
UNSEEN = re.compile("[\\s\u00a0\u200b\u2060\u0002\ufffe\\-]")  # spaces, and the hyphen that a reader takes away at the end of a line


def packed(text: str) -> str:
    """Without what may differ between lines and columns."""
    return UNSEEN.sub("", text)


def page_texts(content: bytes) -> list[str]:
    """Letter by letter in the order of drawing, as most readers search; sara am in one, though it is drawn in two."""
    return list(_page_texts(content))


@lru_cache(maxsize=8)  # several tests read the same report, and reading takes as long as setting it
def _page_texts(content: bytes) -> tuple[str, ...]:
    return tuple(SARA_AM.sub("\\1\u0e33", packed(page.extract_text())) for page in PdfReader(io.BytesIO(content)).pages)


def seen_by_chrome(content: bytes) -> list[str]:
    """The same as PDFium finds it, which puts letters in an order of its own."""
    return [packed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(content)]


def pages(content: bytes) -> int:
    """How many there are: much quicker known than what stands on them."""
    return len(pypdfium2.PdfDocument(content))


def outside(content: bytes) -> list[tuple[int, str]]:
    """(page, letter) of whatever is drawn over an edge of the page."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(content), 1):
        text, (wide, tall) = page.get_textpage(), page.get_size()
        for place in range(text.count_chars()):
            left, low, right, high = text.get_charbox(place)
            if right > left and (left < 0 or right > wide or low < 0 or high > tall):
                found.append((number, text.get_text_range(place, 1)))
    return found


def pictures(content: bytes) -> list[bytes]:
    """Each page as it looks."""
    return [page.render(scale=1).to_pil().tobytes() for page in pypdfium2.PdfDocument(content)]


def catalog(content: bytes) -> Any:
    return PdfReader(io.BytesIO(content)).root_object


def headings(content: bytes) -> list[tuple[int, str]]:
    """(level, text) of the bookmarks."""
    return list(_bookmarks(catalog(content)["/Outlines"], 1))


def _bookmarks(parent: Any, level: int) -> Iterator[tuple[int, str]]:
    child = parent.get("/First")
    while child:
        yield level, str(child["/Title"])
        yield from _bookmarks(child, level + 1)
        child = child.get("/Next")


def lines_of_tables(content: bytes) -> list[int]:
    """How many rows each table has, in the order of reading."""
    return [sum(1 for one in _elements(table) if one["/S"] == "/TR") for table in _elements(catalog(content)["/StructTreeRoot"]) if table["/S"] == "/Table"]


def alternatives(content: bytes) -> list[str]:
    """What pictures say to whoever does not see them."""
    return [str(one["/Alt"]) for one in _elements(catalog(content)["/StructTreeRoot"]) if one["/S"] == "/Figure"]


def _elements(parent: Any) -> Iterator[Any]:
    children = parent.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from _elements(child)


def fonts(content: bytes) -> dict[str, bool]:
    """The name of each font, without the mark of its subset, and whether it is inside."""
    found = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            described = font["/DescendantFonts"][0]["/FontDescriptor"]
            found[str(described["/FontName"]).partition("+")[2]] = "/FontFile2" in described
    return found


def actions(content: bytes) -> set[str]:
    """What following anything on the pages would do, besides going to another page."""
    marks = (mark.get_object() for page in PdfReader(io.BytesIO(content)).pages for mark in page.get("/Annots", []))
    return {str(mark["/A"]["/S"]) if "/A" in mark else "/GoTo" for mark in marks} - {"/GoTo"}
