"""Step 1: the vision with its versions, proposals for it, and the worksheets of every official."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.worksheets import FILLS_A_WORKSHEET, WORKSHEET_PARTS, parts_filled, still_to_fill
from pso_core.text.thaidate import say_moment
from pso_core.ui import asked, drawer, history, listing, resolutions, show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.form import Form
from pso_core.ui.frame import step_page
from pso_core.ui.plain import as_html


@st.fragment
def vision() -> None:
    """The vision that is being agreed, and the proposals it may be taken from."""
    desk = open_desk()
    asked.mark("vision")
    show.heading(desk.say("fields.vision.one"))
    form = Form(desk, "vision")
    row = form.row("vision", "vision")
    form.messages()
    row.input("text", lines=4)
    row.input("adopted_on")
    resolutions.link(desk, "vision")
    form.save_button(desk.say("app.save_one", kind=desk.say("fields.vision.one")))
    versions(desk)
    listing.heading(desk, "proposal")
    for proposal in desk.state.of("proposal"):
        by = desk.say("page_vision.by", name=desk.person_name(proposal["person"]))
        listing.item(desk, proposal, ["reason"], title=f"{proposal['text']} — {by}")
        if row.may_edit:
            st.button(desk.say("page_vision.take"), key=f"take/{proposal.id}", on_click=form.put, args=("vision", "text", proposal["text"]))
    drawer.add_button(desk, "proposal", {"person": desk.person.id})


def versions(desk: Desk) -> None:
    """Every wording there has been, the newest first; any of them can be used again."""
    found = desk.office.store.history(desk.project_id, entity_id="vision", limit=None)
    texts = [(change, row) for change in found for row in change.rows if row.after and row.after["text"] != (row.before or {}).get("text")]
    if len(texts) < 2:
        return
    with st.expander(desk.say("page_vision.versions", count=len(texts))):
        for change, row in history.so_many(texts, "versions", desk.say("page_vision.older")):
            when = f"{desk.person_name(change.person_id)} {say_moment(change.occurred_at, desk.say)}"
            left, right = st.columns(history.SIDES, vertical_alignment="center")
            left.html(f"<p class='quiet row'>{as_html(when)}</p><p class='typed'>{as_html(row.after['text'])}</p>")
            history.restore_button(desk, right, change, row, "version")


def worksheets(desk: Desk) -> None:
    """Who has filled in all five parts, who is still to do it, and how much of each worksheet is there."""
    show.heading(desk.say("fields.worksheet.many"))
    sheets = desk.state.of("worksheet")
    expected = [person for person in desk.people if person.active and person.role in FILLS_A_WORKSHEET]
    waiting = [person.name for person in expected if still_to_fill(desk.state, person.id)]
    if expected:
        show.meter(desk, desk.say("page_vision.filled_by"), len(expected) - len(waiting), len(expected))
    if waiting:
        show.quiet(desk.say("page_vision.waiting", names=", ".join(waiting)))
    for sheet in sheets:
        parts = desk.say("page_vision.parts", done=parts_filled(sheet), all=len(WORKSHEET_PARTS))
        listing.item(desk, sheet, ["division", "filled_on"], title=f"{sheet['work_system']} — {desk.person_name(sheet['person'])} · {parts}")
    drawer.add_button(desk, "worksheet", {"person": desk.person.id})


with step_page("vision", in_place=("vision",)) as desk:
    vision()
    worksheets(desk)
