"""How a table of a step is declared: one pandera model, from which validation, forms, exports and views follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandera.pandas as pa

_FREE_PART = re.compile(r"[A-Za-z0-9_-]{1,60}")  # of an id that no key gives


class Table(pa.DataFrameModel):
    """Base of every table: only declared columns, absent values allowed unless a field is required."""

    class Config:
        strict = True


@dataclass(frozen=True)
class Field:
    """A column as the rest of the program sees it. `inside`: not for those who examine; no report, workbook or pack has it."""

    name: str
    type: str  # text whole number flag day moment choice reference person levels
    required: bool
    limit: int
    of: Any
    owned: bool
    ge: float | None
    le: float | None
    inside: bool
    dtype: Any


@dataclass(frozen=True)
class Kind:
    """A kind of row.

    `key`: fields whose values make the id (one row per criterion); `single`: one row per project.
    `unique`: fields no two rows may share. `sums`: (field, grouping field or None) that must add up
    across rows and is therefore treated as one value when people edit at once.
    `verb`: the permission needed; `own`: the field naming the person a member must be to edit the row.
    `holds`: what is never true of a row in its project, on a save and in a file, given (review, entity id, body);
    `against`: what is wrong with saving this row now (a closed round is read-only, yet a file may hold one);
    `allowed_by`: the actions that `against` does not refuse, for they ask for what it wants (a reason);
    `against_removal`: what is wrong with taking it away, given (review of the project without it, entity id, body it had).
    `actions`: the actions that alone may write it; None: people edit it as they like.
    `despite_approval`: written also when its step was approved, since it comes from outside.
    `slips`: it has a due date which, once in an approved plan, moves only with a reason.
    """

    name: str
    model: type[Table]
    key: tuple[str, ...] = ()
    single: bool = False
    unique: tuple[str, ...] = ()
    sums: tuple[str, str | None] | None = None
    verb: str = "edit_content"
    own: str | None = None
    holds: Callable[[Any, str, Any], Iterable[Any]] | None = None
    against: Callable[[Any, str, Any], Iterable[Any]] | None = None
    allowed_by: frozenset[str] = frozenset()
    against_removal: Callable[[Any, str, Any], Iterable[Any]] | None = None
    actions: frozenset[str] | None = None
    despite_approval: bool = False
    slips: bool = False

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        return self.model.to_schema()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(_as_field(name, column) for name, column in self.schema.columns.items())

    @cached_property
    def told(self) -> tuple[Field, ...]:
        """The fields that those who examine read too."""
        return tuple(field for field in self.fields if not field.inside)

    @cached_property
    def field(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def field_of_rule(self) -> dict[str, str]:
        """{code: field}: a rule over two fields names in the model the one at which its sentence stands."""
        return {rule.error: rule.name for rule in self.schema.checks}

    def id_of(self, body: Mapping[str, Any]) -> str | None:
        """The id that the body's key gives; None where the kind has no key (a fresh id is drawn)."""
        if self.single:
            return self.name
        if self.key:
            return f"{self.name}:{'/'.join(_plain(body.get(part)) for part in self.key)}"
        return None

    def may_be_called(self, entity_id: str, body: Mapping[str, Any]) -> bool:
        """Whether this is the id that the body's key gives or, where the kind has none, one of its own."""
        wanted = self.id_of(body)
        if wanted:
            return entity_id == wanted
        name, _, rest = entity_id.partition(":")
        return name == self.name and bool(_FREE_PART.fullmatch(rest))


def _plain(part: Any) -> str:
    """A key part inside an id: of 'indicator:1a2b' only '1a2b'."""
    return str(part).rsplit(":", 1)[-1]


def _as_field(name: str, column: pa.Column) -> Field:
    facts = column.metadata
    return Field(name, facts["type"], not column.nullable, facts["limit"], facts["of"], facts["owned"], facts["ge"], facts["le"], facts["inside"], column.dtype.type)


@dataclass(frozen=True)
class Step:
    """One of the nine steps (number 0: the profile): its kinds of rows and what is still missing."""

    key: str
    number: int
    kinds: tuple[Kind, ...]
    gaps: Callable[[Any], Iterable[Any]]
