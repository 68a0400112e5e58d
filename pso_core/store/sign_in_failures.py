"""Counts attempts to sign in before they are checked, so that many at once cannot slip past the count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from pso_core.store.engine import Engine, Transaction
from pso_core.store.moments import as_stored

_COUNT = (
    "INSERT INTO sign_in_failure (about, failures, last_at) VALUES ($1, 1, $2)"
    " ON CONFLICT (about) DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at"
)


class SignInFailures:
    """`abouts` are what an attempt is counted against: the login tried and the address it came from."""

    def __init__(self, engine: Engine):
        self._engine = engine

    def attempt(
        self, abouts: Iterable[str], now: datetime, *, forgotten_after: timedelta, wait_after: Callable[[str, int], timedelta]
    ) -> timedelta:
        """Zero: the attempt is counted as failed until forgiven. Otherwise how long to wait still; nothing was counted."""
        abouts, now = sorted(abouts), as_stored(now)
        with self._engine.transaction() as transaction:
            transaction.execute("DELETE FROM sign_in_failure WHERE last_at < $1", [now - forgotten_after])
            transaction.execute("UPDATE sign_in_failure SET last_at = $1 WHERE last_at > $1", [now])  # the clock was put back: nobody waits for it to catch up
            wait = max(self._wait(transaction, about, now, wait_after) for about in abouts)
            if not wait:
                for about in abouts:
                    transaction.execute(_COUNT, [about, now])
        return wait

    def forgive(self, login: str, address: str) -> None:
        """The password was right: the login starts anew; the address gets back this one attempt only."""
        with self._engine.transaction() as transaction:
            transaction.execute("DELETE FROM sign_in_failure WHERE about = $1", [login])
            transaction.execute("UPDATE sign_in_failure SET failures = failures - 1 WHERE about = $1", [address])

    @staticmethod
    def _wait(transaction: Transaction, about: str, now: datetime, wait_after: Callable[[str, int], timedelta]) -> timedelta:
        rows = transaction.read("SELECT failures, last_at FROM sign_in_failure WHERE about = $1", [about])
        if not rows:
            return timedelta(0)
        failures, last_at = rows[0]
        return max(last_at + wait_after(about, failures) - now, timedelta(0))
