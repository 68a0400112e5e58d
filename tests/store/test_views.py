"""A view for every kind of row, with real columns."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from pso_core.steps import KINDS
from pso_core.store import Store
from pso_core.store.views import SQL_TYPES
from tests.store.rows import removal, save, write

ONE_OF_EACH = [(f"a_{type_}", type_) for type_ in SQL_TYPES]


def test_every_type_of_field_becomes_a_column_of_its_type(database: Path):
    store = Store.open(database, kinds=[("thing", ONE_OF_EACH)])
    values = ["ก", 3, 2.5, True, "2001-10-09", "2001-10-09T03:00:00Z", "main", "mission:1", "p1", {"speed": 2}]
    save(store, write("thing:a", **dict(zip((name for name, _ in ONE_OF_EACH), values, strict=True))), write("thing:b"))
    columns = ", ".join(name for name, _ in ONE_OF_EACH)
    assert store.engine.read(f"SELECT project_id, entity_id, revision, seq, {columns} FROM current_thing ORDER BY entity_id") == [
        ("lampang", "thing:a", 1, 1, "ก", 3, 2.5, True, date(2001, 10, 9), datetime(2001, 10, 9, 3), "main", "mission:1", "p1", '{"speed":2}'),
        ("lampang", "thing:b", 1, 1, *[None] * 10),
    ]
    store.close()


def test_a_view_shows_only_what_stands_now_and_survives_values_of_another_type(database: Path):
    store = Store.open(database, kinds=[("task", [("points", "whole")])])
    save(store, write("task:a", points=1), write("task:b", points=2), write("task:c", points="มาก"))
    save(store, write("task:a", 1, points=5), removal("task:b", 1))
    save(store, write("task:a", points=7), project="other")
    store.redact("lampang", "task:a", 1, person_id="malee", reason="")
    rows = store.engine.read("SELECT project_id, entity_id, points FROM current_task ORDER BY ALL")
    assert rows == [("lampang", "task:a", 5), ("lampang", "task:c", None), ("other", "task:a", 7)]
    store.close()


def test_a_view_follows_its_declaration_at_the_next_start(database: Path):
    for columns, expected in ([("name", "text")], ["name"]), ([("name", "text"), ("points", "number")], ["name", "points"]):
        store = Store.open(database, kinds=[("task", columns)])
        described = [row[0] for row in store.engine.read("DESCRIBE current_task")]
        assert described[4:] == expected
        store.close()


def test_views_that_are_as_they_are_to_be_are_not_made_again(database: Path):
    """A mark in place of one shows whether it was made anew."""
    kinds = [("task", [("name", "text")])]
    for wanted, there in ((kinds, "name"), (kinds, "marked"), ([*kinds, ("other", [("name", "text")])], "name")):
        store = Store.open(database, kinds=wanted)
        assert [row[0] for row in store.engine.read("DESCRIBE current_task")][-1] == there
        with store.engine.transaction() as transaction:
            transaction.execute("CREATE OR REPLACE VIEW current_task AS SELECT 1 AS marked")
        store.close()


def test_every_kind_of_the_nine_steps_can_be_a_view(database: Path):
    kinds = [(kind.name, [(field.name, field.type) for field in kind.fields]) for kind in KINDS.values()]
    store = Store.open(database, kinds=kinds)
    assert {name: store.engine.read(f"SELECT * FROM current_{name}") for name in KINDS} == dict.fromkeys(KINDS, [])
    store.close()


def test_a_name_that_is_no_name_is_a_bug(database: Path):
    with pytest.raises(ValueError, match="cannot be the name"):
        Store.open(database, kinds=[("task", [('a" AS b, (SELECT 1) AS "c', "text")])])
