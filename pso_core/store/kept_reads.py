"""What was read, kept until somebody writes to a table it came from. Only for a database that this process alone writes to."""

from __future__ import annotations

import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable

MOST = 1000  # answers kept
EVERY = "*"  # stands for all tables
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')

Rows = list[tuple]


def table_written(sql: str) -> str:
    """The table that a statement writes to; `EVERY` when that cannot be seen."""
    found = _WRITES.match(sql)
    return found[1] if found else EVERY


class KeptReads:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._writes: Counter[str] = Counter()
        self._answers: OrderedDict[tuple, tuple[tuple[int, ...], Rows]] = OrderedDict()

    def get(self, question: tuple, tables: Collection[str], read: Callable[[], Rows]) -> Rows:
        """The answer to `question`; `read` is asked unless it was, and no table was written to since that began."""
        with self._lock:
            writes = tuple(self._writes[table] for table in (EVERY, *tables))
            then, rows = self._answers.get(question, (None, []))
            if then == writes:
                self._answers.move_to_end(question)
                return list(rows)
        rows = read()
        with self._lock:
            self._answers[question] = (writes, rows)
            self._answers.move_to_end(question)
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)
        return list(rows)

    def written(self, tables: Iterable[str]) -> None:
        """To be told after the commit and before whoever wrote goes on."""
        with self._lock:
            self._writes.update(set(tables))
