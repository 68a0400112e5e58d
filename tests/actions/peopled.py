"""An office with somebody of each role, and a project in which nothing has been done: fixtures to be imported where actions are tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pso_core.office import Office
from tests.building import an_empty_project, an_office, left_as_it_is


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all tests of a module: each has a project of its own in it."""
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened
        left_as_it_is(opened.store)


@pytest.fixture
def own_office(database: Path) -> Iterator[Office]:
    """One for each test, where it is about people, settings or all projects: `from … import own_office as office`."""
    with an_office(database) as opened:
        yield opened
        left_as_it_is(opened.store)


@pytest.fixture
def project(office: Office) -> str:
    return an_empty_project(office)
