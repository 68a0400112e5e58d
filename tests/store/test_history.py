"""As it was, who changed what, and what must not be kept."""

from __future__ import annotations

import pytest

from pso_core.errors import NotFound, PsoError
from pso_core.store import Entry, Redacted, RowChange, Store, Write
from tests.store.rows import everything, fill, named_codes, removal, save, write


@pytest.fixture
def story(store: Store) -> Store:
    """1 vision and two tasks; 2 the vision anew; 3 a task gone and another project; 4 the task again."""
    save(store, write("vision", text="เลขที่ 1-5204"), write("task:a", name="ก"), write("task:b", name="ข"), person_id="somchai", action="create")
    save(store, write("vision", 1, text="ข"), person_id="malee", reason="แก้ตามที่ประชุม", session_id="s1")
    save(store, write("vision", text="คนละโครงการ"), project="other")
    save(store, removal("task:b", 1))
    save(store, write("task:b", 2, name="ค"))
    return store


def test_as_of_any_change_is_the_state_that_was_current_then(store: Store):
    current = []
    for n in range(12):
        save(store, write("vision", n, text=str(n)), *([removal(f"task:{n - 1}", 1)] if n % 3 == 2 else [write(f"task:{n}", name=str(n))]))
        current.append(store.state("lampang"))
    assert [store.as_of("lampang", state.seq) for state in current] == current


@pytest.mark.parametrize("seq", [0, -1, 5, 10**12])
def test_there_is_no_state_of_a_change_that_never_was(story: Store, seq: int):
    with pytest.raises(NotFound, match="change_not_found"):
        story.as_of("lampang", seq)


def test_a_change_says_who_what_from_what_to_what_and_why(story: Store):
    second = story.history("lampang")[2]
    assert (second.seq, second.person_id, second.action, second.session_id, second.reason) == (2, "malee", "save", "s1", "แก้ตามที่ประชุม")
    assert second.rows == (RowChange("vision", "vision", 2, {"text": "เลขที่ 1-5204"}, {"text": "ข"}),)
    assert [(row.entity_id, row.done, row.before, row.after) for change in story.history("lampang")[:2] for row in change.rows] == [
        ("task:b", "added", None, {"name": "ค"}),
        ("task:b", "removed", {"name": "ข"}, None),
    ]


def test_a_change_of_a_redacted_body_is_still_a_change(story: Store):
    story.redact("lampang", "vision", 1, person_id="admin", reason="ข้อมูลส่วนบุคคล")
    assert [(row.before, row.done) for change in story.history("lampang", entity_id="vision") for row in change.rows] == [(None, "changed"), (None, "added")]


def test_a_history_is_newest_first_and_read_in_pages(story: Store):
    pages = [story.history("lampang", limit=3), story.history("lampang", limit=3, before_seq=2)]
    assert [[change.seq for change in page] for page in pages] == [[4, 3, 2], [1]]
    assert story.history("lampang", before_seq=1) == []


def test_a_history_of_one_row_or_kind_leaves_out_the_rest(story: Store):
    assert [(c.seq, len(c.rows)) for c in story.history("lampang", entity_id="task:b")] == [(4, 1), (3, 1), (1, 1)]
    assert [(c.seq, len(c.rows)) for c in story.history("lampang", kinds=["task"])] == [(4, 1), (3, 1), (1, 2)]
    assert [(c.seq, len(c.rows)) for c in story.history("lampang", kinds=("task", "vision"), limit=2)] == [(4, 1), (3, 1)]
    assert [c.seq for c in story.history("lampang", kinds=["vision"], before_seq=2)] == [1]
    assert [c.seq for c in story.history("lampang", kinds=["task"], entity_id="vision")] == []
    assert story.history("lampang", kinds=[]) == []


