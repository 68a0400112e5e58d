"""Mail: where and when each person wants it, and what became of every one that was due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, replace
from datetime import date, datetime, timedelta

from pso_core.domain.rhythm import Choice, still_waiting
from pso_core.store.engine import Engine, Transaction
from pso_core.store.moments import as_read, as_stored

CLOCK_WAS_WRONG = timedelta(31)  # a mail of a day so far ahead was sent while the clock was wrong: it stops no other


class MailChoices:
    def __init__(self, engine: Engine):
        self._engine = engine

    def all(self) -> tuple[Choice, ...]:
        """Everybody's whose account is open."""
        return self._where("person.active", [])

    def of(self, person_id: str) -> Choice | None:
        return next(iter(self._where("person.id = $1", [person_id])), None)

    def keep(self, choice: Choice) -> None:
        """Replaces the person's former choice."""
        values = astuple(replace(choice, chosen_at=as_stored(choice.chosen_at)))
        with self._engine.transaction() as transaction:
            transaction.execute("DELETE FROM mail_choice WHERE person_id = $1", [choice.person_id])
            transaction.execute(f"INSERT INTO mail_choice ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", values)

    def forget(self, person_id: str) -> None:
        with self._engine.transaction() as transaction:
            transaction.execute("DELETE FROM mail_choice WHERE person_id = $1", [person_id])

    def note_refused(self, choice: Choice, number: int) -> None:
        """The server takes no mail for this address; one chosen meanwhile is another."""
        with self._engine.transaction() as transaction:
            transaction.execute(
                "UPDATE mail_choice SET refused = $3 WHERE person_id = $1 AND address = $2", [choice.person_id, choice.address, number]
            )

    def _where(self, condition: str, values: list) -> tuple[Choice, ...]:
        rows = self._engine.read(
            f"SELECT {_QUALIFIED} FROM mail_choice JOIN person ON person.id = mail_choice.person_id WHERE {condition} ORDER BY person.id", values
        )
        return tuple(Choice(*row[:6], as_read(row[6]), row[7]) for row in rows)


class SentMail:
    """One row for each person and day; see the migration for its states."""

    def __init__(self, engine: Engine):
        self._engine = engine

    def claim(self, person_id: str, day: date, now: datetime) -> int:
        """Take the sending of this day's mail upon oneself: the number of the attempt, or 0 when it must not be sent (again).

        No day before one whose mail is settled already, so that a clock moved back sends nothing twice.
        """
        with self._engine.transaction() as transaction:
            rows = transaction.read("SELECT state, attempts, next_at FROM mail_sent WHERE person_id = $1 AND day = $2", [person_id, day.isoformat()])
            if rows:
                return _claimed_again(transaction, person_id, day, now, *rows[0])
            if transaction.read(_LATER, _after(person_id, day)):
                return 0
            transaction.execute("UPDATE mail_sent SET state = 'given_up' WHERE person_id = $1 AND state = 'waiting'", [person_id])
            transaction.execute(
                "INSERT INTO mail_sent (person_id, day, state, attempts, noted_at, next_at) VALUES ($1, $2, 'claimed', 1, $3, NULL)",
                [person_id, day.isoformat(), as_stored(now)],
            )
            return 1

    def may_go(self, person_id: str, day: date) -> bool:
        """Whether this day's mail can be claimed, now or once its pause is over."""
        rows = self._engine.read("SELECT state FROM mail_sent WHERE person_id = $1 AND day = $2", [person_id, day.isoformat()])
        return rows[0][0] == "waiting" if rows else not self._engine.read(_LATER, _after(person_id, day))

    def settle(self, person_id: str, day: date, state: str, now: datetime, next_at: datetime | None = None) -> None:
        """What became of the attempt that was claimed."""
        with self._engine.transaction() as transaction:
            transaction.execute(
                "UPDATE mail_sent SET state = $3, noted_at = $4, next_at = $5 WHERE person_id = $1 AND day = $2",
                [person_id, day.isoformat(), state, as_stored(now), as_stored(next_at) if next_at else None],
            )

    def abandon(self) -> int:
        """For before anything is sent: what is still claimed was cut off, and nobody knows whether it arrived. How many those are."""
        ((count,),) = self._engine.read("SELECT count(*) FROM mail_sent WHERE state = 'claimed'")
        if count:
            with self._engine.transaction() as transaction:
                transaction.execute("UPDATE mail_sent SET state = 'unknown' WHERE state = 'claimed'")
        return count

    def states(self, since: date) -> Mapping[str, int]:
        """{state: how many mails of the days from `since` on}"""
        rows = self._engine.read("SELECT state, count(*) FROM mail_sent WHERE day >= $1 GROUP BY state", [since.isoformat()])
        return Counter(dict(rows))


_LATER = "SELECT 1 FROM mail_sent WHERE person_id = $1 AND day > $2 AND day <= $3 LIMIT 1"


def _after(person_id: str, day: date) -> list[str]:
    return [person_id, day.isoformat(), (day + CLOCK_WAS_WRONG).isoformat()]


def _claimed_again(transaction: Transaction, person_id: str, day: date, now: datetime, state: str, attempts: int, next_at: datetime | None) -> int:
    if state != "waiting" or still_waiting(as_read(next_at), now):
        return 0
    transaction.execute(
        "UPDATE mail_sent SET state = 'claimed', attempts = $3, noted_at = $4 WHERE person_id = $1 AND day = $2",
        [person_id, day.isoformat(), attempts + 1, as_stored(now)],
    )
    return attempts + 1


_NAMES = ("person_id", "address", "rhythm", "weekday", "hour", "language", "chosen_at", "refused")
_COLUMNS = ", ".join(_NAMES)
_QUALIFIED = ", ".join(f"mail_choice.{name}" for name in _NAMES)
