"""An office with somebody of each role, and a project in which nothing has been done: fixtures to be imported where actions are tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pso_core.office import Office
from tests.building import an_empty_project, an_office


@pytest.fixture
def office(database: Path) -> Iterator[Office]:
    with an_office(database) as opened:
        yield opened


@pytest.fixture
def project(office: Office) -> str:
    return an_empty_project(office)
