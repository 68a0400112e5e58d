"""Who is signed in where. A token is never kept: only its SHA-256, which opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pso_core.domain.people import Person
from pso_core.store.engine import Engine
from pso_core.store.moments import as_read, as_stored
from pso_core.store.people import COLUMNS
from pso_core.store.person_events import log_event


@dataclass(frozen=True)
class Session:
    """A browser that may come in as this person now."""

    person: Person
    last_seen_at: datetime


class Sessions:
    def __init__(self, engine: Engine):
        self._engine = engine

    def start(self, token: str, person_id: str, now: datetime, expires_at: datetime) -> None:
        """Also forgets the sessions that have expired."""
        with self._engine.transaction() as transaction:
            transaction.execute("DELETE FROM session WHERE expires_at <= $1", [as_stored(now)])
            transaction.execute(
                "INSERT INTO session (digest, person_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)",
                [digest(token), person_id, as_stored(now), as_stored(expires_at)],
            )
            log_event(transaction, person_id, person_id, "signed_in", now)

    def find(self, token: str, now: datetime) -> Session | None:
        """The session of this token, if it was not ended, has not expired and its person is active."""
        rows = self._engine.read_kept(
            f"SELECT session.expires_at, session.last_seen_at, {COLUMNS} FROM session JOIN person ON person.id = session.person_id"
            " WHERE session.digest = $1 AND person.active",
            [digest(token)], ("session", "person"),
        )  # fmt: skip
        for expires_at, last_seen_at, *person in rows:
            return Session(Person(*person), as_read(last_seen_at)) if as_read(expires_at) > now else None
        return None

    def seen(self, token: str, now: datetime) -> None:
        with self._engine.transaction() as transaction:
            transaction.execute("UPDATE session SET last_seen_at = $2 WHERE digest = $1", [digest(token), as_stored(now)])

    def hand_over(self, token: str, person_id: str, now: datetime) -> None:
        """The same browser, from now on as somebody else of the example."""
        with self._engine.transaction() as transaction:
            transaction.execute("UPDATE session SET person_id = $2 WHERE digest = $1", [digest(token), person_id])
            log_event(transaction, person_id, person_id, "became", now)

    def end(self, token: str) -> None:
        with self._engine.transaction() as transaction:
            transaction.execute("DELETE FROM session WHERE digest = $1", [digest(token)])

    def end_all(self, person_id: str, by: str, now: datetime) -> None:
        with self._engine.transaction() as transaction:
            transaction.execute("DELETE FROM session WHERE person_id = $1", [person_id])
            log_event(transaction, by, person_id, "signed_out_everywhere", now)


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
