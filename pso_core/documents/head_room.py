"""How wide each column of a table is, so that its heading is not broken within a word: Thai has no spaces, and no list of words is here."""

from __future__ import annotations

from collections.abc import Sequence

from pso_core.documents.print_room import WIDTH, letters

LETTER, CAPITAL = 0.3, 1.6  # centimetres of a bold letter where TH Sarabun New, which is narrower, has a substitute; letters that a capital is as wide as
MARGINS = 0.35  # centimetres of a cell, on both sides
LONGEST, SHORTEST = 11, 8  # Thai letters in a row that stay on one line, where there is room for that and where there is little
OF_SEVERAL = 2  # letters less have the words of which a longer row is made
FOR_HEADINGS = 0.88  # of the width at most: the rest is for columns with long texts


def shares(parts: Sequence[float], head: Sequence[str]) -> tuple[float, ...]:
    """Centimetres for each column: what its heading needs, and the rest in the proportion in which the `parts` exceed it."""
    wished = [WIDTH * part / sum(parts) for part in parts]
    least = _least(head)
    beyond = [max(0.0, wish - need) for wish, need in zip(wished, least, strict=True)]
    rest = (WIDTH - sum(least)) / sum(beyond)
    return tuple(need + rest * more for need, more in zip(least, beyond, strict=True))


def _least(head: Sequence[str]) -> list[float]:
    """For as many Thai letters in a row as there is room for."""
    room = WIDTH * FOR_HEADINGS
    for most in range(LONGEST, SHORTEST - 1, -1):
        least = [MARGINS + LETTER * max((_wide(word, most) for word in text.split()), default=0) for text in head]
        if sum(least) <= room:
            return least
    return [need * room / sum(least) for need in least]


def _wide(word: str, most: int) -> float:
    long = letters(word) + (CAPITAL - 1) * sum(map(str.isupper, word))
    return long if word.isascii() or long <= most else most - OF_SEVERAL
