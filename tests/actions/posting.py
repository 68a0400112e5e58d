"""An office with a late project whose member wants mail, and a clock: fixtures to be imported where mail is sent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pso_core.actions import mail
from pso_core.domain.people import Person
from pso_core.office import Office, opened
from tests.actions.conftest import Clock
from tests.actions.mail_server import Mailbox, mail_server
from tests.actions.planning import planned
from tests.building import PEOPLE, a_new_database, left_as_it_is, person
from tests.one_duckdb import attached

SENDER = "pso@lampang.example"
IMPATIENT = 0.4  # seconds
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
MEMBER, HEAD = person("member"), person("head")


@pytest.fixture
def clock() -> Clock:
    """Monday 23 November 2569, seven in the morning in Thailand."""
    return Clock(MONDAY)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office's database, to be copied: to fill it takes most of a short test's time."""
    database, clock = tmp_path_factory.mktemp("office") / "nine.duckdb", Clock(MONDAY)
    a_new_database(database)
    with opened(database, clock=clock) as office:
        begin(office)
    return database.parent


@pytest.fixture
def office(begun: Path, database: Path, clock: Clock) -> Iterator[Office]:
    """An office with a late project, whose member wants a mail every day at eight."""
    shutil.copytree(begun, database.parent, dirs_exist_ok=True)
    with attached(), opened(database, clock=clock) as office:
        yield office
        left_as_it_is(office.store)


@pytest.fixture
def server(office: Office) -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        use(office, mailbox.port)
        yield mailbox


def begin(office: Office) -> None:
    office.store.people.add(list(PEOPLE.values()), "p-admin", office.clock())
    planned(office)
    wants(office, MEMBER)


def use(office: Office, port: int) -> None:
    mail.set_mail_server(office, person("administrator"), host="127.0.0.1", port=port, security="none", sender=SENDER)


def wants(office: Office, who: Person, rhythm: str = "daily", **when: int) -> None:
    mail.choose_mail(office, who, address=f"{who.id}@lampang.example", rhythm=rhythm, **when)


def states(posted: tuple) -> list[tuple[str, str]]:
    return [(one.person_id, one.state) for one in posted]


def recorded(office: Office) -> list[tuple[str, str, str]]:
    return office.store.engine.read("SELECT person_id, day, state FROM mail_sent ORDER BY person_id, day")
