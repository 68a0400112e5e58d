"""Running commands in this process: what they say, what they complain, and their status."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pso_core.cli.main import main


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


@pytest.fixture
def lampang(run: Run) -> str:
    """A database with the example; the id of its project."""
    return run("init", "--example", "lampang", "--json").data["projects"][0]
