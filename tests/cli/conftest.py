"""Running commands in this process: what they say, what they complain, and their status."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pso_core.actions.first_start import fill_with_example
from pso_core.actions.projects import import_example
from pso_core.cli.main import main
from pso_core.office import opened
from tests.building import copied


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(database: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("status", "ลำปาง")` on this test's database."""

    def run(*words: str | Path, db: Path = database) -> Ran:
        capsys.readouterr()
        status = main(["--db", str(db), *map(str, words)])
        return Ran(status, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database as `init --example` leaves it, made once to be copied, and the id of its project."""
    database = tmp_path_factory.mktemp("example") / "made.duckdb"
    with opened(database) as office:
        fill_with_example(office, import_example)
        return database, office.store.projects()[0]


@pytest.fixture
def lampang(example: tuple[Path, str], database: Path) -> str:
    """A database with the example; the id of its project."""
    made, project = example
    copied(made, database)
    return project
