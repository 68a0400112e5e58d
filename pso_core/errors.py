"""Refusals: everything the program may decline to do, each with a code that `data/text` turns into a sentence.

A refusal is raised before anything is written. Whatever is not a refusal is a bug and is not caught.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class PsoError(Exception):
    """A refusal. `code` names the sentence `refusals.<code>`; `facts` fill its blanks."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class NotAllowed(PsoError):
    """This person's role does not include this action."""


class NotFound(PsoError):
    """What was asked for is not there (any more)."""


class DamagedFile(PsoError):
    """The database, backup or project file is not what it should be."""


@dataclass(frozen=True)
class Problem:
    """One mistake in one value. `code` names the sentence `mistakes.<code>`; `path` says where.

    `path` is (kind, entity id or row number, field); shorter when the whole row or file is meant.
    """

    code: str
    path: tuple[str | int, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


class Mistakes(PsoError):
    """Values that cannot be saved: every problem found, not only the first."""

    def __init__(self, problems: list[Problem], code: str = "mistakes"):
        super().__init__(code, count=len(problems))
        self.problems = tuple(problems)

    def only(self, told: Callable[[Problem], bool]) -> Mistakes | None:
        """Those still to be told; None when none are left."""
        left = [problem for problem in self.problems if told(problem)]
        return Mistakes(left, self.code) if left else None

    def __str__(self) -> str:
        return "; ".join(f"{'/'.join(map(str, p.path))}: {p.code}" for p in self.problems)


@dataclass(frozen=True)
class Clashing:
    """One field that two people changed differently since `base`.

    For a set that must sum (weights, points) `field` is the summed field and the three values are
    {entity id: value} for the whole set.
    """

    entity_id: str
    kind: str
    field: str
    base: Any
    mine: Any
    theirs: Any
    person_id: str
    occurred_at: str


class Clash(PsoError):
    """Somebody else saved the same field first. Nothing was written; both values are here."""

    def __init__(self, clashes: list[Clashing], seq: int):
        super().__init__("clash", count=len(clashes))
        self.clashes = tuple(clashes)
        self.seq = seq
