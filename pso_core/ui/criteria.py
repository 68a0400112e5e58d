"""Going through the criteria one at a time: which one is shown, and the buttons to those beside it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pso_core.domain.standard import Criterion
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_label


def choose(desk: Desk, key: str, first: Callable[[], str], mark: Callable[[Criterion], str], label: str) -> Criterion:
    """The criterion chosen, kept under `key` of the visit; `first()` before anybody chose. `mark` stands before its short name, `label` above all."""
    keys = desk.standard.choices("criteria")
    if st.session_state.get(key) not in keys:
        st.session_state[key] = first()

    def named(one: str) -> str:
        criterion = desk.standard.criterion(one)
        return as_label(f"{mark(criterion)} {criterion.short[desk.language]}")

    st.segmented_control(label, keys, key=key, required=True, wrap=True, format_func=named)
    return desk.standard.criterion(st.session_state[key])


def neighbours(desk: Desk, key: str, criterion: Criterion, prefix: str = "") -> None:
    """Buttons to the criterion before and the one after; `prefix` keeps their keys apart from others on the page."""
    keys = desk.standard.choices("criteria")
    place = keys.index(criterion.key)
    for word, to in (("previous", place - 1), ("next", place + 1)):
        if 0 <= to < len(keys):
            st.button(desk.say(f"page_assessment.{word}"), key=f"{prefix}{word}", on_click=_go, args=(key, keys[to]))


def _go(key: str, criterion: str) -> None:
    st.session_state[key] = criterion
