"""A due date that was approved moves with a reason: asked for before the save, and kept in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pso_core.actions.rows import Edit, Removal, Saved
from pso_core.actions.schedule import Planned, move_activity
from pso_core.steps import KINDS
from pso_core.steps.schedule import due_in
from pso_core.steps.sign_off import is_approved
from pso_core.steps.values import Unreadable, read_value
from pso_core.text.thaidate import say_date
from pso_core.ui import cached, days_off, drawer, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.form import Form, FormRow


def moves_approved(desk: Desk, planned: Planned) -> bool:
    """Whether the change moves a due date that was approved to another day than that."""
    moved = {move.step: move.due[1].isoformat() for move in planned.moves if move.due[0] != move.due[1]}
    return any(cached.approved_due(desk.state, f"phase:{step}") not in (None, day) for step, day in moved.items())


def reason_if_due_moves(desk: Desk, form: Form, row: FormRow) -> None:
    """Below the due date of an activity: what was approved, and a box for why it changes, once it does."""
    approved = cached.approved_due(desk.state, row.entity_id)
    if not approved or row.stored is None or not row.may_edit:
        return
    show.quiet(desk.say("page_schedule.due_approved", date=say_date(approved, desk.say)))
    typed = {"open_ended": row.value("open_ended"), "due": _read(row.value("due"))}
    if due_in(typed) not in (due_in(row.stored.body), approved, ...):
        form.reason_input(desk.say("page_schedule.reason"))


def move_due(desk: Desk, activity_id: str) -> None:
    """While the plan is approved its activities are read-only, but for their due dates."""
    activity = desk.state.get(activity_id)
    if activity is None or activity["open_ended"] or not is_approved(desk.state, "plan") or not desk.may_edit("activity", activity, "move_due"):
        return
    with st.popover(desk.say("page_schedule.move_due"), width="stretch"):
        form = Form(desk, f"move/{activity_id}", "move_due", lambda edits, seen, reason: _move(desk, activity_id, edits, seen, reason))
        row = form.row("activity", activity_id)
        form.messages()
        row.input("due")
        days_off.below(desk, row, "due")
        approved = cached.approved_due(desk.state, activity_id)
        if not (approved and _read(row.value("due")) == approved != activity["due"]):
            form.reason_input(desk.say("page_schedule.reason"))
        form.save_button(desk.say("page_schedule.move_due"), after=lambda _: drawer.close())


def _move(desk: Desk, activity_id: str, edits: Sequence[Edit | Removal], seen: int, reason: str) -> Saved:
    if not edits:
        return Saved(desk.state.seq, ())
    return move_activity(desk.office, visit.actor(), desk.project_id, activity_id, edits[0].values["due"], seen, reason)


def _read(typed: Any) -> Any:
    """The date typed, as rows hold it; ... while it cannot be read."""
    try:
        return read_value(KINDS["activity"].field["due"], typed)
    except Unreadable:
        return ...
