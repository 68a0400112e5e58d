"""A page to print or to send: what a manager reads on Monday, on one A4 page whatever there is to say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

from pso_core.documents.clean import clean
from pso_core.text.lines import one_line

DATA = Path(__file__).resolve().parents[2] / "data"
TEMPLATE, FONTS = DATA / "templates" / "print" / "one_page.typ", DATA / "fonts"
LINE = 180  # letters, which make at most two lines
SHORT = 30  # letters of a name beside others
WORDS = 60  # letters of how a phase stands
MOST = 8  # lines of a part, where there is room
BREAK, PIECE = "\u200b", 12  # a place to break, after so many letters
_UNBROKEN = re.compile(r"[^\s\u0e00-\u0e7f]{28,}")


@dataclass(frozen=True)
class Figure:
    """A large number: what it is, how much, out of how much ("" for nothing)."""

    name: str
    value: str
    whole: str


@dataclass(frozen=True)
class PhaseLine:
    """One phase: the mark and word of its state, and who has it."""

    mark: str
    name: str
    word: str
    owner: str
    late: bool


@dataclass(frozen=True)
class Part:
    """A part of the page. `none` is said where there are no lines; `more` says how many more there are than are shown."""

    heading: str
    lines: tuple[str, ...]
    none: str
    more: Callable[[int], str]


@dataclass(frozen=True)
class OnePage:
    """Everything on the page, as it is read. `phases` may be empty: then `no_phases` is said."""

    language: str
    day: date
    head: str
    made: str
    author: str
    finding: str
    figures: tuple[Figure, ...]
    note: str
    phases_heading: str
    phases: tuple[PhaseLine, ...]
    no_phases: str
    parts: tuple[Part, ...]


def one_page(page: OnePage) -> bytes:
    """The page as PDF: what does not fit is counted instead of shown. The same page is the same bytes."""
    made_at = datetime.combine(page.day, time(), UTC)
    data = json.dumps(_data(page), ensure_ascii=False)
    return typst.compile(
        TEMPLATE.read_bytes(), root=TEMPLATE.parent, font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"page": data},
        format="pdf", timestamp=made_at,
    )  # fmt: skip


def _data(page: OnePage) -> dict[str, Any]:
    """What the template reads: texts of one line, numbers, and nothing else."""
    return {
        "language": page.language,
        "date": [page.day.year, page.day.month, page.day.day],
        "head": _line(page.head),
        "made": _line(page.made, SHORT),
        "author": _line(page.author),
        "finding": _line(page.finding),
        "figures": [{"name": _line(one.name, SHORT), "value": _line(one.value, SHORT), "whole": _line(one.whole, SHORT)} for one in page.figures],
        "note": _line(page.note),
        "phases-heading": _line(page.phases_heading),
        "phases": [_phase(phase) for phase in page.phases],
        "no-phases": _line(page.no_phases),
        "parts": [_part(part) for part in page.parts],
        "most": MOST,
    }  # fmt: skip


def _phase(phase: PhaseLine) -> dict[str, Any]:
    return {
        "mark": _line(phase.mark, SHORT), "name": _line(phase.name, SHORT), "word": _line(phase.word, WORDS), "owner": _line(phase.owner, SHORT),
        "late": phase.late,
    }  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    return {
        "heading": _line(part.heading),
        "lines": [_line(line) for line in part.lines],
        "none": _line(part.none),
        "more": [_line(part.more(count)) for count in range(1, len(part.lines) + 1)],
    }


def _line(text: str, longest: int = LINE) -> str:
    """On one line, cut with an ellipsis; what has no spaces may break, as Thai does by its words."""
    line = one_line(clean(text), longest)
    return _UNBROKEN.sub(lambda run: BREAK.join(run[0][at : at + PIECE] for at in range(0, len(run[0]), PIECE)), line)
