"""The two append-only tables: writing one change with its revisions, reading what a project was after any change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import NotFound, PsoError
from pso_core.store.digest import START, Entry, body_text, digest_of, hash_of
from pso_core.store.engine import Engine, Transaction
from pso_core.store.moments import as_stored

NEWEST = """
    SELECT entity_id, kind, revision, seq, removed, body
    FROM (SELECT entity_id, kind, revision, seq, removed, body,
                 row_number() OVER (PARTITION BY entity_id ORDER BY revision DESC) AS age
          FROM revision WHERE project_id = $1 AND seq <= $2) AS aged
    WHERE age = 1 ORDER BY seq, entity_id"""
ROWS_A_STATEMENT = 100


@dataclass(frozen=True, slots=True)
class Redacted:
    """Stands where a body was that must not be kept; the chain still holds by its hash."""

    body_hash: str


@dataclass(frozen=True, slots=True)
class Write:
    """One row as it shall be. `base_revision`: the revision it follows, 0 for a new row. `body` None removes it."""

    entity_id: str
    kind: str
    base_revision: int
    body: Mapping[str, Any] | Redacted | None


class Stale(PsoError):
    """Somebody else wrote these rows first. Nothing was written."""

    def __init__(self, entity_ids: Iterable[str]):
        self.entity_ids = tuple(entity_ids)
        super().__init__("stale", count=len(self.entity_ids))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands: its newest state and the digest that its history ends with."""

    state: ProjectState
    digest: str

    @classmethod
    def nothing(cls, project_id: str) -> Standing:
        return cls(ProjectState(project_id, 0, MappingProxyType({}), MappingProxyType({})), START)


def standing(engine: Engine, project_id: str) -> Standing:
    """As committed now; nothing() for a project that does not exist."""
    head = engine.read("SELECT seq, digest FROM change WHERE project_id = $1 ORDER BY seq DESC LIMIT 1", [project_id])
    if not head:
        return Standing.nothing(project_id)
    return Standing(state_after(engine, project_id, head[0][0]), head[0][1])


def state_after(engine: Engine, project_id: str, seq: int) -> ProjectState:
    rows, removed = {}, {}
    for entity_id, kind, revision, changed, gone, body in engine.read(NEWEST, [project_id, seq]):
        if gone:
            removed[entity_id] = revision
        else:
            rows[entity_id] = Row(entity_id, kind, revision, changed, MappingProxyType(body_of(body)))
    return ProjectState(project_id, seq, MappingProxyType(rows), MappingProxyType(removed))


def everywhere(engine: Engine, entity_id: str) -> dict[str, Row]:
    """The newest revision of one entity in each project that has it."""
    rows = engine.read_kept(
        "SELECT project_id, kind, revision, seq, body FROM (SELECT project_id, kind, revision, seq, removed, body,"
        " row_number() OVER (PARTITION BY project_id ORDER BY revision DESC) AS age FROM revision WHERE entity_id = $1) AS aged"
        " WHERE age = 1 AND NOT removed",
        [entity_id],
        ("revision",),
    )
    return {project_id: Row(entity_id, kind, revision, seq, MappingProxyType(body_of(body))) for project_id, kind, revision, seq, body in rows}


def body_of(text: str) -> dict[str, Any]:
    """A stored body; a redacted one reads as empty."""
    return json.loads(text) if text else {}


def append(
    transaction: Transaction, before: Standing, entry: Entry, writes: Sequence[Write], redactions: Sequence[tuple[str, int]] = ()
) -> Standing:
    """Write the next change. Raises Stale when a write does not follow the newest revision of its row."""
    _refuse_stale(before.state, writes)
    seq = before.state.seq + 1
    records = [_Record.of(write) for write in writes]
    digest = digest_of(before.digest, seq, entry, [record.sealed for record in records], redactions)
    _insert_change(transaction, before.state.project_id, seq, entry, digest)
    _insert_revisions(transaction, before.state.project_id, seq, records)
    for entity_id, revision in redactions:
        transaction.execute("INSERT INTO redaction VALUES ($1, $2, $3, $4)", [before.state.project_id, entity_id, revision, seq])
    return Standing(_grown(before.state, seq, records), digest)


