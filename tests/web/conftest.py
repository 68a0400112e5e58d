"""Servers to knock at: one nobody has begun, one with an administrator and a member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pso_core.actions import first_start, people, sign_in
from pso_core.office import opened
from tests.servers import Server, running
from tests.web.visitor import Visitor

PASSWORD = "ข้าวเหนียวมะม่วง"
SIGNED_IN_TOO_LONG_AGO = sign_in.LASTS + timedelta(minutes=1)


@pytest.fixture(scope="module")
def database_with_people(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database with `admin` and `member`, and the token of a session that has expired."""
    database = tmp_path_factory.mktemp("office") / "nine.duckdb"
    with opened(database, clock=lambda: datetime.now(UTC) - SIGNED_IN_TOO_LONG_AGO) as office:
        expired = first_start.begin_own(office, login="admin", name="ผู้ดูแล", position="", password=PASSWORD)
        administrator = sign_in.visiting(office, expired)
        people.add_person(office, administrator, login="member", name="คณะทำงาน", password=PASSWORD, role="member")
    return database, expired


@pytest.fixture(scope="module")
def office_server(database_with_people: tuple[Path, str]) -> Iterator[Server]:
    with running(database_with_people[0]) as started:
        yield started


@pytest.fixture(scope="module")
def expired_token(database_with_people: tuple[Path, str]) -> str:
    return database_with_people[1]


@pytest.fixture
def stranger(office_server: Server) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(office_server.url)


@pytest.fixture
def enter(office_server: Server) -> Callable[[str], Visitor]:
    """`enter("member")` is one more browser with that person signed in."""

    def entered(login: str) -> Visitor:
        visitor = Visitor(office_server.url)
        assert visitor.sign_in(login, PASSWORD).status == 303
        return visitor

    return entered
