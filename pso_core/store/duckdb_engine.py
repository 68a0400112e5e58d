"""DuckDB behind the Engine protocol: one process, one file, a cursor for every use, one writer at a time."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import duckdb

from pso_core.errors import DamagedFile, PsoError
from pso_core.store import duckdb_faults
from pso_core.store.files import beside
from pso_core.store.kept_reads import KeptReads, table_written

# threads=1: UPDATE may apply twice in DuckDB 2.0.0 with more. v1.5.0: the previous DuckDB can still open the file.
CONFIG = {
    "threads": 1,
    "storage_compatibility_version": "v1.5.0",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# A checkpoint that finds the disk full is fatal to DuckDB; a write-ahead log that does is not. It is checkpointed at
# 16 MiB, so with this much room left a full disk stays a refusal.
ROOM = 48 * 2**20
ROWS_TRIED = 500

_open: WeakValueDictionary[str, DuckDBEngine] = WeakValueDictionary()
_opening = threading.Lock()


class DuckDBEngine:
    """See Engine. `room`: bytes that must be free on the disk before a transaction may begin."""

    def __init__(self, path: Path | str, *, read_only: bool = False, room: int = ROOM):
        self.path = Path(path).resolve()
        self.broken = False
        self._room = room
        self._gate = threading.Lock()
        self._copying = threading.Lock()
        self._kept = KeptReads()
        self._writing_thread: int | None = None
        with _opening:
            self._refuse_if_open_here()
            with duckdb_faults.opening(self.path):
                self._anchor = connected(self.path, read_only)
            _open[str(self.path)] = self

    def _refuse_if_open_here(self) -> None:
        """DuckDB would hand out the same database, with two gates where there must be one."""
        if str(self.path) in _open:
            raise PsoError("database_in_use", file=self.path.name, pid=os.getpid())

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple]:
        with duckdb_faults.reading(self), closing(self._anchor.cursor()) as cursor:
            return cursor.execute(sql, list(params)).fetchall()

    def read_kept(self, sql: str, params: Sequence[Any], tables: Collection[str]) -> list[tuple]:
        return self._kept.get((sql, *params), tables, lambda: self.read(sql, params))

    def has(self, table: str) -> bool:
        # Asking the catalog makes DuckDB build all its own views first, which is a fifth of opening a database.
        try:
            self.read(f'SELECT 1 FROM "{table}" LIMIT 0')
        except duckdb.CatalogException:
            return False
        return True

    @contextmanager
    def transaction(self) -> Iterator[_Transaction]:
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a transaction inside a transaction")
        tables: set[str] = set()
        with self._gate:
            self._refuse_if_full()
            self._writing_thread = threading.get_ident()
            try:
                with duckdb_faults.writing(self), closing(self._anchor.cursor()) as cursor:
                    yield from _committed(cursor, tables)
            finally:
                self._writing_thread = None
                self._kept.written(tables)

    def _refuse_if_full(self, needed: int = 0) -> None:
        if shutil.disk_usage(self.path.parent).free < self._room + needed:
            raise PsoError("disk_refused")

    def copy_to(self, target: Path) -> None:
        # Copying the open file's bytes would not do: Windows forbids it, and on POSIX closing it again drops DuckDB's lock.
        with self._copying:
            self._refuse_if_full(self.path.stat().st_size)
            part = beside(self.path, ".copy")
            try:
                _remove(part)
                with duckdb_faults.writing(self), closing(self._anchor.cursor()) as cursor:
                    _copy_database(cursor, part)
                shutil.move(part, target)
            finally:
                _remove(part)

    def verify(self) -> None:
        tables = self.read(
            "SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' AND database_name = current_database() ORDER BY 1"
        )
        for (table,) in tables:
            ((rows, _),) = self.read(f'SELECT count(*), bit_xor(hash(row)) FROM "{table}" AS row')
            for (row,) in self.read(f'SELECT rowid FROM "{table}" WHERE rowid % $1 = 0', [max(1, rows // ROWS_TRIED)]):
                self._verify_key(table, row)

    def _verify_key(self, table: str, row: int) -> None:
        """Offer a row to its own table again: the index must already have it. A damaged block of an index shows only so."""
        with self._gate, duckdb_faults.reading(self), closing(self._anchor.cursor()) as cursor:
            cursor.execute("BEGIN")
            try:
                [(offered,)] = cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{table}" WHERE rowid = $1', [row]).fetchall()
                if not offered:  # somebody removed it meanwhile
                    return
            except duckdb.ConstraintException:
                return
            finally:
                with suppress(duckdb.TransactionException):  # the fault may have rolled back already
                    cursor.execute("ROLLBACK")
        raise DamagedFile("database_damaged", file=self.path.name)

    def close(self) -> None:
        with self._gate:
            _open.pop(str(self.path), None)
            self._anchor.close()


def is_database(path: Path) -> bool:
    """Whether the file begins as DuckDB's do, whole or not."""
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def connected(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own on this file, whose SQL reaches no file elsewhere."""
    connection = duckdb.connect(str(path), read_only=read_only, config=CONFIG)
    connection.execute(f"SET allowed_directories = [{_quoted(path.parent)}]")
    connection.execute("SET enable_external_access = false")
    return connection


class _Transaction:
    def __init__(self, cursor: duckdb.DuckDBPyConnection, tables: set[str]):
        self._cursor = cursor
        self._tables = tables  # is given those that were written to

    def execute(self, sql: str, params: Sequence[Any] = ()) -> None:
        self._tables.add(table_written(sql))
        self._cursor.execute(sql, list(params))

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple]:
        return self._cursor.execute(sql, list(params)).fetchall()


def _copy_database(cursor: duckdb.DuckDBPyConnection, target: Path) -> None:
    ((this,),) = cursor.execute("SELECT current_catalog()").fetchall()
    name = this.replace('"', '""')
    cursor.execute(f"""ATTACH {_quoted(target)} AS "{name}.copy" (STORAGE_VERSION '{CONFIG["storage_compatibility_version"]}')""")
    try:
        cursor.execute(f'COPY FROM DATABASE "{name}" TO "{name}.copy"')
    finally:
        cursor.execute(f'DETACH "{name}.copy"')


def _quoted(path: Path) -> str:
    return "'" + path.as_posix().replace("'", "''") + "'"


def _remove(path: Path) -> None:
    for place in (path, beside(path, ".wal")):
        place.unlink(missing_ok=True)


def _committed(cursor: duckdb.DuckDBPyConnection, tables: set[str]) -> Iterator[_Transaction]:
    cursor.execute("BEGIN")
    try:
        yield _Transaction(cursor, tables)
        cursor.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # a failed COMMIT has already rolled back
            cursor.execute("ROLLBACK")
        raise
