"""Two people changed one row: keep both changes where the fields differ, show both where they clash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

WHOLE_ROW = "*"

Body = Mapping[str, Any]


class FieldClash(NamedTuple):
    """A field that both changed, differently. `WHOLE_ROW`: one removed (None) what the other changed."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """`body` None: the row is removed. A clashing field holds theirs, which is what is stored now."""

    body: dict[str, Any] | None
    taken_from_theirs: tuple[str, ...] = ()
    clashes: tuple[FieldClash, ...] = ()


def merge(base: Body, mine: Body | None, theirs: Body | None) -> Merged:
    """Three-way merge by field. Only a field where mine ≠ base, theirs ≠ base and mine ≠ theirs clashes.

    `base` and `theirs` are stored bodies, where a missing field is None; a field missing from `mine` was not
    touched. Numbers that must sum go in as one field whose value is the whole set: {"points": {id: value, …}}.
    """
    if mine is not None:
        mine = {**base, **mine}
    if mine is None or theirs is None:
        return _merge_removal(base, mine, theirs)
    body, taken, clashes = {}, [], []
    for field in dict.fromkeys((*mine, *theirs)):
        was, wanted, now = base.get(field), mine.get(field), theirs.get(field)
        body[field] = wanted if now == was else now
        if now != was and wanted == was:
            taken.append(field)
        elif now != was and wanted != now:
            clashes.append(FieldClash(field, was, wanted, now))
    return Merged(body, tuple(taken), tuple(clashes))


def _merge_removal(base: Body, mine: Body | None, theirs: Body | None) -> Merged:
    kept = theirs if mine is None else mine
    if kept is None or all(kept.get(field) == base.get(field) for field in (*base, *kept)):
        return Merged(None)
    clash = FieldClash(WHOLE_ROW, dict(base), _copy(mine), _copy(theirs))
    return Merged(_copy(theirs), (), (clash,))


def _copy(body: Body | None) -> dict[str, Any] | None:
    return None if body is None else dict(body)
