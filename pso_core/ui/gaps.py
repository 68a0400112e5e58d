"""Gaps as links: each a sentence that leads to its place."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pso_core.steps import Gap
from pso_core.ui.desk import Desk
from pso_core.ui.naming import gap_sentence
from pso_core.ui.navigation import place_file
from pso_core.ui.plain import as_html, as_label


def gap_link(desk: Desk, gap: Gap) -> None:
    """A gap as a sentence that leads to its place."""
    mark = "△" if gap.warning else "▢"
    st.page_link(place_file(gap.place), label=f"{mark} {as_label(gap_sentence(desk, gap))}", query_params={"at": gap.place})


def gap_list(desk: Desk, gaps: Iterable[Gap]) -> str:
    """Gaps as a list to be read."""
    return f"<ul>{''.join(f'<li>{as_html(gap_sentence(desk, gap))}</li>' for gap in gaps)}</ul>"
