"""Who changed what, from what, to what, when and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pso_core.store.engine import Engine
from pso_core.store.moments import as_read
from pso_core.store.revisions import body_of


@dataclass(frozen=True)
class RowChange:
    """One row in one change. `before` is None for a new row, `after` for a removed one.

    A redacted body is None too; `redacted` is then the hash of the body that was there, otherwise "".
    `done`: "added" where no such row stood before, "removed" or "changed".
    """

    entity_id: str
    kind: str
    revision: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    redacted: str = ""
    done: str = "changed"


@dataclass(frozen=True)
class Change:
    """One committed change. `occurred_at` is UTC. `redactions`: (entity id, revision) whose bodies this change emptied."""

    seq: int
    occurred_at: datetime
    person_id: str
    action: str
    session_id: str
    reason: str
    digest: str
    rows: tuple[RowChange, ...]
    redactions: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Head:
    """A project's newest change."""

    seq: int
    occurred_at: datetime
    digest: str


def heads(engine: Engine) -> dict[str, Head]:
    """The newest change of every project, the oldest project first."""
    rows = engine.read(
        "SELECT change.project_id, change.seq, change.occurred_at, change.digest FROM change"
        " JOIN (SELECT project_id, max(seq) AS seq, min(occurred_at) AS began FROM change GROUP BY project_id) AS head"
        " ON head.project_id = change.project_id AND head.seq = change.seq ORDER BY head.began, change.project_id"
    )
    return {project_id: Head(seq, as_read(when), digest) for project_id, seq, when, digest in rows}


def times(engine: Engine, project_id: str, seqs: Collection[int]) -> dict[int, datetime]:
    """{seq: when that change was made}, of the changes asked for."""
    blanks = ", ".join(f"${2 + place}" for place in range(len(seqs)))
    if not blanks:
        return {}
    rows = engine.read(f"SELECT seq, occurred_at FROM change WHERE project_id = $1 AND seq IN ({blanks})", [project_id, *sorted(seqs)])
    return {seq: as_read(when) for seq, when in rows}


def history(
    engine: Engine, project_id: str, *, entity_id: str | None, kinds: Collection[str] | None, before_seq: int | None, limit: int | None
) -> list[Change]:
    """Newest first; `limit` None: all of them. With `entity_id` or `kinds` only changes that touched such rows, and of each only those rows."""
    wanted, params = _wanted(entity_id, kinds)
    touched = f"AND seq IN (SELECT seq FROM revision AS r WHERE r.project_id = $1 {wanted})" if wanted else ""
    changes = engine.read(
        "SELECT seq, occurred_at, person_id, action, session_id, reason, digest FROM change"
        f" WHERE project_id = $1 AND seq < $2 {touched} ORDER BY seq DESC LIMIT $3",
        [project_id, before_seq or 2**62, limit, *params],
    )
    if not changes:
        return []
    span = [project_id, changes[-1][0], changes[0][0]]
    rows = _rows(engine, span, wanted, params)
    redactions = _redactions(engine, span)
    return [
        Change(seq, as_read(when), *said, rows=tuple(rows.get(seq, ())), redactions=tuple(redactions.get(seq, ())))
        for seq, when, *said in changes
    ]


def first_events(engine: Engine, project_id: str, without: Collection[str]) -> dict[str, tuple[int, datetime]]:
    """{kind: (seq, when) of the first change that touched such a row}, leaving out changes by these actions."""
    blanks = ", ".join(f"${2 + n}" for n in range(len(without)))
    rows = engine.read(
        "SELECT first.kind, change.seq, change.occurred_at FROM change JOIN"
        " (SELECT r.kind, min(r.seq) AS seq FROM revision AS r JOIN change AS c ON c.project_id = r.project_id AND c.seq = r.seq"
        f" WHERE r.project_id = $1 AND c.project_id = $1 {f'AND c.action NOT IN ({blanks})' if blanks else ''} GROUP BY r.kind) AS first"
        " ON first.seq = change.seq WHERE change.project_id = $1",
        [project_id, *sorted(without)],
    )
    return {kind: (seq, as_read(when)) for kind, seq, when in rows}


def written_with(engine: Engine, project_id: str, kind: str, action: str) -> dict[str, frozenset[str]]:
    """{row of this kind: the rows of other kinds that the same changes wrote}, of changes by this action."""
    found: dict[str, set[str]] = {}
    for entity_id, other in engine.read(
        "SELECT it.entity_id, other.entity_id FROM change"
        " JOIN revision AS it ON it.project_id = change.project_id AND it.seq = change.seq"
        " JOIN revision AS other ON other.project_id = change.project_id AND other.seq = change.seq"
        " WHERE change.project_id = $1 AND change.action = $3 AND it.kind = $2 AND other.kind <> $2 AND NOT other.removed",
        [project_id, kind, action],
    ):
        found.setdefault(entity_id, set()).add(other)
    return {entity_id: frozenset(others) for entity_id, others in found.items()}


def _wanted(entity_id: str | None, kinds: Collection[str] | None) -> tuple[str, list[str]]:
    """A condition on revision `r` with its values, which are $4 and on in both statements."""
    conditions, params = [], []
    if entity_id is not None:
        params.append(entity_id)
        conditions.append("AND r.entity_id = $4")
    if kinds is not None:
        blanks = [f"${4 + len(params) + n}" for n in range(len(kinds))]
        params += sorted(kinds)
        conditions.append(f"AND r.kind IN ({', '.join(blanks)})" if blanks else "AND 1 = 0")
    return " ".join(conditions), params


def _rows(engine: Engine, span: Sequence[Any], wanted: str, params: Sequence[str]) -> dict[int, list[RowChange]]:
    found: dict[int, list[RowChange]] = {}
    for seq, entity_id, kind, revision, removed, body, body_hash, before, stood in engine.read(
        "SELECT r.seq, r.entity_id, r.kind, r.revision, r.removed, r.body, r.body_hash, p.body, NOT coalesce(p.removed, true)"
        " FROM revision AS r LEFT JOIN revision AS p"
        " ON p.project_id = r.project_id AND p.entity_id = r.entity_id AND p.revision = r.revision - 1 AND p.project_id = $1"
        f" WHERE r.project_id = $1 AND r.seq BETWEEN $2 AND $3 {wanted} ORDER BY r.seq, r.entity_id",
        [*span, *params],
    ):
        redacted = "" if removed or body else body_hash
        done = "removed" if removed else "changed" if stood else "added"
        row = RowChange(entity_id, kind, revision, body_of(before) if before else None, body_of(body) if body else None, redacted, done)
        found.setdefault(seq, []).append(row)
    return found


def _redactions(engine: Engine, span: Sequence[Any]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for seq, entity_id, revision in engine.read(
        "SELECT seq, entity_id, revision FROM redaction"
        " WHERE project_id = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq, entity_id, revision",
        span,
    ):
        found.setdefault(seq, []).append((entity_id, revision))
    return found
