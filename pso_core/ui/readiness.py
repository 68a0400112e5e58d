"""The thirteen parts of the pack: which are ready, why the others are not and where that is put right."""

from __future__ import annotations

import streamlit as st

from pso_core.steps.readiness import PartReadiness, readiness
from pso_core.ui import asked, show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.form import Form, FormRow
from pso_core.ui.frame import gap_link
from pso_core.ui.plain import as_html

SHOWN = 2  # gaps of a part at once; the rest one tap away


@st.fragment
def checklist() -> None:
    """Parts told from the data say what stands in their way; of the others people say that they are ready."""
    desk = open_desk()
    found = readiness(desk.review, {one.step.key: (*one.gaps, *one.warnings) for one in desk.standings})
    form = Form(desk, "readiness")
    rows = {one.part.key: form.row("readiness", f"readiness:{one.part.key}", {"part": one.part.key}) for one in found if one.by == "people"}
    show.meter(desk, desk.say("page_certification.parts_ready"), sum(one.ready for one in found), len(found))
    show.quiet(desk.say("page_certification.list_is_ours"))
    form.messages()
    for number, one in enumerate(found, 1):
        with st.container(border=True):
            asked.mark(f"readiness:{one.part.key}")
            _part(desk, number, one, rows.get(one.part.key))
    form.save_button(desk.say("page_certification.save_readiness"))


def _part(desk: Desk, number: int, one: PartReadiness, row: FormRow | None) -> None:
    state = "ready" if one.ready else "to_say" if row else "not_ready"
    mark = {"ready": "●", "to_say": "◌", "not_ready": "▢"}[state]
    st.html(
        f"<p class='row part-{state}'><b>{number}. {as_html(one.part.name[desk.language])}</b> "
        f"<span class='word'>{mark} {as_html(desk.say(f'page_certification.part.{state}'))}</span></p>"
    )
    if row:
        tick, note = st.columns([2, 5], vertical_alignment="center")
        with tick:
            row.input("ready")
        with note:
            row.input("note", lines=1)
    for gap in one.gaps[:SHOWN]:
        gap_link(desk, gap)
    if one.gaps[SHOWN:]:
        _rest(desk, one)


def _rest(desk: Desk, one: PartReadiness) -> None:
    label = desk.say("page_certification.more", count=len(one.gaps) - SHOWN)
    drawer = st.expander(label, key=f"readiness/{one.part.key}", type="compact", on_change="rerun")
    if drawer.open:
        with drawer:
            for gap in one.gaps[SHOWN:]:
                gap_link(desk, gap)
