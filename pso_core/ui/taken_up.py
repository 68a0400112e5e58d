"""What was found and the activity that takes it up, on the page: the press that makes it one, and the ways between the two."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pso_core.actions import taking_up as actions
from pso_core.actions.rows import Saved
from pso_core.domain.rows import Row
from pso_core.steps.sign_off import is_approved
from pso_core.text.thaidate import say_date
from pso_core.ui import show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.naming import row_name
from pso_core.ui.navigation import place_file, step_file
from pso_core.ui.plain import as_label


def way(desk: Desk, row: Row) -> None:
    """The way to the activity that takes it up."""
    if activity := desk.state.get(row["activity"]):
        label = desk.say("page_examiner.taken_up", activity=row_name(activity, desk))
        st.page_link(place_file(activity.id), label=as_label(label), query_params={"at": activity.id})


def button(desk: Desk, row: Row) -> None:
    """Takes it up in the plan, or separates it from its activity again; nothing for those who may not."""
    if row["activity"]:
        if desk.may_edit(row.kind, row, "release"):
            _button(desk, row, "release", actions.release, help=desk.say("page_examiner.release_help"))
    elif row[actions.FOUND_IN[row.kind]] and desk.may_edit(row.kind, row, "to_activity"):
        if desk.may_edit("activity"):
            _button(desk, row, "take_up", actions.to_activity)
        elif is_approved(desk.state, "plan"):
            show.quiet(desk.say("page_examiner.plan_approved"))
            st.page_link(step_file("plan"), label=as_label(desk.say("steps.plan.name")))


def came_from(desk: Desk, activity_id: str) -> None:
    """At an activity: what it takes up, as links."""
    for kind, field in actions.FOUND_IN.items():
        for row in desk.state.where(kind, activity=activity_id):
            label = desk.say(f"page_examiner.came_from.{kind}", who=_who(desk, row), text=(row[field] or "").partition("\n")[0][:80])
            st.page_link(place_file(row.id), label=as_label(label), query_params={"at": row.id})


def _who(desk: Desk, row: Row) -> str:
    """Who asked, or the day of the audit in which it was found."""
    if row.kind == "inquiry":
        return row["asked_by"]
    audit = desk.state.get(row["audit"])
    return say_date(audit["visited_on"] or audit["held_on"], desk.say)


def _button(desk: Desk, row: Row, name: str, action: Callable[..., Saved], **how: str) -> None:
    def act() -> None:
        do(desk, lambda: action(desk.office, visit.actor(), desk.project_id, row.id))

    st.button(desk.say(f"page_examiner.{name}"), key=f"{row.kind}/{name}/{row.id}", on_click=act, **how)
