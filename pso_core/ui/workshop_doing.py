"""A button in a workshop room: done, or refused with a sentence that stays in the room until the next one is pressed; and which
part of the room is shown after it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pso_core.domain.workshop.room import Room
from pso_core.errors import PsoError
from pso_core.ui import anew, asked, messages
from pso_core.ui.desk import Desk

REFUSED = "workshop/refused"  # {room: what the last button was answered}
_TIMES = "workshop/refused_times"  # each time the sentence is brought into view: the button may be far below it


def attempt(room: Room, action: Callable[[], object], after: Callable[[], None] = lambda: None) -> None:
    """The work of a callback."""
    told = st.session_state.setdefault(REFUSED, {})
    told.pop(room.id, None)
    try:
        action()
    except PsoError as refusal:
        told[room.id] = refusal
        st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
        return
    after()


def refused(desk: Desk, room: Room) -> None:
    if refusal := st.session_state.get(REFUSED, {}).get(room.id):
        asked.into_view(f"workshop/{room.id}", st.session_state[_TIMES])
        messages.refusal(desk, refusal)


def show_section(room_id: str, section: str) -> None:
    """The work of a callback."""
    anew.begin(_section(room_id))
    st.session_state[section_key(room_id)] = section


def section_key(room_id: str) -> str:
    """Under which the visit holds the part of the room that is shown."""
    return anew.key(_section(room_id))


def _section(room_id: str) -> str:
    return f"workshop/section/{room_id}"
