"""A room on the page of workshops: what its leader does and all others see, its agenda, its people; once ended its record."""

from __future__ import annotations

import streamlit as st

from pso_core.actions import workshop_decisions, workshop_joining, workshops
from pso_core.domain.permissions import may
from pso_core.domain.workshop.room import Room, to_decide
from pso_core.ui import messages, show, visit, workshop_agenda, workshop_lead, workshop_live, workshop_people, workshop_record
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.naming import row_name
from pso_core.ui.plain import as_html, as_label
from pso_core.ui.workshop_doing import attempt, refused, section_key

SECTIONS = ("lead", "agenda", "people")


def room(room_id: str) -> None:
    """Drawn anew by itself as the room changes; an ended one never changes again."""
    desk = open_desk()
    if desk.office.store.workshops.room(room_id).ended_at:
        workshop_record.record(desk, desk.state.get(workshop_decisions.meeting_of(room_id)))
    else:
        _going_on(room_id)


@st.fragment(run_every=workshop_live.SLOWLY)
def _going_on(room_id: str) -> None:
    desk = open_desk()
    found = desk.office.store.workshops.room(room_id)
    if messages.waiting() or found.ended_at:
        st.rerun()
    leads = may(desk.person.role, "lead_workshop") and found.leader == desk.person.id
    workshop_live.live(found)
    _head(desk, found)
    _take_over(desk, found, leads)
    refused(desk, found)
    section = _section(desk, found)
    if section == "lead":
        workshop_lead.leading(desk, found, leads)
    elif section == "agenda":
        workshop_agenda.agenda(desk, found, leads)
    else:
        workshop_people.people(desk, found, leads)
        if leads:
            _ending(desk, found)


def _head(desk: Desk, room: Room) -> None:
    """What the meeting is, how to come in, and the screen for everybody."""
    say, code = desk.say, desk.office.store.workshops.keys(room.id).code
    about = [say(f"steps.{room.step}.short"), room.place, say("page_workshop.led_by", who=desk.person_name(room.leader))]
    address = workshop_live.join_address()
    how = say("page_workshop.join", address=address) if address else say("page_workshop.join_by_screen")
    join = f"<p class='row join'>{as_html(how)} <b class='join-code'>{as_html(f'{code[:3]} {code[3:]}')}</b></p>"
    pin = f"<p class='quiet detail'>{as_html(say('page_workshop.pin_is', pin=room.pin))}</p>" if room.pin and room.leader == desk.person.id else ""
    screen = f"<p class='ways'><a href='{as_html(workshop_live.screen_of(room))}' target='_blank' rel='noopener'>{as_html(say('page_workshop.screen'))}</a></p>"
    st.html(f"<h2>{as_html(room.title)}</h2><p class='quiet detail'>{as_html(' · '.join(filter(None, about)))}</p>{join}{pin}{screen}")


def _take_over(desk: Desk, room: Room, leads: bool) -> None:
    if leads:
        return
    show.quiet(desk.say("page_workshop.only_leader", who=desk.person_name(room.leader)))
    if may(desk.person.role, "lead_workshop"):
        with st.popover(desk.say("page_workshop.take_over"), key=f"workshop/take-over/{room.id}"):
            show.quiet(desk.say("page_workshop.take_over_sure", who=desk.person_name(room.leader)))
            st.button(desk.say("page_workshop.take_over_yes"), key=f"workshop/take-over/{room.id}/yes", on_click=_takes_over, args=(desk, room))


def _takes_over(desk: Desk, room: Room) -> None:
    attempt(room, lambda: workshops.take_over(desk.office, visit.actor(), room.id))


def _section(desk: Desk, room: Room) -> str:
    key = section_key(room.id)
    if st.session_state.get(key) not in SECTIONS:
        st.session_state[key] = SECTIONS[0] if room.questions else "agenda"
    st.segmented_control(
        desk.say("page_workshop.sections"), SECTIONS, key=key, required=True, wrap=True, width="stretch", label_visibility="collapsed",
        format_func=lambda section: as_label(desk.say(f"page_workshop.section.{section}")),
    )  # fmt: skip
    return st.session_state[key]


def _ending(desk: Desk, room: Room) -> None:
    """What there is to know before the room is closed for good; nothing of it stands in the way."""
    say = desk.say
    with st.popover(say("page_workshop.end"), key=f"workshop/end/{room.id}"):
        here = workshop_joining.attending(desk.office, room)
        st.html(f"<p>{as_html(workshop_record.quorum_sentence(desk, workshop_joining.attended(room, here), room.quorum))}</p>")
        if left := [question.title for question in to_decide(room) if not question.practice]:
            items = "".join(f"<li>{as_html(title)}</li>" for title in left)
            st.html(f"<p class='missing'>△ {as_html(say('page_workshop.undecided', count=len(left)))}</p><ul>{items}</ul>")
        st.button(say("page_workshop.end_yes"), key=f"workshop/end/{room.id}/yes", type="primary", on_click=_ends, args=(desk, room))


def _ends(desk: Desk, room: Room) -> None:
    meeting = desk.state.get(workshop_decisions.meeting_of(room.id))
    said = desk.say("page_workshop.ended", title=row_name(meeting, desk) if meeting else room.title)

    def as_guest(name: str) -> str:
        return desk.on_record.say("page_workshop.as_guest", name=name)

    attempt(room, lambda: workshop_decisions.end(desk.office, visit.actor(), room.id, as_guest), after=lambda: messages.say_later(said))
