"""Step 6: rounds of assessment; a level with its rationale and evidence per indicator; targets per criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pso_core.errors import Problem
from pso_core.steps import columns as column
from pso_core.steps.columns import Flag, PARAGRAPHS, Whole
from pso_core.steps.indicators import ORIGINS
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table


class Round(Table):
    name: str = column.text(limit=100, required=True)
    opened_on: str = column.day(required=True)
    closed_on: str = column.day()
    position: Whole = column.whole(ge=0)

    @pa.dataframe_check(name="closed_on", error="closed_before_opened")
    def in_order(cls, frame: pd.DataFrame) -> pd.Series:
        return frame["closed_on"].isna() | (frame["closed_on"].fillna("") >= frame["opened_on"].fillna(""))


class Score(Table):
    round: str = column.reference("round", required=True, owned=True)
    indicator: str = column.reference("indicator", required=True, owned=True)
    level: Whole = column.choice("levels")
    not_applicable: Flag = column.flag()
    rationale: str = column.text(limit=PARAGRAPHS)
    evidence: str = column.text(limit=PARAGRAPHS)
    origin: str = column.choice(ORIGINS)

    @pa.dataframe_check(name="rationale", error="not_applicable_without_reason")
    def excused_with_reason(cls, frame: pd.DataFrame) -> pd.Series:
        return ~(frame["not_applicable"].fillna(False).astype(bool) & frame["rationale"].isna())

    @pa.dataframe_check(name="level", error="level_and_not_applicable")
    def one_or_the_other(cls, frame: pd.DataFrame) -> pd.Series:
        return ~(frame["not_applicable"].fillna(False).astype(bool) & frame["level"].notna())


class Target(Table):
    criterion: str = column.choice("criteria", required=True)
    level: Whole = column.choice("levels", required=True)


def gaps(review: Review) -> Iterator[Gap]:
    if review.current_round is None:
        yield Gap("no_round", "round")  # alone: targets are set beside the scores of a round
        return
    for criterion in review.standard.criteria:
        if not review.state.get(f"target:{criterion.key}"):
            yield Gap("no_target", f"target:{criterion.key}", {"criterion": criterion.key})
    scores = {row["indicator"]: row for row in review.state.where("score", round=review.current_round.id)}
    supported = {row["indicator"] for row in review.state.of("support") if row["level"]}
    for indicator in review.state.of("indicator"):
        score = scores.get(indicator.id)
        place = SCORE.id_of({"round": review.current_round.id, "indicator": indicator.id})
        facts = {"criterion": indicator["criterion"], "indicator": indicator["name"]}
        if score is None or (score["level"] is None and not score["not_applicable"]):
            yield Gap("unscored", place, facts)
        elif not score["rationale"]:
            yield Gap("no_rationale", place, facts)
        elif not score["evidence"] and not score["not_applicable"] and score["level"] and indicator.id not in supported:
            yield Gap("no_evidence", place, facts, warning=True)
        if score is not None and score["origin"] == "reconstructed":
            yield Gap("score_is_reconstructed", place, facts, warning=True)


def _round_is_open(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """A closed round is read-only: its scores are what the meeting decided."""
    if review.state.get(body["round"])["closed_on"]:
        yield Problem("round_closed", ("score", entity_id))


def _closed_scores_stay(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """A score goes with its round; once the round is closed, neither by itself nor with its indicator."""
    round_, indicator = review.state.get(body["round"]), review.state.get(body["indicator"])
    if round_ and round_["closed_on"]:
        yield Problem("round_closed" if indicator else "scored_in_closed_round", ("score", entity_id), {} if indicator else {"round": round_["name"]})


def _closed_round_stays(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Closed, it is only opened again, by the action that asks why: when its row was last written says what its scores were decided with."""
    before = review.before.get(entity_id) if review.before else None
    if before and before["closed_on"]:
        yield Problem("closed_round_stays", ("round", entity_id), {"round": before["name"]})


def _closed_round_is_not_removed(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """With it would go what the meeting decided; from its history it could come back open, and nobody was asked why."""
    if body["closed_on"]:
        yield Problem("closed_round_stays", ("round", entity_id), {"round": body["name"]})


def _one_round_is_open(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """People score in one round at a time; two may press the button at the same moment."""
    if body["closed_on"] is None:
        for other in review.state.where("round", closed_on=None):
            if other.id != entity_id:
                yield Problem("another_round_open", ("round", entity_id), {"round": other["name"]})


ROUND = Kind(
    "round", Round, unique=("name",), verb="decide", holds=_one_round_is_open, against=_closed_round_stays, allowed_by=frozenset({"reopen_round"}),
    against_removal=_closed_round_is_not_removed,
)  # fmt: skip
SCORE = Kind("score", Score, key=("round", "indicator"), against=_round_is_open, against_removal=_closed_scores_stay)
TARGET = Kind("target", Target, key=("criterion",), verb="decide")
STEP = Step("assessment", 6, (ROUND, SCORE, TARGET), gaps)
