"""The file register: what is typed finds the file, and where it stands is said at once."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.register import Filed, search
from pso_core.domain.scoring import coverage_of_tasks
from pso_core.text.thaidate import say_date
from pso_core.ui import cached, drawer, show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.naming import amount, row_name
from pso_core.ui.plain import as_html

SHOWN = 50
TYPED = "register/search"


@st.fragment
def file_register() -> None:
    """Filters while somebody types; only this part of the page is drawn again."""
    desk = open_desk()
    files = cached.register_of(desk.state)
    drawer.add_button(desk, "file", type="primary")
    _coverage(desk)
    if not files:
        show.quiet(desk.say("page_execution.no_file"))
        return
    typed = st.text_input(desk.say("page_execution.search"), type="search", live=True, key=TYPED, placeholder=desk.say("page_execution.search_for"))
    found = search(files, typed)
    st.html(f"<p class='quiet' role='status'>{as_html(_count(desk, len(found), len(files), bool(typed.strip())))}</p>")
    for filed in found[:SHOWN]:
        _file(desk, filed)


def _coverage(desk: Desk) -> None:
    """How much of the work, by its priority points, has a file; the tasks that have none one tap away."""
    coverage = coverage_of_tasks(desk.state)
    if not coverage.points:
        return
    facts = {"covered": amount(coverage.covered, desk), "points": amount(coverage.points, desk)}
    show.quiet(desk.say("page_execution.covered", **facts))
    if coverage.bare:
        with st.expander(desk.say("page_execution.without_file", count=len(coverage.bare)), key="register/bare"):
            for id_ in coverage.bare:
                show.quiet(row_name(desk.state.get(id_), desk))


def _count(desk: Desk, found: int, all_: int, searched: bool) -> str:
    if searched and not found:
        return desk.say("page_execution.found_none", all=f"{all_:,}")
    key = "page_execution.found" if searched else "page_execution.all_files"
    counted = desk.say(key, count=f"{found:,}", all=f"{all_:,}")
    return f"{counted} {desk.say('page_execution.first_shown', shown=SHOWN)}" if found > SHOWN else counted


def _file(desk: Desk, filed: Filed) -> None:
    file = filed.file
    place = file["place"] or desk.say("page_execution.no_place")
    text, button = st.columns([7, 1], vertical_alignment="center")
    text.html(
        f"<p class='row'><b class='place'>{as_html(place)}</b> <span class='code'>{as_html(file['file_code'])}</span> {as_html(file['title'])}</p>"
        f"<p class='quiet detail'>{as_html(' · '.join(_facts(desk, filed)))}</p>"
    )
    with button:
        drawer.edit_button(desk, "file", file.id, width="stretch")


def _facts(desk: Desk, filed: Filed) -> list[str]:
    file, say = filed.file, desk.say
    evidence = cached.evidence_by_file(desk.review).get(file.id, ())
    facts = [file["category"]]
    facts += [say(f"page_execution.{name}", code=file[name]) for name in ("media_code", "work_code") if file[name]]
    facts += [say("page_execution.is_evidence", codes=", ".join(piece.row["code"] for piece in evidence))] if evidence else []
    facts += [say("page_execution.of_task", name=row_name(filed.task, desk)) if filed.task else None, file["dated"] and say_date(file["dated"], say)]
    return [fact for fact in facts if fact]
