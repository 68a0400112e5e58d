"""Laying the schedule out: from a start or back from a target, every date to be seen before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pso_core.actions.rows import Saved
from pso_core.actions.schedule import Planned, draft_schedule, laid
from pso_core.errors import Mistakes, Problem
from pso_core.steps import KINDS
from pso_core.text.thaidate import say_date
from pso_core.ui import asked, days_off, schedule_words, show, slips, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import mistakes_of
from pso_core.ui.form import Form, FormRow
from pso_core.ui.naming import mistake_sentence
from pso_core.ui.schedule_words import step_name

KIND = "schedule"
SHOWN = {"from_start": ("start", "target"), "to_target": ("target",)}  # a target is welcome also when counting from a start


def lay_out(desk: Desk) -> None:
    """The form, what it leads to, and the button: for a new schedule and for laying an old one out anew."""
    form = Form(desk, KIND, "draft_schedule", lambda _, seen, reason: _save(desk, form, seen, reason), lambda: _wrong(desk, form))
    row = form.row(KIND, KIND, _defaults(desk))
    if not row.may_edit and not desk.state.of("phase"):
        show.quiet(desk.say("page_schedule.who_plans"))
        return
    if not desk.state.of("phase"):
        asked.mark(KIND)
    form.messages()
    _fields(desk, row)
    planned = _preview(desk, _frame(row))
    if planned and slips.moves_approved(desk, planned):
        form.reason_input(desk.say("page_schedule.reason"))
    form.save_button(desk.say("page_schedule.save" if not desk.state.of("phase") else "page_schedule.lay_anew"))


def _defaults(desk: Desk) -> dict[str, Any]:
    """Counted from today; how long a decision takes is a sample to plan with."""
    return {
        "direction": "from_start", "start": desk.today.isoformat(), "target_of": "submission",
        "decision_days": desk.standard.decision_days,
    }  # fmt: skip


def _fields(desk: Desk, row: FormRow) -> None:
    row.input("direction")
    shown = SHOWN.get(row.value("direction"), ())
    for column, name in zip(st.columns(2), shown, strict=False):
        with column:
            row.input(name, label=desk.say("page_schedule.target_if_any") if len(shown) > 1 and name == "target" else None)
    if row.value("direction") == "to_target" or row.value("target"):
        row.input("target_of")
        if row.value("target_of") == "certificate":
            row.input("decision_days")
            show.quiet(desk.say("page_schedule.sample_days"))


def _frame(row: FormRow) -> dict[str, Any]:
    """What is typed or stored, without the start where it is counted back: it is not shown there."""
    frame = {name: row.value(name) for name in KINDS[KIND].field}
    return frame | ({"start": None} if frame["direction"] == "to_target" else {})


def _save(desk: Desk, form: Form, seen: int, reason: str) -> Saved:
    return draft_schedule(desk.office, visit.actor(), desk.project_id, _frame(form.rows[KIND]), seen, reason)


def _wrong(desk: Desk, form: Form) -> Sequence[Problem]:
    return mistakes_of(lambda: laid(desk.office, desk.state, _frame(form.rows[KIND])))


def _preview(desk: Desk, frame: dict[str, Any]) -> Planned | None:
    """The dates it leads to, or why there are none yet."""
    try:
        planned = laid(desk.office, desk.state, frame)
    except Mistakes as refusal:
        for problem in refusal.problems:
            show.quiet(mistake_sentence(desk, problem))
        return None
    show.heading(desk.say("page_schedule.preview"))
    days_off.below_target(desk, frame["target"])
    schedule_words.look_out(desk, planned)
    schedule_words.against_target(desk, planned)
    if desk.state.of("phase"):
        schedule_words.moves(desk, planned.moves)
    else:
        _nine(desk, planned)
    return planned


def _nine(desk: Desk, planned: Planned) -> None:
    head = [desk.say(f"page_schedule.column.{name}") for name in ("step", "days", "after", "start", "due")]
    rows = [[step_name(desk, one.step), one.days, _after(desk, one), say_date(one.start, desk.say), say_date(one.due, desk.say)] for one in planned.phases]
    show.table(head, rows, numbers=(1,), dates=(3, 4))


def _after(desk: Desk, phase: Any) -> str:
    if not phase.after:
        return desk.say("app.nothing")
    name = desk.say(f"steps.{phase.after}.short")
    return desk.say("page_schedule.overlapping", step=name, days=schedule_words.working_days(desk, phase.overlap)) if phase.overlap else name
