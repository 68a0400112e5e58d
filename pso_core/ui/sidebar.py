"""Below the menu: which project, who is signed in, the language, the way out."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import streamlit as st

from pso_core.actions.first_start import is_example
from pso_core.domain.people import Person
from pso_core.domain.schedule import Standing
from pso_core.office import office
from pso_core.text.phrases import LANGUAGES, Phrases
from pso_core.ui import cached, schedule_words, visit
from pso_core.ui.desk import Desk
from pso_core.ui.naming import project_name
from pso_core.ui.plain import as_html


def draw(person: Person, say: Phrases, desk: Desk | None) -> None:
    with st.sidebar:
        name = (desk and project_name(desk.state)) or say("app.no_agency")
        role = say(f"choices.role.{person.role}")
        st.html(f"<p class='who'><b>{as_html(name)}</b><br>{as_html(person.name)}<br><span class='quiet'>{as_html(role)}</span></p>")
        st.html(f"<p class='ways'>{''.join(_links(say))}</p>")
        st.button(say("app.sign_out"), key="sign-out", on_click=visit.leave)


def days_left(desk: Desk) -> dict[str, str]:
    """{each step that is late: how late; where none is, the next one: how long it still has}, to stand beside its name in the menu."""
    found = cached.outlook_of(desk.state, desk.today)
    if found is None or found.current is None:
        return {}
    standings = [line.standing for line in found.late or (found.current,)]
    return {standing.step: f" · {desk.say(f'page_schedule.menu.{_left(standing)}', days=schedule_words.working_days(desk, abs(standing.days)))}" for standing in standings}


def _left(standing: Standing) -> str:
    if not standing.days:
        return "just_late" if standing.state == "late" else "before_next" if standing.on_days_off else "today"
    return "late" if standing.state == "late" else "left"


def _links(say: Phrases):
    """Plain links: they leave the page, so that the language of the page itself changes too."""
    here = quote(urlsplit(st.context.url or "/").path or "/")
    for language in LANGUAGES:
        if language != say.language:
            yield f"<a href='/language?to={language}&amp;next={here}' lang='{language}'>{as_html(say(f'app.language.{language}'))}</a>"
    if is_example(office()):
        yield f"<a href='/switch'>{as_html(say('app.switch_role'))}</a>"
