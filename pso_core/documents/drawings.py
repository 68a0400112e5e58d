"""The pictures of a report, drawn for paper: gaps to the targets, weights, and the plan on the calendar."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from pso_core.documents.blocks import Picture
from pso_core.documents.print_letters import FONTS
from pso_core.documents.print_text import printable_line
from pso_core.text.lines import one_line

TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "templates" / "pack" / "drawings.typ"
SHARP = 200.0  # pixels an inch
NAME = 60  # letters of a name
MOST = 40  # lines of a picture; more would not be read


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion on the scale from 0 to the top level; None where it has no such level yet. `said`: the numbers beside it."""

    name: str
    level: Fraction | None
    proven: Fraction | None
    target: Fraction | None
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` of the longest bar, 0 to 1."""

    name: str
    share: Fraction
    said: str


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last day; `open` when it goes on."""

    name: str
    first: date
    last: date
    open: bool


def gaps_picture(gaps: Iterable[Gap], top: int, legend: Sequence[tuple[str, str]], language: str, alt: str) -> Picture:
    """`legend`: (mark, what it means) with the marks now, proven, target."""
    rows = [
        {"name": _name(one.name), "said": printable_line(one.said), **{word: _share(getattr(one, word), top) for word in ("level", "proven", "target")}}
        for one in gaps
    ]  # fmt: skip
    ticks = [level / top for level in range(top + 1)]
    return _picture("gaps", rows, language, alt, ticks=ticks, legend=[{"mark": mark, "said": printable_line(said)} for mark, said in legend])


def bars_picture(bars: Iterable[Bar], language: str, alt: str) -> Picture:
    rows = [{"name": _name(one.name), "share": float(one.share), "said": printable_line(one.said)} for one in bars]
    return _picture("bars", rows, language, alt)


def spans_picture(spans: Sequence[Span], labels: Sequence[tuple[date, str]], language: str, alt: str) -> Picture:
    """On one calendar from the first day to the last; `labels`: days to be named over it."""
    first, last = min(one.first for one in spans), max(one.last for one in spans)
    whole = max((last - first).days, 1)

    def place(day: date) -> float:
        return (day - first).days / whole

    rows = [{"name": _name(one.name), "from": place(one.first), "to": place(one.last), "open": one.open} for one in spans[:MOST]]
    named = [(place(day), printable_line(said)) for day, said in labels if first <= day <= last]
    return _picture("spans", rows, language, alt, ticks=[at for at, _ in named], labels=named)


def _picture(kind: str, rows: list[dict[str, Any]], language: str, alt: str, **more: Any) -> Picture:
    data = {"kind": kind, "language": language, "rows": rows, "ticks": [], "labels": [], "legend": [], **more}
    return Picture(_drawn(json.dumps(data, ensure_ascii=False)), alt, "")


@lru_cache(maxsize=64)
def _drawn(data: str) -> bytes:
    """The same data are the same picture: it is drawn once for all formats."""
    return typst.compile(
        TEMPLATE.read_bytes(), root=TEMPLATE.parent, font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"drawing": data}, format="png", ppi=SHARP
    )


def forget() -> None:
    """The names in what was drawn were perhaps erased since."""
    _drawn.cache_clear()


def _share(level: Fraction | None, top: int) -> float | None:
    return None if level is None else float(Fraction(level) / top)


def _name(text: str) -> str:
    return printable_line(one_line(text, NAME))
