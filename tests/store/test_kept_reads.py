"""Answers are kept only while nobody writes to the tables they came from, whoever writes and however it ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pso_core.store.duckdb_engine import DuckDBEngine
from pso_core.store.kept_reads import MOST, KeptReads, table_written

ALL = "SELECT n FROM fruit ORDER BY n"


@pytest.fixture
def engine(database: Path) -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(database)
    write(opened, "CREATE TABLE fruit (n INTEGER)", "CREATE TABLE other (n INTEGER)", "INSERT INTO fruit VALUES (1)")
    yield opened
    opened.close()


def write(engine: DuckDBEngine, *statements: str) -> None:
    with engine.transaction() as transaction:
        for sql in statements:
            transaction.execute(sql)


def kept(engine: DuckDBEngine) -> list[tuple]:
    return engine.read_kept(ALL, (), ("fruit",))


@pytest.mark.parametrize(("sql", "then"), [
    ("INSERT INTO fruit VALUES (2)", [(1,), (2,)]),
    ("UPDATE fruit SET n = 7", [(7,)]),
    ("DELETE FROM fruit WHERE n = 1", []),
    ("WITH two AS (SELECT 2 AS n) INSERT INTO fruit SELECT n FROM two", [(1,), (2,)]),
])  # fmt: skip
def test_a_write_is_read_at_once_also_where_its_table_cannot_be_seen_in_the_statement(engine, sql, then):
    assert kept(engine) == [(1,)]
    write(engine, sql)
    assert kept(engine) == then


def test_a_table_is_asked_once_while_only_others_are_written_to(engine, monkeypatch):
    kept(engine)
    asked = []
    monkeypatch.setattr(engine, "read", lambda sql, params=(): asked.append(sql))
    write(engine, "INSERT INTO other VALUES (1)")
    assert kept(engine) == [(1,)]
    assert asked == []


def test_what_was_undone_was_never_read(engine):
    with pytest.raises(ZeroDivisionError), engine.transaction() as transaction:
        transaction.execute("INSERT INTO fruit VALUES (2)")
        assert kept(engine) == [(1,)]  # others do not see it either
        raise ZeroDivisionError
    assert kept(engine) == [(1,)]


def test_whoever_changes_the_rows_they_were_given_changes_nobody_elses(engine):
    kept(engine).append((9,))
    assert kept(engine) == [(1,)]


def test_an_answer_that_was_read_before_a_commit_and_came_after_it_is_not_kept():
    """The reader is stopped between its look at the table and its return, and somebody writes meanwhile."""
    reads, looked, wrote = KeptReads(), threading.Event(), threading.Event()

    def slow() -> list[tuple]:
        looked.set()
        assert wrote.wait(30)
        return [("old",)]

    reader = threading.Thread(target=lambda: reads.get(("q",), ("fruit",), slow))
    reader.start()
    assert looked.wait(30)
    reads.written(["fruit"])
    wrote.set()
    reader.join()
    assert reads.get(("q",), ("fruit",), lambda: [("new",)]) == [("new",)]


def test_no_more_answers_are_kept_than_stated_and_the_longest_unasked_goes_first():
    reads, asked = KeptReads(), []

    def ask(number: int) -> None:
        reads.get((number,), (), lambda: asked.append(number) or [])

    for number in range(MOST):
        ask(number)
    ask(0)
    ask(MOST)
    asked.clear()
    ask(0)
    ask(1)
    assert asked == [1]


@pytest.mark.parametrize(("sql", "table"), [
    ("INSERT INTO person (id) VALUES ($1)", "person"), ("  UPDATE session SET a = 1", "session"), ('DELETE FROM "draft"', "draft"),
    ("ALTER TABLE person ADD COLUMN x INTEGER", "*"), ("COPY FROM DATABASE a TO b", "*"),
])  # fmt: skip
def test_the_table_of_a_statement(sql, table):
    assert table_written(sql) == table
