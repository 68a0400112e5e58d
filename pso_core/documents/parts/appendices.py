"""What the parts rest on: proposals, worksheets, earlier rounds, the mock audits, the meetings with their resolutions, the schedule with its approvals, and how the score is worked out."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Heading
from pso_core.documents.case import Case
from pso_core.documents.parts.schedule import schedule
from pso_core.documents.parts.self_assessment import reasons
from pso_core.documents.records import facts, kind_title, nothing_yet, paragraph, shown, table

MOCK_VERDICT = {"audit": 2, "indicator": 3.6, "verdict": 2.1, "level": 2.3, "finding": 3.7, "activity": 2.3}


def appendices(case: Case) -> Iterator[Block]:
    yield Heading(kind_title(case, "proposal"), 2)
    yield table(case, "proposal", case.state.of("proposal"), {"person": 3.5, "text": 7.5, "reason": 5})
    yield Heading(kind_title(case, "worksheet"), 2)
    yield from _worksheets(case)
    yield from _earlier_rounds(case)
    yield from _mock_audits(case)
    yield from _meetings(case)
    yield from schedule(case)
    yield from _template(case)
    yield Heading(case.say("documents.method.title"), 2)
    for point in ("level", "weighted", "total", "unscored", "excused", "target"):
        yield paragraph(case, f"method.{point}", top=case.standard.top_level, maximum=case.standard.maximum)


def _template(case: Case) -> Iterator[Block]:
    """Which template the Word file follows; the PDF and the parts of a pack say it too."""
    if template := case.state.only("word_template"):
        yield Heading(kind_title(case, "word_template", "one"), 2)
        yield facts(case, template)


def _worksheets(case: Case) -> Iterator[Block]:
    found = case.state.of("worksheet")
    if not found:
        yield nothing_yet(case, "worksheet")
    for sheet in found:
        yield Heading(case.say("documents.worksheet", system=sheet["work_system"], person=shown(case, sheet, "person")), 3)
        yield facts(case, sheet)


def _earlier_rounds(case: Case) -> Iterator[Block]:
    for earlier in case.state.of("round")[:-1]:
        yield Heading(case.say("documents.assessment.reasons", round=earlier["name"]), 2)
        yield from reasons(case, earlier)


def _mock_audits(case: Case) -> Iterator[Block]:
    for audit in case.state.of("mock_audit"):
        yield Heading(f"{kind_title(case, 'mock_audit', 'one')} {shown(case, audit, 'held_on')}", 2)
        yield facts(case, audit)
        yield table(case, "mock_verdict", tuple(case.state.where("mock_verdict", audit=audit.id)), MOCK_VERDICT)


def _meetings(case: Case) -> Iterator[Block]:
    """Each meeting with its attendance, and every resolution that it took."""
    found = case.state.of("meeting")
    if found:
        yield Heading(case.say("documents.meetings"), 2)
    for meeting in found:
        yield Heading(case.say("documents.meeting", title=meeting["title"], date=shown(case, meeting, "held_on")), 3)
        yield facts(case, meeting)
        for resolution in case.state.where("resolution", meeting=meeting.id):
            yield facts(case, resolution)
