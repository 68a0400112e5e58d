"""What two bodies, and two states of a project, differ in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pso_core.domain.rows import ProjectState, Row


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not the same in both. `before` is None for a row that was added, `after` for one removed.

    `fields`: (field, from, to), those that differ; of a row that was added or removed all that are filled.
    """

    before: Row | None
    after: Row | None
    fields: tuple[tuple[str, Any, Any], ...]

    @property
    def row(self) -> Row:
        return self.after or self.before

    @property
    def how(self) -> str:
        """added · removed · changed"""
        return "added" if self.before is None else "removed" if self.after is None else "changed"


def changed_fields(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[tuple[str, Any, Any], ...]:
    """(field, from, to) for the fields that differ; an absent one is as good as an empty one."""
    old, new = before or {}, after or {}
    pairs = ((name, old.get(name), new.get(name)) for name in {**old, **new})
    return tuple((name, was, is_) for name, was, is_ in pairs if was != is_ and not (was in (None, {}) and is_ in (None, {})))


def compare(before: ProjectState, after: ProjectState) -> Iterator[Difference]:
    """Every row that differs, kind by kind: those of `after` in their order, then those that are gone."""
    for kind in dict.fromkeys(row.kind for state in (after, before) for row in state.rows.values()):
        gone = (row for row in before.of(kind) if after.get(row.id) is None)
        for row in (*after.of(kind), *gone):
            was, is_ = before.get(row.id), after.get(row.id)
            fields = changed_fields(was and was.body, is_ and is_.body)
            if fields or was is None or is_ is None:
                yield Difference(was, is_, fields)
