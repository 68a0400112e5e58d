"""Accounts: who there is and how they sign in. Each change is one transaction with its line in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any

from pso_core.domain.people import Person
from pso_core.errors import NotFound, PsoError
from pso_core.store.engine import Duplicate, Engine, Transaction
from pso_core.store.moments import as_stored
from pso_core.store.person_events import log_event
from pso_core.store.settings import put_setting
from pso_core.text.readable import readable

COLUMNS = "person.id, person.login, person.name, person.position, person.division, person.role, person.active"
EVERYBODY = f"SELECT {COLUMNS} FROM person ORDER BY added_at, id"

Check = Callable[[tuple[Person, ...]], None]


@dataclass(frozen=True)
class Credential:
    """How one person proves who they are; without a hash, not by password."""

    person_id: str
    password_hash: str


class People:
    """`check` is given everybody as it will be; when it raises, nothing was written. `by` is the id of who does it."""

    def __init__(self, engine: Engine):
        self._engine = engine

    def all(self) -> tuple[Person, ...]:
        """Everybody, also the inactive, in the order they were added."""
        return _persons(self._engine.read_kept(EVERYBODY, (), ("person",)))

    def get(self, person_id: str) -> Person:
        """Refuses person_not_found."""
        return _one(self._engine, person_id)

    def by_login(self, login: str) -> Person | None:
        """The person of this login; see login_key."""
        rows = self._engine.read(
            f"SELECT {COLUMNS} FROM person JOIN credential ON credential.person_id = person.id WHERE login_key = $1",
            [login_key(login)],
        )
        return Person(*rows[0]) if rows else None

    def credential(self, login: str) -> Credential | None:
        rows = self._engine.read("SELECT person_id, password_hash FROM credential WHERE login_key = $1", [login_key(login)])
        return Credential(*rows[0]) if rows else None

    def have_password(self) -> frozenset[str]:
        """The ids of those who can sign in with a password."""
        return frozenset(person_id for (person_id,) in self._engine.read("SELECT person_id FROM credential WHERE password_hash <> ''"))

    def exist(self) -> bool:
        return bool(self._engine.read("SELECT 1 FROM person LIMIT 1"))

    def add(
        self, people: Sequence[Person], by: str, now: datetime, *,
        password_hash: str = "", check: Check | None = None, settings: Mapping[str, Any] | None = None, skip_known: bool = False,
    ) -> None:  # fmt: skip
        """All of them or none, together with the settings. Without a hash they have no password. Refuses login_taken.

        `skip_known`: whoever is here already stays as they are, also when somebody else brought them a moment ago.
        """
        try:
            with self._engine.transaction() as transaction:
                known = {person.id for person in _everybody(transaction)} if skip_known else set()
                for person in [one for one in people if one.id not in known]:
                    _insert(transaction, person, password_hash, now)
                    log_event(transaction, by, person.id, "added", now, role=person.role)
                for name, value in (settings or {}).items():
                    put_setting(transaction, name, value)
                _verify(transaction, check)
        except Duplicate:
            raise PsoError("login_taken") from None

    def update(self, person_id: str, by: str, now: datetime, action: str, changes: Mapping[str, Any], check: Check | None = None, **detail: Any) -> None:
        """Changes these fields of the person and no others; a login cannot be changed this way.

        Refuses person_not_found, also for somebody made anonymous: a form opened before must not bring the name back.
        """
        with self._engine.transaction() as transaction:
            person = _one(transaction, person_id)
            if person.anonymised:
                raise NotFound("person_not_found")
            _update(transaction, replace(person, **changes))
            _verify(transaction, check)
            log_event(transaction, by, person_id, action, now, **detail)

    def close_without_password(self, by: str, now: datetime, check: Check, settings: Mapping[str, Any]) -> None:
        """Disables every active account that has no password and ends its sessions, together with the settings."""
        with self._engine.transaction() as transaction:
            without = "SELECT person_id FROM credential WHERE password_hash = ''"
            for person in [one for one in _everybody(transaction) if one.active and (one.id,) in transaction.read(without)]:
                _update(transaction, replace(person, active=False))
                transaction.execute("DELETE FROM session WHERE person_id = $1", [person.id])
                log_event(transaction, by, person.id, "disabled", now)
            for name, value in settings.items():
                put_setting(transaction, name, value)
            _verify(transaction, check)

    def set_password(self, person_id: str, password_hash: str, by: str, now: datetime) -> None:
        """Also ends every session of the person: whoever knew the old password is out."""
        with self._engine.transaction() as transaction:
            transaction.execute("UPDATE credential SET password_hash = $2 WHERE person_id = $1", [person_id, password_hash])
            transaction.execute("DELETE FROM session WHERE person_id = $1", [person_id])
            log_event(transaction, by, person_id, "password_set", now)

    def anonymise(self, person_id: str, by: str, now: datetime, check: Check | None = None) -> None:
        """Leaves only the id, which the history needs: no name, no login, no way in, no draft, no mail. Refuses person_not_found."""
        with self._engine.transaction() as transaction:
            person = _one(transaction, person_id)
            _update(transaction, replace(person, login="", name="", position="", division="", active=False))
            for table in ("credential", "session", "draft", "mail_choice"):
                transaction.execute(f"DELETE FROM {table} WHERE person_id = $1", [person_id])
            _verify(transaction, check)
            log_event(transaction, by, person_id, "anonymised", now)


def login_key(login: str) -> str:
    """Logins that read the same have the same key: without regard to case, or to the order in which marks were typed."""
    return readable(login).strip().casefold()


def _one(source: Engine | Transaction, person_id: str) -> Person:
    rows = source.read(f"SELECT {COLUMNS} FROM person WHERE id = $1", [person_id])
    if not rows:
        raise NotFound("person_not_found")
    return Person(*rows[0])


def _everybody(source: Engine | Transaction) -> tuple[Person, ...]:
    return _persons(source.read(EVERYBODY))


def _persons(rows: Sequence[tuple]) -> tuple[Person, ...]:
    return tuple(Person(*row) for row in rows)


def _verify(transaction: Transaction, check: Check | None) -> None:
    if check:
        check(_everybody(transaction))


def _insert(transaction: Transaction, person: Person, password_hash: str, now: datetime) -> None:
    transaction.execute(
        "INSERT INTO person (id, login, name, position, division, role, active, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [*astuple(person), as_stored(now)],
    )
    transaction.execute(
        "INSERT INTO credential (login_key, person_id, password_hash) VALUES ($1, $2, $3)",
        [login_key(person.login), person.id, password_hash],
    )


def _update(transaction: Transaction, person: Person) -> None:
    transaction.execute(
        "UPDATE person SET login = $2, name = $3, position = $4, division = $5, role = $6, active = $7 WHERE id = $1",
        list(astuple(person)),
    )
