"""Offices and projects for tests: a real database with one person of each role, and a project that is empty or Lampang's."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from pso_core.actions.first_start import example_people
from pso_core.actions.projects import create_project, import_example
from pso_core.actions.rows import Edit, Removal, Saved, save_rows
from pso_core.actions.sign_in import LASTS
from pso_core.domain.people import Person
from pso_core.office import Office, opened
from pso_core.store import Store
from pso_core.store.witness import place_of
from tests.one_duckdb import attached

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 23 พ.ย. 2569, ten in the morning in Thailand
PEOPLE = {one.role: one for one in example_people()}  # p-admin, p-facilitator, p-member, p-head, p-viewer
EVERYBODY = tuple(PEOPLE.values())


@contextmanager
def an_office(
    database: Path, *, now: datetime = NOW, people: tuple[Person, ...] = EVERYBODY, example: bool = False, signed_in: bool = False
) -> Iterator[Office]:
    """An open office whose clock stands still at `now`, with one person of each role (without passwords) in it.

    Also what `pso_core.office.office()` answers, until the end of the block. `example`: the Lampang example is its only project.
    `signed_in`: so is each of them, with the token of `token_of`.
    """
    usual = now == NOW and people == EVERYBODY
    _there_is("example" if example else "people" if usual else "nothing", database, signed_in)
    with attached(), opened(database, clock=lambda: now) as office:
        if not office.store.people.exist():
            office.store.people.add(people, people[0].id, now)
        yield office


def a_new_database(database: Path) -> None:
    """A database that nobody has begun, unless there is one."""
    _there_is("nothing", database)


def token_of(role: str) -> str:
    return f"the-token-of-the-{role}"


def _there_is(holding: str, database: Path, signed_in: bool = False) -> None:
    """A copy of a database made once, because making it anew takes most of a short test's time."""
    if not database.exists():
        copied(_made(holding, signed_in), database)


def copied(made: Path, database: Path) -> None:
    """A closed database with its witness, and with its modes: nobody else reads it."""
    for file, place in ((made, database), (place_of(made), place_of(database))):
        shutil.copy(file, place)


@cache
def _made(holding: str, signed_in: bool) -> Path:
    folder = TemporaryDirectory(prefix="nine-steps-new-")
    atexit.register(folder.cleanup)
    database = Path(folder.name) / "made.duckdb"
    with opened(database, clock=lambda: NOW) as office:
        if holding != "nothing":
            office.store.people.add(EVERYBODY, EVERYBODY[0].id, NOW)
        if holding == "example":
            lampang(office)
        for one in EVERYBODY if signed_in else ():
            office.store.sessions.start(token_of(one.role), one.id, NOW, NOW + LASTS)
        _without_views(office)
    return database


def _without_views(office: Office) -> None:
    """They are there for who asks the database in SQL, which nothing of the program does; to read them is most of opening a file."""
    views = office.store.engine.read("SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name = current_database()")
    with office.store.engine.transaction() as transaction:
        for (name,) in views:
            transaction.execute(f'DROP VIEW "{name}"')


def left_as_it_is(store: Store) -> None:
    """Closed as a power cut would close it, for files that nobody opens again: putting its log into it takes long."""
    with suppress(duckdb.Error):  # closed already
        store.engine._anchor.execute("PRAGMA disable_checkpoint_on_shutdown")


def person(role: str) -> Person:
    return PEOPLE[role]


def an_empty_project(office: Office, actor: Person = PEOPLE["facilitator"]) -> str:
    """The id of a project that only names its standard."""
    return create_project(office, actor)


def lampang(office: Office) -> str:
    """The id of a new copy of the Lampang example."""
    return import_example(office, PEOPLE["facilitator"])


def write(
    office: Office, project_id: str, kind: str, entity_id: str | None = None, *,
    by: Person = PEOPLE["facilitator"], seen: int | None = None, **values: Any,
) -> Saved:  # fmt: skip
    """Save values of one row, as seen now or after change `seen`. Without `entity_id` a new row, or the one its key names."""
    return save_rows(office, by, project_id, [Edit(kind, entity_id, values)], seen=_seen(office, project_id, seen))


def remove(
    office: Office, project_id: str, entity_id: str, *, by: Person = PEOPLE["facilitator"], seen: int | None = None
) -> Saved:
    return save_rows(office, by, project_id, [Removal(entity_id)], seen=_seen(office, project_id, seen))


def contents(store: Store, project_id: str) -> tuple[int, dict[str, dict]]:
    """The project's clock and every row's body, to compare before and after: equal when nothing was written."""
    state = store.state(project_id)
    return state.seq, {row.id: dict(row.body) for row in state.rows.values()}


def _seen(office: Office, project_id: str, seen: int | None) -> int:
    return office.store.state(project_id).seq if seen is None else seen
