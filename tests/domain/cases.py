"""Projects for the tests of the rules: rows made by hand, and Lampang's figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pso_core.domain.rows import ProjectState, Row

CRITERIA = (
    "coverage", "accuracy", "reliability", "speed", "linkage",
    "currency", "participation", "access", "verifiability",
)  # fmt: skip
WEIGHTS = (20, 15, 15, 10, 10, 10, 10, 5, 5)
LEVELS = (1, 2, 2, 1, 1, 2, 1, 2, 2)  # reconstructed from the source's damaged table: 150 of 300
ROUND = "round:1"


@dataclass(frozen=True)
class Key:
    key: str


@dataclass(frozen=True)
class Scale:
    """As much of a standard as the arithmetic needs."""

    criteria: tuple[Key, ...] = tuple(map(Key, CRITERIA))
    top_level: int = 3


PSO1101 = Scale()


def scale(*criteria: str, top_level: int = 3) -> Scale:
    return Scale(tuple(map(Key, criteria)), top_level)


def project(*rows: Row) -> ProjectState:
    return ProjectState("project:1", len(rows), {row.id: row for row in rows})


def row(kind: str, name: str, /, seq: int = 1, **body: Any) -> Row:
    return Row(f"{kind}:{name}", kind, 1, seq, body)


def weight(criterion: str, points: Any) -> Row:
    return row("weight", criterion, criterion=criterion, weight=points)


def target(criterion: str, level: int) -> Row:
    return row("target", criterion, criterion=criterion, level=level)


def indicator(criterion: str, name: str = "", share: Any = None) -> Row:
    return row("indicator", name or criterion, criterion=criterion, share=share)


def scored(name: str, level: Any, not_applicable: bool = False, round_id: str = ROUND) -> Row:
    return row(
        "score", f"{round_id[6:]}/{name}", round=round_id, indicator=f"indicator:{name}", level=level,
        not_applicable=not_applicable,
    )  # fmt: skip


def activity(name: str, start: str | None = None, due: str | None = None, **body: Any) -> Row:
    return row("activity", name, start=start, due=due, **body)


def report(of: str, day: str, percent: Any, seq: int = 1, name: str = "") -> Row:
    return row(
        "progress", name or f"{of}-{day}-{seq}", seq=seq, activity=f"activity:{of}", reported_on=day, percent=percent
    )


def lampang(levels: tuple = LEVELS, target_level: int = 3) -> ProjectState:
    """Lampang's nine weights, one indicator a criterion; a level None is not scored, "-" does not apply."""
    return project(
        row("round", "1", opened_on="2000-10-02"),
        *(weight(*pair) for pair in zip(CRITERIA, WEIGHTS, strict=True)),
        *(indicator(key) for key in CRITERIA),
        *(target(key, target_level) for key in CRITERIA),
        *(
            scored(key, None if level == "-" else level, level == "-")
            for key, level in zip(CRITERIA, levels, strict=True)
            if level is not None
        ),
    )
