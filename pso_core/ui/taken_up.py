"""What was found and the activity that takes it up, on the page: the press that makes it one, and the ways between the two."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pso_core.actions import taking_up as actions
from pso_core.actions.rows import Saved
from pso_core.domain.permissions import may
from pso_core.domain.rows import Row
from pso_core.steps.sign_off import is_approved
from pso_core.steps.signing import verb_of
from pso_core.text.lines import first_line
from pso_core.text.thaidate import say_date
from pso_core.ui import show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.naming import row_name
from pso_core.ui.navigation import place_file, step_file
from pso_core.ui.plain import as_label

LABEL, REASON = 80, 300  # letters of what was found


def way(desk: Desk, row: Row) -> None:
    """The way to the activity that takes it up."""
    if activity := desk.state.get(row["activity"]):
        label = desk.say("taking_up.taken_up", activity=row_name(activity, desk))
        st.page_link(place_file(activity.id), label=as_label(label), query_params={"at": activity.id})


def button(desk: Desk, row: Row) -> None:
    """Takes it up in the plan, or separates it from its activity again; nothing for those who may not."""
    if row["activity"]:
        if desk.may_edit(row.kind, row, "release"):
            _button(desk, row, "release", actions.release, help=desk.say("taking_up.release_help"))
    elif row[actions.FOUND_IN[row.kind]] and desk.may_edit(row.kind, row, "to_activity"):
        if desk.may_edit("activity"):
            _button(desk, row, "take_up", actions.to_activity)
        elif is_approved(desk.state, actions.PLAN):
            _approved(desk, row)


def _approved(desk: Desk, row: Row) -> None:
    """The plan is read-only: whoever may open it does so here, with this as the reason; the others read whom to ask."""
    if not may(desk.person.role, verb_of("reopen", desk.state, actions.PLAN)):
        show.quiet(desk.say("taking_up.plan_approved"))
        st.page_link(step_file(actions.PLAN), label=as_label(desk.say("steps.plan.name")))
        return
    key = f"{row.kind}/reopen/{row.id}/{desk.state.revision_of(f'sign_off:{actions.PLAN}')}"
    with st.popover(desk.say("taking_up.reopen"), key=f"{key}/open"):
        show.quiet(desk.say("taking_up.reopen_means"))
        st.text_area(desk.say("sign_off.reason.reopen"), _reason(desk, row), key=f"{key}/reason")
        st.button(desk.say("taking_up.reopen_yes"), key=key, type="primary", on_click=_reopen, args=(desk, row, key))


def _reopen(desk: Desk, row: Row, key: str) -> None:
    reason = st.session_state.get(f"{key}/reason", "")
    do(desk, lambda: actions.reopen_and_take_up(desk.office, visit.actor(), desk.project_id, row.id, desk.state.seq, reason))


def _reason(desk: Desk, row: Row) -> str:
    """What was found, as the reason that stands in the field at first."""
    return desk.say("taking_up.reopen_reason", found=_found(desk, row, REASON))


def came_from(desk: Desk, activity_id: str) -> None:
    """At an activity: what it takes up, as links."""
    for kind in actions.FOUND_IN:
        for row in desk.state.where(kind, activity=activity_id):
            st.page_link(place_file(row.id), label=as_label(_found(desk, row, LABEL)), query_params={"at": row.id})


def _found(desk: Desk, row: Row, letters: int) -> str:
    """Who found it, and what in short."""
    text = first_line(row[actions.FOUND_IN[row.kind]] or "", letters)
    return desk.say(f"taking_up.came_from.{row.kind}", who=_who(desk, row), text=text)


def _who(desk: Desk, row: Row) -> str:
    """Who asked, or the day of the audit in which it was found."""
    if row.kind == "inquiry":
        return row["asked_by"]
    audit = desk.state.get(row["audit"])
    return say_date(audit["visited_on"] or audit["held_on"], desk.say)


def _button(desk: Desk, row: Row, name: str, action: Callable[..., Saved], **how: str) -> None:
    def act() -> None:
        do(desk, lambda: action(desk.office, visit.actor(), desk.project_id, row.id))

    st.button(desk.say(f"taking_up.{name}"), key=f"{row.kind}/{name}/{row.id}", on_click=act, **how)