def test_a_redacted_body_is_gone_its_hash_holds_the_chain_and_the_log_says_who_and_why(story: Store, database, tmp_path):
    before = everything(story)
    assert story.redact("lampang", "vision", 1, person_id="malee", reason="มีเลขประจำตัวประชาชน") == 5
    logged = story.history("lampang", limit=1)[0]
    assert (logged.person_id, logged.action, logged.reason, logged.redactions) == ("malee", "redact", "มีเลขประจำตัวประชาชน", (("vision", 1),))
    assert [(r.before, r.after, bool(r.redacted)) for c in story.history("lampang", entity_id="vision") for r in c.rows] == [
        (None, {"text": "ข"}, False),
        (None, None, True),
    ]
    assert dict(story.as_of("lampang", 1).rows["vision"].body) == {}
    assert story.state("lampang").rows["vision"]["text"] == "ข"
    assert story.engine.read("SELECT entity_id FROM revision WHERE body LIKE '%1-5204%'") == []
    assert [change.digest for change in everything(story)][:4] == [change.digest for change in before][:4]
    assert story.check() == ()
    copy = story.backup(tmp_path / "b.duckdb")
    story.close()
    assert (named_codes(database), named_codes(copy.path)) == (set(), set())


def test_the_body_that_stands_cannot_be_redacted_only_replaced_first(story: Store):
    with pytest.raises(PsoError, match="redact_newest"):
        story.redact("lampang", "vision", 2, person_id="malee", reason="")
    save(story, removal("vision", 2))
    assert story.redact("lampang", "vision", 2, person_id="malee", reason="") == 6
    assert story.check() == ()


@pytest.mark.parametrize(("entity_id", "revision"), [("vision", 0), ("vision", 3), ("task:b", 2), ("nobody", 1)])
def test_what_has_no_body_cannot_be_redacted(story: Store, entity_id: str, revision: int):
    with pytest.raises(NotFound, match="nothing_to_redact"):
        story.redact("lampang", entity_id, revision, person_id="malee", reason="")
    assert story.state("lampang").seq == 4


def test_a_body_is_redacted_once(story: Store):
    story.redact("lampang", "vision", 1, person_id="malee", reason="")
    with pytest.raises(NotFound, match="nothing_to_redact"):
        story.redact("lampang", "vision", 1, person_id="malee", reason="")
    assert story.state("lampang").seq == 5


def test_a_history_with_a_redaction_can_be_told_to_another_store(story: Store, tmp_path):
    story.redact("lampang", "vision", 1, person_id="malee", reason="")
    told = []
    for change in reversed(story.history("lampang", limit=99)):
        entry = Entry(change.person_id, change.action, change.occurred_at, change.session_id, change.reason)
        writes = [Write(r.entity_id, r.kind, r.revision - 1, Redacted(r.redacted) if r.redacted else r.after) for r in change.rows]
        told.append((entry, writes, change.redactions))
    other = Store.open(tmp_path / "other.duckdb")
    assert other.replay("copy", told, digest=story.digest("lampang")) == story.digest("lampang")
    assert (other.history("copy"), other.check()) == (story.history("lampang"), ())
    assert other.state("copy").rows == story.state("lampang").rows
    other.close()


def test_a_long_history_is_read_a_page_at_a_time_or_whole(store: Store):
    fill(store, 300, letters=1)
    page = store.history("lampang", kinds=["vision"], before_seq=200, limit=10)
    assert [(change.seq, change.rows[0].before["text"]) for change in page] == [(n, f"วิสัยทัศน์ {n - 2} ก") for n in range(199, 189, -1)]
    assert (len(store.history("lampang")), [change.seq for change in store.history("lampang", limit=None)]) == (50, list(range(300, 0, -1)))


def test_the_first_change_of_each_kind_is_found_whoever_else_was_there_before(store: Store):
    """Bringing a project in touches every kind; a row that is gone has still been the first; other projects do not count."""
    save(store, write("vision", text="นำเข้า"), write("task:a", name="นำเข้า"), action="import")
    save(store, write("task:b", name="ก"), project="other")
    save(store, write("task:b", name="ก"))
    save(store, removal("task:b", 1), write("goal:a", name="ข"))
    save(store, write("vision", 1, text="ใหม่"))
    when = {change.seq: change.occurred_at for change in store.history("lampang")}
    assert store.first_events("lampang", without=("import", "create")) == {kind: (seq, when[seq]) for kind, seq in (("task", 2), ("goal", 3), ("vision", 4))}
    assert store.first_events("lampang") == {kind: (seq, when[seq]) for kind, seq in (("vision", 1), ("task", 1), ("goal", 3))}
    assert store.first_events("nothing here") == {}
