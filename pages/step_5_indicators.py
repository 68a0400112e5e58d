"""Step 5: for each criterion its indicators, and what must be true for each level."""

from __future__ import annotations

import streamlit as st

from pso_core.ui import asked, indicators, messages
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.frame import step_page

OPENED = "indicators/opened"


@st.fragment
def sections() -> None:
    """The nine criteria, one under the other: the one with something to do stands open."""
    desk = open_desk()
    if messages.waiting():
        st.rerun()
    indicators.samples_offer(desk)
    everything = st.toggle(desk.say("page_indicators.open_all"), key="indicators/everything") if desk.state.of("indicator") else False
    for criterion in desk.standard.criteria:
        place = f"criterion:{criterion.key}"
        indicators.section(desk, criterion, opened=everything or asked.is_asked(place) or place == first(desk))


def first(desk: Desk) -> str:
    """The criterion that stood open when this visit began: the first with a gap. It stays open when the gap is closed."""
    if OPENED not in st.session_state:
        standing = next(one for one in desk.standings if one.step.key == "indicators")
        places = (desk.state.get(gap.place) or gap.place for gap in (*standing.gaps, *standing.warnings))
        criteria = (place if isinstance(place, str) else f"criterion:{place['criterion']}" for place in places if place != "step:indicators")
        st.session_state[OPENED] = next(criteria, f"criterion:{desk.standard.criteria[0].key}")
    return st.session_state[OPENED]


with step_page("indicators", layouts={"indicator": indicators.indicator_fields}, in_place=("criterion",)) as desk:
    sections()
    indicators.rubric_check(desk)
