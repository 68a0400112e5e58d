"""Copies that are known to open: a backup taken while people work, and putting one back."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pso_core.errors import DamagedFile, NotFound, PsoError
from pso_core.store import witness
from pso_core.store.check import chains
from pso_core.store.duckdb_engine import DuckDBEngine
from pso_core.store.engine import Engine
from pso_core.store.files import beside, dated, written
from pso_core.store.finding import Finding
from pso_core.store.migrate import refuse_newer

BESIDE = ("", ".wal", ".witness")  # a database is these files
VISITS = ("session", "sign_in_failure")  # true of the hour the backup was made, of no other


@dataclass(frozen=True)
class Copied:
    """A copy that was opened and checked. `findings`: what was already wrong. `aside`: where the former file is now."""

    path: Path
    sha256: str
    bytes: int
    projects: int
    changes: int
    findings: tuple[Finding, ...]
    aside: Path | None = None


def backup(engine: Engine, target: Path | str) -> Copied:
    """A checked copy as the new file `target`, with its witness beside it; nobody has to wait.

    Refuses backup_exists, folder_unwritable, disk_refused, and database_damaged when the copy cannot be read whole.
    """
    target = Path(target).resolve()
    if target.exists():
        raise PsoError("backup_exists", file=target.name)
    with written(target) as part:
        engine.copy_to(part)
        try:
            copied, heads = _inspected(part)
        except DamagedFile as damage:
            raise DamagedFile("database_damaged", file=engine.path.name) from damage
        witness.write_lines(witness.place_of(target), heads)
    return replace(copied, path=target)


def restore(source: Path | str, target: Path | str, now: datetime) -> Copied:
    """Put a checked copy of the backup `source` where the database `target` is; the former file is kept aside.

    Everybody has to sign in again. `sha256` and `bytes` of the answer are the backup's.

    Refuses file_not_found, restore_unfinished (it has a write-ahead log: no backup), backup_damaged, database_damaged,
    database_newer, database_in_use, folder_unwritable, disk_refused. Nothing is touched before all is verified.
    """
    source, target = Path(source).resolve(), Path(target).resolve()
    _refuse_no_backup(source)
    copied, heads = _inspected(source, read_only=True)
    if copied.findings:
        raise DamagedFile("backup_damaged", file=source.name, count=len(copied.findings))
    with written(target) as part:
        shutil.copyfile(source, part)
        _refuse_other_than(copied, part)
        _end_visits(part)
        aside = _set_aside(target, now)
        witness.write_lines(witness.place_of(target), heads)
    return replace(copied, path=target, aside=aside)


def _refuse_no_backup(source: Path) -> None:
    if not source.is_file():
        raise NotFound("file_not_found", file=source.name)
    if beside(source, ".wal").exists():
        raise PsoError("restore_unfinished", file=source.name)


def _inspected(path: Path, *, read_only: bool = False) -> tuple[Copied, tuple[witness.Line, ...]]:
    """A copy may have come without its witness, and on a medium that cannot be written."""
    said = witness.read_lines(witness.place_of(path)) or ()
    with closing(DuckDBEngine(path, read_only=read_only)) as engine:
        refuse_newer(engine)
        if not read_only:
            engine.verify()
        findings = (*chains(engine), *witness.compare(engine, said).findings)
        heads = witness.heads(engine)
    changes = sum(head.seq for head in heads)
    return Copied(path, _sha256(path), path.stat().st_size, len(heads), changes, findings), heads


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_other_than(copied: Copied, part: Path) -> None:
    """The copy on its way into place must be the bytes that were inspected, and can be written to."""
    try:
        with closing(DuckDBEngine(part)) as engine:
            engine.verify()
        same = _sha256(part) == copied.sha256
    except DamagedFile:
        same = False
    if not same:
        raise DamagedFile("backup_damaged", file=copied.path.name, count=1)


def _end_visits(part: Path) -> None:
    """Who signed out, was closed or got a new password since the backup would be in again. An old backup has not every table."""
    with closing(DuckDBEngine(part)) as engine:
        there = {name for (name,) in engine.read("SELECT table_name FROM information_schema.tables")}
        with engine.transaction() as transaction:
            for table in there.intersection(VISITS):
                transaction.execute(f"DELETE FROM {table}")


def _set_aside(target: Path, now: datetime) -> Path | None:
    if not target.exists():
        return None
    _refuse_in_use(target)
    aside = dated(target, "replaced", now)
    for suffix in BESIDE:
        if beside(target, suffix).exists():
            os.replace(beside(target, suffix), beside(aside, suffix))
    return aside


def _refuse_in_use(target: Path) -> None:
    try:
        DuckDBEngine(target).close()
    except DamagedFile:
        return  # the very reason to restore
