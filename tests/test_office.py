"""The office of a process: where its database is, and who on the machine may read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pso_core.actions.projects import create_project
from pso_core.office import office as open_office
from tests.building import an_office, person


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes; the folder's permissions decide there")
def test_nobody_else_on_the_machine_reads_the_database(tmp_path: Path):
    with an_office(tmp_path / "nine.duckdb") as office:
        create_project(office, person("facilitator"))
        assert {file.name: stat.S_IMODE(file.stat().st_mode) & 0o077 for file in tmp_path.iterdir()} == {
            "nine.duckdb": 0,
            "nine.duckdb.wal": 0,
            "nine.duckdb.witness": 0,
        }


def test_projects_of_one_moment_have_ids_of_their_own_that_sort_by_time(tmp_path: Path):
    with an_office(tmp_path / "nine.duckdb") as office:
        ids = [create_project(office, person("facilitator")) for _ in range(50)]
    assert len(set(ids)) == 50
    assert {id_[:8] for id_ in ids} == {f"{int(office.clock().timestamp()):08x}"}


def test_an_office_that_was_open_before_another_is_found_again_after_it(tmp_path: Path):
    with an_office(tmp_path / "first.duckdb") as first:
        with an_office(tmp_path / "second.duckdb") as second:
            assert open_office() is second
        assert open_office() is first
    with pytest.raises(RuntimeError):
        open_office()
