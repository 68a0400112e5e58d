"""What every test may ask for: a database file of its own, a store on it, a running server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.servers import Server, running

# No deadline: a shared machine makes single examples slow by chance. A submission is checked the same way each time.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")


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

    with an_office(database, example="example" in request.fixturenames) as opened:
        yield opened
        left_as_it_is(opened.store)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real application on a new database, one for all tests of a module."""
    with running(tmp_path_factory.mktemp("server") / "nine.duckdb") as started:
        yield started
