"""A part of a page that is drawn anew as soon as its room changes, and every few seconds where nothing is pushed."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from pso_core.domain.workshop.room import Room

EVENTS = "/room/events"  # sends "VERSION.COUNT" and nothing else
SLOWLY = 5.0  # seconds between looks where scripts or what is pushed are held back, by a proxy say
SCREEN = "/room/screen/{room}?view=screen"
JOIN = "/room"
OWN = (None, "localhost", "127.0.0.1", "::1")

# Several answers within a moment are one look. What is typed meanwhile stays: only this part of the page is drawn anew.
_JS = """
const live = new WeakMap()
export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let s = live.get(parentElement)
  if (!s || s.url !== data.url) {
    if (s) s.events.close()
    s = { url: data.url, events: new EventSource(data.url), last: null, soon: 0 }
    live.set(parentElement, s)
    s.events.onmessage = ({ data: said }) => {
      const news = s.last === null ? Number(said.split(".")[0]) !== s.number : said !== s.last
      s.last = said
      if (!news) return
      clearTimeout(s.soon)
      s.soon = setTimeout(() => s.fire("changed", said), 250)
    }
  }
  s.fire = setTriggerValue
  s.number = data.number
  return () => {
    s.events.close()
    clearTimeout(s.soon)
    live.delete(parentElement)
  }
}
"""
_component = st.components.v2.component("workshop_live", html="<span></span>", js=_JS)


def live(room: Room) -> None:
    """Stands in the fragment that shows the room."""
    _component(key=f"workshop/live/{room.id}", data={"url": f"{EVENTS}?{urlencode({'room': room.id})}", "number": room.number}, on_changed_change=lambda: None, height="content")


def screen_of(room: Room) -> str:
    return SCREEN.format(room=room.id)


def join_address() -> str:
    """Where a room is entered, as this visitor's browser knows the program; "" where that is this machine's name for itself, which no phone finds."""
    address = urlsplit(st.context.url or "")
    return "" if address.hostname in OWN else address.netloc + JOIN
