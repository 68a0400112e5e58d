"""Step 2: mission statements, and under each the goals that serve it."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.rows import Row
from pso_core.ui import drawer, listing, show
from pso_core.ui.desk import Desk
from pso_core.ui.frame import step_page


def mission(desk: Desk, row: Row) -> None:
    with st.container(border=True):
        listing.item(desk, row)
        goals = list(desk.state.where("goal", mission=row.id))
        if goals:
            show.quiet(desk.say("fields.goal.many"))
        listing.rows(desk, goals, ["measure", "target"])
        drawer.add_button(desk, "goal", {"mission": row.id, "position": desk.state.next_position("goal")})


with step_page("mission") as desk:
    missions = desk.state.of("mission")
    for one in missions:
        mission(desk, one)
    drawer.add_button(desk, "mission", {"position": desk.state.next_position("mission")}, type="primary")
