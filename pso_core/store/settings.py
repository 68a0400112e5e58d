"""Settings of this installation: a name and a JSON value."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Lock
from typing import Any

from pso_core.store.engine import Engine, Transaction


class Settings:
    def __init__(self, engine: Engine):
        self._engine = engine
        self._changing = Lock()

    def get(self, name: str, default: Any = None) -> Any:
        rows = self._engine.read_kept("SELECT value FROM setting WHERE name = $1", [name], ("setting",))
        return json.loads(rows[0][0]) if rows else default

    def set(self, name: str, value: Any) -> None:
        with self._engine.transaction() as transaction:
            put_setting(transaction, name, value)

    def change(self, name: str, to: Callable[[Any], Any], default: Any = None) -> None:
        """Write what follows from the value of now; of two who change at once, the second follows the first. What `to` raises refuses it."""
        with self._changing:
            self.set(name, to(self.get(name, default)))


def put_setting(transaction: Transaction, name: str, value: Any) -> None:
    transaction.execute(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, json.dumps(value, ensure_ascii=False)],
    )
