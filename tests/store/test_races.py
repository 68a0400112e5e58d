"""Many people at once on the same rows."""

from __future__ import annotations

import threading
from collections import Counter

from pso_core.store import Stale, Store, revisions
from tests.store.rows import everything, save, write

THREADS, SAVES, ROWS = 50, 20, 5


def test_of_fifty_people_on_the_same_rows_one_wins_each_revision_and_nothing_is_lost(store: Store):
    save(store, *(write(f"task:{n}", marks="") for n in range(ROWS)))
    lost_races: Counter[str] = Counter()

    def person(name: str) -> None:
        for n in range(SAVES):
            while True:
                row = store.state("lampang").rows[f"task:{n % ROWS}"]
                try:
                    save(store, write(row.id, row.revision, mark=f"{name}/{n}"), person_id=name)
                    break
                except Stale as stale:
                    lost_races[stale.entity_ids[0]] += 1

    threads = [threading.Thread(target=person, args=(str(n),)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    changes = everything(store)
    assert [change.seq for change in changes] == list(range(1, 2 + THREADS * SAVES))
    marks = Counter(row.after["mark"] for change in changes[1:] for row in change.rows)
    assert marks == Counter(f"{name}/{n}" for name in range(THREADS) for n in range(SAVES))
    revisions = Counter((row.entity_id, row.revision) for change in changes for row in change.rows)
    assert set(revisions) == {(f"task:{n}", r) for n in range(ROWS) for r in range(1, 2 + THREADS * SAVES // ROWS)}
    assert (set(revisions.values()), store.check()) == ({1}, ())
    assert len(lost_races) == ROWS  # there was a race on every row


def test_a_reader_never_sees_half_a_change(store: Store):
    save(store, write("weight:a", value=50), write("weight:b", value=50))
    sums, done = set(), threading.Event()

    def read() -> None:
        while not done.is_set():
            sums.add(sum(row["value"] for row in store.state("lampang").of("weight")))
            sums.add(sum(row["value"] for row in store.as_of("lampang", 1).of("weight")))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(1, 60):
        save(store, write("weight:a", n, value=50 + n % 40), write("weight:b", n, value=50 - n % 40))
    done.set()
    for reader in readers:
        reader.join()
    assert sums == {100}


def test_a_reader_who_comes_late_does_not_bring_back_the_past(store: Store, monkeypatch):
    save(store, write("vision", text="ก"))
    store._standings.clear()
    read = revisions.standing

    def slowly(*asked):
        before = read(*asked)
        monkeypatch.setattr(revisions, "standing", read)
        save(store, write("vision", 1, text="ข"))
        return before

    monkeypatch.setattr(revisions, "standing", slowly)
    assert [store.state("lampang").seq for _ in range(2)] == [2, 2]


def test_transactions_wait_for_each_other(store: Store):
    """Read, then write what was read plus one: only without another writer in between is no count lost."""
    store.settings.set("count", 0)

    def count() -> None:
        for _ in range(20):
            with store.engine.transaction() as transaction:
                ((value,),) = transaction.read("SELECT value FROM setting WHERE name = $1", ["count"])
                transaction.execute("UPDATE setting SET value = $1 WHERE name = $2", [str(int(value) + 1), "count"])

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.settings.get("count") == 160


def test_a_row_that_is_removed_while_the_keys_are_looked_at_is_no_damage(store: Store, monkeypatch):
    """Sessions end at any moment, also in that of a backup."""
    engine, list_rows = store.engine, store.engine.read
    with engine.transaction() as transaction:
        transaction.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY)")
        transaction.execute("INSERT INTO visit VALUES (1), (2)")

    def read(sql: str, params=()) -> list[tuple]:
        found = list_rows(sql, params)
        if sql.startswith('SELECT rowid FROM "visit"'):
            with engine.transaction() as transaction:
                transaction.execute("DELETE FROM visit WHERE id = 1")
        return found

    monkeypatch.setattr(engine, "read", read)
    engine.verify()
    assert list_rows("SELECT id FROM visit") == [(2,)]
