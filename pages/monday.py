"""Monday morning: where the project stands, what is late or soon due, what slipped and why, who waits for whom."""

from __future__ import annotations

import streamlit as st

from pso_core.ui import monday, transfer
from pso_core.ui.desk import open_desk

desk = open_desk()
found = monday.monday_of(desk)
monday.head(found)
left, right = st.columns(2, gap="large")  # two rows of two: little room left empty, and on a telephone the most pressing comes first
with left, st.container(gap="xsmall"):
    monday.phases(found)
with right, st.container(gap="xsmall"):
    monday.part(found, "overdue")
    monday.part(found, "soon")
    monday.part(found, "expiring")
left, right = st.columns(2, gap="large")
with left, st.container(gap="xsmall"):
    monday.part(found, "slipped")
    monday.part(found, "waiting")
    monday.part(found, "blocked")
with right, st.container(gap="xsmall"):
    monday.load(desk)
monday.print_button(found)
monday.to_send(desk)
transfer.hand_over(desk)
