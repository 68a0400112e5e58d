"""A project as one JSON file: what stands in it, and the one way it is written. See docs/project-file.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState
from pso_core.steps import KINDS
from pso_core.steps.values import empty
from pso_core.store import Change, RowChange

FORMAT = "nine-steps-project"
VERSION = 1
LARGEST = 50 * 2**20  # bytes; Lampang's file has 72 thousand

Document = dict[str, Any]


def file_of_rows(state: ProjectState, people: Iterable[Person], *, to_examine: bool = False) -> bytes:
    """The project as it stands. Of the people only those that it names. `to_examine`: without what is kept inside the office."""
    rows = [{"id": row.id, "kind": row.kind, "body": {**empty(KINDS[row.kind]), **row.body, **(_kept_inside(row.kind) if to_examine else {})}} for row in state.rows.values()]
    named = {id_ for row in rows for id_ in people_in(row["kind"], row["body"])}
    return _written({
        **_head(state, people, named),
        "rows": sorted(rows, key=lambda row: (row["kind"], row["id"])),
    })  # fmt: skip


def file_of_history(state: ProjectState, changes: Sequence[Change], people: Iterable[Person]) -> bytes:
    """The project with every change, oldest first; its rows follow from them."""
    named = {change.person_id for change in changes}
    named |= {id_ for change in changes for row in change.rows for id_ in people_in(row.kind, row.after or {})}
    return _written({
        **_head(state, people, named),
        "history": [_change(change) for change in changes],
        "digest": changes[-1].digest,
    })  # fmt: skip


def _kept_inside(kind: str) -> Document:
    return {field.name: None for field in KINDS[kind].fields if field.inside}


def people_in(kind: str, body: Mapping[str, Any]) -> list[str]:
    """The ids of the people that a row names."""
    return [body[field.name] for field in KINDS[kind].fields if field.type == "person" and body.get(field.name)]


def moment(when: datetime) -> str:
    """2001-10-09T02:30:00.000000Z"""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _head(state: ProjectState, people: Iterable[Person], named: set[str]) -> Document:
    listed = [_person(person) for person in sorted(people, key=lambda person: person.id) if person.id in named]
    return {"format": FORMAT, "version": VERSION, "standard": state.only("project")["standard"], "people": listed}


def _person(person: Person) -> Document:
    return {"id": person.id, "name": person.name, "position": person.position, "division": person.division}


def _change(change: Change) -> Document:
    written = {
        "seq": change.seq,
        "occurred_at": moment(change.occurred_at),
        "person_id": change.person_id,
        "action": change.action,
        "session_id": change.session_id,
        "reason": change.reason,
        "rows": [_row(row) for row in change.rows],
        "digest": change.digest,
    }
    if change.redactions:
        written["redactions"] = [{"id": entity_id, "revision": revision} for entity_id, revision in change.redactions]
    return written


def _row(row: RowChange) -> Document:
    removed = row.after is None and not row.redacted
    written = {"id": row.entity_id, "kind": row.kind, "revision": row.revision, "removed": removed, "body": row.after}
    return {**written, "redacted": row.redacted} if row.redacted else written


def _written(document: Document) -> bytes:
    """Sorted keys, two spaces, one line end at the end: the same project is the same bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n").encode()
