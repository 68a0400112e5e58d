"""Who is in a room: guests to admit, people to let go, and handing the lead over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import streamlit as st

from pso_core.actions import workshop_answers, workshop_joining, workshops
from pso_core.domain.permissions import may
from pso_core.domain.workshop.room import Room
from pso_core.store.workshops import Participant
from pso_core.ui import anew, show, visit, workshop_record
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html
from pso_core.ui.workshop_doing import attempt


def waiting(desk: Desk, room: Room) -> None:
    """Guests stand at the door until the leader lets them in."""
    for guest in _those(desk, room, "waiting"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"line-guest-{guest.id}"):
            st.html(f"<p class='row' role='status'>{as_html(desk.say('page_workshop.guest', name=guest.name))}</p>", width="stretch")
            for word, action in (("admit", workshop_joining.admit), ("turn_away", workshop_joining.let_go)):
                key = f"workshop/{word}/{guest.id}"
                st.button(desk.say(f"page_workshop.{word}"), key=key, type="primary" if word == "admit" else "secondary", on_click=_set, args=(desk, room, guest.id, action))


def people(desk: Desk, room: Room, leads: bool) -> None:
    if leads:
        waiting(desk, room)
    here = workshop_joining.attending(desk.office, room)
    counted = workshop_joining.attended(room, here)
    show.figures([(desk.say("page_workshop.attending"), counted, room.expected or None)])
    show.quiet(workshop_record.quorum_sentence(desk, counted, room.quorum))
    st.html(f"<ul class='names'>{''.join(f'<li>{as_html(name_of(desk, one))}</li>' for one in here)}</ul>")
    _not_here(desk, room, {one.person_id for one in here})
    if leads:
        _seating(desk, room, {one.person_id for one in here})
    if leads and (names := workshop_answers.still_counted(desk.office, room)):
        show.quiet(desk.say("page_workshop.still_counted", names=" · ".join(names)))
    if leads and (others := [one for one in here if one.id]):
        _letting_go(desk, room, others)
    if leads:
        _handing_over(desk, room)


def name_of(desk: Desk, one: Participant) -> str:
    name = one.name if one.person_id else desk.say("page_workshop.as_guest", name=one.name)
    return desk.say("page_workshop.without_phone", name=name) if one.state == workshop_joining.SEATED and one.id else name


def _not_here(desk: Desk, room: Room, there: Collection[str]) -> None:
    """Who was called and has not come yet."""
    missing = [one.name for one in desk.people if one.id in room.called and one.id not in there]
    if missing:
        show.quiet(desk.say("page_workshop.not_here", count=len(missing)))
        st.html(f"<ul class='names'>{''.join(f'<li>{as_html(name)}</li>' for name in missing)}</ul>")


def _those(desk: Desk, room: Room, state: str) -> list[Participant]:
    return [one for one in desk.office.store.workshops.participants(room.id) if one.state == state]


def _seating(desk: Desk, room: Room, there: Collection[str]) -> None:
    """Who came without a phone attends too: of the office, or a guest."""
    names = {one.id: one.name for one in desk.people if one.active and one.name and one.id not in there}
    with st.expander(desk.say("page_workshop.seat"), key=f"workshop/seating/{room.id}"):
        show.quiet(desk.say("page_workshop.seat_about"))
        key = f"workshop/seat/{room.id}/{len(there)}"
        chosen = names and st.multiselect(desk.say("page_workshop.who"), list(names), key=key, format_func=names.get, placeholder=desk.say("app.choose"), select_all=False)
        if chosen:
            st.button(desk.say("page_workshop.seat_yes", count=len(chosen)), key=f"{key}/yes", on_click=_seat, args=(desk, room, chosen))
        _seating_guest(desk, room)


def _seating_guest(desk: Desk, room: Room) -> None:
    place = f"workshop/seat-guest/{room.id}"
    key = anew.key(place)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(desk.say("page_workshop.seat_guest"), key=key, max_chars=workshop_joining.NAME)
        st.button(desk.say("page_workshop.seat_guest_yes"), key=f"{key}/yes", on_click=_seat_guest, args=(desk, room, place, key))


def _seat_guest(desk: Desk, room: Room, place: str, key: str) -> None:
    """The name stays in its field if it is refused."""
    name = st.session_state.get(key) or ""
    attempt(room, lambda: workshop_joining.seat_guest(desk.office, visit.actor(), room.id, name), after=lambda: anew.begin(place))


def _seat(desk: Desk, room: Room, chosen: Sequence[str]) -> None:
    attempt(room, lambda: [workshop_joining.seat(desk.office, visit.actor(), room.id, one) for one in chosen])


def _letting_go(desk: Desk, room: Room, here: list[Participant]) -> None:
    with st.expander(desk.say("page_workshop.let_go"), key=f"workshop/letting-go/{room.id}"):
        show.quiet(desk.say("page_workshop.let_go_about"))
        names = {one.id: name_of(desk, one) for one in here}
        one = st.selectbox(desk.say("page_workshop.who"), list(names), key=f"workshop/who/{room.id}", format_func=names.get, index=None, placeholder=desk.say("app.choose"))
        if one:
            with st.container(horizontal=True):
                st.button(desk.say("page_workshop.let_go_yes"), key=f"workshop/let-go/{one}", on_click=_set, args=(desk, room, one, workshop_joining.let_go))
                if workshop_joining.may_be_freed(next(other for other in here if other.id == one)):
                    st.button(desk.say("page_workshop.free_name"), key=f"workshop/free/{one}", on_click=_set, args=(desk, room, one, workshop_joining.free_name))


def _set(desk: Desk, room: Room, participant: str, action: Callable[..., None]) -> None:
    attempt(room, lambda: action(desk.office, visit.actor(), room.id, participant))


def _handing_over(desk: Desk, room: Room) -> None:
    names = {one.id: one.name for one in desk.people if one.active and one.id != room.leader and may(one.role, "lead_workshop")}
    if not names:
        return
    with st.expander(desk.say("page_workshop.hand_over"), key=f"workshop/handing-over/{room.id}"):
        show.quiet(desk.say("page_workshop.hand_over_about"))
        to = st.selectbox(desk.say("page_workshop.who"), list(names), key=f"workshop/to/{room.id}", format_func=names.get, index=None, placeholder=desk.say("app.choose"))
        if to:
            st.button(desk.say("page_workshop.hand_over_yes"), key=f"workshop/hand-over/{room.id}", on_click=_hand_over, args=(desk, room, to))


def _hand_over(desk: Desk, room: Room, to: str) -> None:
    person = next(one for one in desk.people if one.id == to)
    attempt(room, lambda: workshops.hand_over(desk.office, visit.actor(), room.id, person))
