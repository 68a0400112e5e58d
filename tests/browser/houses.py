"""A real server with the Lampang example, an empty project and somebody of each role already signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from pso_core.actions.first_start import EXAMPLE
from pso_core.actions.sign_in import begin_session
from pso_core.domain.people import Person
from pso_core.office import Office
from pso_core.ui.desk import PROJECT
from pso_core.ui.navigation import ROOT, place_file
from pso_core.web.cookies import LANGUAGE, SESSION
from tests.building import PEOPLE, an_empty_project, an_office, lampang
from tests.servers import Server, running

BEGINNER = Person("p-beginner", "beginner", "ผู้เริ่มโครงการใหม่", "นักวิเคราะห์", "ฝ่ายแผน", "facilitator", True)
ADDRESSES = sorted("" if file.stem == "home" else file.stem for file in ROOT.glob("*.py"))
OF_THE_OFFICE = {"people", "projects", "settings"}  # shown whole to administrators only
# Kinds of row whose drawers hold every sort of field between them, in every section of the longer steps.
DRAWERS = ("worksheet", "task", "indicator", "activity", "supervision", "file", "linkage", "request", "audit", "certificate", "result", "evidence")


@dataclass(frozen=True)
class House:
    """`example` and `empty` are projects; everybody works on the example but the beginner."""

    server: Server
    tokens: dict[str, str]
    example: str
    empty: str
    rows: dict[str, str]  # of the example, the first of each kind

    @property
    def url(self) -> str:
        return self.server.url

    def drawer_of(self, kind: str) -> str:
        """The address that opens the drawer of a row of this kind, or of a new one where there is none yet."""
        return f"{self.url}/{place_file(kind).stem}?at={self.rows.get(kind, kind)}"

    def let_in(self, page: Page, who: str, language: str = "th") -> Page:
        """This browser is signed in as the person of this role, or "beginner"."""
        cookies = {SESSION: self.tokens[who], LANGUAGE: language}
        page.context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        return page


@contextmanager
def a_house(folder: Path, *, port: int = 0) -> Iterator[House]:
    database = folder / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC), people=(*PEOPLE.values(), BEGINNER)) as office:
        example, empty = lampang(office), an_empty_project(office)
        rows = {row.kind: row.id for row in reversed(office.store.state(example).rows.values())}
        office.store.settings.set(EXAMPLE, True)
        tokens = {role: _token(office, person, example) for role, person in PEOPLE.items()}
        tokens["beginner"] = _token(office, BEGINNER, empty)
    with running(database, port=port) as server:
        yield House(server, tokens, example, empty, rows)


def _token(office: Office, person: Person, project_id: str) -> str:
    office.store.settings.set(f"{PROJECT}:{person.id}", project_id)
    return begin_session(office, person.id)
