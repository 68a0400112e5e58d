"""Texts of a picture in as many lines as they need, in two forms: for a wide screen and for a phone. The browser chooses by the width it has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from pso_core.charts.theme import APART

Placed = tuple[Sequence[Mapping[str, Any]], int]  # the rows of a form, and how high all of them are

WIDE, PHONE = 700, 302  # pixels of room for a text in each form
LONGEST_NAME = 160  # letters of a name in a picture
LINE_HEIGHT = 22  # pixels: stacked Thai vowels need the room
NARROW = "narrow_"  # before the name of a place in the form for a phone
HIGH_AS_SAID = {"type": "fit-x", "contains": "padding"}  # else the browser takes the edges off the height, and cuts what stands lowest
SHOWN = "shown_"  # before the name of a place as the browser chose it
# How a text stands in its lines. They have room, and the browser is not asked for it: what it measures before the letters have
# come is another face, and stays. Where the picture is narrower than any form they end at its edge.
IN_LINES = {"align": "left", "baseline": "middle", "clip": True, "lineBreak": "\n", "lineHeight": LINE_HEIGHT}

# Thai is written without spaces between words, and there is no list of words here, but rules of writing: a vowel written
# before its consonant begins a syllable and often a word; so does a consonant with a vowel, unless it is the second of two
# that are said as one; some signs end a syllable.
_FACT, _SPACE, _BEGINS = re.compile(r"(?<= ·)(?=\s)"), re.compile(r"(?=\s)"), re.compile(r"(?<=[ก-๎])(?=[เแโใไ])")
_SYLLABLE = re.compile(r"(?<=[ก-๎])(?<![เแโใไ])(?=[ก-ฮ][ะ-ฺ็])(?<![ก-ค จ-ช ต-ธ บ-ผ พ ศ-ส ห อ](?=[ง น ม-ว]))|(?<=[ะๆฯ์])(?=[ก-ฮ])")
BOLD = 1.04  # times as wide are bold letters
_EMS = {"Mn": 0.0, "Zs": 0.27, "Po": 0.32, "Ll": 0.54, "Lo": 0.585, "Nd": 0.59}  # as wide as letters of Sarabun are, by category


def told(name: str, when: str | None, room: int, size: float) -> tuple[str, ...]:
    """A name in lines and when it is: beside the last of them where that has room, else below."""
    *above, last = lines(name, room, size)
    whole = APART.join(filter(None, (last, when)))
    return (*above, whole) if width_of(whole, size) <= room else (*above, last, *lines(when or "", room, size))


def lines(text: str, room: int, size: float) -> Iterator[str]:
    """The text in lines that have room, one at least: broken before another fact, else where a word or a syllable may end, else between two letters."""
    while (end := _fits(text, room, size)) < len(text):
        at = _break(text, end)
        yield text[:at].strip().removesuffix(" ·")
        text = text[at:].lstrip().removeprefix("· ").lstrip()  # the break separates them already
    yield text.strip()


def in_both(spec: Mapping[str, Any], wide: Placed, narrow: Placed, places: Sequence[str]) -> dict[str, Any]:
    """The layers with their rows, whose `places` and the height of all are those of the form that has room."""
    layers = [{word: said for word, said in layer.items() if word != "data"} for layer in spec["layer"]]  # Altair gives each an empty one
    rows = [{**row, **{NARROW + name: other[name] for name in places if name in other}} for row, other in zip(wide[0], narrow[0], strict=True)]
    here = [{"calculate": choice(f"datum.{NARROW}{name}", f"datum.{name}"), "as": SHOWN + name} for name in places]
    height = {"name": "height", "expr": choice(narrow[1], wide[1])}  # Vega's own signal
    more = {"layer": layers, "params": [height], "transform": here, "data": {"values": rows}}
    return {**{word: said for word, said in spec.items() if word != "datasets"}, "width": "container", "height": wide[1], "autosize": HIGH_AS_SAID, **more}


def y_of(place: str) -> alt.Y:
    """One of these places, in pixels from the top."""
    return alt.Y(f"{SHOWN}{place}:Q", title=None, axis=None, scale=None)


def choice(narrow: object, wide: object) -> str:
    return f"width < {WIDE} ? {narrow} : {wide}"


def _break(text: str, end: int) -> int:
    """Where to break before `end`, past the middle so that no line is left nearly empty."""
    half = end // 2
    for sign, first in ((_FACT, 1), (_SPACE, half), (_BEGINS, half), (_SYLLABLE, half), (_SPACE, 1)):
        if found := [match.start() for match in sign.finditer(text, 1) if first <= match.start() <= end]:
            return found[-1]
    return end


def _fits(text: str, room: int, size: float) -> int:
    """How many of its letters have room; a mark above or below takes none and stays with its letter."""
    taken = 0.0
    for at, letter in enumerate(text):
        taken += _ems(letter) * size
        if taken > room and at:
            return at
    return len(text)


def width_of(text: str, size: float) -> float:
    return sum(map(_ems, text)) * size


@cache
def _ems(letter: str) -> float:
    return 1.0 if letter == APART else _EMS.get(unicodedata.category(letter), 0.75)
