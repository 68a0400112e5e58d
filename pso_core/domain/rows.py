"""What a project holds: rows, each the newest revision of one entity, and the state they make together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One entity at one revision. `body` is never changed; a missing field reads as None."""

    id: str
    kind: str
    revision: int
    seq: int
    body: Mapping[str, Any]

    def __getitem__(self, field: str) -> Any:
        return self.body.get(field)


@dataclass(frozen=True)
class ProjectState:
    """A project as it stood after change number `seq`.

    Removed entities are not in `rows` but in `removed` with their last revision, so that one can be written again.
    """

    project_id: str
    seq: int
    rows: Mapping[str, Row]
    removed: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Row]]:
        kinds: dict[str, list[Row]] = {}
        for row in self.rows.values():
            kinds.setdefault(row.kind, []).append(row)
        return kinds

    @cached_property
    def _in_order(self) -> dict[str, tuple[Row, ...]]:
        """The kinds that somebody asked for: a save looks at few of them."""
        return {}

    def of(self, kind: str) -> tuple[Row, ...]:
        """Rows of one kind in their stable order: `position` where the kind has one, then code, then id."""
        if kind not in self._in_order:
            self._in_order[kind] = tuple(sorted(self._by_kind.get(kind, ()), key=_order))
        return self._in_order[kind]

    def only(self, kind: str) -> Row | None:
        """The single row of a kind that a project has at most once (its id is the kind's name)."""
        return self.rows.get(kind)

    def get(self, entity_id: str | None) -> Row | None:
        return self.rows.get(entity_id) if entity_id else None

    def revision_of(self, entity_id: str) -> int:
        """The entity's last revision, removed or not; 0 for one that never was."""
        row = self.rows.get(entity_id)
        return row.revision if row else self.removed.get(entity_id, 0)

    def next_position(self, kind: str) -> int:
        """A place after all rows of the kind."""
        return max((row["position"] or 0 for row in self.of(kind)), default=0) + 1

    def where(self, kind: str, **fields: Any) -> Iterator[Row]:
        """Rows of a kind whose fields all equal the given values."""
        return (row for row in self.of(kind) if all(row[name] == value for name, value in fields.items()))


def _order(row: Row) -> tuple:
    position = row["position"]
    return (position is None, position or 0, not row["code"], by_number(row["code"]), row.id)


def by_number(code: Any) -> tuple:
    """A code as it is sorted: 2.10 after 2.9, 05-10 after 05-9."""
    parts = _DIGITS.split(str(code or ""))
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
