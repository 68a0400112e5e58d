"""Step 7: the upgrade plan: what to lift first, the activities, the total they lead to, and the plan in time."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.projection import after_plan
from pso_core.ui import drawer, listing, planning, results, show
from pso_core.ui.desk import Desk
from pso_core.ui.frame import step_page
from pso_core.ui.navigation import step_file
from pso_core.ui.timeline import timeline


def towards_the_target(desk: Desk) -> None:
    """What the plan does about the gaps; before there are scores, where to get them."""
    score, round_ = desk.review.score, desk.review.scored_round
    if score is None or not score.started or score.total is None:
        show.quiet(desk.say("page_plan.no_score"))
        st.page_link(step_file("assessment"), label=desk.say("page_plan.to_assessment"))
        return
    planned = after_plan(desk.state, score, round_.id)
    planning.totals(desk, score, planned)
    show.whose_score(desk)
    planning.first_things(desk, score, round_.id)
    results.gaps(desk, score, planned)


def activities(desk: Desk) -> None:
    listing.heading(desk, "activity", desk.say("page_plan.activities"))
    drawer.add_button(desk, "activity", {"position": desk.state.next_position("activity")})
    if desk.state.of("activity"):
        by = planning.grouping(desk)
        planning.activities(desk, by)
        timeline(desk, by)


with step_page("plan", layouts={"activity": planning.layout}) as desk:
    towards_the_target(desk)
    activities(desk)
