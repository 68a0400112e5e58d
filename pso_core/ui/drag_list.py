"""A list that people put in order: by ▲▼, by dragging, or with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from pso_core.text.phrases import Phrases

_HERE = Path(__file__)
_HTML = "<ol></ol><p class='spoken' role='status'></p>"
_component = st.components.v2.component(
    "drag_list", html=_HTML, css=_HERE.with_suffix(".css").read_text("utf-8"), js=_HERE.with_suffix(".js").read_text("utf-8")
)
_WORDS = ("handle", "up", "down", "moved")


@dataclass(frozen=True)
class Item:
    """A line of the list; `note` stands at its right."""

    id: str
    text: str
    note: str = ""


def drag_list(say: Phrases, items: Sequence[Item], *, key: str, on_order: Callable[[tuple[str, ...]], bool]) -> None:
    """`on_order` gets the ids in their new order and says whether it was saved; if not, the list goes back."""
    answer = st.session_state.setdefault(f"{key}/answer", {"turn": 0, "accepted": True, "drawn": 0})
    answer["drawn"] += 1  # the browser draws whenever this run did

    def moved() -> None:
        order, accepted = _order_in(st.session_state[key].get("order"), answer["turn"]), False
        try:
            accepted = order is not None and on_order(order)
        finally:
            answer.update(turn=answer["turn"] + 1, accepted=accepted)

    words = {name: say.template(f"app.drag.{name}") for name in _WORDS}
    data = {"items": [asdict(item) for item in items], "words": words, **answer}
    _component(key=key, data=data, on_order_change=moved, height="content")


def _order_in(sent: Any, turn: int) -> tuple[str, ...] | None:
    """What the browser sent, if it answers what it was shown; anything may come over a websocket."""
    if not isinstance(sent, dict) or sent.get("turn") != turn or not isinstance(sent.get("order"), list):
        return None
    return tuple(one for one in sent["order"] if isinstance(one, str))
