"""Step 6: where we stand, round by round: levels with their rationale and evidence, targets, the total and its gaps."""

from __future__ import annotations

import streamlit as st

from pso_core.ui import asked, evidence, results, rounds, scoring
from pso_core.ui.desk import open_desk
from pso_core.ui.frame import step_page


@st.fragment
def scores(round_id: str) -> None:
    """Runs alone while levels are tapped and reasons typed."""
    desk = open_desk()
    scoring.editor(desk, desk.state.get(round_id), desk.review.score_of(desk.state.get(round_id)))


with step_page("assessment", layouts={"round": rounds.layout}, in_place=("round", "score", "target")) as desk:
    scoring.choose_asked(desk, asked.newly("assessment"))
    round_ = rounds.chosen_round(desk)
    if round_ is not None:
        score = desk.review.score_of(round_)
        results.summary(desk, score)
        if round_ is desk.review.scored_round:
            evidence.link(desk)
        scores(round_.id)
        if score.started:
            results.gaps(desk, score)
        results.comparison(desk, round_, score)
