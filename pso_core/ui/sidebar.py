"""Below the menu: which project, who is signed in, the language, the way out."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.people import Person
from pso_core.text.phrases import LANGUAGES, Phrases
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html


def draw(person: Person, say: Phrases, desk: Desk | None) -> None:
    with st.sidebar:
        agency = desk.state.only("agency") if desk else None
        name = agency["name"] if agency else say("app.no_agency")
        role = say(f"choices.role.{person.role}")
        st.html(f"<p class='who'><b>{as_html(name)}</b><br>{as_html(person.name)}<br><span class='quiet'>{as_html(role)}</span></p>")
        with st.container(horizontal=True):
            for language in LANGUAGES:
                if language != say.language:
                    st.link_button(say(f"app.language.{language}"), f"/language?to={language}")
            st.link_button(say("app.sign_out"), "/sign-out")
