"""The gaps of the register of evidence, each with the smallest project in which it is found."""

from __future__ import annotations

from pso_core.domain.rows import Row
from pso_core.steps import Gap
from tests.steps.small import STANDARD, Case, Project, activity, attached, indicator, piece, project, round_, row, score, supporting

CODE = {"code": "1-01", "title": "บัญชีแฟ้ม"}
OF_FILE = (*piece(form="file", address=None), attached())
TWO = (round_(), indicator(), score(2, rationale="มีทะเบียน 1-01"))  # level 2 is claimed


def register(*rows, **more) -> Project:
    return project(*TWO, *rows, *supporting("1", level=2), **more)


def audited(level: int | None, name: str = "1", day: str = "2026-11-20", verdict: str = "partly", **more) -> tuple[Row, ...]:
    """A mock audit that found this level."""
    found = row("mock_audit", name, held_on=day)
    return found, row("mock_verdict", audit=found.id, indicator="indicator:1", verdict=verdict, level=level, **more)


OF_EVIDENCE: dict[str, Case] = {
    "evidence.level_unproven": Case(
        Gap("level_unproven", "support:1", {"criterion": "speed", "indicator": "ตัวชี้วัด 1", "level": 2}),
        project(*TWO, *piece(judgement="accepted"), *supporting("1", level=1)), register(*piece(judgement="accepted")),
    ),
    "evidence.evidence_without_content": Case(
        Gap("evidence_without_content", "evidence:1-01", {**CODE, "form": "paper"}), register(*piece(form="paper")),
        register(*piece(form="paper", file="file:1"), row("file", file_code="01-1", title="แฟ้ม")),
    ),
    "evidence.evidence_lost": Case(
        Gap("evidence_lost", "evidence:1-01", {**CODE, "name": "บัญชี.pdf"}), register(*OF_FILE, lost=frozenset({"a" * 64})), register(*OF_FILE, lost=frozenset({"b" * 64})),
    ),
    "evidence.evidence_unread": Case(Gap("evidence_unread", "evidence:1-01", CODE), register(*piece()), register(*piece(judgement="returned"))),
    "evidence.evidence_returned": Case(
        Gap("evidence_returned", "evidence:1-01", {**CODE, "reason": ""}), register(*piece(judgement="returned")), register(*piece(judgement="accepted")),
    ),
    "evidence.evidence_expired": Case(
        Gap("evidence_expired", "evidence:1-01", {**CODE, "date": "2026-11-22"}),
        register(*piece(judgement="accepted", valid_until="2026-11-22")), register(*piece(judgement="accepted", valid_until="2026-11-23")),
    ),
    "evidence.evidence_uncited": Case(
        Gap("evidence_uncited", "evidence:1-01", {"code": "1-01", "count": 1}, warning=True),
        project(round_(), indicator(), score(2, rationale="มีทะเบียน 1-010"), *piece(), *supporting("1")), register(*piece()),
    ),
    "evidence.evidence_supports_nothing": Case(
        Gap("evidence_supports_nothing", "evidence:1-01", CODE, warning=True), project(indicator(), *piece(judgement="accepted")), register(*piece(judgement="accepted")),
    ),
    "mock_audit.mock_audit_lower": Case(
        Gap("mock_audit_lower", "mock_verdict:1/1", {"indicator": "ตัวชี้วัด 1", "level": 2, "found": 1}, warning=True),
        project(*TWO, *audited(1)), project(*TWO, *audited(1, day="2026-11-01"), *audited(2, "2", day="2026-11-02")),
    ),
    "mock_audit.mock_audit_finding": Case(
        Gap("mock_audit_finding", "mock_verdict:1/1", {"indicator": "ตัวชี้วัด 1", "finding": "ทะเบียนไม่ครบ"}, warning=True),
        project(*TWO, *audited(None, verdict="disagrees", finding="ทะเบียนไม่ครบ\nขาดสองเดือน")),
        project(*TWO, *audited(None, verdict="disagrees", finding="ทะเบียนไม่ครบ", activity="activity:1"), activity()),
    ),
}  # fmt: skip

NOTHING = "evidence.evidence_supports_nothing"
EDGES_OF_EVIDENCE: dict[str, tuple[str, Project, bool]] = {
    "offered for an indicator, but for no level yet": (NOTHING, project(indicator(), *piece(), *supporting("1", level=None)), True),
    "the scan of the certificate": (NOTHING, project(*piece(), row("certificate", scan="evidence:1-01")), False),
    "a photograph of a result": (NOTHING, project(*piece(), row("result", group=STANDARD.result_groups[0], after="ดีขึ้น", photo="evidence:1-01")), False),
}
