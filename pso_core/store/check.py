"""Recomputing everything a database promises: the chain of digests, every body, the index, the witness and the attached files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from pso_core.errors import PsoError
from pso_core.store.attachments import faults, needed
from pso_core.store.contents import Contents
from pso_core.store.digest import START, Entry, digest_of, hash_of
from pso_core.store.engine import Engine
from pso_core.store.finding import Finding
from pso_core.store.moments import as_read
from pso_core.store.witness import compare, place_of, read_lines

PROJECTS_AT_ONCE = 100

# One statement, so that changes committed meanwhile are seen whole or not at all.
EVERYTHING = """
    SELECT coalesce(change.project_id, revision.project_id) AS project, coalesce(change.seq, revision.seq) AS number,
           occurred_at, person_id, action, session_id, reason, digest,
           entity_id, revision, kind, removed, body, body_hash
    FROM change FULL JOIN revision ON revision.project_id = change.project_id AND revision.seq = change.seq
    WHERE coalesce(change.project_id, revision.project_id) BETWEEN $1 AND $2
    ORDER BY project, number, entity_id, revision"""


def check(engine: Engine, contents: Contents) -> tuple[Finding, ...]:
    """Everything found wrong, nothing when all is well. Reads every attached file: may take minutes; writers go on."""
    try:
        said = read_lines(place_of(engine.path))  # first: the database may run ahead of it, never behind
        engine.verify()
        return (*chains(engine), *compare(engine, said).findings, *faults(needed(engine), contents))
    except PsoError as refusal:
        return (Finding("file_unreadable", {"code": refusal.code}),)


def chains(engine: Engine) -> Iterator[Finding]:
    """Every project's chain of digests and every body's hash. Refuses database_damaged when a block cannot be read."""
    projects = [project_id for (project_id,) in engine.read("SELECT DISTINCT project_id FROM change UNION SELECT project_id FROM revision ORDER BY 1")]
    for start in range(0, len(projects), PROJECTS_AT_ONCE):
        some = projects[start : start + PROJECTS_AT_ONCE]
        rows = engine.read(EVERYTHING, [some[0], some[-1]])
        redacted = _redacted(engine, some[0], some[-1])
        for project_id, of_project in groupby(rows, key=itemgetter(0)):
            yield from _Chain(project_id, redacted.get(project_id, {})).findings(of_project)


def _redacted(engine: Engine, first: str, last: str) -> dict[str, dict[tuple[str, int], int]]:
    """project → (entity, revision) → seq of the change that emptied it."""
    found: dict[str, dict[tuple[str, int], int]] = {}
    sql = "SELECT project_id, entity_id, revision, seq FROM redaction WHERE project_id BETWEEN $1 AND $2"
    for project_id, entity_id, revision, seq in engine.read(sql, [first, last]):
        found.setdefault(project_id, {})[entity_id, revision] = seq
    return found


class _Chain:
    """One project's history, walked from its first change."""

    def __init__(self, project_id: str, redacted: dict[tuple[str, int], int]):
        self._project_id = project_id
        self._redacted = redacted
        self._seq, self._digest = 0, START
        self._revisions: dict[str, int] = {}

    def findings(self, rows: Iterator[tuple]) -> Iterator[Finding]:
        for seq, of_change in groupby(rows, key=itemgetter(1)):
            yield from self._change(seq, list(of_change))

    def _change(self, seq: int, rows: list[tuple]) -> Iterator[Finding]:
        when, person_id, action, session_id, reason, digest = rows[0][2:8]
        revisions = [row[8:] for row in rows if row[8] is not None]
        if digest is None or seq != self._seq + 1:
            yield self._found("change_missing", seq if digest is None else self._seq + 1)
        if digest is not None:
            entry = Entry(person_id, action, as_read(when), session_id, reason)
            sealed = [(entity_id, revision, kind, removed, body_hash) for entity_id, revision, kind, removed, _, body_hash in revisions]
            emptied = [row for row, by in self._redacted.items() if by == seq]
            if digest_of(self._digest, seq, entry, sealed, emptied) != digest:
                yield self._found("chain_broken", seq)
            self._digest = digest
        self._seq = seq
        for revision in revisions:
            yield from self._revision(seq, *revision)

    def _revision(self, seq: int, entity_id: str, revision: int, kind: str, removed: bool, body: str, body_hash: str) -> Iterator[Finding]:
        if revision != self._revisions.get(entity_id, 0) + 1:
            yield self._found("revision_missing", seq, entity_id=entity_id, revision=revision)
        self._revisions[entity_id] = revision
        if (body or (entity_id, revision) not in self._redacted) and hash_of(body) != body_hash:
            yield self._found("body_altered", seq, entity_id=entity_id, revision=revision)

    def _found(self, code: str, seq: int, **facts: Any) -> Finding:
        return Finding(code, {"project_id": self._project_id, "seq": seq, **facts})
