"""Step 9: readiness, request, audit, decision, certificate, and the results for four groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import Problem
from pso_core.steps import columns as column
from pso_core.steps.columns import Flag, Number, PARAGRAPHS, Whole
from pso_core.steps.evidence import CODE, FILE_NAME
from pso_core.steps.readiness import earlier_steps_open, open_gaps
from pso_core.steps.review import Gap, Review, beginning
from pso_core.steps.table import Kind, Step, Table

OUTCOMES = ("certified", "more_work", "not_certified")
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})  # what every browser shows
MOST = 10**12  # of a figure before or after
SORTS = ("question", "finding")  # what an examiner leaves
INQUIRER = 100  # characters of the name they type


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
    activity: str = column.reference("activity")


class Inquiry(Table):
    asked_by: str = column.text(limit=INQUIRER, required=True)
    sort: str = column.choice(SORTS, required=True)
    about: str = column.choice("criteria")
    evidence_code: str = column.text(limit=CODE)
    text: str = column.text(limit=2_000, required=True)
    asked_at: str = column.moment(required=True)
    answer: str = column.text(limit=2_000)
    answered_by: str = column.person()
    answered_at: str = column.moment()
    activity: str = column.reference("activity")


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
    scan: str = column.reference("evidence")

    @pa.dataframe_check(name="valid_to", error="valid_to_before_valid_from")
    def in_order(cls, frame: pd.DataFrame) -> pd.Series:
        return frame["valid_to"].isna() | (frame["valid_to"].fillna("") >= frame["valid_from"].fillna(""))


class Result(Table):
    group: str = column.choice("result_groups", required=True)
    before: str = column.text(limit=2_000)
    after: str = column.text(limit=2_000, required=True)
    figure_before: Number = column.number(ge=-MOST, le=MOST)
    figure_after: Number = column.number(ge=-MOST, le=MOST)
    unit: str = column.text(limit=60)
    photo: str = column.reference("evidence")
    position: Whole = column.whole(ge=0)


class WordTemplate(Table):
    name: str = column.text(limit=FILE_NAME, required=True)
    media_type: str = column.text(limit=100, required=True)
    bytes: Whole = column.whole(ge=1, required=True)
    sha256: str = column.text(limit=64, required=True)
    added_by: str = column.person()
    added_at: str = column.moment(required=True)


def certified_by(state: ProjectState) -> Row | None:
    """The last decision that grants the certificate."""
    granting = [row for row in state.of("decision") if row["outcome"] == "certified"]
    return max(granting, key=lambda row: (row["decided_on"], row.seq), default=None)


def newest_file(state: ProjectState, evidence_id: str | None) -> Row | None:
    """The newest attachment of a piece of evidence that is a file; None for anything else."""
    piece = state.get(evidence_id)
    if piece is None or piece["form"] != "file":
        return None
    return max(state.where("attachment", evidence=piece.id), key=lambda row: row["number"], default=None)


def newest_picture(state: ProjectState, evidence_id: str | None) -> Row | None:
    """The same where it is a picture, which a page can show."""
    file = newest_file(state, evidence_id)
    return file if file and file["media_type"] in PICTURES else None


def gaps(review: Review) -> Iterator[Gap]:
    state = review.state
    request = state.only("request")
    yield from earlier_steps_open(review)
    if not (request and request["sent_on"]):
        yield Gap("no_request", "request")
    if not state.of("audit"):
        yield Gap("no_audit", "audit")
    for finding in state.of("finding"):
        if not finding["resolved_on"]:
            yield Gap("finding_open", finding.id, {"finding": finding["text"]})
    for inquiry in state.of("inquiry"):
        if is_open(inquiry):
            yield Gap("inquiry_open", inquiry.id, {"examiner": inquiry["asked_by"], "text": beginning(inquiry["text"])}, warning=True)
    if not state.of("decision"):
        yield Gap("no_decision", "decision")
    if any(row["outcome"] == "certified" for row in state.of("decision")) and not state.only("certificate"):
        yield Gap("no_certificate", "certificate")
    for group in review.standard.choices("result_groups"):
        if not any(True for _ in state.where("result", group=group)):
            yield Gap("no_result", "result", {"result_group": group})
    yield from _contradictions(state)


def _contradictions(state: ProjectState) -> Iterator[Gap]:
    """What is dated before that which it follows: request, first audit, granting decision, certificate."""
    dated = [one for one in _dated(state) if one[2]]
    for (other_kind, _, other_date), (kind, place, day) in pairwise(dated):
        if day < other_date:
            facts = {"kind": kind, "date": day, "other_kind": other_kind, "other_date": other_date}
            yield Gap("dates_contradict", place, facts, warning=True)


def _dated(state: ProjectState) -> Iterator[tuple[str, str, str | None]]:
    """(kind, id, day) in the order in which they come about."""
    if request := state.only("request"):
        yield "request", request.id, request["sent_on"]
    if first := min(state.of("audit"), key=lambda row: (row["visited_on"], row.seq), default=None):
        yield "audit", first.id, first["visited_on"]
    if decided := certified_by(state):
        yield "decision", decided.id, decided["decided_on"]
    if certificate := state.only("certificate"):
        yield "certificate", certificate.id, certificate["valid_from"]


def is_open(inquiry: Row) -> bool:
    """Whether an examiner still waits: neither answered nor taken up in the plan."""
    return not inquiry["answer"] and not inquiry["activity"]


def _open_with_reason(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """The head may send the request while something is still missing, but says why."""
    if body["sent_on"] and not body["open_reason"] and (count := sum(1 for _ in open_gaps(review))):
        yield Problem("open_without_reason", ("request", entity_id, "open_reason"), {"count": count})


def _scan_is_a_file(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    if body["scan"] and newest_file(review.state, body["scan"]) is None:
        yield Problem("scan_without_file", ("certificate", entity_id, "scan"))


def _photo_is_a_picture(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    if body["photo"] and newest_picture(review.state, body["photo"]) is None:
        yield Problem("photo_is_no_picture", ("result", entity_id, "photo"))


READINESS = Kind("readiness", Readiness, key=("part",))
REQUEST = Kind("request", Request, single=True, verb="certify", against=_open_with_reason)
AUDIT = Kind("audit", Audit, verb="certify")
FINDING = Kind("finding", Finding, verb="certify")
INQUIRY = Kind("inquiry", Inquiry, actions=frozenset({"ask", "answer", "to_activity", "release"}), despite_approval=True)
DECISION = Kind("decision", Decision, verb="certify")
CERTIFICATE = Kind("certificate", Certificate, single=True, verb="certify", against=_scan_is_a_file)
RESULT = Kind("result", Result, against=_photo_is_a_picture)
WORD_TEMPLATE = Kind("word_template", WordTemplate, single=True, verb="certify", actions=frozenset({"put_word_template", "remove_word_template"}))
STEP = Step("certification", 9, (READINESS, REQUEST, AUDIT, FINDING, INQUIRY, DECISION, CERTIFICATE, RESULT, WORD_TEMPLATE), gaps)
