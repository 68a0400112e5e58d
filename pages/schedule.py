"""The schedule: nine phases in working days, what was approved, what slipped, and when the end can be expected."""

from __future__ import annotations

import streamlit as st

from pso_core.ui import cached, days_off, drawer, listing, schedule, schedule_approval, schedule_drawer, schedule_frame, show
from pso_core.ui.desk import Desk
from pso_core.ui.form import Form, FormRow
from pso_core.ui.frame import step_page


def milestones(desk: Desk) -> None:
    show.heading(desk.say("fields.milestone.many"))
    days_off.milestones(desk)
    listing.rows(desk, sorted(desk.state.of("milestone"), key=lambda row: row["day"]), ["day", "note"])
    drawer.add_button(desk, "milestone")


def milestone(desk: Desk, form: Form, row: FormRow) -> None:
    """The drawer of one."""
    row.input("name")
    row.input("day")
    days_off.below(desk, row, "day")
    row.input("note")


def anew(desk: Desk) -> None:
    """The whole schedule from another start or target; folded until it is asked for."""
    if not desk.may_edit("schedule", None, "draft_schedule"):
        return
    with st.expander(desk.say("page_schedule.anew"), key="schedule/anew", on_change="rerun") as folded:
        if folded.open:
            schedule_frame.lay_out(desk)


LAYOUTS = {"phase": schedule_drawer.layout, "milestone": milestone}
with step_page("schedule", LAYOUTS, in_place=("schedule",), forms={"phase": schedule_drawer.form}) as desk:
    if found := cached.outlook_of(desk.state, desk.today):
        schedule.picture(desk, found)
        schedule.phases(desk, found)
        milestones(desk)
        schedule_approval.approval(desk)
        schedule_approval.slips(desk)
        anew(desk)
    else:
        schedule_frame.lay_out(desk)
