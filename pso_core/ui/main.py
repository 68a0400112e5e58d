"""The entry script of every run: who is here, in which language, which pages there are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from pso_core.ui import messages, navigation, present, show, sidebar, visit
from pso_core.ui.desk import desk_of, laid_out

HERE = Path(__file__).parent


def main() -> None:
    present.leave()
    person = visit.visitor()
    say = visit.say()
    desk = desk_of(person)
    marks = {standing.step.key: navigation.marks_of(standing) for standing in desk.standings} if desk else {}
    menu = navigation.sections(say, person, marks, sidebar.days_left(desk) if desk else {})
    page = st.navigation([page for pages in menu.values() for page in pages], expanded=True)
    title = say("app.page_title", page=navigation.plain_title(say, page), program=say("app.name"))
    st.set_page_config(page_title=title, page_icon=str(HERE / "static" / "favicon.png"), layout="wide")
    st.html(_style(show.is_dark()))
    st.html(navigation.headings(menu))
    sidebar.draw(person, say, desk)
    messages.toast(desk)
    with laid_out(desk):
        page.run()


@cache
def _style(dark: bool) -> str:
    """Ours, in the visitor's theme: drawers and lists are drawn outside Streamlit's own part of the page, which alone knows it."""
    theme = f":root {{ color-scheme: {'dark' if dark else 'light'} }}"
    return f"<style>{theme}\n{(HERE / 'static' / 'nine_steps.css').read_text('utf-8')}</style>"


main()
