"""Fields that begin anew after a press, under another key.

To write a field's value in the press's callback would not last: what the page asks before it has heard the answer still tells the
old value, and Streamlit believes the page. In a room, where every press makes the page ask again, that is one press in three.
"""

from __future__ import annotations

import streamlit as st


def turn(place: str) -> int:
    """Stands in the keys of the fields of this place."""
    return st.session_state.get(_of(place), 0)


def key(place: str) -> str:
    """Of a field that is all there is at this place."""
    return f"{place}/{turn(place)}"


def begin(place: str) -> None:
    """Its fields are as new at the next drawing."""
    st.session_state[_of(place)] = turn(place) + 1


def _of(place: str) -> str:
    return f"{place}/turn"
