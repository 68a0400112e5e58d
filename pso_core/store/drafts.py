"""What a person typed and has not saved yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pso_core.store.engine import Engine
from pso_core.store.moments import as_read, as_stored


@dataclass(frozen=True)
class Draft:
    """`body` is whatever JSON the form made of it; `saved_at` is UTC."""

    body: Any
    saved_at: datetime


class Drafts:
    """At most one draft per person and place; a place is any stable name of a form."""

    def __init__(self, engine: Engine):
        self._engine = engine

    def get(self, person_id: str, place: str) -> Draft | None:
        rows = self._engine.read("SELECT body, saved_at FROM draft WHERE person_id = $1 AND place = $2", [person_id, place])
        return Draft(json.loads(rows[0][0]), as_read(rows[0][1])) if rows else None

    def places(self, person_id: str) -> tuple[str, ...]:
        rows = self._engine.read("SELECT place FROM draft WHERE person_id = $1 ORDER BY place", [person_id])
        return tuple(place for (place,) in rows)

    def keep(self, person_id: str, place: str, body: Any, now: datetime) -> None:
        """Replaces the draft of this place."""
        with self._engine.transaction() as transaction:
            transaction.execute(
                "INSERT INTO draft (person_id, place, body, saved_at) VALUES ($1, $2, $3, $4)"
                " ON CONFLICT (person_id, place) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
                [person_id, place, json.dumps(body, ensure_ascii=False), as_stored(now)],
            )

    def discard(self, person_id: str, place: str) -> None:
        """Forgets the draft; without one nothing is written."""
        if self.get(person_id, place) is None:
            return
        with self._engine.transaction() as transaction:
            transaction.execute("DELETE FROM draft WHERE person_id = $1 AND place = $2", [person_id, place])
