"""Secret addresses of people's calendars. The secret is never kept: only its SHA-256, which opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pso_core.domain.people import Person
from pso_core.store.engine import Engine
from pso_core.store.moments import as_read, as_stored
from pso_core.store.people import COLUMNS
from pso_core.store.sessions import digest


@dataclass(frozen=True)
class CalendarAddress:
    """Whose calendar an address shows, in which language; `open` until it is revoked or its person's account is closed."""

    person: Person
    language: str
    open: bool


class CalendarAddresses:
    """At most one open address for each person."""

    def __init__(self, engine: Engine):
        self._engine = engine

    def make(self, secret: str, person_id: str, language: str, now: datetime) -> None:
        """The person's new address; the former one is revoked."""
        with self._engine.transaction() as transaction:
            transaction.execute(_REVOKE, [person_id, as_stored(now)])
            transaction.execute(
                "INSERT INTO calendar_address (digest, person_id, language, made_at, revoked_at) VALUES ($1, $2, $3, $4, NULL)",
                [digest(secret), person_id, language, as_stored(now)],
            )

    def revoke(self, person_id: str, now: datetime) -> None:
        with self._engine.transaction() as transaction:
            transaction.execute(_REVOKE, [person_id, as_stored(now)])

    def find(self, secret: str) -> CalendarAddress | None:
        """The address of this secret, revoked ones too; None when there never was one."""
        rows = self._engine.read(
            f"SELECT language, revoked_at, {COLUMNS} FROM calendar_address JOIN person ON person.id = calendar_address.person_id"
            " WHERE calendar_address.digest = $1",
            [digest(secret)],
        )
        for language, revoked_at, *columns in rows:
            person = Person(*columns)
            return CalendarAddress(person, language, revoked_at is None and person.active)
        return None

    def made_at(self, person_id: str) -> datetime | None:
        """When the person's open address was made; None without one."""
        rows = self._engine.read("SELECT made_at FROM calendar_address WHERE person_id = $1 AND revoked_at IS NULL", [person_id])
        return as_read(rows[0][0]) if rows else None


_REVOKE = "UPDATE calendar_address SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL"
