"""The desk: who is looking, in which language, at which project. Everything a page shows starts here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import streamlit as st

from pso_core.actions.rows import may_edit, standard_of
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.standard import Standard
from pso_core.errors import PsoError
from pso_core.office import Office, office
from pso_core.steps import STEP_OF_KIND, Review, naming
from pso_core.steps.sign_off import is_approved
from pso_core.steps.standing import Standing
from pso_core.text.phrases import LANGUAGES, Phrases, phrases
from pso_core.ui import cached, visit

PROJECT = "project"
_LAID_OUT = "desk"
PROJECTS_PAGE = "../../pages/projects.py"  # seen from the entry script


@dataclass(frozen=True)
class Desk:
    office: Office
    person: Person
    say: Phrases
    state: ProjectState
    standard: Standard
    people: tuple[Person, ...]
    today: date

    @property
    def project_id(self) -> str:
        return self.state.project_id

    @property
    def language(self) -> str:
        return self.say.language

    @property
    def on_record(self) -> Desk:
        """This desk in the language of the agency: a meeting is put on record in it, whatever its leader reads."""
        return replace(self, say=phrases(LANGUAGES[0]))

    @cached_property
    def review(self) -> Review:
        return Review(self.standard, self.state, self.people, self.today, partial(cached.as_of, self.project_id), lost=cached.lost_of(self.state))

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        return cached.standings_of(self.review)

    def may_edit(self, kind: str, row: Row | None = None, action: str = "save") -> bool:
        return may_edit(self.person, kind, row, self.state, action)

    def why_not(self, kinds: Iterable[str]) -> str:
        """Why this person may not edit rows of these kinds: they were approved, or the role does not include it."""
        approved = next((step for step in (STEP_OF_KIND[kind].key for kind in kinds) if is_approved(self.state, step)), None)
        if approved:
            return naming.refusal_sentence(self, PsoError("step_approved", step=approved))
        return self.say("app.may_not_edit", role=self.say(f"choices.role.{self.person.role}"))

    def person_name(self, person_id: str | None) -> str:
        return naming.person_name(self, person_id)


def open_desk() -> Desk:
    """The desk of this visit. Without a sign-in or a project the run ends here, on the right page.

    Within one run of the whole page it is read once (see `laid_out`); a fragment's own run reads anew.
    """
    if (laid := st.session_state.get(_LAID_OUT)) is not None:
        return laid
    desk = desk_of(visit.guard())
    if desk is None:
        st.switch_page(PROJECTS_PAGE)
    return desk


def desk_of(person: Person) -> Desk | None:
    """This person's desk; none while there is no project."""
    here = office()
    project_id = chosen_project(here, person)
    if project_id is None:
        return None
    state = here.store.state(project_id)
    return Desk(here, person, visit.say(), state, standard_of(state), here.store.people.all(), here.today())


@contextmanager
def laid_out(desk: Desk | None) -> Iterator[None]:
    """For the entry script: the page inside finds this desk instead of asking the database again."""
    st.session_state[_LAID_OUT] = desk
    try:
        yield
    finally:
        st.session_state[_LAID_OUT] = None


def chosen_project(here: Office, person: Person) -> str | None:
    """The project this visit works on: the one chosen, else the one last worked on, else the newest."""
    projects = here.store.projects()
    wanted = st.session_state.get(PROJECT) or here.store.settings.get(f"{PROJECT}:{person.id}")
    if wanted not in projects:
        wanted = projects[-1] if projects else None
    st.session_state[PROJECT] = wanted
    return wanted


def choose_project(here: Office, person: Person, project_id: str) -> None:
    st.session_state[PROJECT] = project_id
    here.store.settings.set(f"{PROJECT}:{person.id}", project_id)
