"""What a command is given and what it answers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pso_core.errors import NotFound
from pso_core.office import Office, database_path, opened
from pso_core.text.phrases import Phrases, phrases

DONE, REFUSED, NOT_UNDERSTOOD = 0, 1, 2


@dataclass(frozen=True)
class Command:
    """The words of the command line."""

    words: Namespace

    @property
    def say(self) -> Phrases:
        return phrases(self.words.lang)

    @property
    def database(self) -> Path:
        return Path(self.words.db or database_path()).resolve()

    @contextmanager
    def office(self) -> Iterator[Office]:
        """The office on the database, which must be there: a mistyped name makes no new one. Refuses database_missing."""
        if not self.database.is_file():
            raise NotFound("database_missing", file=self.database.name)
        with opened(self.database) as office:
            yield office


@dataclass(frozen=True)
class Answer:
    """`lines` for a person, `data` for a program; both say the same. `faults`: what went wrong beside what `lines` tell."""

    lines: tuple[str, ...]
    data: dict[str, Any]
    status: int = DONE
    faults: tuple[str, ...] = ()


Run = Callable[[Command], Answer]


def answer(lines: str | Iterable[str], data: dict[str, Any], status: int = DONE) -> Answer:
    return Answer((lines,) if isinstance(lines, str) else tuple(lines), data, status)
