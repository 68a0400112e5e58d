"""The scan of the certificate: where it is, and the button that puts it into the register of evidence."""

from __future__ import annotations

import streamlit as st

from pso_core.actions.scans import register_scan
from pso_core.actions.uploads import upload_rules
from pso_core.steps.certification import newest_file
from pso_core.ui import visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.evidence import file_html, is_here
from pso_core.ui.naming import field_label, name_of, row_name
from pso_core.ui.navigation import place_file
from pso_core.ui.plain import as_html, as_label

KEY = "certificate/scan"


def scan(desk: Desk) -> None:
    """The newest file behind the certificate, or a place to bring one; nothing without a certificate."""
    row = desk.state.only("certificate")
    if row is None:
        return
    file = newest_file(desk.state, row["scan"])
    if file:
        piece = desk.state.get(row["scan"])
        st.html(f"<p class='row'>{as_html(field_label(desk, 'certificate', 'scan'))}: {as_html(row_name(piece, desk))} {file_html(desk, file)}</p>")
        if not is_here(desk, file):
            said = desk.say("gaps.evidence_lost", code=piece["code"], title=piece["title"], name=file["name"])
            st.page_link(place_file(piece.id), label=as_label(said), query_params={"at": piece.id})
    elif desk.may_edit("certificate", row):
        with st.expander(desk.say("page_certification.scan.begin"), key=KEY):
            _bring(desk)


def _bring(desk: Desk) -> None:
    """A piece of evidence belongs to a criterion: whoever brings the scan says to which."""
    keys = desk.standard.choices("criteria")
    st.selectbox(desk.say("page_certification.scan.criterion"), keys, format_func=lambda key: name_of(desk, "criteria", key), key=f"{KEY}/criterion", placeholder=desk.say("app.choose"))
    most = upload_rules(desk.office).largest_megabytes
    if st.file_uploader(desk.say("page_certification.scan.file", most=most), key=f"{KEY}/file", max_upload_size=most) is not None:
        st.button(desk.say("page_certification.scan.do"), key=f"{KEY}/do", type="primary", on_click=_register, args=(desk,))


def _register(desk: Desk) -> None:
    file, criterion = st.session_state.get(f"{KEY}/file"), st.session_state[f"{KEY}/criterion"]
    if file is None:
        return
    number = desk.state.only("certificate")["number"]
    title = desk.say("page_certification.scan.numbered", number=number) if number else desk.say("page_certification.scan.title")
    do(desk, lambda: register_scan(desk.office, visit.actor(), desk.project_id, criterion, title, file.name, file))
