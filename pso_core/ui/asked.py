"""The place a link asked for (`?at=…`): the page shows it where it is edited and brings it into view, once."""

from __future__ import annotations

import streamlit as st

_ASKED = "asked"
_INTO_VIEW = """
export default function ({ data, parentElement }) {
  const shown = document.documentElement.dataset
  if (shown.asked === data.turn) return
  shown.asked = data.turn
  const host = parentElement.host ?? parentElement
  host.style.scrollMarginTop = "10rem"
  requestAnimationFrame(() => host.scrollIntoView({ block: "start" }))
}
"""
_component = st.components.v2.component("asked_place", html="<span></span>", js=_INTO_VIEW)


def ask(place: str) -> None:
    """Remember the place; asking again for the same one shows it again."""
    turn = st.session_state.get(_ASKED, ("", 0))[1] + 1
    st.session_state[_ASKED] = (place, turn)


def is_asked(place: str) -> bool:
    return st.session_state.get(_ASKED, ("", 0))[0] == place


def mark(place: str) -> None:
    """Stands at the head of a place that is edited on the page itself."""
    if is_asked(place):
        _component(key=f"asked/{place}", data={"turn": str(st.session_state[_ASKED][1])}, height="content")
