"""The mock audit: a colleague looks at each indicator as an auditor would, and says what they find."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.domain.rows import Row
from pso_core.steps import columns as column
from pso_core.steps.columns import Whole
from pso_core.steps.review import Gap, Review, beginning
from pso_core.steps.table import Kind, Table

VERDICTS = ("agrees", "partly", "disagrees")


class MockAudit(Table):
    held_on: str = column.day(required=True)
    auditor: str = column.person()
    note: str = column.text(limit=1_000)


class MockVerdict(Table):
    audit: str = column.reference("mock_audit", required=True, owned=True)
    indicator: str = column.reference("indicator", required=True, owned=True)
    verdict: str = column.choice(VERDICTS, required=True)
    level: Whole = column.choice("levels")
    finding: str = column.text(limit=2_000)
    activity: str = column.reference("activity")


def newest_audit(review: Review) -> Row | None:
    return max(review.state.of("mock_audit"), key=lambda row: (row["held_on"], row.seq), default=None)


def gaps(review: Review) -> Iterator[Gap]:
    """What the newest mock audit found lower than it is scored; gone when the score follows, or the next audit finds otherwise.

    And what it found or disagreed with for another reason; gone when an activity takes it up, or the next audit finds otherwise.
    """
    audit = newest_audit(review)
    for found in review.state.where("mock_verdict", audit=audit.id) if audit else ():
        score, indicator = review.scores.get(found["indicator"]), review.state.get(found["indicator"])
        claimed = score["level"] if score else None
        if claimed is not None and found["level"] is not None and found["level"] < claimed and indicator:
            yield Gap("mock_audit_lower", found.id, {"indicator": indicator["name"], "level": claimed, "found": found["level"]}, warning=True)
        elif indicator and not found["activity"] and (found["verdict"] == "disagrees" or found["finding"]) and found["verdict"] != "agrees":
            yield Gap("mock_audit_finding", found.id, {"indicator": indicator["name"], "finding": beginning(found["finding"] or "")}, warning=True)


MOCK_AUDIT = Kind("mock_audit", MockAudit)
MOCK_VERDICT = Kind("mock_verdict", MockVerdict, key=("audit", "indicator"))
