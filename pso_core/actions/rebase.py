"""Putting a person's edits on top of what others saved meanwhile: merged where fields differ, a clash where they meet."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pso_core.domain.merge import merge
from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import PsoError
from pso_core.steps import KINDS, Kind
from pso_core.steps.values import empty


@dataclass(frozen=True)
class Edit:
    """Values for some or all fields of one row; a new row when `entity_id` is None or not there yet."""

    kind: str
    entity_id: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Removal:
    """A row to take away, together with the rows it owns."""

    entity_id: str


@dataclass(frozen=True)
class Overlap:
    """A field (or summed set) changed by this person and by somebody else since they looked."""

    entity_id: str
    kind: str
    field: str
    base: Any
    mine: Any
    theirs: Any
    theirs_seq: int


@dataclass
class Rebased:
    """Edits as they would be written now: id → body (None: removed), what was merged in, what overlaps.

    `wanted`: id → body as the person who saves would have it, had nobody else saved.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, dict] = field(default_factory=dict)
    bodies: dict[str, dict | None] = field(default_factory=dict)
    merged: list[tuple[str, str]] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)


def named(edits: Sequence[Edit | Removal]) -> list[Edit | Removal]:
    """The edits with an id for every row, so that putting them on a newer state again keeps the id."""
    return [_with_id(edit) if isinstance(edit, Edit) else edit for edit in edits]


def rebase(edits: Sequence[Edit | Removal], base: ProjectState, now: ProjectState) -> Rebased:
    """`base` is what the person was looking at, `now` what there is. Refuses an edit of a removed row
    (row_gone) and the removal of a row that somebody changed since (row_changed_since)."""
    result = Rebased()
    for edit in edits:
        if isinstance(edit, Removal):
            _remove(result, edit.entity_id, base, now)
        else:
            _edit(result, edit, base, now)
    for name in dict.fromkeys(result.kinds.values()):
        if KINDS[name].sums:
            _clash_as_sets(KINDS[name], result, base, now)
    _drop_unchanged(result, now)
    return result


def _with_id(edit: Edit) -> Edit:
    kind = KINDS[edit.kind]
    entity_id = edit.entity_id or kind.id_of(dict(edit.values)) or f"{kind.name}:{secrets.token_hex(6)}"
    return Edit(edit.kind, entity_id, edit.values)


def _edit(result: Rebased, edit: Edit, base: ProjectState, now: ProjectState) -> None:
    before, current = base.get(edit.entity_id), now.get(edit.entity_id)
    if before and not current:
        raise PsoError("row_gone", kind=edit.kind)
    blank = empty(KINDS[edit.kind])
    base_body = {**blank, **before.body} if before else blank
    now_body = {**blank, **current.body} if current else base_body
    wanted = {**base_body, **edit.values}
    outcome = merge(base_body, wanted, now_body)
    result.wanted[edit.entity_id] = wanted
    result.kinds[edit.entity_id], result.bodies[edit.entity_id] = edit.kind, dict(outcome.body)
    result.merged += [(edit.entity_id, name) for name in outcome.taken_from_theirs]
    for clash in outcome.clashes:
        result.overlaps.append(Overlap(edit.entity_id, edit.kind, *clash, current.seq))


def _remove(result: Rebased, entity_id: str, base: ProjectState, now: ProjectState) -> None:
    row = now.get(entity_id)
    if row is None or result.bodies.get(entity_id, ...) is None:
        return
    if base.revision_of(entity_id) != row.revision:  # somebody wrote something here that this person has not seen
        raise PsoError("row_changed_since", kind=row.kind)
    result.kinds[entity_id], result.bodies[entity_id] = row.kind, None
    for owned in owned_by(now, entity_id):
        _remove(result, owned, base, now)


def owned_by(state: ProjectState, entity_id: str) -> Iterator[str]:
    """Rows that go when this row goes."""
    for kind in KINDS.values():
        for field_ in kind.fields:
            if field_.type == "reference" and field_.owned:
                yield from (row.id for row in state.of(kind.name) if row[field_.name] == entity_id)


def _clash_as_sets(kind: Kind, result: Rebased, base: ProjectState, now: ProjectState) -> None:
    """Instead of single numbers of a set that must sum, the whole set overlaps."""
    name, _ = kind.sums
    sets = list(_set_overlaps(kind, result, base, now))
    shown = {entity_id for overlap in sets for entity_id in overlap.mine}
    single = [one for one in result.overlaps if one.field != name or one.entity_id not in shown]
    result.overlaps = [*single, *sets]


def _set_overlaps(kind: Kind, result: Rebased, base: ProjectState, now: ProjectState) -> Iterator[Overlap]:
    """A set that must sum is one value: both changed it, differently, so neither total can be trusted.

    A row that is new adds to the set without clashing, unless the kind's key fixes which rows there are (weights).
    """
    name, _ = kind.sums
    was, is_now, wanted = _values(kind, base.of(kind.name)), _values(kind, now.of(kind.name)), _wanted(kind, result)
    changed = {place: value for place, value in wanted.items() if (place in was or kind.key) and value != was.get(place)}
    for group in dict.fromkeys(group for group, _ in changed):
        before, theirs, mine = _group(was, group), _group(is_now, group), _group(changed, group)
        if theirs != before and {**before, **mine} != theirs:
            new = {id_: value for id_, value in _group(wanted, group).items() if id_ not in before}
            seqs = [now.rows[id_].seq for id_ in theirs if theirs[id_] != before.get(id_)]
            yield Overlap(kind.name, kind.name, name, before, _as_meant(before, theirs) | new | mine, theirs, max(seqs, default=now.seq))


def _as_meant(before: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """The set as this person left what they did not touch: as they saw it, with the rows that others added and without those they took."""
    rest = {id_: before.get(id_, value) for id_, value in theirs.items()}
    return {id_: value for id_, value in rest.items() if value is not None or theirs[id_] is not None}


def _wanted(kind: Kind, result: Rebased) -> dict[tuple, Any]:
    return _values(kind, [Row(id_, kind.name, 0, 0, body) for id_, body in result.wanted.items() if result.kinds[id_] == kind.name])


def _values(kind: Kind, rows: Iterable[Row]) -> dict[tuple, Any]:
    """{(group, id): summed value}"""
    name, group = kind.sums
    return {(row[group] if group else None, row.id): row[name] for row in rows}


def _group(values: dict[tuple, Any], group: Any) -> dict[str, Any]:
    return {id_: value for (of, id_), value in values.items() if of == group}


def _drop_unchanged(result: Rebased, now: ProjectState) -> None:
    for entity_id, body in list(result.bodies.items()):
        row = now.get(entity_id)
        if (row is None and body is None) or (row is not None and body == dict(row.body)):
            del result.bodies[entity_id]
