"""Steps of the Lampang example signed off for tests: through the actions where that can be, written straight into the store where it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from pso_core.actions.sign_offs import approve, submit
from pso_core.office import Office, opened
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.sign_off import SIGN_OFF
from pso_core.steps.values import empty
from pso_core.store import Write
from tests.actions.conftest import Clock
from tests.building import PEOPLE, a_new_database, lampang, person


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Clock]]:
    """One for all tests of a module: each has a project of its own in it."""
    database, clock = tmp_path_factory.mktemp("office") / "nine.duckdb", Clock()
    a_new_database(database)
    with opened(database, clock=clock) as office:
        office.store.people.add(tuple(PEOPLE.values()), "p-admin", clock())
        yield office, clock


@pytest.fixture
def clock(house: tuple[Office, Clock]) -> Clock:
    """Where it stood before another test moved it."""
    house[1].now = Clock.now
    return house[1]


@pytest.fixture
def office(house: tuple[Office, Clock], clock: Clock) -> Office:
    return house[0]


@pytest.fixture
def project(office: Office) -> str:
    return lampang(office)


def seq(office: Office, project: str) -> int:
    return office.store.state(project).seq


def signed(office: Office, project: str, step: str) -> dict:
    """The sign-off of a step, without what is absent."""
    row = office.store.state(project).get(f"sign_off:{step}")
    return {name: value for name, value in row.body.items() if value is not None} if row else {}


def approved(office: Office, project: str, step: str, reason: str = "") -> None:
    """Submitted by the facilitator and approved by the head."""
    submit(office, person("facilitator"), project, step, seq(office, project))
    approve(office, person("head"), project, step, seq(office, project), reason)


def all_approved(office: Office, project: str, steps: Iterable[str] = STEP_KEYS) -> None:
    """Every step approved, whatever is still missing in it."""
    body = {**empty(SIGN_OFF), "state": "approved", "approved_by": "p-head", "approved_at": "2026-11-23T03:00:00Z"}
    writes = [Write(f"sign_off:{step}", "sign_off", 0, {**body, "step": step}) for step in steps]
    office.store.commit(project, writes, person_id="p-head", action="approve")
