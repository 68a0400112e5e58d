"""Snapshots: the project as it was at each approval, and what has changed between two of them."""

from __future__ import annotations

import streamlit as st

from pso_core.actions.snapshots import snapshots
from pso_core.ui import sections, show
from pso_core.ui import snapshots as drawn
from pso_core.ui.desk import open_desk
from pso_core.ui.plain import as_html, as_label

WAYS = {"look": drawn.look, "compare": drawn.comparing}

desk = open_desk()
st.html(f"<header class='step'><h1>{as_html(desk.say('app.snapshots'))}</h1><p class='purpose'>{as_html(desk.say('page_snapshots.purpose'))}</p></header>")
found = snapshots(desk.office, desk.project_id)
if not found:
    st.info(as_label(desk.say("page_snapshots.none")), title=desk.say("page_snapshots.none_yet"))
else:
    drawn.listing(desk, found)
    show.heading(desk.say("page_snapshots.ways"))
    way = sections.way(desk.say("page_snapshots.ways"), list(WAYS), "snapshots/way", lambda one: desk.say(f"page_snapshots.way.{one}"), label_visibility="collapsed")
    WAYS[way](desk, found)
