"""Links of examiners: only a digest is kept, they close at their second, and their log only grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pso_core.store import Store
from pso_core.store.examiner_links import ASKED, PREVIEWED, Access, ExaminerLink, Use

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SECOND, WHILE = timedelta(seconds=1), timedelta(minutes=10)
LINK = ExaminerLink("l1", "p", "pack", "สำนักงาน ก.พ.ร.", "p-head", NOW, NOW + timedelta(days=2))
SECRET, OTHER = "s" * 43, "t" * 43


def log(store: Store, what: str = "index", place: str = "", at: datetime = NOW, most: int = 100, link: str = "l1") -> bool:
    return store.examiner_links.log(Access(link, at, what, place), most, at - WHILE)


def test_a_link_is_found_by_its_secret_alone(store: Store):
    store.examiner_links.make(SECRET, LINK)
    assert (store.examiner_links.find(SECRET), store.examiner_links.get("l1"), store.examiner_links.of("p")) == (LINK, LINK, (LINK,))
    kept = store.engine.read("SELECT * FROM examiner_link")
    assert SECRET not in str(kept)
    assert [store.examiner_links.find(wrong) for wrong in (OTHER, "", SECRET[:-1], SECRET.upper(), next(cell for cell in kept[0] if isinstance(cell, str) and len(cell) == 64))] == [None] * 5
    assert store.examiner_links.of("q") == ()


def test_it_closes_at_its_second_and_not_before():
    assert [LINK.is_open(LINK.expires_at + by) for by in (-SECOND, 0 * SECOND, SECOND)] == [True, False, False]
    assert not replace(LINK, revoked_at=NOW).is_open(NOW)


def test_revoking_closes_one_link_and_keeps_the_first_time(store: Store):
    other = replace(LINK, id="l2", made_at=NOW + SECOND)
    store.examiner_links.make(SECRET, LINK)
    store.examiner_links.make(OTHER, other)
    store.examiner_links.revoke("l1", NOW + SECOND)
    store.examiner_links.revoke("l1", NOW + 9 * SECOND)
    assert store.examiner_links.of("p") == (other, replace(LINK, revoked_at=NOW + SECOND))


def test_the_log_tells_what_was_opened_the_newest_first(store: Store):
    store.examiner_links.make(SECRET, LINK)
    assert store.examiner_links.uses("p") == {}
    for number, what in enumerate(("index", "file", "file", "pack")):
        assert log(store, what, f"ไฟล์ {number}", NOW + number * SECOND)
    assert [(one.what, one.place) for one in store.examiner_links.accesses("l1", 3)] == [("pack", "ไฟล์ 3"), ("file", "ไฟล์ 2"), ("file", "ไฟล์ 1")]
    assert store.examiner_links.uses("p") == {"l1": Use(4, NOW + 3 * SECOND)}
    assert (store.examiner_links.accesses("l2", 9), store.examiner_links.uses("q")) == ((), {})


def test_previews_are_in_the_log_but_are_no_openings(store: Store):
    store.examiner_links.make(SECRET, LINK)
    log(store, PREVIEWED)
    assert store.examiner_links.uses("p") == {"l1": Use(0, None, 1)}
    log(store, at=NOW + SECOND)
    log(store, PREVIEWED, at=NOW + 2 * SECOND)
    assert store.examiner_links.uses("p") == {"l1": Use(1, NOW + SECOND, 2)}
    assert [one.what for one in store.examiner_links.accesses("l1", 9)] == [PREVIEWED, "index", PREVIEWED]


def test_what_is_too_much_in_a_while_is_not_noted(store: Store):
    assert [log(store, most=2) for _ in range(3)] == [True, True, False]
    assert log(store, most=2, link="l2")  # another link has its own
    assert log(store, ASKED, "inquiry:1", most=2)  # and questions theirs
    assert [log(store, most=2, at=NOW + by) for by in (WHILE - SECOND, WHILE)] == [False, True]


def test_the_inquiries_of_a_link_are_its_own(store: Store):
    log(store, ASKED, "inquiry:1")
    log(store, "file", "inquiry:2")
    log(store, ASKED, "inquiry:3", link="l2")
    assert (store.examiner_links.asked_by("l1"), store.examiner_links.asked_by("l2")) == ({"inquiry:1"}, {"inquiry:3"})


def test_nothing_of_whoever_opened_it_is_kept(store: Store):
    columns = {name for (name,) in store.engine.read("SELECT column_name FROM information_schema.columns WHERE table_name = 'examiner_access'")}
    assert columns == {"link_id", "number", "opened_at", "what", "place"}
