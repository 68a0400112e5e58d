"""People: who works on this, one's own account, and for administrators everybody's."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.permissions import may
from pso_core.office import office
from pso_core.steps.naming import Told, person_name
from pso_core.ui import accounts, asked, show, visit

person, say = visit.guard(), visit.say()
everybody = tuple(one for one in office().store.people.all() if not one.anonymised)
told = Told(say, people=everybody)
st.html(f"<header class='step'><h1>{say('app.people')}</h1><p class='purpose'>{say('page_people.purpose')}</p></header>")
show.table(
    [say(f"page_people.{name}") for name in ("name", "position", "division", "role", "account")],
    [
        (person_name(told, one.id), one.position, one.division, say(f"choices.role.{one.role}"), say(f"page_people.{'active' if one.active else 'closed'}"))
        for one in everybody
    ],
)
if st.query_params.pop("at", None):
    asked.ask("people")
if may(person.role, "manage_people"):
    accounts.add(person, say)
    accounts.manage(person, say)
    accounts.log(say)
accounts.own(person, say)
