"""Choices of what is drawn: a long step in sections, the one chosen or the one in which an asked place lies, and ways of looking."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from pso_core.ui import asked
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_label


def choose(desk: Desk, step: str, sections: Mapping[str, Collection[str]]) -> str:
    """`sections`: {section: the kinds of row it shows}, named by `page_<step>.section.<section>`; the first to begin with."""
    key = f"{step}/section"
    wanted = asked.newly(key)
    if wanted:
        kind = wanted.split(":")[0]
        st.session_state[key] = next((name for name, kinds in sections.items() if kind in kinds), next(iter(sections)))
    elif st.session_state.get(key) not in sections:
        st.session_state[key] = next(iter(sections))
    return st.segmented_control(
        desk.say(f"page_{step}.sections"), list(sections), key=key, required=True, wrap=True, label_visibility="collapsed", width="stretch",
        format_func=lambda name: as_label(desk.say(f"page_{step}.section.{name}")),
    )  # fmt: skip


def way(label: str, ways: Sequence[str], key: str, named: Callable[[str], str], **how: Any) -> str:
    """A way of looking, the first to begin with: also where no choice is sent, as no browser does."""
    return st.segmented_control(label, ways, default=ways[0], key=key, required=True, format_func=named, **how) or ways[0]
