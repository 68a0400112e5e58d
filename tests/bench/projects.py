"""Whether one project's status stays as quick when the database holds ten thousand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from pso_core.actions.rows import standard_of
from pso_core.office import Office
from pso_core.steps import STEPS, Review
from pso_core.steps.standing import standings
from tests.bench.measured import Measured, ratio
from tests.building import an_office, lampang

FEW, MANY = 10, 10_000
TIMES = 9  # fewer than FEW: every project is read once, never from memory
AIM = 2


ORDERS = {"one after another": "n, seq", "all at once": "hash(n, rowid)"}  # how the teams' rows came into the file


def measure(folder: Path) -> Iterator[Measured]:
    """Copies of the Lampang example; a status is read from the file and computed, of another project each time."""
    for name, order in ORDERS.items():
        taken: dict[int, list[float]] = {FEW: [], MANY: []}
        with ExitStack() as offices:
            among = {count: offices.enter_context(an_office(folder / f"{name} {count}.duckdb")) for count in taken}
            for count, office in among.items():
                _fill(office, count, order)
            for number in range(TIMES):
                for count, office in among.items():
                    taken[count].append(_status(office, f"copy-{number}"))
        what = f"status of one project among {MANY:,} ÷ among {FEW}, written {name}"
        yield ratio(what, taken[MANY], taken[FEW], unit="ms", aim=AIM)


def _fill(office: Office, count: int, order: str) -> None:
    """As if `count` teams had typed the example."""
    example = lampang(office)
    with office.store.engine.transaction() as transaction:
        for table in ("change", "revision"):
            columns = [name for (name,) in transaction.read("SELECT column_name FROM duckdb_columns() WHERE table_name = $1", [table])]
            copied = ", ".join("'copy-' || n" if name == "project_id" else name for name in columns)
            transaction.execute(
                f"INSERT INTO {table} SELECT {copied} FROM {table}, range($1) AS copies(n) WHERE project_id = $2 ORDER BY {order}",
                [count, example],
            )


def _status(office: Office, project: str) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    state = office.store.state(project)
    found = standings(Review(standard_of(state), state, office.store.people.all(), office.today()))
    took = (time.perf_counter() - began) * 1000
    if len(found) < len(STEPS):
        raise RuntimeError("a status without its steps")
    return took
