"""A store for every test, on a copy of a database made once: to make one takes most of a short test (tests/store/test_opening.py makes them)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pso_core.store import Store
from tests.store.rows import copied


@pytest.fixture(scope="session")
def nothing_yet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database in which nothing is."""
    made = tmp_path_factory.mktemp("nothing yet") / "nine.duckdb"
    Store.open(made).close()
    return made


@pytest.fixture
def store(nothing_yet: Path, database: Path) -> Iterator[Store]:
    """An open store on a new database."""
    copied(nothing_yet, database.parent)
    opened = Store.open(database)
    yield opened
    opened.close()
