"""What DuckDB's errors mean to us: a refusal where a person can do something, otherwise a bug that goes on up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pso_core.errors import DamagedFile, PsoError
from pso_core.store.engine import Duplicate, Engine

# DuckDB gives no codes, so its words are read (2.0.0 and 1.5.5; the system's own words on Linux, macOS and Windows).
_IN_USE = re.compile(r"could not set lock|conflicting lock|used by another process|already open in", re.I)
_NEWER = re.compile(r"version number \d+, but we can only read|created with a newer", re.I)
_NO_ACCESS = re.compile(r"permission denied|access is denied|read-only|is a directory|no such file|cannot open file", re.I)
_NO_ROOM = re.compile(r"no space left|not enough space|disk is full|file too large|quota exceeded", re.I)
_NO_WRITE = re.compile(f"could not write|{_NO_ROOM.pattern}|{_NO_ACCESS.pattern}", re.I)
_TAKEN = re.compile(r"duplicate key|failed to commit: primary key|conflict on", re.I)
_DAMAGED = re.compile(r"corrupt|checksum|could not read|not a valid duckdb|deserializ|failed to load|replaying wal", re.I)


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Refuses a file that another process has, that may not be written, that is newer or damaged."""
    try:
        yield
    except duckdb.Error as fault:
        raise _refused_at_opening(str(fault), path) from fault


def _refused_at_opening(words: str, path: Path) -> PsoError:
    if _IN_USE.search(words):
        first = re.search(r"PID (\d+)", words)
        return PsoError("database_in_use", file=path.name, pid=int(first[1]) if first else "?")
    if _NEWER.search(words):
        return PsoError("database_newer", file=path.name)
    if _NO_ROOM.search(words):
        return PsoError("disk_refused")
    if _NO_ACCESS.search(words):
        return PsoError("database_unwritable", file=path.name)
    return DamagedFile("database_damaged", file=path.name)


@contextmanager
def reading(engine: Engine) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as fault:
        refusal = _stopped(engine, fault) or _damaged(engine, fault)
        if refusal is None:
            raise
        raise refusal from fault


@contextmanager
def writing(engine: Engine) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as fault:
        refusal = _stopped(engine, fault) or _taken(fault) or _unwritten(fault) or _damaged(engine, fault)
        if refusal is None:
            raise
        raise refusal from fault


def _stopped(engine: Engine, fault: duckdb.Error) -> PsoError | None:
    if not isinstance(fault, (duckdb.FatalException, duckdb.InternalException)):
        return None
    engine.broken = True
    return PsoError("database_stopped", file=engine.path.name)


def _taken(fault: duckdb.Error) -> Duplicate | None:
    kinds = (duckdb.ConstraintException, duckdb.TransactionException)
    return Duplicate(str(fault)) if isinstance(fault, kinds) and _TAKEN.search(str(fault)) else None


def _unwritten(fault: duckdb.Error) -> PsoError | None:
    """At INSERT, or at COMMIT with "Failed to commit: Could not write file …"."""
    if not isinstance(fault, (duckdb.IOException, duckdb.TransactionException)):
        return None
    return PsoError("disk_refused") if _NO_WRITE.search(str(fault)) else None


def _damaged(engine: Engine, fault: duckdb.Error) -> PsoError | None:
    return DamagedFile("database_damaged", file=engine.path.name) if _DAMAGED.search(str(fault)) else None
