"""The place a link asked for (`?at=…`): the page shows it where it is edited and brings it into view, once."""

from __future__ import annotations

import streamlit as st

_ASKED = "asked"
_INTO_VIEW = """
export default function ({ data, parentElement }) {
  const shown = (window.shownPlaces ??= new Set())
  if (shown.has(data.turn)) return
  shown.add(data.turn)
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


def newly(reader: str) -> str | None:
    """The place asked for since this reader last looked: what it opens once, so that people may close it again."""
    place, turn = st.session_state.get(_ASKED, ("", 0))
    seen, st.session_state[f"asked/{reader}"] = st.session_state.get(f"asked/{reader}", 0), turn
    return place if turn != seen else None


def mark(place: str) -> None:
    """Stands at the head of a place that is edited on the page itself."""
    if is_asked(place):
        into_view(place, st.session_state[_ASKED][1])


def into_view(place: str, turn: int) -> None:
    """Stands where the reader should look now: the browser goes there once for each turn."""
    _component(key=f"asked/{place}", data={"turn": f"{place}#{turn}"}, height="content")
