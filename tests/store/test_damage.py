"""Files damaged or altered outside the program: refused at opening or named by a check, never silently believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from pso_core.errors import PsoError
from pso_core.store import Finding, Store
from tests.store.rows import copied, crash_image, everything, fill, named_codes, save, write

CHANGES, LETTERS = 40, 600  # letters fill the file; each row costs every check


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database with a history of CHANGES changes in its main file."""
    store = Store.open(tmp_path_factory.mktemp("closed") / "nine.duckdb")
    fill(store, CHANGES, letters=LETTERS)
    store.close()
    return store.engine.path


@pytest.fixture
def healthy(closed: Path, tmp_path: Path) -> Path:
    return copied(closed, tmp_path / "healthy")


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose whole history is still in the write-ahead log."""
    store = Store.open(tmp_path_factory.mktemp("open") / "nine.duckdb")
    fill(store, CHANGES, letters=LETTERS)
    left = crash_image(store, tmp_path_factory.mktemp("crash") / "left")
    store.close()
    return left


def outcome(path: Path) -> str:
    """Refused, named, or sound: then everything is there and can be added to."""
    try:
        store = Store.open(path)
    except PsoError as refusal:
        return refusal.code
    try:
        codes = {finding.code for finding in (*store.findings, *store.check())}
        if codes:
            return ", ".join(sorted(codes))
        assert [change.seq for change in everything(store)] == list(range(1, CHANGES + 1))
        assert save(store, write("vision", CHANGES, text="ต่อ"), write("task:new", text="ใหม่")) == CHANGES + 1
        return "sound"
    finally:
        store.close()


def outcomes(database: Path, folder: Path, damaged: Iterable[tuple[str, bytes]]) -> Counter[str]:
    """What becomes of copies of which one part (its suffix) has these bytes instead."""
    found: Counter[str] = Counter()
    for n, (suffix, content) in enumerate(damaged):
        copy = copied(database, folder / str(n))
        copy.with_name(copy.name + suffix).write_bytes(content)
        found[outcome(copy)] += 1
    return found


def flipped(content: bytes, places: int) -> Iterable[bytes]:
    """One bit changed, at so many places evenly over the whole."""
    for n in range(places):
        place = len(content) * (2 * n + 1) // (2 * places)
        yield content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :]


def test_a_flipped_bit_in_the_file_is_refused_or_named_or_harmless(healthy: Path, tmp_path: Path):
    content = healthy.read_bytes()
    found = outcomes(healthy, tmp_path / "flips", (("", damaged) for damaged in flipped(content, 32)))
    assert set(found) <= {"database_damaged", "file_unreadable", "sound"}
    assert found["database_damaged"] + found["file_unreadable"] >= 7  # the rest of the file is free blocks


def test_a_flipped_bit_in_the_file_header_is_refused(healthy: Path, tmp_path: Path):
    content = healthy.read_bytes()
    headers = (("", damaged + content[4096:]) for damaged in flipped(content[:4096], 12))
    found = outcomes(healthy, tmp_path / "flips", headers)
    assert set(found) <= {"database_damaged", "database_newer"}
    assert found.total() == 12


def test_a_flipped_bit_in_the_log_is_refused_or_named(crashed: Path, tmp_path: Path):
    content = crashed.with_name(crashed.name + ".wal").read_bytes()
    found = outcomes(crashed, tmp_path / "flips", ((".wal", damaged) for damaged in flipped(content, 48)))
    assert set(found) <= {"database_damaged", "tail_lost", "tail_lost, witness", "sound"}
    assert (found["sound"], found.total()) == (0, 48)


def test_a_file_cut_short_is_refused_or_named(healthy: Path, tmp_path: Path):
    content = healthy.read_bytes()
    cuts = [("", content[: len(content) * n // 16]) for n in range(1, 16)]
    found = outcomes(healthy, tmp_path / "cuts", cuts)
    assert set(found) <= {"database_damaged", "file_unreadable", "sound"}
    assert found["database_damaged"] + found["file_unreadable"] >= 3


def test_a_log_cut_short_has_lost_its_tail_and_is_named(crashed: Path, tmp_path: Path):
    content = crashed.with_name(crashed.name + ".wal").read_bytes()
    cuts = ((".wal", content[: int(len(content) * kept)]) for kept in (0.2, 0.5, 0.9, 0.999))
    assert outcomes(crashed, tmp_path / "cuts", cuts) == {"tail_lost": 4}


def test_a_missing_log_is_named_with_what_was_lost_and_stays_named(store: Store, database: Path, tmp_path: Path):
    fill(store, 3)
    store.close()
    store = Store.open(database)
    save(store, write("vision", 3, text="หาย"))
    save(store, write("vision", 4, text="หายด้วย"))
    left = crash_image(store, tmp_path / "crash")
    store.close()
    left.with_name(left.name + ".wal").unlink()

    lost = Finding("tail_lost", {"project_id": "lampang", "seq": 5, "last": 3})
    again = Store.open(left)
    assert lost in again.findings
    assert lost in again.check()
    assert save(again, write("vision", 3, text="เขียนใหม่"), write("task:x", text="เขียนใหม่")) == 4
    save(again, write("vision", 4, text="เขียนใหม่"))
    save(again, write("vision", 5, text="เขียนใหม่"))
    again.close()
    for _ in range(2):
        assert named_codes(left) == {"history_rewritten"}


ALTERATIONS = {
    "UPDATE revision SET body = '{\"text\":\"ปลอม\"}' WHERE entity_id = 'vision' AND revision = 2": {"body_altered"},
    "UPDATE revision SET body = '' WHERE entity_id = 'vision' AND revision = 2": {"body_altered"},
    "UPDATE revision SET kind = 'mission' WHERE entity_id = 'vision' AND revision = 2": {"chain_broken"},
    "UPDATE revision SET body_hash = repeat('0', 64) WHERE entity_id = 'vision' AND revision = 2": {"chain_broken", "body_altered"},
    "UPDATE revision SET removed = true WHERE entity_id = 'vision' AND revision = 2": {"chain_broken"},
    "UPDATE change SET person_id = 'somebody else' WHERE seq = 2": {"chain_broken"},
    "UPDATE change SET occurred_at = occurred_at + INTERVAL 1 SECOND WHERE seq = 2": {"chain_broken"},
    "UPDATE change SET reason = 'another' WHERE seq = 2": {"chain_broken"},
    "UPDATE change SET digest = repeat('0', 64) WHERE seq = 2": {"chain_broken"},
    "DELETE FROM change WHERE seq = 2": {"change_missing", "chain_broken"},
    "DELETE FROM revision WHERE entity_id = 'vision' AND revision = 2": {"revision_missing", "chain_broken"},
    "DELETE FROM revision WHERE entity_id = 'task:1'": {"chain_broken"},
    "INSERT INTO redaction VALUES ('lampang', 'vision', 2, 3)": {"chain_broken"},
    "INSERT INTO revision SELECT project_id, 'task:new', 1, 99, kind, removed, body, body_hash FROM revision WHERE entity_id = 'task:1'": {
        "change_missing"
    },
    "DELETE FROM change WHERE seq = 4; DELETE FROM revision WHERE seq = 4": {"tail_lost"},
    "DELETE FROM change; DELETE FROM revision": {"tail_lost"},
}


def test_what_is_altered_by_sql_is_named(store: Store, tmp_path: Path):
    fill(store, 4)
    store.close()
    assert named_codes(store.engine.path) == set()
    found = {}
    for n, sql in enumerate(ALTERATIONS):
        altered = Store.open(copied(store.engine.path, tmp_path / str(n)))
        with altered.engine.transaction() as transaction:
            transaction.execute(sql)
        found[sql] = {finding.code for finding in altered.check()}
        altered.close()
    assert found == ALTERATIONS


def test_a_history_written_anew_with_right_digests_is_still_not_the_one_witnessed(store: Store, tmp_path: Path):
    fill(store, 4)
    forged = Store.open(tmp_path / "forged.duckdb")
    fill(forged, 4, letters=100)
    store.close()
    forged.close()
    forged.engine.path.replace(store.engine.path)
    assert named_codes(store.engine.path) == {"history_rewritten"}


def test_a_missing_witness_is_said_once_and_made_again(healthy: Path):
    healthy.with_name(healthy.name + ".witness").unlink()
    assert [named_codes(healthy) for _ in range(2)] == [{"witness_missing"}, set()]


def test_a_half_written_line_of_the_witness_harms_nothing(healthy: Path):
    with healthy.with_name(healthy.name + ".witness").open("ab") as witness:
        witness.write(b'\n["lampang", 12')
    assert named_codes(healthy) == set()


def test_the_witness_stays_short(healthy: Path):
    lines = healthy.with_name(healthy.name + ".witness").read_text().split()
    Store.open(healthy).close()
    assert len(lines) > CHANGES
    assert len(healthy.with_name(healthy.name + ".witness").read_text().splitlines()) == 2
