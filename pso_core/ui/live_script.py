"""The part of a page that listens: the browser's half of ui/live.py, and the marks it sets at rows that others write in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pso_core.domain.presence import Place
from pso_core.ui.present import in_a_class, marked_by
from pso_core.web.project_events import EVENTS, NUMBER

LOOK = (
    "position: absolute; top: 0; right: 0; transform: translateY(var(--writes-at)); z-index: 2; max-width: min(22rem, 80vw); overflow: hidden; text-overflow: ellipsis;"
    " white-space: nowrap; pointer-events: none; padding: 0 .5rem; border: 1px solid var(--gold-mark); border-radius: .7rem; background: var(--paper);"
    " color: var(--gold); font-size: .78rem; line-height: 1.5"
)
CALM = "calm"  # nobody touches the page: it may be drawn anew
_KEY = "live"
_component = st.components.v2.component(_KEY, html="<span></span>", js=Path(__file__).with_name("live.js").read_text("utf-8"))


def listen(project_id: str, page: str, visit: str, number: int, slowly: float, typing: Callable[[Any], None]) -> Any:
    """`changed`: CALM or another word when something did, else None. `number` is that of what is drawn; `slowly` in seconds.
    `typing` is told the class of the field typed in, "" once it was left, also when the whole page is drawn before this part."""

    def told() -> None:
        if (said := st.session_state.get(_KEY, {}).get("typing")) is not None:
            typing(said)

    asked = urlencode({"project": project_id, "page": page, "visit": visit})
    data = {"events": f"{EVENTS}?{asked}", "asked": f"{NUMBER}?{asked}", "number": number, "slowly": slowly * 1000, "calm": CALM}
    return _component(key=_KEY, data=data, on_changed_change=lambda: None, on_typing_change=told, height="content")


def marks(project_id: str, said: Mapping[Place, str]) -> str:
    """A style that sets a sentence at each place: at the field where one stands, else at the button that opens its row. It lies on
    the edge, so that nothing moves; those who listen hear the same from the line at the head of the page."""
    found = {_where(project_id, *place): sentence for place, sentence in said.items()}
    if not found:
        return ""
    every, rules = f":is({', '.join(found)})", (f"{where}::after {{ content: {_quoted(sentence)} }}" for where, sentence in found.items())
    return f"<style>{every} {{ position: relative; overflow: visible }} {every}::after {{ {LOOK} }} {' '.join(rules)}</style>"


def _where(project_id: str, entity_id: str, field: str) -> str:
    """The selector of a place."""
    start, ends = f'[class*="{marked_by(project_id)}-"]', f"-{in_a_class(f'{entity_id}/{field}')}"
    fields = f':is({start}[class*="{ends} "], {start}[class$="{ends}"])'
    return f":is({fields}, .stApp:not(:has({fields})) .{marked_by(f'open/{entity_id}')})"


def _quoted(text: str) -> str:
    """As a string of a style: every letter by its number, so that none ends it or the style."""
    return '"' + "".join(f"\\{ord(letter):06x}" for letter in text) + '"'
