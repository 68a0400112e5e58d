"""From each criterion to its evidence and the file that holds it, and back from the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pso_core.documents.blocks import Block, Finding, Heading, Line, Table
from pso_core.documents.case import Case
from pso_core.documents.parts.self_assessment import level_text
from pso_core.documents.records import nothing_yet, paragraph, shown
from pso_core.domain.rows import Row
from pso_core.steps.naming import level_name, name_of

COLUMNS = {"indicator": 4, "level": 2.4, "evidence": 5, "files": 4.6}


def evidence_index(case: Case) -> Iterator[Block]:
    current = case.review.scored_round
    if current is None or not case.state.of("indicator"):
        yield nothing_yet(case, "score")
        return
    given = case.scores(current.id)
    bare = sum(1 for indicator in case.state.of("indicator") if not _evidence(given.get(indicator.id)))
    yield paragraph(case, "evidence.purpose", round=current["name"])
    yield Finding(case.say("documents.evidence.bare" if bare else "documents.evidence.all", count=bare))
    yield _forward(case, given)
    yield from _backward(case, given)


def files_named(text: str | None, files: Iterable[Row]) -> tuple[Row, ...]:
    """The files of the register whose code stands in the text as a whole. Codes that are mere numbers are passed over."""
    return tuple(row for row in files if text and not row["file_code"].isdecimal() and _whole(row["file_code"]).search(text))


@cache
def _whole(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(code)}(?![\w]|\.\w)")


def _evidence(given: Row | None) -> str | None:
    return given["evidence"] if given else None


def _forward(case: Case, given: dict[str, Row]) -> Table:
    lines: list[Line] = []
    files = case.state.of("file")
    for criterion in case.standard.criteria:
        indicators = tuple(case.state.where("indicator", criterion=criterion.key))
        lines += [f"{criterion.code} {criterion.name[case.language]}"] if indicators else []
        lines += [_line(case, indicator, given.get(indicator.id), files) for indicator in indicators]
    head = tuple(case.say(f"documents.evidence.columns.{word}") for word in COLUMNS)
    return Table(head, tuple(lines), tuple(COLUMNS.values()))


def _line(case: Case, indicator: Row, given: Row | None, files: Iterable[Row]) -> tuple[str, ...]:
    evidence = _evidence(given)
    found = "\n".join(f"{row['file_code']} – {shown(case, row, 'place')}" for row in files_named(evidence, files))
    nothing = case.say("app.nothing")
    return (indicator["name"], level_text(case, given), evidence or case.say("documents.evidence.none"), found or nothing)


def _backward(case: Case, given: dict[str, Row]) -> Iterator[Block]:
    """Each file that a score names: which indicators stand on it."""
    rows = []
    for file in case.state.of("file"):
        uses = [row for row in given.values() if files_named(row["evidence"], (file,))]
        if uses:
            rows.append((file["file_code"], file["title"], shown(case, file, "place"), "\n".join(_use(case, row) for row in uses)))
    if rows:
        yield Heading(case.say("documents.evidence.back"), 2)
        head = tuple(case.say(f"documents.evidence.back_columns.{word}") for word in ("code", "title", "place", "used"))
        yield Table(head, tuple(rows), (2.4, 4.6, 4, 5))


def _use(case: Case, score: Row) -> str:
    indicator = case.state.get(score["indicator"])
    level = level_name(case, score["level"]) if score["level"] is not None else level_text(case, score)
    return f"{name_of(case, 'criteria', indicator['criterion'])}: {indicator['name']} ({level})"
