"""The submission report in one click: one Word file, one workbook, made when they are asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pso_core.documents.case import Case
from pso_core.documents.submission import FILES, file_name
from pso_core.press.reporting import report_files
from pso_core.ui import show, visit
from pso_core.ui.desk import Desk, open_desk

DIGITS = "submission/thai-digits"


@st.fragment
def downloads() -> None:
    """In the language of the visit; Thai digits are a Thai reader's choice."""
    desk = open_desk()
    show.heading(desk.say("page_certification.report"))
    show.quiet(desk.say("page_certification.report_holds"))
    thai_digits = desk.language == "th" and st.toggle(desk.say("page_certification.thai_digits"), key=DIGITS, help=desk.say("page_certification.thai_digits_help"))
    case = Case(desk.review, desk.say, "")
    with st.container(horizontal=True):
        for name in FILES:
            st.download_button(
                desk.say(f"page_certification.download.{name}"), data=partial(_content, desk, name, thai_digits, visit.token()), file_name=file_name(case, name),
                key=f"download/{name}", on_click="ignore", type="primary" if name == "report" else "secondary",
            )  # fmt: skip


def _content(desk: Desk, name: str, thai_digits: bool, token: str) -> bytes:
    """Made from the project as it stands at the click, for whoever is signed in by then."""
    files = report_files(desk.office, visit.holder(token), desk.project_id, desk.language, thai_digits)
    return dict(zip(FILES, files, strict=True))[name][1]
