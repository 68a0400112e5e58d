"""Evidence: the register of what shows each level, the files attached to it, what the facilitator says of it, and the mock audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pso_core.domain.evidence import Piece, pieces, proven_levels, uncited
from pso_core.domain.scoring import Score, proven
from pso_core.errors import Problem
from pso_core.steps import columns as column
from pso_core.steps import mock_audit
from pso_core.steps.columns import Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table

FORMS = ("file", "link", "paper", "system")
JUDGEMENTS = ("accepted", "returned")
CODE = 20  # characters
FILE_NAME = 255


class Evidence(Table):
    criterion: str = column.choice("criteria", required=True)
    code: str = column.text(limit=CODE, required=True)
    title: str = column.text(required=True)
    form: str = column.choice(FORMS, required=True)
    file: str = column.reference("file")
    address: str = column.text(limit=500)
    dated: str = column.day()
    valid_until: str = column.day()
    owner: str = column.person()
    note: str = column.text(limit=1_000)

    @pa.dataframe_check(name="valid_until", error="valid_until_before_dated")
    def in_order(cls, frame: pd.DataFrame) -> pd.Series:
        return frame["valid_until"].isna() | (frame["valid_until"].fillna("") >= frame["dated"].fillna(""))


class Support(Table):
    evidence: str = column.reference("evidence", required=True, owned=True)
    indicator: str = column.reference("indicator", required=True, owned=True)
    level: Whole = column.choice("levels")


class Attachment(Table):
    evidence: str = column.reference("evidence", required=True, owned=True)
    number: Whole = column.whole(ge=1, required=True)
    name: str = column.text(limit=FILE_NAME, required=True)
    media_type: str = column.text(limit=100, required=True)
    bytes: Whole = column.whole(ge=1, required=True)
    sha256: str = column.text(limit=64, required=True)
    added_by: str = column.person()
    added_at: str = column.moment(required=True)


class Acceptance(Table):
    evidence: str = column.reference("evidence", required=True, owned=True)
    judgement: str = column.choice(JUDGEMENTS, required=True)
    digest: str = column.text(limit=64, required=True)
    reason: str = column.text(limit=2_000)
    judged_by: str = column.person()
    judged_at: str = column.moment(required=True)


def claimed_and_proven(review: Review) -> tuple[Score, Score] | None:
    """The score of the scored round, and the same counting a level only as far as accepted evidence goes; None before there is a total."""
    if review.score is None or review.score.total is None:
        return None
    return review.score, proven(review.score, proven_levels(pieces(review.state, review.today, review.lost)))


def gaps(review: Review) -> Iterator[Gap]:
    found = pieces(review.state, review.today, review.lost)
    yield from _unproven(review, proven_levels(found))
    for piece in found:
        yield from _of_piece(piece)
    for id_, indicators in uncited(found, _written(review)).items():
        yield Gap("evidence_uncited", id_, {"code": review.state.get(id_)["code"], "count": len(indicators)}, warning=True)
    elsewhere = _shown_elsewhere(review)
    for piece in found:
        if not piece.supports and piece.row.id not in elsewhere:
            yield Gap("evidence_supports_nothing", piece.row.id, {"code": piece.row["code"], "title": piece.row["title"]}, warning=True)
    yield from mock_audit.gaps(review)


def _unproven(review: Review, shown: Mapping[str, int]) -> Iterator[Gap]:
    """Each indicator whose level goes beyond what accepted evidence shows; level 0 needs none."""
    for score in review.scores.values():
        indicator = review.state.get(score["indicator"])
        if indicator and (score["level"] or 0) > shown.get(indicator.id, 0):
            facts = {"criterion": indicator["criterion"], "indicator": indicator["name"], "level": score["level"]}
            yield Gap("level_unproven", place_of_proof(indicator.id), facts)


def place_of_proof(indicator_id: str) -> str:
    """Where the evidence of this indicator is shown."""
    return f"support:{indicator_id.partition(':')[2]}"


def _of_piece(piece: Piece) -> Iterator[Gap]:
    facts = {"code": piece.row["code"], "title": piece.row["title"]}
    if piece.lost:
        yield Gap("evidence_lost", piece.row.id, {**facts, "name": piece.files[0]["name"]})
    elif piece.empty:
        yield Gap("evidence_without_content", piece.row.id, {**facts, "form": piece.row["form"]})
    elif piece.state == "offered":
        yield Gap("evidence_unread", piece.row.id, facts)
    elif piece.state == "returned":
        yield Gap("evidence_returned", piece.row.id, {**facts, "reason": piece.judged["reason"] or ""})
    elif piece.state == "expired":
        yield Gap("evidence_expired", piece.row.id, {**facts, "date": piece.row["valid_until"]})


def _shown_elsewhere(review: Review) -> set[str]:
    """Evidence that has its place without an indicator: the scan of the certificate, and the photographs of the results."""
    return {row["scan"] for row in review.state.of("certificate")} | {row["photo"] for row in review.state.of("result")}


def _written(review: Review) -> dict[str, str]:
    """{indicator id: the rationale and evidence written for it}"""
    return {indicator: f"{row['rationale'] or ''}\n{row['evidence'] or ''}" for indicator, row in review.scores.items()}


def _level_0_needs_none(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    if body["level"] == 0:
        yield Problem("level_0_needs_no_evidence", ("support", entity_id, "level"))


EVIDENCE = Kind("evidence", Evidence, unique=("code",))
SUPPORT = Kind("support", Support, key=("evidence", "indicator"), holds=_level_0_needs_none)
ATTACHMENT = Kind("attachment", Attachment, key=("evidence", "number"), actions=frozenset({"attach"}))
ACCEPTANCE = Kind("acceptance", Acceptance, key=("evidence",), verb="decide", actions=frozenset({"accept_evidence", "return_evidence"}))
STEP = Step("evidence", 0, (EVIDENCE, SUPPORT, ATTACHMENT, ACCEPTANCE, mock_audit.MOCK_AUDIT, mock_audit.MOCK_VERDICT), gaps)
