"""The log of accounts: who did what to whose account, and when. Only ever added to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pso_core.store.engine import Engine, Transaction
from pso_core.store.moments import as_read, as_stored


@dataclass(frozen=True)
class PersonEvent:
    """`actor_id` did `action` to the account of `person_id`. `detail` holds no names and no passwords."""

    number: int
    occurred_at: datetime
    actor_id: str
    person_id: str
    action: str
    detail: Mapping[str, Any]


def log_event(transaction: Transaction, actor_id: str, person_id: str, action: str, now: datetime, **detail: Any) -> None:
    transaction.execute(
        "INSERT INTO person_event (number, occurred_at, actor_id, person_id, action, detail)"
        " SELECT coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5 FROM person_event",
        [as_stored(now), actor_id, person_id, action, json.dumps(detail, ensure_ascii=False)],
    )


class PersonEvents:
    def __init__(self, engine: Engine):
        self._engine = engine

    def newest(self, person_id: str | None = None, *, before: int | None = None, limit: int = 50) -> tuple[PersonEvent, ...]:
        """Newest first; of one account or of all; `before` a number, to turn the page."""
        rows = self._engine.read(
            "SELECT number, occurred_at, actor_id, person_id, action, detail FROM person_event"
            " WHERE (person_id = $1 OR $1 IS NULL) AND (number < $2 OR $2 IS NULL) ORDER BY number DESC LIMIT $3",
            [person_id, before, limit],
        )
        return tuple(PersonEvent(n, as_read(at), *who, json.loads(detail)) for n, at, *who, detail in rows)
