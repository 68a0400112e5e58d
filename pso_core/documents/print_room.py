"""How much room a text takes in a column, roughly and rather too much: what must stay together must also fit on a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

WIDTH = 16  # centimetres between the margins
LETTERS = 4.5  # of a table in a centimetre
MOST_KEPT = 18  # lines that are kept on one page; it holds fifty, but a W is wider and a long word leaves a hole
MOST_CAPTION = 4  # lines that are kept under a picture
MOST_REPEATED = 3  # lines of a group that are said again where its table goes on


def room_of(widths: Iterable[float]) -> tuple[float, ...]:
    """How many letters a line of each column holds; `widths` are parts of the whole."""
    widths = tuple(widths)
    return tuple(max(1, (WIDTH * width / sum(widths) - 0.4) * LETTERS) for width in widths)


def lines_taken(cells: Iterable[str], room: Iterable[float]) -> int:
    """The lines of a table's row: those of its tallest cell."""
    return max(sum(1 + int(letters(line) / width) for line in text.split("\n")) for text, width in zip(cells, room, strict=True))


def letters(line: str) -> int:
    """Those that stand beside each other, not the marks over and under them."""
    return sum(1 for letter in line if unicodedata.category(letter) != "Mn")
