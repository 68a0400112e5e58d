"""Projects: choose one, begin one, bring one in, take one out."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.permissions import may
from pso_core.office import office
from pso_core.ui import project_list, visit
from pso_core.ui.plain import as_html

person, say = visit.guard(), visit.say()
st.html(f"<header class='step'><h1>{as_html(say('app.projects'))}</h1><p class='purpose'>{as_html(say('page_projects.purpose'))}</p></header>")
project_list.choose(office(), person, say)
project_list.cycles(person)
if may(person.role, "manage_projects"):
    project_list.rename(person)
    project_list.create(office(), person, say)
    project_list.bring_in(office(), person, say)
    project_list.take_out(office(), person, say)
