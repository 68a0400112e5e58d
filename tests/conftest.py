"""What every test may ask for: a database file of its own, a store on it, a running server."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher

from tests.servers import Server, running

# No deadline: a shared machine makes single examples slow by chance. A submission is checked the same way each time.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")
gc.set_threshold(20_000, 20, 100)  # collecting as often as usual takes a thirtieth of all tests
QUICK_NOBODY = "$argon2id$v=19$m=8,t=1,p=1$ZMSdWclaf5xWzUbSKXpBFg$ELHwOIrHM04z17J1z72BBsMGKG1yg5PwUTO3loL6/ig"
LONGEST = ("browser", "press", "store", "cli", "documents", "pages")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folders whose files take longest first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: next((place for place, folder in enumerate(LONGEST) if folder in item.path.parts), len(LONGEST)))


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password's hash takes a tenth of a second by design; where that is not what is tested, one of the same kind that takes none."""
    from pso_core.actions import passwords

    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", hasher)
    monkeypatch.setattr(passwords, "_NOBODY", QUICK_NOBODY)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where this test's database file will be; nothing is there yet."""
    return tmp_path / "nine.duckdb"


@pytest.fixture
def store(database: Path):
    """An open store on a new database."""
    from pso_core.store import Store

    opened = Store.open(database)
    yield opened
    opened.close()


@pytest.fixture
def office(database: Path, request: pytest.FixtureRequest):
    """An office with somebody of each role, and a clock that stands still."""
    from tests.building import an_office, left_as_it_is

    with an_office(database, example=_asks_for_the_example(request), signed_in="visit" in request.fixturenames) as opened:
        yield opened
        left_as_it_is(opened.store)


def _asks_for_the_example(request: pytest.FixtureRequest) -> bool:
    """Whether the test works on the fixture of that name, in all of its cases or in this one, and so needs a database that has it."""
    cases = request.node.callspec.params.values() if hasattr(request.node, "callspec") else ()
    return "example" in request.fixturenames or any(case == "example" for case in cases)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real application on a new database, one for all tests of a module."""
    with running(tmp_path_factory.mktemp("server") / "nine.duckdb") as started:
        yield started
