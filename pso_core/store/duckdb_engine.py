"""DuckDB behind the Engine protocol: one process, one file, a cursor for every use, one writer at a time."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import duckdb

from pso_core.errors import PsoError
from pso_core.store import duckdb_faults

# threads=1: UPDATE may apply twice in DuckDB 2.0.0 with more. v1.5.0: the previous DuckDB can still open the file.
CONFIG = {
    "threads": 1,
    "storage_compatibility_version": "v1.5.0",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
}
# A checkpoint that finds the disk full is fatal to DuckDB; a write-ahead log that does is not. It is checkpointed at
# 16 MiB, so with this much room left a full disk stays a refusal.
ROOM = 48 * 2**20

_open: WeakValueDictionary[str, DuckDBEngine] = WeakValueDictionary()
_opening = threading.Lock()


class DuckDBEngine:
    """See Engine. `room`: bytes that must be free on the disk before a transaction may begin."""

    def __init__(self, path: Path | str, *, read_only: bool = False, room: int = ROOM):
        self.path = Path(path).resolve()
        self.broken = False
        self._room = room
        self._gate = threading.Lock()
        self._writing_thread: int | None = None
        with _opening:
            self._refuse_if_open_here()
            with duckdb_faults.opening(self.path):
                self._anchor = duckdb.connect(str(self.path), read_only=read_only, config=CONFIG)
            _open[str(self.path)] = self

    def _refuse_if_open_here(self) -> None:
        """DuckDB would hand out the same database, with two gates where there must be one."""
        if str(self.path) in _open:
            raise PsoError("database_in_use", file=self.path.name, pid=os.getpid())

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple]:
        with duckdb_faults.reading(self), closing(self._anchor.cursor()) as cursor:
            return cursor.execute(sql, list(params)).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[_Transaction]:
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a transaction inside a transaction")
        with self._gate:
            self._refuse_if_full()
            self._writing_thread = threading.get_ident()
            try:
                with duckdb_faults.writing(self), closing(self._anchor.cursor()) as cursor:
                    yield from _committed(cursor)
            finally:
                self._writing_thread = None

    def _refuse_if_full(self) -> None:
        if shutil.disk_usage(self.path.parent).free < self._room:
            raise PsoError("disk_refused")

    def copy_to(self, target: Path) -> None:
        with self._gate, duckdb_faults.writing(self):
            with closing(self._anchor.cursor()) as cursor:
                cursor.execute("CHECKPOINT")
            with self.path.open("rb") as source, target.open("xb") as copy:
                shutil.copyfileobj(source, copy, 2**20)
                copy.flush()
                os.fsync(copy.fileno())

    def close(self) -> None:
        with self._gate:
            _open.pop(str(self.path), None)
            self._anchor.close()


class _Transaction:
    def __init__(self, cursor: duckdb.DuckDBPyConnection):
        self._cursor = cursor

    def execute(self, sql: str, params: Sequence[Any] = ()) -> None:
        self._cursor.execute(sql, list(params))

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple]:
        return self._cursor.execute(sql, list(params)).fetchall()


def _committed(cursor: duckdb.DuckDBPyConnection) -> Iterator[_Transaction]:
    cursor.execute("BEGIN")
    try:
        yield _Transaction(cursor)
        cursor.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # a failed COMMIT has already rolled back
            cursor.execute("ROLLBACK")
        raise
