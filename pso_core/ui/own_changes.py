"""What this visit saved itself: no change by others to any of its forms, nor to what it signs."""

from __future__ import annotations

import streamlit as st

from pso_core.actions.rows import Saved
from pso_core.ui import present
from pso_core.ui.desk import Desk

OWN = "own_changes"


def own_change(desk: Desk, saved: Saved) -> None:
    """What this visit saved is not what others changed meanwhile: its other forms have seen it."""
    for memory in present.memories(desk).values():
        if saved.ids and memory.seen == saved.seq - saved.changes:
            memory.seen = saved.seq
    if saved.ids:
        st.session_state.setdefault(f"{OWN}:{desk.project_id}", set()).update(range(saved.seq - saved.changes + 1, saved.seq + 1))


def seen_by(desk: Desk) -> int:
    """The clock of what this visit was looking at when it drew `desk`, or saved itself since then with nobody in between: a
    button pressed right after a save was drawn before it."""
    own, seen = st.session_state.get(f"{OWN}:{desk.project_id}", ()), desk.state.seq
    while seen + 1 in own:
        seen += 1
    return seen
