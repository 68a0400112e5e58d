"""Workshops on their page: rooms that are open, opening one, and what past meetings decided."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pso_core.actions import workshop_decisions
from pso_core.actions.workshops import Opening, expected_of
from pso_core.domain.permissions import may
from pso_core.domain.rows import Row
from pso_core.domain.workshop.room import Room
from pso_core.errors import PsoError
from pso_core.steps.columns import LINE, STEP_KEYS
from pso_core.text.thaidate import arabic_digits, say_date
from pso_core.ui import anew, asked, fields, messages, show, visit, workshop_record, workshop_room
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html, as_label
from pso_core.ui.workshop_doing import show_section

CHOSEN = "workshop/room"  # of this visit; "" for the list
NEW = "workshop/new"  # the form that opens a room begins with these letters
REFUSED = "workshop/new/refused"
IN_PLACE = ("meeting", "resolution")
PIN = 4


def rooms(desk: Desk) -> None:
    """The room that is looked at, or the list of them all."""
    found = {room.id: room for room in desk.office.store.workshops.of(desk.project_id)}
    _choose_asked(desk)
    _choose_own(desk, found)
    chosen = st.session_state.get(CHOSEN)
    if chosen in found:
        st.button(desk.say("page_workshop.back"), key="workshop/back", on_click=_look_at, args=("",))
        workshop_room.room(found[chosen].id)
        return
    meeting = desk.state.get(workshop_decisions.meeting_of(chosen)) if chosen else None
    if meeting is not None:  # it came with a file: its room was elsewhere
        st.button(desk.say("page_workshop.back"), key="workshop/back", on_click=_look_at, args=("",))
        workshop_record.record(desk, meeting)
        return
    if may(desk.person.role, "lead_workshop"):
        _opening(desk, first=not found)
    _list(desk, found)


def _choose_asked(desk: Desk) -> None:
    """A link to a meeting or a resolution shows its room."""
    place = asked.newly("workshop")
    row = desk.state.get(place) if place else None
    if row is not None and row.kind in IN_PLACE:
        _look_at((row.id if row.kind == "meeting" else row["meeting"]).partition(":")[2])


def _choose_own(desk: Desk, found: dict[str, Room]) -> None:
    """Whoever leads a room comes back to it, also when the page was loaded anew or the server started again."""
    if CHOSEN not in st.session_state:
        own = [room.id for room in found.values() if room.ended_at is None and room.leader == desk.person.id]
        _look_at(own[0] if len(own) == 1 else "")


def _look_at(room_id: str) -> None:
    st.session_state[CHOSEN] = room_id


def _list(desk: Desk, found: dict[str, Room]) -> None:
    """Those that go on first, then the newest meeting first."""
    meetings = sorted(desk.state.of("meeting"), key=lambda row: row["began_at"], reverse=True)
    is_open = {row.id: (room := found.get(row.id.partition(":")[2])) is not None and room.ended_at is None for row in meetings}
    for heading, shown in (("open_rooms", [row for row in meetings if is_open[row.id]]), ("past_rooms", [row for row in meetings if not is_open[row.id]])):
        if shown:
            show.heading(desk.say(f"page_workshop.{heading}"))
        for row in shown:
            _line(desk, row, is_open[row.id])


def _line(desk: Desk, meeting: Row, is_open: bool) -> None:
    decided = sum(1 for _ in desk.state.where("resolution", meeting=meeting.id))
    facts = [say_date(meeting["held_on"], desk.say), desk.say(f"steps.{meeting['step']}.short"), desk.say("page_workshop.decided_count", count=decided)]
    with st.container(horizontal=True, vertical_alignment="center", key=f"line-{meeting.id}"):
        mark = desk.say("page_workshop.is_open") if is_open else desk.say("page_workshop.is_over")
        line = f"<p class='row'><b>{as_html(meeting['title'])}</b> <span class='chip'>{as_html(mark)}</span></p><p class='quiet detail'>{as_html(' · '.join(facts))}</p>"
        st.html(line, width="stretch")
        word = desk.say("page_workshop.enter" if is_open else "page_workshop.look")
        how = {"type": "primary"} if is_open else {}
        st.button(word, key=f"workshop/look/{meeting.id}", help=as_label(meeting["title"]), on_click=_look_at, args=(meeting.id.partition(":")[2],), **how)


def _opening(desk: Desk, first: bool) -> None:
    """What is typed stays until the room is open."""
    say = desk.say
    with st.expander(say("page_workshop.open"), expanded=first or REFUSED in st.session_state, key="workshop/opening"):
        step = st.selectbox(
            say("fields.meeting.step.label"), list(STEP_KEYS), key=_place("step"), index=list(STEP_KEYS).index("assessment"),
            format_func=lambda key: as_label(say(f"steps.{key}.short")), persist_state="session", placeholder=say("app.choose"),
        )  # fmt: skip
        st.text_input(say("fields.meeting.title.label"), key=_place(f"title/{step}"), value=_usual_title(desk.on_record, step), max_chars=LINE)
        st.text_input(say("fields.meeting.place.label"), key=_place("place"), max_chars=LINE)
        names = {one.id: one.name for one in desk.people if one.active and one.name}
        called = st.multiselect(
            say("page_workshop.called"), list(names), key=_place("called"), format_func=names.get, placeholder=say("app.choose"), select_all=False,
            help=as_label(say("page_workshop.called_help")), on_change=_count_called, args=(desk.person.id, tuple(names)),
        )  # fmt: skip
        if len(called) < len(names):
            st.button(say("page_workshop.call_all"), key=_place("call_all"), on_click=_call_all, args=(desk.person.id, tuple(names)))
        left, middle, right = st.columns(3)
        st.session_state.setdefault(_place("expected"), str(len(names)))
        st.session_state.setdefault(_place("quorum"), _half(str(len(names))))
        with left:
            fields.amount_box(say("fields.meeting.expected.label"), key=_place("expected"), disabled=bool(called))
        with middle:
            fields.amount_box(say("fields.meeting.quorum.label"), key=_place("quorum"), help=as_label(say("page_workshop.quorum_help")))
        right.text_input(say("page_workshop.pin"), key=_place("pin"), max_chars=PIN, help=as_label(say("page_workshop.pin_help")))
        st.checkbox(say("page_workshop.few_shown"), key=_place("few_shown"), help=as_label(say("page_workshop.few_shown_help")))
        if refusal := st.session_state.get(REFUSED):
            messages.refusal(desk, refusal)
        st.button(say("page_workshop.open_yes"), key=_place("yes"), type="primary", on_click=_open, args=(desk, step))


def _usual_title(desk: Desk, step: str) -> str:
    return desk.say("page_workshop.title_of", step=desk.say(f"steps.{step}.name"))


def _place(name: str) -> str:
    return f"{NEW}/{name}/{anew.turn(NEW)}"


def _count_called(leader: str, everybody: Collection[str]) -> None:
    """As many are expected as are called, and the leader; the quorum follows unless somebody typed another."""
    typed = st.session_state
    called, before = typed[_place("called")], typed[_place("expected")]
    typed[_place("expected")] = str(expected_of(called, leader) if called else len(everybody))
    if typed[_place("quorum")] == _half(before):
        typed[_place("quorum")] = _half(typed[_place("expected")])


def _call_all(leader: str, everybody: Collection[str]) -> None:
    st.session_state[_place("called")] = list(everybody)
    _count_called(leader, everybody)


def _half(typed: str) -> str:
    """More than half of them."""
    number = _number(typed)
    return str(number // 2 + 1 if number > 0 else 0)


def _number(typed: str | None) -> int:
    return fields.whole_typed(typed or "", nothing=0)


def _open(desk: Desk, step: str) -> None:
    typed = st.session_state
    opening = Opening(
        step, typed[_place(f"title/{step}")] or "", typed[_place("place")] or "", _number(typed[_place("expected")]), _number(typed[_place("quorum")]),
        bool(typed[_place("few_shown")]), arabic_digits(typed[_place("pin")] or "").strip(), tuple(typed[_place("called")]),
    )  # fmt: skip
    try:
        room = workshop_decisions.begin(desk.office, visit.actor(), desk.project_id, opening)
    except PsoError as refusal:
        typed[REFUSED] = refusal
        return
    typed.pop(REFUSED, None)
    anew.begin(NEW)
    _look_at(room.id)
    show_section(room.id, "agenda")
