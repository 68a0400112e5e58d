"""What outside examiners asked or found, on the page: each with its answer, and with the activity that takes it up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from pso_core.actions import examiner as actions
from pso_core.actions.rebase import Edit, Removal
from pso_core.actions.rows import Saved
from pso_core.domain.rows import Row
from pso_core.steps.certification import is_open
from pso_core.text.thaidate import say_moment
from pso_core.ui import asked, show, taken_up, visit
from pso_core.ui.desk import Desk
from pso_core.ui.form import Form
from pso_core.ui.naming import name_of
from pso_core.ui.plain import as_html


def listed(desk: Desk) -> None:
    """Those that wait first, then the others; the newest first."""
    show.heading(desk.say("fields.inquiry.many"))
    found = sorted(desk.state.of("inquiry"), key=lambda row: row["asked_at"], reverse=True)
    if not found:
        show.quiet(desk.say("page_examiner.no_inquiry"))
    for row in sorted(found, key=lambda row: not is_open(row)):
        with st.container(border=True):
            _inquiry(desk, row)


def _inquiry(desk: Desk, row: Row) -> None:
    asked.mark(row.id)
    say, mark, sort = desk.say, "▢" if is_open(row) else "●", row["sort"]
    head = [f"{mark} {say(f'choices.sort.{sort}')}", say("page_examiner.view.asked", who=row["asked_by"], when=_when(desk, row["asked_at"])), *_about(desk, row)]
    st.html(f"<p class='quiet'>{as_html(' · '.join(head))}</p><p class='row'>{as_html(row['text'])}</p>")
    form = _answer(desk, row)
    taken_up.way(desk, row)
    with st.container(horizontal=True, vertical_alignment="center"):
        form.save_button(say("page_examiner.save_answer"), type="primary" if is_open(row) else "secondary")
        taken_up.button(desk, row)


def _about(desk: Desk, row: Row) -> Sequence[str]:
    criterion = name_of(desk, "criteria", row["about"]) if row["about"] in desk.standard.choices("criteria") else None
    return [one for one in (row["evidence_code"], criterion) if one]


def _answer(desk: Desk, row: Row) -> Form:
    """Typed where it stands, kept as in every form."""
    form = Form(desk, f"answer/{row.id}", action="answer", write=_writing(desk, row))
    box = form.row("inquiry", row.id)
    form.messages()
    box.input("answer")
    if row["answer"] and row["answered_at"]:  # a project file may have an answer without its day
        show.quiet(desk.say("page_examiner.answered", who=desk.person_name(row["answered_by"]), when=_when(desk, row["answered_at"])))
    return form


def _writing(desk: Desk, row: Row) -> Callable[..., Saved]:
    def write(edits: Sequence[Edit | Removal], seen: int, _reason: str) -> Saved:
        typed = next((edit.values.get("answer") for edit in edits if isinstance(edit, Edit)), None)
        return actions.answer(desk.office, visit.actor(), desk.project_id, row.id, typed or "", seen)

    return write


def _when(desk: Desk, stamp: str) -> str:
    return say_moment(datetime.fromisoformat(stamp), desk.say)
