"""The drawer of one phase: its days and dates, and what they move before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pso_core.actions.rows import Edit, Removal, Saved
from pso_core.actions.schedule import move_phase, moved
from pso_core.errors import Mistakes, Problem
from pso_core.ui import cached, schedule_words, show, slips, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import mistakes_of
from pso_core.ui.form import Form, FormRow
from pso_core.ui.naming import mistake_sentence
from pso_core.ui.plain import as_html
from pso_core.ui.schedule_words import MARKS, step_name


def form(desk: Desk, place: str) -> Form:
    """Of one phase: saved together with all that it moves."""
    made = Form(desk, place, "move_phase", lambda edits, seen, reason: _save(desk, made, edits, seen, reason), lambda: _wrong(desk, made))
    return made


def _wrong(desk: Desk, form: Form) -> Sequence[Problem]:
    [row] = form.rows.values()
    edit = row.edit()
    return mistakes_of(lambda: moved(desk.office, desk.state, _step(row.entity_id), _typed(row, edit) if edit else {}))


def _save(desk: Desk, form: Form, edits: Sequence[Edit | Removal], seen: int, reason: str) -> Saved:
    if not edits:
        return Saved(desk.state.seq, ())
    edit = edits[0]
    row = form.rows.get(edit.entity_id)  # none where somebody removed it: refused then
    typed = _typed(row, edit) if row else edit.values
    return move_phase(desk.office, visit.actor(), desk.project_id, _step(edit.entity_id), typed, seen, reason)


def _step(entity_id: str) -> str:
    return entity_id.partition(":")[2]


def layout(desk: Desk, form: Form, row: FormRow) -> None:
    """Who, how long, after which, from when to when; then what that moves."""
    _head(desk, _step(row.entity_id))
    row.input("owner")
    start, due = st.columns(2)
    for column, name in ((start, "start"), (due, "due")):
        with column:
            row.input(name)
            if row.may_edit and row.stored[f"pinned_{name}"]:
                st.button(
                    desk.say("page_schedule.unpin"), key=f"{row.key(name)}/unpin", on_click=form.put, args=(row.entity_id, name, None),
                    disabled=row.value(name) is None,
                )  # fmt: skip
    days, overlap = st.columns(2)
    with days:
        row.input("days", disabled=not row.may_edit or _due_rules(row))
        if row.may_edit and _due_rules(row):
            show.quiet(desk.say("page_schedule.days_from_due"))
    with overlap:
        row.input("overlap")
    row.input("after")
    if row.may_edit:
        _preview(desk, form, row)


def _head(desk: Desk, step: str) -> None:
    line = cached.outlook_of(desk.state, desk.today).of(step)
    said = f"{MARKS[line.standing.state]} {schedule_words.standing_of(desk, line)}"
    st.html(f"<h3>{as_html(step_name(desk, step))}</h3><p class='row {line.standing.state}'>{as_html(said)}</p>")


def _due_rules(row: FormRow) -> bool:
    """A due date set by hand decides how many days there are; a number typed beside it would change nothing."""
    due = row.value("due")
    return bool(due) and (due != row.stored["due"] or bool(row.stored["pinned_due"]))


def _typed(row: FormRow, edit: Edit) -> dict[str, Any]:
    """Without the number of days where it is locked: nobody could correct it there."""
    return {name: value for name, value in edit.values.items() if name != "days" or not _due_rules(row)}


def _preview(desk: Desk, form: Form, row: FormRow) -> None:
    edit = row.edit()
    if edit is None:
        return
    show.heading(desk.say("page_schedule.preview"))
    try:
        planned = moved(desk.office, desk.state, _step(row.entity_id), _typed(row, edit))
    except Mistakes as refusal:
        for problem in refusal.problems:
            show.quiet(mistake_sentence(desk, problem))
        return
    schedule_words.look_out(desk, planned, _step(row.entity_id))
    schedule_words.moves(desk, planned.moves)
    schedule_words.against_target(desk, planned)
    if slips.moves_approved(desk, planned):
        form.reason_input(desk.say("page_schedule.reason"))