def digest_of_change(
    previous: str, seq: int, entry: Entry, writes: Sequence[Write], redactions: Sequence[tuple[str, int]] = ()
) -> str:
    """The digest that `append` would give this change."""
    return digest_of(previous, seq, entry, [_Record.of(write).sealed for write in writes], redactions)


def redact(transaction: Transaction, before: Standing, entry: Entry, entity_id: str, revision: int) -> Standing:
    """Empty one earlier body: the only UPDATE of the history, and a change of its own."""
    project_id, newest = before.state.project_id, before.state.rows.get(entity_id)
    if newest and newest.revision == revision:
        raise PsoError("redact_newest")
    where, key = "WHERE project_id = $1 AND entity_id = $2 AND revision = $3", [project_id, entity_id, revision]
    if transaction.read(f"SELECT body FROM revision {where}", key) in ([], [("",)]):
        raise NotFound("nothing_to_redact")
    after = append(transaction, before, entry, (), [(entity_id, revision)])
    transaction.execute(f"UPDATE revision SET body = '' {where}", key)
    return after


def _refuse_stale(state: ProjectState, writes: Sequence[Write]) -> None:
    if len({write.entity_id for write in writes}) < len(writes):
        raise ValueError("a row is written twice in one change")
    stale = [write.entity_id for write in writes if write.base_revision != state.revision_of(write.entity_id)]
    if stale:
        raise Stale(stale)


@dataclass(frozen=True, slots=True)
class _Record:
    """A write as it is stored."""

    entity_id: str
    kind: str
    revision: int
    removed: bool
    body: str
    body_hash: str

    @classmethod
    def of(cls, write: Write) -> _Record:
        revision = write.base_revision + 1
        if isinstance(write.body, Redacted):
            return cls(write.entity_id, write.kind, revision, False, "", write.body.body_hash)
        text = body_text(write.body)
        return cls(write.entity_id, write.kind, revision, write.body is None, text, hash_of(text))

    @property
    def sealed(self) -> tuple[str, int, str, bool, str]:
        return self.entity_id, self.revision, self.kind, self.removed, self.body_hash


def _insert_change(transaction: Transaction, project_id: str, seq: int, entry: Entry, digest: str) -> None:
    transaction.execute(
        "INSERT INTO change (project_id, seq, occurred_at, person_id, action, session_id, reason, digest)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [project_id, seq, as_stored(entry.occurred_at), entry.person_id, entry.action, entry.session_id, entry.reason, digest],
    )


def _insert_revisions(transaction: Transaction, project_id: str, seq: int, records: Sequence[_Record]) -> None:
    for start in range(0, len(records), ROWS_A_STATEMENT):
        some = records[start : start + ROWS_A_STATEMENT]
        transaction.execute(
            "INSERT INTO revision (project_id, entity_id, revision, seq, kind, removed, body, body_hash) VALUES " + _blanks(len(some), 8),
            [value for r in some for value in (project_id, r.entity_id, r.revision, seq, r.kind, r.removed, r.body, r.body_hash)],
        )


def _blanks(rows: int, columns: int) -> str:
    """'($1, $2), ($3, $4)' for two rows of two columns."""
    numbers = iter(range(1, rows * columns + 1))
    return ", ".join(f"({', '.join(f'${next(numbers)}' for _ in range(columns))})" for _ in range(rows))


def _grown(state: ProjectState, seq: int, records: Iterable[_Record]) -> ProjectState:
    rows, removed = dict(state.rows), dict(state.removed)
    for record in records:
        if record.removed:
            rows.pop(record.entity_id, None)
            removed[record.entity_id] = record.revision
        else:
            removed.pop(record.entity_id, None)
            body = MappingProxyType(body_of(record.body))
            rows[record.entity_id] = Row(record.entity_id, record.kind, record.revision, seq, body)
    return ProjectState(state.project_id, seq, MappingProxyType(rows), MappingProxyType(removed))
