"""Small projects made by hand, each for one thing that a report tells."""

from __future__ import annotations

from datetime import datetime

from pso_core.documents.case import Case
from pso_core.documents.sheets import sheets
from pso_core.documents.submission import about_of
from pso_core.documents.word import About
from pso_core.documents.workbook import workbook_file
from pso_core.domain.rows import Row
from tests.domain.cases import CRITERIA

ABOUT = About("ชื่อ", "หน่วยงาน", "th", datetime(2026, 11, 23), "ท้ายหน้า", "5e" * 32)


def workbook_of(case: Case) -> bytes:
    """The workbook alone, as it is handed in beside the report."""
    return workbook_file(sheets(case), about_of(case))


def row(kind: str, name: str, /, **body) -> Row:
    """Without a name the row of a kind that a project has once."""
    return Row(f"{kind}:{name}" if name else kind, kind, 1, 1, body)


EMPTY = {"project": row("project", "", standard="pso1101")}


def merged(*rows: Row, base: dict[str, Row] = EMPTY) -> dict[str, Row]:
    return {**base, **{one.id: one for one in rows}}


def with_tasks(*points: tuple[str, int]) -> dict[str, Row]:
    """A task for each (tier, points)."""
    return merged(*(row("task", str(n), tier=tier, code=f"1.{n}", name=f"งาน{n}", points=p) for n, (tier, p) in enumerate(points)))


def scored(*levels: object, weights: tuple[int, ...] = (60, 40), target: int = 3, name: str = "ก่อนยกระดับ") -> dict[str, Row]:
    """The first criteria, one indicator each, in one round; a level None is not scored, "-" does not apply."""
    rows = [row("round", "1", name=name, opened_on="2026-01-01")]
    for criterion, weight, level in zip(CRITERIA, weights, levels, strict=False):
        rows.append(row("weight", criterion, criterion=criterion, weight=weight))
        rows.append(row("target", criterion, criterion=criterion, level=target))
        rows.append(row("indicator", criterion, criterion=criterion, name=f"ตัวชี้วัด{criterion}"))
        rows.append(score("1", criterion, level))
    return merged(*rows)


def score(in_round: str, criterion: str, level: object) -> Row:
    given = {"not_applicable": True} if level == "-" else {"level": level}
    return row("score", f"{in_round}/{criterion}", round=f"round:{in_round}", indicator=f"indicator:{criterion}", **given)
