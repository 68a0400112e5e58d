"""Submission packs that were made: who, when, of which change, and what was in each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pso_core.store.engine import Engine
from pso_core.store.moments import as_read, as_stored


@dataclass(frozen=True)
class Pack:
    """`content`: SHA-256 of its file, "" once that was let go. `digest`: of the list in it. `parts` and `files`: SHA-256 by part and by path."""

    id: str
    project_id: str
    seq: int
    day: date
    made_at: datetime
    person_id: str
    language: str
    thai_digits: bool
    name: str
    content: str
    bytes: int
    digest: str
    parts: Mapping[str, str]
    files: Mapping[str, str]


class Packs:
    def __init__(self, engine: Engine):
        self._engine = engine

    def add(self, pack: Pack) -> None:
        values = [
            pack.id, pack.project_id, pack.seq, pack.day.isoformat(), as_stored(pack.made_at), pack.person_id, pack.language, pack.thai_digits,
            pack.name, pack.content, pack.bytes, pack.digest, json.dumps(dict(pack.parts)), json.dumps(dict(pack.files)),
        ]  # fmt: skip
        with self._engine.transaction() as transaction:
            transaction.execute(f"INSERT INTO pack ({_COLUMNS}) VALUES ({', '.join(f'${place}' for place in range(1, len(values) + 1))})", values)

    def of(self, project_id: str) -> tuple[Pack, ...]:
        """The newest first."""
        rows = self._engine.read(f"SELECT {_COLUMNS} FROM pack WHERE project_id = $1 ORDER BY made_at DESC, pack_id DESC", [project_id])
        return tuple(map(_read, rows))

    def find(self, project_id: str, pack_id: str) -> Pack | None:
        rows = self._engine.read(f"SELECT {_COLUMNS} FROM pack WHERE project_id = $1 AND pack_id = $2", [project_id, pack_id])
        return _read(rows[0]) if rows else None

    def number(self, pack: Pack) -> int:
        """1 for the first of its project that was made; records of packs are never removed."""
        sql = "SELECT count(*) FROM pack WHERE project_id = $1 AND (made_at < $2 OR (made_at = $2 AND pack_id <= $3))"
        return self._engine.read(sql, [pack.project_id, as_stored(pack.made_at), pack.id])[0][0]

    def with_digest(self, digest: str) -> Pack | None:
        """The newest pack whose list has this digest; several may, since equal content is an equal pack."""
        rows = self._engine.read(f"SELECT {_COLUMNS} FROM pack WHERE digest = $1 ORDER BY made_at DESC LIMIT 1", [digest])
        return _read(rows[0]) if rows else None

    def let_go(self, pack: Pack) -> bool:
        """Forget where its file is; whether no other pack is that very file."""
        with self._engine.transaction() as transaction:
            transaction.execute("UPDATE pack SET content = '' WHERE pack_id = $1", [pack.id])
            ((others,),) = transaction.read("SELECT count(*) FROM pack WHERE content = $1", [pack.content])
        return not others


_NAMES = ("pack_id", "project_id", "seq", "day", "made_at", "person_id", "language", "thai_digits", "name", "content", "bytes", "digest", "parts", "files")
_COLUMNS = ", ".join(_NAMES)


def _read(row: tuple) -> Pack:
    values = list(row)
    values[3], values[4] = date.fromisoformat(values[3]), as_read(values[4])
    values[12], values[13] = json.loads(values[12]), json.loads(values[13])
    return Pack(*values)
