"""Reading a page to print back: how many pages, and its text as a reader that follows the PDF standard finds it.

A letter with a vowel over it is drawn by several glyphs, of which the file says in an /ActualText what they mean together
(ISO 32000, 14.9.4). pypdf takes the glyphs one by one, so it is used here to take the file apart and no more.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

PAIR = re.compile(r"<([0-9A-F]{4})>\s+<([0-9A-F]+)>")


def pages(content: bytes) -> list[str]:
    """The text of each page without any spaces, for a line may end anywhere."""
    reader = PdfReader(io.BytesIO(content))
    return ["".join("".join(_said(reader, page)).replace("\u200b", "").split()) for page in reader.pages]


def about(content: bytes) -> Mapping[str, Any]:
    return PdfReader(io.BytesIO(content)).metadata


def leads_anywhere(content: bytes) -> bool:
    """Whether something on the page can be followed or run."""
    return any("/Annots" in page for page in PdfReader(io.BytesIO(content)).pages)


def fonts(content: bytes) -> set[str]:
    """The names of the fonts on the first page."""
    [page, *_] = PdfReader(io.BytesIO(content)).pages
    return {font.get_object()["/BaseFont"].partition("+")[2] for font in page["/Resources"]["/Font"].values()}


def _said(reader: PdfReader, page: Any) -> Iterator[str]:
    maps = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    font: Mapping[int, str] = {}
    depth = inside = 0  # of marked content, and that at which a text stands for the glyphs
    last = ""  # what was said just before: a tone that is lifted over its vowel is drawn by itself and says the whole letter again
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            depth += 1
            stands = operands[1].get("/ActualText") if operator == b"BDC" and isinstance(operands[1], dict) else None
            if stands is not None and not inside:
                inside = depth
                if stands != last or len(stands) == 1:
                    yield str(stands)
                last = str(stands)
        elif operator == b"EMC":
            inside = 0 if inside == depth else inside
            depth -= 1
        elif operator == b"Tf":
            font = maps[operands[0]]
        elif operator in (b"Tj", b"TJ") and not inside:
            pieces = operands[0] if operator == b"TJ" else operands
            for letters in (letters for piece in pieces if hasattr(piece, "original_bytes") for letters in _read(piece, font)):
                if letters != last or len(letters) == 1:
                    yield letters
                last = letters


def _letters(font: Any) -> dict[int, str]:
    table = font["/ToUnicode"].get_data().decode()
    return {int(code, 16): bytes.fromhex(letters).decode("utf-16-be") for code, letters in PAIR.findall(table)}


def _read(piece: Any, font: Mapping[int, str]) -> Iterator[str]:
    codes = piece.original_bytes
    return (font.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2))
