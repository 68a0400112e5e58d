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
    answer = st.session_state.setdefault(f"{key}/answer", {"list": "", "number": 0, "accepted": True, "drawn": 0})
    answer["drawn"] += 1  # the browser draws whenever this run did

    def moved() -> None:
        sent = _sent(st.session_state[key].get("order"))
        if sent is None or (sent["list"], sent["number"]) == (answer["list"], answer["number"]):
            return  # nothing, or sent once more before its answer was there
        answer.update(list=sent["list"], number=sent["number"], accepted=False)
        answer["accepted"] = on_order(tuple(one for one in sent["order"] if isinstance(one, str)))

    words = {name: say.template(f"app.drag.{name}") for name in _WORDS}
    data = {"items": [asdict(item) for item in items], "words": words, **answer}
    _component(key=key, data=data, on_order_change=moved, height="content")


def _sent(sent: Any) -> dict[str, Any] | None:
    """What a list in a browser sent: its own id, the number of this order, the order; anything may come over a websocket."""
    shape = {"list": str, "number": int, "order": list}
    return sent if isinstance(sent, dict) and all(isinstance(sent.get(name), kind) for name, kind in shape.items()) else None
