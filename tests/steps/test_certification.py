"""Dates on the way to the certificate, each held against the one before it."""

from __future__ import annotations

import pytest

from pso_core.steps.certification import gaps
from tests.steps.certification_cases import dated
from tests.steps.small import Project, project, row

ORDERED = ("2026-09-01", "2026-10-01", "2026-10-09", "2026-10-09")
WRONG: dict[str, tuple[Project, list[tuple[str, str]]]] = {
    "all in order": (dated(*ORDERED), []),
    "an audit before the request": (dated("2026-10-02", *ORDERED[1:]), [("audit", "request")]),
    "a decision before the audit": (dated("2026-09-01", "2026-10-10", "2026-10-09", "2026-10-11"), [("decision", "audit")]),
    "a certificate before the decision": (dated("2026-09-01", "2026-10-01", "2026-10-09", "2026-10-08"), [("certificate", "decision")]),
    "a certificate before the request alone": (dated("2026-09-01", None, None, "2026-08-31"), [("certificate", "request")]),
    "a refusal dated before the audit grants nothing": (dated(None, "2026-10-10", "2026-10-01", None, "not_certified"), []),
    "each wrong step once": (dated("2026-10-04", "2026-10-03", "2026-10-02", "2026-10-01"), [("audit", "request"), ("decision", "audit"), ("certificate", "decision")]),
    "a request not sent yet": (project(row("request", letter_no="1"), row("audit", visited_on="2026-10-01")), []),
    "a second visit after the certificate": (project(row("audit", "1", visited_on="2026-10-01"), row("audit", "2", visited_on="2027-10-01"), *dated(None, None, None, "2026-10-09").rows), []),
}  # fmt: skip


@pytest.mark.parametrize(("case", "found"), WRONG.values(), ids=WRONG)
def test_each_date_is_held_against_the_one_before_it(case: Project, found: list[tuple[str, str]]):
    told = [gap for gap in gaps(case.review) if gap.code == "dates_contradict"]
    assert [(gap.facts["kind"], gap.facts["other_kind"]) for gap in told] == found
    assert all(gap.warning for gap in told)
