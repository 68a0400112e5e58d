"""One DuckDB for all the offices of a test run: each has its own file, attached to it, which takes a twentieth of starting a DuckDB."""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pso_core.store import duckdb_engine

_numbers = count(1)


@contextmanager
def attached() -> Iterator[None]:
    """Until the end of the block, an engine opens its file in the DuckDB that is there already. What stands in the file is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb_engine, "connected", _Attached)
        yield


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config=duckdb_engine.CONFIG)
    atexit.register(_duckdb.cache_clear)  # it is gone before what it is made of
    return connection


class _Attached:
    """What the engine asks of a connection."""

    def __init__(self, path: Path, read_only: bool):
        self._name = f"office_{next(_numbers)}"
        how = "READ_ONLY" if read_only else f"STORAGE_VERSION '{duckdb_engine.CONFIG['storage_compatibility_version']}'"
        _duckdb().execute(f"ATTACH {duckdb_engine._quoted(path)} AS {self._name} ({how})")
        self._idle: list[duckdb.DuckDBPyConnection] = []

    def cursor(self) -> _Cursor:
        try:
            return _Cursor(self._idle.pop(), self._idle)
        except IndexError:
            cursor = _duckdb().cursor()
            cursor.execute(f"USE {self._name}")
            return _Cursor(cursor, self._idle)

    def execute(self, sql: str) -> None:
        with closing(self.cursor()) as cursor:
            cursor.execute(sql)

    def close(self) -> None:
        for cursor in self._idle:
            cursor.close()
        _duckdb().execute(f"DETACH {self._name}")
        _duckdb().execute("PRAGMA enable_checkpoint_on_shutdown")  # what one office was told is not told to the next


class _Cursor:
    """One that was closed is used again, by one thread at a time: its first USE costs as much as what is read with it."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, idle: list[duckdb.DuckDBPyConnection]):
        self._cursor, self._idle = cursor, idle

    def execute(self, sql: str, params: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        return self._cursor.execute(sql, params)

    def close(self) -> None:
        self._idle.append(self._cursor)
        del self._cursor
