"""Bringing a database file up to this program's version: numbered SQL files, all in one transaction."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pso_core.errors import DamagedFile, PsoError
from pso_core.store.engine import Engine
from pso_core.store.files import dated, written
from pso_core.store.moments import as_stored

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, now: datetime, folder: Path = MIGRATIONS) -> None:
    """Applies what is missing. An older file is first copied beside itself.

    Refuses a file that a newer version wrote (`database_newer`) or another program (`database_foreign`).
    """
    known, applied = _known(folder), refuse_newer(engine, folder)
    missing = [number for number in known if number not in applied]
    if applied and missing:
        with written(dated(engine.path, f"version-{max(applied):04}", now)) as part:
            engine.copy_to(part)
    if missing:
        _apply(engine, {number: known[number] for number in missing}, now)


def refuse_newer(engine: Engine, folder: Path = MIGRATIONS) -> set[int]:
    """The numbers applied to this file; see migrate for what is refused."""
    applied = _applied(engine)
    if max(applied, default=0) > max(_known(folder)):
        raise PsoError("database_newer", file=engine.path.name)
    return applied


def _known(folder: Path) -> dict[int, Path]:
    return {int(path.name[:4]): path for path in sorted(folder.glob("[0-9]*.sql"))}


def _applied(engine: Engine) -> set[int]:
    if engine.has("migration"):
        return {number for (number,) in engine.read("SELECT number FROM migration")}
    if engine.read("SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema IN ('main', 'public')"):
        raise DamagedFile("database_foreign", file=engine.path.name)
    return set()


def _apply(engine: Engine, files: dict[int, Path], now: datetime) -> None:
    with engine.transaction() as transaction:
        transaction.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, applied_at TIMESTAMP NOT NULL)")
        for number, path in files.items():
            transaction.execute(path.read_text("utf-8"))
            transaction.execute("INSERT INTO migration VALUES ($1, $2)", [number, as_stored(now)])
