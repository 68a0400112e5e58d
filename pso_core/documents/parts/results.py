"""Step 9: what the upgrade brought, and what the audit found and decided."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Finding, Heading, Picture, Remark
from pso_core.documents.case import Case
from pso_core.documents.records import cells, facts, grid, kind_title, nothing_yet, step_heading, table
from pso_core.domain.calendar import day_of, days_left
from pso_core.domain.rows import Row
from pso_core.steps.certification import newest_picture
from pso_core.steps.naming import name_of, row_name
from pso_core.text.thaidate import say_date, say_days_left

RESULT = {"position": 1.4, "group": 2.8, "before": 5.9, "after": 5.9}
FIGURES = {"group": 2.8, "after": 4.8, "figure_before": 2, "figure_after": 2, "unit": 2.2, "photo": 2.2}
FINDING = {"text": 3.9, "remedy": 3.3, "owner": 2.2, "due": 2.1, "resolved_on": 2.1, "activity": 2.4}
DECISION = {"decided_on": 2.6, "outcome": 3.4, "decided_by": 4, "note": 6}


def results(case: Case) -> Iterator[Block]:
    yield step_heading(case, "certification")
    yield Heading(kind_title(case, "result"), 3)
    yield from _results(case)
    yield Heading(kind_title(case, "audit"), 3)
    yield from _audits(case)
    yield Heading(kind_title(case, "inquiry"), 3)
    yield from _inquiries(case)
    yield Heading(kind_title(case, "decision"), 3)
    yield table(case, "decision", sorted(case.state.of("decision"), key=lambda row: row["decided_on"]), DECISION)
    yield Heading(kind_title(case, "certificate", "one"), 3)
    yield from _certificate(case)


def _results(case: Case) -> Iterator[Block]:
    """In the order of the groups; a group without a result is said."""
    found = [row for group in case.standard.result_groups for row in case.state.where("result", group=group)]
    if found:
        yield grid(case, "result", [cells(case, row, RESULT) for row in found], RESULT)
    if counted := [row for row in found if any(row[name] is not None for name in ("figure_before", "figure_after", "unit", "photo"))]:
        yield Heading(case.say("documents.results.figures"), 3)
        yield grid(case, "result", [cells(case, row, FIGURES) for row in counted], FIGURES)
    for row in found:
        yield from _photo(case, row)
    told = {row["group"] for row in found}
    for group in case.standard.result_groups:
        if group not in told:
            yield Remark(case.say("gaps.no_result", result_group=name_of(case, "result_groups", group)))


def _photo(case: Case, row: Row) -> Iterator[Picture]:
    """The picture that shows a result, with the title it has in the register of evidence."""
    file = newest_picture(case.state, row["photo"])
    png = case.photo(file) if file else None
    if png:
        group = name_of(case, "result_groups", row["group"])
        yield Picture(png, case.say("documents.results.photo", group=group, what=row["after"]), row_name(case.state.get(row["photo"]), case))


def _audits(case: Case) -> Iterator[Block]:
    audits = sorted(case.state.of("audit"), key=lambda row: row["visited_on"])
    if not audits:
        yield nothing_yet(case, "audit")
    for audit in audits:
        yield from _audit(case, audit)


def _audit(case: Case, audit: Row) -> Iterator[Block]:
    yield facts(case, audit)
    findings = tuple(case.state.where("finding", audit=audit.id))
    open_ones = sum(1 for row in findings if not row["resolved_on"])
    if open_ones:
        yield Finding(case.say("documents.results.open", count=open_ones, all=len(findings)))
    yield table(case, "finding", findings, FINDING)


def _inquiries(case: Case) -> Iterator[Block]:
    found = sorted(case.state.of("inquiry"), key=lambda row: row["asked_at"])
    if not found:
        yield nothing_yet(case, "inquiry")
    for inquiry in found:
        yield facts(case, inquiry)


def _certificate(case: Case) -> Iterator[Block]:
    certificate = case.state.only("certificate")
    if certificate is None:
        yield nothing_yet(case, "certificate")
        return
    left = say_days_left(days_left(day_of(certificate["valid_to"]), case.review.today), case.say, "validity")
    yield Finding(case.say("documents.results.valid", to=say_date(certificate["valid_to"], case.say, "long"), left=left))
    yield facts(case, certificate)
