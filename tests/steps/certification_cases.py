"""The warning that what belongs to the certificate is dated in the wrong order."""

from __future__ import annotations

from pso_core.steps import Gap
from tests.steps.small import Case, Project, project, row


def dated(sent: str | None = None, visited: str | None = None, decided: str | None = None, valid: str | None = None, outcome: str = "certified") -> Project:
    return project(
        *([row("request", sent_on=sent)] if sent else []),
        *([row("audit", visited_on=visited)] if visited else []),
        *([row("decision", decided_on=decided, outcome=outcome)] if decided else []),
        *([row("certificate", valid_from=valid, valid_to="2029-12-31")] if valid else []),
    )


def contradiction(place: str, kind: str, date: str, other_kind: str, other_date: str) -> Gap:
    return Gap("dates_contradict", place, {"kind": kind, "date": date, "other_kind": other_kind, "other_date": other_date}, warning=True)


OF_CERTIFICATION: dict[str, Case] = {
    "certification.dates_contradict": Case(
        contradiction("certificate", "certificate", "2026-10-01", "audit", "2026-10-02"),
        dated(visited="2026-10-02", valid="2026-10-01"), dated(visited="2026-10-02", valid="2026-10-02"),
    ),
}  # fmt: skip
