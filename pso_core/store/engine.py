"""What the store asks of a database; DuckDB answers today, PostgreSQL can with one more file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol


class Duplicate(Exception):
    """A primary key was already taken. The transaction was rolled back; read again before trying again."""


class Transaction(Protocol):
    """Statements that are kept together or not at all. Plain SQL, `$1` parameters."""

    def execute(self, sql: str, params: Sequence[Any] = ()) -> None: ...

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple]: ...


class Engine(Protocol):
    """A database. Every method may be called from any thread.

    Refuses with `database_damaged` what cannot be read, with `disk_refused` what cannot be written (nothing was), and
    with `database_stopped` everything after a fault that only a restart of the process mends; `broken` is True from then on.
    """

    path: Path  # never to be opened by other means while the engine is open
    broken: bool

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple]:
        """What is committed now. Never waits for a writer."""

    def read_kept(self, sql: str, params: Sequence[Any], tables: Collection[str]) -> list[tuple]:
        """The same for what every run of every page asks: may answer from memory while nobody wrote to these tables, which are all that `sql` reads."""

    def has(self, table: str) -> bool:
        """Whether there is such a table."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """One writer at a time: others wait. Durable when the block has ended; an exception inside undoes all. Raises Duplicate."""

    def copy_to(self, target: Path) -> None:
        """A complete copy as a new file, of one moment between two transactions; neither readers nor writers wait."""

    def verify(self) -> None:
        """Look at what reading does not show: every row and its key in the index. Refuses database_damaged. Writes nothing."""

    def close(self) -> None: ...
