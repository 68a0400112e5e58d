"""A view for every kind of row with real columns, for analysis in SQL: `current_task`, `current_score` …"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from pso_core.store.engine import Engine
from pso_core.store.settings import Settings, put_setting

MADE = "views"  # the setting that tells which views were made: making them takes longer than all else at a start

SQL_TYPES = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "day": "DATE",
    "moment": "TIMESTAMP",
    "choice": "VARCHAR",
    "reference": "VARCHAR",
    "person": "VARCHAR",
    "levels": "JSON",
}

Columns = Iterable[tuple[str, str]]


def create(engine: Engine, kinds: Iterable[tuple[str, Columns]]) -> None:
    """Replace the views of these kinds unless they are there as they are to be; a column is (field name, field type: a word of SQL_TYPES)."""
    statements = ";\n".join(_view(kind, columns) for kind, columns in kinds)
    made = sha256(statements.encode()).hexdigest()
    if statements and Settings(engine).get(MADE) != made:
        with engine.transaction() as transaction:
            transaction.execute(statements)
            put_setting(transaction, MADE, made)


def _view(kind: str, columns: Columns) -> str:
    # Only here may SQL be DuckDB's own.
    fields = [f"{_value(name, type_)} AS {_name(name)}" for name, type_ in columns]
    return (
        f"CREATE OR REPLACE VIEW {_name('current_' + kind)} AS"
        f" SELECT {', '.join(['project_id', 'entity_id', 'revision', 'seq', *fields])}"
        " FROM (SELECT *, row_number() OVER (PARTITION BY project_id, entity_id ORDER BY revision DESC) AS age"
        f" FROM revision WHERE kind = '{kind}') AS aged WHERE age = 1 AND NOT removed"
    )


def _value(field: str, type_: str) -> str:
    body, path = "nullif(body, '')", f"'$.\"{field}\"'"
    if SQL_TYPES[type_] == "JSON":
        return f"json_extract({body}, {path})"
    return f"TRY_CAST(json_extract_string({body}, {path}) AS {SQL_TYPES[type_]})"


def _name(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"{name!r} cannot be the name of a view or column")
    return f'"{name}"'
