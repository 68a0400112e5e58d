"""Settings of this installation: a name and a JSON value."""

from __future__ import annotations

import json
from typing import Any

from pso_core.store.engine import Engine, Transaction


class Settings:
    def __init__(self, engine: Engine):
        self._engine = engine

    def get(self, name: str, default: Any = None) -> Any:
        rows = self._engine.read("SELECT value FROM setting WHERE name = $1", [name])
        return json.loads(rows[0][0]) if rows else default

    def set(self, name: str, value: Any) -> None:
        with self._engine.transaction() as transaction:
            put_setting(transaction, name, value)


def put_setting(transaction: Transaction, name: str, value: Any) -> None:
    transaction.execute(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, json.dumps(value, ensure_ascii=False)],
    )
