"""Before step 1: the agency, its divisions and the agreement it joined under."""

from __future__ import annotations

import streamlit as st

from pso_core.ui import asked, drawer, listing, show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.form import Form
from pso_core.ui.frame import step_page
from pso_core.ui.navigation import ROOT

SHORT = ("name", "province", "address", "telephone", "agreement_date", "co_signing_agencies", "advisor")
LONG = ("legal_mandate", "objectives", "roles", "problems")


@st.fragment
def agency() -> None:
    desk = open_desk()
    form = Form(desk, "agency")
    row = form.row("agency", "agency")
    asked.mark("agency")
    form.messages()
    left, right = st.columns(2)
    for place, name in enumerate(SHORT):
        with left if place % 2 == 0 else right:
            row.input(name)
    for name in LONG:
        row.input(name, lines=3)
    form.save_button(desk.say("app.save_one", kind=desk.say("fields.agency.one")))


def divisions(desk: Desk) -> None:
    listing.heading(desk, "division")
    listing.rows(desk, desk.state.of("division"), ["duties"])
    drawer.add_button(desk, "division", {"position": desk.state.next_position("division")})


def people(desk: Desk) -> None:
    show.heading(desk.say("app.people"))
    active = [person for person in desk.people if person.active]
    head = [desk.say(f"page_profile.{name}") for name in ("name", "position", "division", "role")]
    rows = [(p.name, p.position, p.division, desk.say(f"choices.role.{p.role}")) for p in active]
    show.table(head, rows)
    st.page_link(ROOT / "people.py", label=desk.say("page_profile.manage_people"))


with step_page("profile", in_place=("agency",)) as desk:
    agency()
    divisions(desk)
    people(desk)
