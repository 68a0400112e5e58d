"""How firm the weights are: which one, moved by how little, would change what to improve first."""

from __future__ import annotations

import streamlit as st

from pso_core.ui import cached, show
from pso_core.ui.desk import Desk
from pso_core.ui.naming import amount, name_of
from pso_core.ui.plain import as_html

SHOWN = 3


def show_swaps(desk: Desk) -> None:
    """Which weight, moved by how little, would change what to improve first."""
    score = desk.review.score
    if score is None or not score.started:
        return
    show.heading(desk.say("page_weights.sensitivity"))
    found = cached.swaps_of(desk.review)
    if not found:
        return show.quiet(desk.say("page_weights.firm"))
    sentences = [
        desk.say(
            f"page_weights.{'more' if swap.change > 0 else 'less'}", name=name_of(desk, "criteria", swap.criterion),
            other=name_of(desk, "criteria", swap.other), points=swap.points, weight=amount(swap.weight, desk),
        )
        for swap in found[:SHOWN]
    ]  # fmt: skip
    return st.html(f"<ul>{''.join(f'<li>{as_html(sentence)}</li>' for sentence in sentences)}</ul>")
