"""Step 9: readiness, request, audit, decision, certificate, and the results for four groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pso_core.errors import Problem
from pso_core.steps import columns as column
from pso_core.steps.columns import Flag, PARAGRAPHS, Whole
from pso_core.steps.readiness import open_gaps, open_steps
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table

OUTCOMES = ("certified", "more_work", "not_certified")


class Readiness(Table):
    part: str = column.choice("checklist", required=True)
    ready: Flag = column.flag()
    note: str = column.text(limit=1_000)


class Request(Table):
    letter_no: str = column.text(limit=60)
    letter_date: str = column.day()
    sent_on: str = column.day()
    clause: str = column.text(limit=60)
    open_reason: str = column.text(limit=2_000)


class Audit(Table):
    visited_on: str = column.day(required=True)
    auditors: str = column.text(limit=1_000)
    summary: str = column.text(limit=PARAGRAPHS)


class Finding(Table):
    audit: str = column.reference("audit", required=True, owned=True)
    text: str = column.text(limit=2_000, required=True)
    remedy: str = column.text(limit=2_000)
    owner: str = column.person()
    due: str = column.day()
    resolved_on: str = column.day()


class Decision(Table):
    decided_on: str = column.day(required=True)
    outcome: str = column.choice(OUTCOMES, required=True)
    decided_by: str = column.text()
    note: str = column.text(limit=2_000)


class Certificate(Table):
    number: str = column.text(limit=60)
    system: str = column.text(limit=100)
    valid_from: str = column.day(required=True)
    valid_to: str = column.day(required=True)
    signed_by: str = column.text()

    @pa.dataframe_check(name="valid_to", error="valid_to_before_valid_from")
    def in_order(cls, frame: pd.DataFrame) -> pd.Series:
        return frame["valid_to"].fillna("") >= frame["valid_from"].fillna("")


class Result(Table):
    group: str = column.choice("result_groups", required=True)
    before: str = column.text(limit=2_000)
    after: str = column.text(limit=2_000, required=True)
    position: Whole = column.whole(ge=0)


def gaps(review: Review) -> Iterator[Gap]:
    state = review.state
    request = state.only("request")
    yield from _earlier_steps_open(review, excused=bool(request and request["open_reason"]))
    if not (request and request["sent_on"]):
        yield Gap("no_request", "request")
    if not state.of("audit"):
        yield Gap("no_audit", "audit")
    for finding in state.of("finding"):
        if not finding["resolved_on"]:
            yield Gap("finding_open", finding.id, {"finding": finding["text"]})
    if not state.of("decision"):
        yield Gap("no_decision", "decision")
    if any(row["outcome"] == "certified" for row in state.of("decision")) and not state.only("certificate"):
        yield Gap("no_certificate", "certificate")
    for group in review.standard.choices("result_groups"):
        if not any(True for _ in state.where("result", group=group)):
            yield Gap("no_result", "result", {"result_group": group})


def _earlier_steps_open(review: Review, excused: bool) -> Iterator[Gap]:
    """The head may ask for certification with steps open: once the reason is written they are only warned of."""
    for step, count in open_steps(review):
        yield Gap("earlier_step_open", f"step:{step.key}", {"number": step.number, "step": step.key, "count": count}, warning=excused)


def _open_with_reason(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """The head may send the request while something is still missing, but says why."""
    if body["sent_on"] and not body["open_reason"] and (count := sum(1 for _ in open_gaps(review))):
        yield Problem("open_without_reason", ("request", entity_id, "open_reason"), {"count": count})


READINESS = Kind("readiness", Readiness, key=("part",))
REQUEST = Kind("request", Request, single=True, verb="certify", against=_open_with_reason)
AUDIT = Kind("audit", Audit, verb="certify")
FINDING = Kind("finding", Finding, verb="certify")
DECISION = Kind("decision", Decision, verb="certify")
CERTIFICATE = Kind("certificate", Certificate, single=True, verb="certify")
RESULT = Kind("result", Result)
STEP = Step("certification", 9, (READINESS, REQUEST, AUDIT, FINDING, DECISION, CERTIFICATE, RESULT), gaps)
