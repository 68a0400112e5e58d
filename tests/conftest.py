"""What every test may ask for: a database file of its own, a store on it, a running server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.servers import Server, running

hypothesis.settings.register_profile("house", deadline=None)  # shared machines make single examples slow by chance
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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real application on a new database, one for all tests of a module."""
    with running(tmp_path_factory.mktemp("server") / "nine.duckdb") as started:
        yield started
