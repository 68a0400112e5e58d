"""Somebody signed in at a server of their own, on projects that were made before it started: for pages that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from pso_core.actions.sign_in import begin_session
from pso_core.domain.people import Person
from pso_core.office import Office
from pso_core.ui.desk import PROJECT
from pso_core.web.cookies import LANGUAGE, SESSION
from tests.browser.waiting import visit
from tests.building import an_office
from tests.servers import running


@dataclass(frozen=True)
class Seated:
    url: str
    token: str

    def open(self, page: Page, language: str, address: str = "monday") -> Page:
        page.context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in ((SESSION, self.token), (LANGUAGE, language))])
        visit(page, f"{self.url}/{address}")
        return page


@contextmanager
def seated(folder: Path, who: Person, prepare: Callable[[Office], str]) -> Iterator[Seated]:
    """`prepare` answers the project that this person works on."""
    database = folder / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        office.store.settings.set(f"{PROJECT}:{who.id}", prepare(office))
        token = begin_session(office, who.id)
    with running(database) as server:
        yield Seated(server.url, token)
