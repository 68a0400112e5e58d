"""What a save costs beyond the database: one save action against a bare durable transaction of the same two inserts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb

from pso_core.actions.rows import Edit, save_rows
from pso_core.store.duckdb_engine import CONFIG
from tests.bench.measured import Measured, ratio
from tests.building import an_office, lampang, person

TIMES = 200
WARM_UP = 20
AIM = 2
HISTORY = ("change", "revision")


def measure(folder: Path) -> Iterator[Measured]:
    """On the Lampang example, a task's name saved again and again; the bare transaction writes the very rows that the save wrote."""
    saves, bare = [], []
    with an_office(folder / "nine.duckdb") as office, closing(duckdb.connect(folder / "bare.duckdb", config=CONFIG)) as database:
        project = lampang(office)
        task = office.store.state(project).of("task")[0].id
        for statement in _tables(office.store.engine):
            database.execute(statement)
        for number in range(WARM_UP + TIMES):
            seen = office.store.state(project).seq
            began = time.perf_counter()
            save_rows(office, person("facilitator"), project, [Edit("task", task, {"name": f"งานที่ {number}"})], seen)
            saves.append((time.perf_counter() - began) * 1000)
            rows = _written(office.store.engine, project, seen + 1)
            began = time.perf_counter()
            _insert(database, rows)
            bare.append((time.perf_counter() - began) * 1000)
    yield ratio("save ÷ bare transaction", saves[WARM_UP:], bare[WARM_UP:], unit="ms", aim=AIM)


def _tables(engine) -> list[str]:
    return [engine.read("SELECT sql FROM duckdb_tables() WHERE table_name = $1", [table])[0][0] for table in HISTORY]


def _written(engine, project: str, seq: int) -> dict[str, tuple]:
    """{table: the row that the save added}."""
    return {table: engine.read(f"SELECT * FROM {table} WHERE project_id = $1 AND seq = $2", [project, seq])[0] for table in HISTORY}


def _insert(database: duckdb.DuckDBPyConnection, rows: dict[str, tuple]) -> None:
    with closing(database.cursor()) as cursor:
        cursor.execute("BEGIN")
        for table, row in rows.items():
            cursor.execute(f"INSERT INTO {table} VALUES ({', '.join(f'${n}' for n in range(1, len(row) + 1))})", list(row))
        cursor.execute("COMMIT")
