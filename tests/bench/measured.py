"""What a part of the bench hands back, and how it is printed."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """One figure. `aim`: not more than this; None where there is no aim. `how`: the figures it comes from."""

    what: str
    value: float
    unit: str
    aim: float | None = None
    how: str = ""

    @property
    def verdict(self) -> str:
        if self.aim is None:
            return ""
        return "reached" if self.value <= self.aim else f"missed by {self.value / self.aim - 1:.0%}"


def ratio(what: str, above: Sequence[float], below: Sequence[float], *, unit: str, aim: float | None = None) -> Measured:
    """The quotient of two medians; `unit` is that of the figures above and below."""
    upper, lower = statistics.median(above), statistics.median(below)
    return Measured(what, upper / lower, "×", aim, f"{upper:.2f} {unit} ÷ {lower:.2f} {unit}, {len(above)} + {len(below)} times")


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(figures: Sequence[Measured]) -> str:
    rows = [("what", "value", "aim", "", "how")]
    rows += [(f.what, f"{f.value:,.2f} {f.unit}", f"≤ {f.aim:g}" if f.aim else "", f.verdict, f.how) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def keep(figures: Sequence[Measured], machine: dict[str, object], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    document = {"machine": machine, "figures": [{**asdict(figure), "verdict": figure.verdict} for figure in figures]}
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
