"""What a report tells, block by block."""

from __future__ import annotations

from pso_core.documents.blocks import Finding, Heading, Remark, Table
from pso_core.documents.report import report
from tests.documents.full import case, full_project

ROWS, PEOPLE = full_project()


def blocks(rows, language="th", people=PEOPLE):
    return list(report(case(rows, people, language)))


def part(rows, number: int, language="th"):
    """The blocks of the part with this number."""
    found = blocks(rows, language)
    starts = [place for place, block in enumerate(found) if isinstance(block, Heading) and block.level == 1] + [len(found)]
    return found[starts[number - 1] : starts[number]]


def findings(found) -> list[str]:
    return [block.text for block in found if isinstance(block, Finding)]


def remarks(found) -> list[str]:
    return [block.text for block in found if isinstance(block, Remark)]


def tables(found) -> list[Table]:
    return [block for block in found if isinstance(block, Table)]
