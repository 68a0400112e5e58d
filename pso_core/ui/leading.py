"""Lines that lead to the place where something is done, also in another project."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pso_core.domain.owed import Blocked, Owed, Waiting
from pso_core.ui.desk import Desk, choose_project
from pso_core.ui.navigation import place_file
from pso_core.ui.plain import as_label


RENEWAL = "certificate:renewal"  # where the next cycle is planned back from the day on which the certificate ends


def place_of(one: Any) -> str:
    """Where what is owed, waited for, blocked or slipped is seen to: a step on its page, a report with its activity."""
    if isinstance(one, Owed):
        places = {"phase": f"step:{one.step}", "sign_off": f"step:{one.step}", "activity": f"progress:{one.entity_id}", "certificate": RENEWAL}
        return places.get(one.kind, one.entity_id)
    if isinstance(one, Waiting):
        return f"step:{one.step}"
    return f"step:{one.needs}" if isinstance(one, Blocked) else one.entity_id


def lead(label: str, place: str) -> None:
    """A line (its marks and bold parts are Markdown, what people typed is escaped by then) that leads to its place."""
    st.page_link(place_file(place), label=label, query_params={"at": place})


def lead_away(desk: Desk, project_id: str, text: str, place: str, key: str, **how: Any) -> None:
    """The same to a place in any project: a button where it is not the one worked on now."""
    if project_id == desk.project_id and not how:
        lead(as_label(text), place)
    elif st.button(as_label(text), key=key, **{"type": "tertiary", **how}):
        choose_project(desk.office, desk.person, project_id)
        st.switch_page(place_file(place), query_params={"at": place})
