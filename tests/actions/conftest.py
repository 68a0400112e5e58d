"""An office to act in, with an administrator, and a clock that a test may turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pso_core.actions import first_start, people, sign_in
from pso_core.domain.people import Person
from pso_core.office import Office, opened
from tests.building import a_new_database, left_as_it_is
from tests.one_duckdb import attached

PASSWORD = "ข้าวเหนียวมะม่วง"


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(database: Path, clock: Clock) -> Iterator[Office]:
    """A new database that nobody has begun."""
    a_new_database(database)
    with attached(), opened(database, clock=clock) as office:
        yield office
        left_as_it_is(office.store)


@pytest.fixture
def administrator(office: Office) -> Person:
    """The first person of the office."""
    token = first_start.begin_own(office, login="admin", name="ผู้ดูแล", position="", password=PASSWORD)
    return sign_in.visiting(office, token)


@pytest.fixture
def colleague(office: Office, administrator: Person) -> Callable[..., Person]:
    """`colleague(login="malee", role="member")` has an account too."""

    def add(login: str = "malee", role: str = "member") -> Person:
        return people.add_person(office, administrator, login=login, name="มาลี แสนดี", password=PASSWORD, role=role)

    return add
