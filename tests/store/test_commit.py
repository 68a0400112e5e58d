"""Saving: what a change writes, what it must follow, who hears of it, and what undoes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pso_core.errors import DamagedFile, NotFound, PsoError
from pso_core.store import Entry, Stale, Store, Write
from tests.store.rows import everything, removal, save, write


def test_a_change_makes_the_state_that_a_fresh_start_reads_again(store: Store, database):
    save(store, write("agency", 0, name="สำนักงานจังหวัดลำปาง"), write("task:a", 0, points=57, lifts={"speed": 2}))
    save(store, write("task:a", 1, points=60.5), removal("agency", 1))
    kept = store.state("lampang")
    store.close()
    again = Store.open(database)
    assert again.state("lampang") == kept
    assert (kept.seq, kept.removed) == (2, {"agency": 1 + 1})
    assert {row.id: dict(row.body) for row in kept.rows.values()} == {"task:a": {"points": 60.5}}
    again.close()


def test_a_row_saved_by_somebody_else_first_is_stale_and_nothing_is_written(store: Store):
    save(store, write("task:a", name="ก"), write("task:b", name="ข"))
    save(store, write("task:a", 1, name="ของคนแรก"))
    before = everything(store)
    with pytest.raises(Stale) as late:
        save(store, write("task:a", 1, name="ของคนที่สอง"), write("task:b", 1, name="อีกแถว"), write("task:c", name="ใหม่"))
    assert late.value.entity_ids == ("task:a",)
    assert everything(store) == before


@pytest.mark.parametrize("base", [0, 2, 7, -1])
def test_a_revision_that_was_never_the_newest_is_stale(store: Store, base: int):
    save(store, write("task:a", name="ก"))
    with pytest.raises(Stale):
        save(store, write("task:a", base, name="ข"))
    assert store.state("lampang").seq == 1


def test_a_removed_row_can_be_written_again_after_its_last_revision(store: Store):
    save(store, write("task:a", name="ก"))
    save(store, removal("task:a", 1))
    with pytest.raises(Stale):
        save(store, write("task:a", 0, name="ก"))
    save(store, write("task:a", 2, name="ก"))
    assert (store.state("lampang").rows["task:a"].revision, dict(store.state("lampang").removed)) == (3, {})


def test_writing_behind_the_stores_back_overwrites_nobody(store: Store):
    """As another server of the same database would, with an engine that allows several."""
    save(store, write("task:a", name="ก"))
    with store.engine.transaction() as transaction:
        transaction.execute("INSERT INTO change SELECT project_id, 2, occurred_at, 'other', action, session_id, reason, 'x' FROM change")
        transaction.execute("INSERT INTO revision SELECT project_id, entity_id, 2, 2, kind, removed, '{\"name\":\"ของเครื่องอื่น\"}', 'x' FROM revision")
    with pytest.raises(Stale):
        save(store, write("task:a", 1, name="ของเรา"))
    assert dict(store.state("lampang").rows["task:a"].body) == {"name": "ของเครื่องอื่น"}


def test_a_check_that_raises_undoes_all(store: Store):
    save(store, write("weight:speed", weight=100))

    def weights_make_100(before, after):
        assert (before.seq, after.seq) == (1, 2)
        if sum(row["weight"] for row in after.of("weight")) != 100:
            raise PsoError("weights")

    with pytest.raises(PsoError, match="weights"):
        save(store, write("weight:accuracy", weight=5), check=weights_make_100)
    assert (store.state("lampang").seq, len(everything(store)), store.check()) == (1, 1, ())
    assert save(store, write("weight:accuracy", weight=5), write("weight:speed", 1, weight=95), check=weights_make_100) == 2


def test_writes_may_be_planned_on_the_state_they_will_follow(store: Store):
    save(store, write("task:a", points=1))
    seen = []

    def one_more(now):
        seen.append(now.seq)
        return [write("task:a", now.revision_of("task:a"), points=now.rows["task:a"]["points"] + 1)]

    assert [store.commit("lampang", one_more, person_id="somchai", action="save") for _ in range(2)] == [2, 3]
    assert (store.state("lampang").rows["task:a"]["points"], seen) == (3, [1, 2])


def test_without_writes_nothing_is_written_and_nobody_is_told(store: Store):
    save(store, write("task:a", name="ก"))
    heard = []
    store.subscribe(lambda *said: heard.append(said))
    assert save(store) == 1
    assert store.commit("nothing", lambda now: [], person_id="somchai", action="save") == 0
    assert (len(everything(store)), store.projects(), heard) == (1, ("lampang",), [])


def test_a_row_twice_in_one_change_is_a_bug(store: Store):
    with pytest.raises(ValueError, match="twice"):
        save(store, write("task:a", name="ก"), write("task:a", name="ข"))
    assert store.projects() == ()


def test_a_commit_inside_a_check_is_a_bug_not_a_standstill(store: Store):
    with pytest.raises(RuntimeError, match="inside"):
        save(store, write("task:a", name="ก"), check=lambda before, after: save(store, write("task:b", name="ข")))
    assert store.projects() == ()


def test_subscribers_hear_after_the_commit_and_one_that_fails_harms_nobody(store: Store, caplog):
    heard = []
    store.subscribe(lambda project, seq: 1 / 0)
    end = store.subscribe(lambda project, seq: heard.append((project, seq, store.state(project).seq)))
    save(store, write("task:a", name="ก"))
    end()
    assert save(store, write("task:a", 1, name="ข")) == 2
    assert (heard, len(caplog.records)) == ([("lampang", 1, 1)], 2)


def test_bodies_cannot_be_changed_by_those_who_read_them(store: Store):
    body = {"name": "ก"}
    save(store, Write("task:a", "task", 0, body))
    body["name"] = "ข"
    with pytest.raises(TypeError):
        store.state("lampang").rows["task:a"].body["name"] = "ค"
    assert store.state("lampang").rows["task:a"]["name"] == "ก"


def test_projects_are_listed_oldest_first(store: Store):
    day = datetime(2026, 1, 1, tzinfo=UTC)
    for project, age in (("b", 2), ("a", 1), ("c", 3)):
        save(store, write("agency", name=project), project=project, occurred_at=day - timedelta(days=age))
        store.projects()
    save(store, write("agency", 1, name="ก"), project="a", occurred_at=day - timedelta(days=9))
    assert store.projects() == ("c", "b", "a")


def test_a_time_is_kept_as_utc_and_one_without_a_zone_is_a_bug(store: Store):
    thai_noon = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=7)))
    save(store, write("agency", name="ก"), occurred_at=thai_noon)
    assert store.history("lampang")[0].occurred_at.isoformat() == "2026-01-01T05:00:00+00:00"
    assert store.check() == ()
    with pytest.raises(ValueError, match="zone"):
        save(store, write("agency", 1, name="ก"), occurred_at=datetime(2026, 1, 1))


def test_any_text_comes_back_as_it_went_in(store: Store, database):
    texts = ("'; DROP TABLE change; --", "=cmd|' /C calc'!A0", "<script>", "👩🏽‍🌾", "a\u0000b", '{"a":1}', "$1", "\\", "ก" * 100_000)
    for text in texts:
        save(store, write(f"task:{text[:50]}", name=text), project=text[:50], person_id=text[:50], reason=text)
    store.close()
    again = Store.open(database)
    found = {text: (again.state(text[:50]).rows[f"task:{text[:50]}"]["name"], again.history(text[:50])[0].reason) for text in texts}
    assert found == {text: (text, text) for text in texts}
    assert (again.check(), again.findings) == ((), ())
    again.close()


def test_a_project_that_is_not_there_is_said_so(store: Store):
    for ask in (store.state, store.digest, lambda project: store.as_of(project, 1)):
        with pytest.raises(NotFound, match="project_not_found"):
            ask("nowhere")
    assert store.history("nowhere") == []


def test_more_projects_than_fit_in_memory_are_read_again(store: Store, monkeypatch):
    monkeypatch.setattr("pso_core.store.store.KEPT_IN_MEMORY", 3)
    for n in range(8):
        save(store, write("agency", name=str(n)), project=f"p{n}")
    assert [store.state(f"p{n}").rows["agency"]["name"] for n in range(8)] == [str(n) for n in range(8)]
    assert save(store, write("agency", 1, name="ใหม่"), project="p0") == 2


def test_a_history_arrives_whole_or_not_at_all(store: Store):
    day = datetime(2001, 10, 9, tzinfo=UTC)
    first = (Entry("somchai", "create", day), [write("agency", name="ก")], [])
    second = (Entry("malee", "save", day, reason="แก้คำผิด"), [write("agency", 1, name="ข")], [])
    digest = store.replay("a", [first, second])
    with pytest.raises(DamagedFile, match="history_altered"):
        store.replay("b", [first, second], digest="0" * 64)
    with pytest.raises(Stale):
        store.replay("b", [first, first])
    assert store.projects() == ("a",)
    assert store.replay("b", [first, second], digest=digest) == digest
    assert [change.digest for change in store.history("a")] == [change.digest for change in store.history("b")]
    assert store.check() == ()
