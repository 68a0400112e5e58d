"""Rows to write, and how a store is filled, copied and compared in these tests."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from pso_core.errors import PsoError
from pso_core.store import Store, Write
from pso_core.store.duckdb_engine import DuckDBEngine
from pso_core.store.migrate import migrate
from pso_core.store.store import now_utc

PARTS = ("", ".wal", ".witness")


def write(entity_id: str, base_revision: int = 0, **body: Any) -> Write:
    return Write(entity_id, entity_id.partition(":")[0], base_revision, body)


def removal(entity_id: str, base_revision: int) -> Write:
    return Write(entity_id, entity_id.partition(":")[0], base_revision, None)


def save(store: Store, *writes: Write, project: str = "lampang", **said: Any) -> int:
    return store.commit(project, writes, **{"person_id": "somchai", "action": "save", **said})


def fill(store: Store, changes: int, *, project: str = "lampang", letters: int = 200) -> None:
    """Changes 1 … n: each a new row and a new revision of the one row `vision`."""
    for n in range(changes):
        text = f"วิสัยทัศน์ {n} " + "ก" * letters
        save(store, write("vision", n, text=text), write(f"task:{n}", 0, name=text), project=project)


def opened_with(path: Path, **engine: Any) -> Store:
    """A store on an engine of one's own making."""
    made = DuckDBEngine(path, **engine)
    migrate(made, now_utc())
    return Store(made)


def crash_image(store: Store, folder: Path) -> Path:
    """What a crash at this moment would leave on the disk, as files of its own."""
    return copied(store.engine.path, folder)


def copied(database: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in PARTS:
        part = database.with_name(database.name + suffix)
        if part.exists():
            shutil.copyfile(part, folder / part.name)
    return folder / database.name


def everything(store: Store) -> list[Any]:
    """All that any project says, oldest first."""
    return [change for project in store.projects() for change in reversed(store.history(project, limit=10**6))]


def named_codes(path: Path) -> set[str]:
    """The codes by which a database is refused at opening, or that a check finds; empty when all is well."""
    try:
        store = Store.open(path)
    except PsoError as refusal:
        return {refusal.code}
    try:
        return {finding.code for finding in (*store.findings, *store.check())}
    finally:
        store.close()
