"""Settings and drafts: small tables changed in place, read back as they were written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pso_core.store import Store
from pso_core.store.drafts import Draft

NOON, LATER = datetime(2026, 11, 23, 5, 0, tzinfo=UTC), datetime(2026, 11, 23, 5, 1, tzinfo=UTC)
TYPED = {"text": "วิสัยทัศน์ '; DROP TABLE draft; -- \x00 😀", "levels": {"coverage": 2}, "nothing": None}


def test_a_setting_is_any_json_and_replaced_in_place(store: Store):
    assert (store.settings.get("name"), store.settings.get("name", "ไม่มี")) == (None, "ไม่มี")
    for value in ({"ก": [1, 2.5, None, True]}, "ข้อความ", False, None):
        store.settings.set("name", value)
        assert store.settings.get("name", "ไม่มี") == value
    assert store.engine.read("SELECT count(*) FROM setting") == [(1,)]


def test_a_draft_is_replaced_by_the_next_and_gone_when_discarded(store: Store):
    store.drafts.keep("p1", "vision", {"text": "ก"}, NOON)
    store.drafts.keep("p1", "vision", TYPED, LATER)
    assert store.drafts.get("p1", "vision") == Draft(TYPED, LATER)
    store.drafts.discard("p1", "vision")
    assert store.drafts.get("p1", "vision") is None


def test_a_draft_belongs_to_one_person_and_one_place(store: Store):
    store.drafts.keep("p1", "vision", "ก", NOON)
    store.drafts.keep("p2", "vision", "ข", NOON)
    store.drafts.keep("p1", "mission", "ค", NOON)
    store.drafts.discard("p1", "vision")
    assert (store.drafts.places("p1"), store.drafts.places("p2")) == (("mission",), ("vision",))


def test_drafts_and_settings_survive_a_restart(database: Path):
    store = Store.open(database)
    store.drafts.keep("p1", "vision", TYPED, NOON)
    store.settings.set("example", True)
    store.close()
    store = Store.open(database)
    assert (store.drafts.get("p1", "vision"), store.settings.get("example")) == (Draft(TYPED, NOON), True)
    store.close()
