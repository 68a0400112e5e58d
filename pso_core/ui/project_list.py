"""The parts of the projects page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pso_core import standards
from pso_core.actions.project_file import LARGEST
from pso_core.actions.project_json import said_at
from pso_core.actions.projects import create_project, export_project, files_left_behind, import_project
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import Row
from pso_core.errors import Mistakes, PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, mistake_sentence, refusal_sentence
from pso_core.text.phrases import Phrases
from pso_core.text.thaidate import say_moment
from pso_core.ui import cycle, messages, show, visit
from pso_core.ui.desk import choose_project, chosen_project, desk_of
from pso_core.ui.form import Form
from pso_core.ui.plain import as_html, as_label

SHOWN = 50  # mistakes of a file shown at once


def choose(here: Office, person: Person, say: Phrases) -> None:
    """Every project, the newest first, with when it was last changed; none of them is read whole."""
    current, heads = chosen_project(here, person), here.store.heads()
    agencies, about = here.store.everywhere("agency"), here.store.everywhere("project")
    if not heads:
        key = "first" if may(person.role, "manage_projects") else "ask"
        st.info(as_label(say(f"page_projects.{key}")), title=say("app.first_thing"))
    for project_id, head in reversed(heads.items()):
        text, button = st.columns([5, 2], vertical_alignment="center")
        name = _name(agencies.get(project_id), about[project_id], say)
        when = say("page_projects.changed", when=say_moment(head.occurred_at, say))
        text.html(f"<p class='row'><b>{as_html(name)}</b> <span class='quiet'>{as_html(when)}</span></p>")
        label = say("page_projects.current" if project_id == current else "page_projects.open")
        button.button(
            label, key=f"project/{project_id}", disabled=project_id == current, width="stretch",
            on_click=choose_project, args=(here, person, project_id),
        )  # fmt: skip


def _name(agency: Row | None, project: Row, say: Phrases) -> str:
    name = agency["name"] if agency else say("app.no_agency")
    return f"{name} – {project['title']}" if project["title"] else name


def create(here: Office, person: Person, say: Phrases) -> None:
    with st.expander(say("page_projects.create"), key="projects/create", expanded=not here.store.projects()):
        title = st.text_input(say("fields.project.title.label"), key="projects/title")
        at_field = st.container()
        if st.button(say("page_projects.create"), key="projects/do/create", type="primary"):
            _try(say, lambda: choose_project(here, person, create_project(here, person, title=title)), at_field)


def cycles(person: Person) -> None:
    """Of the current project: the cycles before and after it, and the next one to be begun from it."""
    if desk := desk_of(person):
        cycle.cycles(desk)
        cycle.offer(desk)


def rename(person: Person) -> None:
    """The title of the current project, for whoever may edit it."""
    desk = desk_of(person)
    if desk is None or not desk.may_edit("project"):
        return
    with st.expander(desk.say("page_projects.rename"), key="projects/rename"):
        form = Form(desk, "project")
        row = form.row("project", "project")
        form.messages()
        row.input("title")
        form.save_button(desk.say("page_projects.save_title"))


def bring_in(here: Office, person: Person, say: Phrases) -> None:
    with st.expander(say("page_projects.import"), key="projects/import"):
        most = LARGEST // 2**20
        file = st.file_uploader(say("page_projects.file", most=most), type="json", max_upload_size=most, key="projects/file")
        if file and st.button(say("page_projects.import"), key="projects/do/import", type="primary"):
            _try(say, lambda: _bring(here, person, say, file.getvalue()))


def take_out(here: Office, person: Person, say: Phrases) -> None:
    """The current project as one file. Made when asked for, not at every look at the page."""
    project_id = chosen_project(here, person)
    if project_id is None:
        return
    with st.expander(say("page_projects.export"), key="projects/export"):
        with_history = st.checkbox(say("page_projects.with_history"), key="projects/history")
        if not with_history:
            show.quiet(say("page_projects.without_history"))
        st.download_button(
            say("page_projects.export"), partial(_exported, here, visit.token(), project_id, with_history),
            file_name=f"nine-steps-{here.today().isoformat()}.json", mime="application/json", on_click="ignore", key="projects/do/export",
        )  # fmt: skip


def _exported(here: Office, token: str, project_id: str, with_history: bool) -> bytes:
    """Made at the click, for whoever is signed in by then."""
    return export_project(here, visit.holder(token), project_id, with_history)


def _bring(here: Office, person: Person, say: Phrases, data: bytes) -> str:
    project_id = import_project(here, person, data)
    choose_project(here, person, project_id)
    count = files_left_behind(here, project_id)
    return say("page_projects.files_missing", count=count) if count else ""


def _try(say: Phrases, action: Callable[[], str | None], at_field: DeltaGenerator | None = None) -> None:
    """`action` returns what more there is to be said. `at_field`: where the only field's mistake is said, without its name."""
    try:
        more = action()
    except Mistakes as refusal:
        told = Told(say, standards.load())
        if at_field is not None:
            return at_field.error(as_label(mistake_sentence(told, refusal.problems[0])))
        lines = [f"- {as_label(said_at(p.path, mistake_sentence(told, p)))}" for p in refusal.problems[:SHOWN]]
        st.error("\n".join([as_label(say(f"refusals.{refusal.code}", count=len(refusal.problems))), "", *lines]))
    except PsoError as refusal:
        st.error(as_label(refusal_sentence(Told(say), refusal)))
    else:
        messages.say_later(" ".join(filter(None, (say("app.saved"), more))))
        st.switch_page("../../pages/home.py")
