"""Attached files in backups: carried along, checked, put back; and what a check says of those that are kept."""

from __future__ import annotations

import io
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pso_core.errors import DamagedFile, PsoError
from pso_core.store import Copied, Finding, Store, restore
from pso_core.store.contents import Contents, contents_of
from pso_core.store.migrate import MIGRATIONS
from pso_core.text.phrases import LANGUAGES, phrases
from tests.store.processes import started, told
from tests.store.rows import removal, save, write
from tests.store.test_disk_full import ballast, needs_mount, needs_posix, small_disk

__all__ = ["small_disk"]

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
FILES = [name.encode() * 5000 for name in ("แผน", "ภาพ", "รายงาน")]


def attach(store: Store, data: bytes, number: int = 1, project: str = "lampang", base: int = 0) -> str:
    """Put a content and a row that names it; its SHA-256."""
    kept = store.contents.put(io.BytesIO(data), 2**30)
    save(store, write(f"attachment:e-{number}", base, number=number, name="แผน.pdf", sha256=kept.sha256, bytes=kept.bytes), project=project)
    return kept.sha256


def alter(contents: Contents, sha256: str) -> None:
    """One bit, under a name that other folders do not share."""
    path = contents.path_of(sha256)
    data = bytearray(path.read_bytes())
    data[7] ^= 1
    path.unlink()
    path.write_bytes(data)


def kept(database: Path) -> dict[str, bytes]:
    contents = Contents(contents_of(database))
    return {sha256: contents.path_of(sha256).read_bytes() for sha256 in contents.all()}


def found(store: Store) -> list[tuple[str, str, str]]:
    return [(one.code, one.facts["project"], one.facts["entity_id"]) for one in store.check()]


@pytest.fixture
def shas(store: Store) -> list[str]:
    """Three files in two projects; one of them also in an earlier revision and in a row that was removed."""
    first, second = attach(store, FILES[0], 1), attach(store, FILES[1], 2)
    third = attach(store, FILES[2], 2, base=1)
    attach(store, FILES[0], 3, project="chiang-mai")
    save(store, removal("attachment:e-3", 1), project="chiang-mai")
    store.contents.put(io.BytesIO(b"nobody needs it"), 99)
    return [first, second, third]


# Backup


def test_a_backup_carries_every_file_that_any_revision_names_and_no_other(store: Store, shas: list[str], tmp_path: Path):
    made = store.backup(tmp_path / "backup" / "b.duckdb")
    assert (made.files, made.missing, made.findings) == (3, 0, ())
    assert made.folder == tmp_path / "backup" / "b.duckdb.files"
    assert kept(made.path) == dict(zip(shas, FILES, strict=True))
    assert sorted(path.name for path in made.path.parent.iterdir()) == ["b.duckdb", "b.duckdb.files", "b.duckdb.witness"]
    copy = Store.open(made.path)
    assert copy.check() == ()
    copy.close()


@needs_posix
def test_on_the_same_disk_a_backup_takes_no_room_for_files(store: Store, shas: list[str], tmp_path: Path):
    made = store.backup(tmp_path / "b.duckdb")
    assert all(os.path.samefile(store.contents.path_of(sha256), Contents(made.folder).path_of(sha256)) for sha256 in shas)
    assert made.folder.stat().st_mode & 0o077 == 0


@needs_mount
def test_on_another_disk_they_are_copied(store: Store, shas: list[str], small_disk: Path):
    made = store.backup(small_disk / "b.duckdb")
    assert (made.files, kept(made.path)) == (3, dict(zip(shas, FILES, strict=True)))


def test_what_is_there_already_is_not_copied_again_and_what_is_altered_is(store: Store, shas: list[str], tmp_path: Path):
    earlier = store.backup(tmp_path / "b.duckdb")
    alter(Contents(earlier.folder), shas[0])
    before = Contents(earlier.folder).path_of(shas[1]).stat()
    earlier.path.unlink()
    again = store.backup(tmp_path / "b.duckdb")
    assert (kept(again.path), again.findings) == (dict(zip(shas, FILES, strict=True)), ())
    assert Contents(again.folder).path_of(shas[1]).stat().st_mtime_ns == before.st_mtime_ns


def test_a_backup_without_attachments_makes_no_folder(store: Store, tmp_path: Path):
    save(store, write("vision", text="ก"))
    made = store.backup(tmp_path / "backup" / "b.duckdb")
    assert (made.files, made.missing, made.folder.exists()) == (0, 0, False)


def test_a_file_that_is_missing_or_altered_keeps_no_backup_from_being_made_but_is_told(store: Store, shas: list[str], tmp_path: Path):
    store.contents.drop(shas[0])
    alter(store.contents, shas[1])
    made = store.backup(tmp_path / "backup" / "b.duckdb")
    assert (made.files, made.missing) == (1, 2)
    assert sorted((one.code, one.facts["entity_id"]) for one in made.findings) == [
        ("content_altered", "attachment:e-2"), ("content_missing", "attachment:e-1"), ("content_missing", "attachment:e-3"),
    ]  # fmt: skip
    assert kept(made.path) == {shas[2]: FILES[2]}


@needs_mount
def test_a_backup_onto_a_disk_that_is_too_small_leaves_nothing(store: Store, small_disk: Path):
    attach(store, os.urandom(8 * 2**20))
    ballast(small_disk, left=6 * 2**20)
    with pytest.raises(PsoError, match="disk_refused"):
        store.backup(small_disk / "b.duckdb")
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]


# Check


def test_a_check_names_each_row_whose_file_is_missing_or_altered(store: Store, shas: list[str]):
    assert found(store) == []
    store.contents.drop(shas[0])
    alter(store.contents, shas[2])
    assert found(store) == [
        ("content_missing", "chiang-mai", "attachment:e-3"),
        ("content_missing", "lampang", "attachment:e-1"),
        ("content_altered", "lampang", "attachment:e-2"),
    ]


def test_a_file_of_an_earlier_revision_is_missed_too_until_the_revision_is_redacted(store: Store, shas: list[str]):
    store.contents.drop(shas[1])
    assert found(store) == [("content_missing", "lampang", "attachment:e-2")]
    store.redact("lampang", "attachment:e-2", 1, person_id="p", reason="ข้อมูลส่วนบุคคล")
    assert found(store) == []


def test_a_redacted_file_is_gone_unless_another_row_names_it(store: Store, shas: list[str]):
    store.redact("lampang", "attachment:e-2", 1, person_id="p", reason="ข้อมูลส่วนบุคคล")
    store.redact("chiang-mai", "attachment:e-3", 1, person_id="p", reason="ข้อมูลส่วนบุคคล")
    assert [store.contents.holds(sha256) for sha256 in shas] == [True, False, True]
    assert store.check() == ()
    save(store, removal("attachment:e-1", 1))
    store.redact("lampang", "attachment:e-1", 1, person_id="p", reason="ข้อมูลส่วนบุคคล")
    assert [store.contents.holds(sha256) for sha256 in shas] == [False, False, True]


def test_redacting_another_row_or_one_that_names_nothing_touches_no_file(store: Store, shas: list[str]):
    for n in range(2):
        save(store, write("vision", n, sha256=shas[0]), write("attachment:odd", n, sha256=["../x", 7][n]))
    for row in ("vision", "attachment:odd"):
        store.redact("lampang", row, 1, person_id="p", reason="ข้อมูลส่วนบุคคล")
    assert all(map(store.contents.intact, shas))


def test_a_row_that_names_no_content_is_a_missing_one_or_the_rows_own_mistake(store: Store):
    save(store, write("attachment:e-1", sha256="../../etc/passwd"), write("attachment:e-2", sha256=7), write("attachment:e-3"))
    assert found(store) == [("content_missing", "lampang", "attachment:e-1")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_finding_says_which_file_to_bring_back(store: Store, shas: list[str], language: str):
    store.contents.drop(shas[2])
    (finding,) = store.check()
    said = phrases(language)(f"refusals.findings.{finding.code}", **finding.facts)
    assert f"{shas[2][:2]}/{shas[2]}" in said and "attachment:e-2" in said


# Restore


@pytest.fixture
def made(store: Store, shas: list[str], tmp_path: Path) -> Copied:
    """A backup in a folder of its own; the database is closed."""
    copied = store.backup(tmp_path / "backup" / "b.duckdb")
    store.close()
    return copied


def test_a_restore_on_another_machine_brings_the_files(made: Copied, shas: list[str], tmp_path: Path):
    done = restore(made.path, tmp_path / "new" / "nine.duckdb", NOW)
    assert (done.files, done.missing, kept(done.path)) == (3, 0, dict(zip(shas, FILES, strict=True)))
    assert not os.path.samefile(Contents(done.folder).path_of(shas[0]), Contents(made.folder).path_of(shas[0]))
    store = Store.open(done.path)
    assert store.check() == ()
    store.close()


def test_a_restore_removes_no_file_and_mends_what_was_altered(made: Copied, shas: list[str], database: Path):
    here = Contents(contents_of(database))
    alter(here, shas[0])
    here.drop(shas[1])
    before = set(here.all())
    done = restore(made.path, database, NOW)
    assert set(here.all()) == before | {shas[1]}
    assert (done.files, here.intact(shas[0])) == (3, True)


def test_a_backup_with_altered_files_is_refused_before_anything_is_touched(made: Copied, shas: list[str], database: Path):
    alter(Contents(made.folder), shas[0])
    alter(Contents(made.folder), shas[2])
    Contents(contents_of(database)).drop(shas[1])
    before = {path: path.is_file() and path.read_bytes() for path in database.parent.rglob("*")}
    with pytest.raises(DamagedFile) as refusal:
        restore(made.path, database, NOW)
    assert (refusal.value.code, refusal.value.facts) == ("backup_files_damaged", {"folder": "b.duckdb.files", "count": 2, "first": shas[0]})
    assert "b.duckdb.files ชำรุด 2 ไฟล์" in phrases("th")("refusals.backup_files_damaged", **refusal.value.facts)
    assert {path: path.is_file() and path.read_bytes() for path in database.parent.rglob("*")} == before


def test_with_the_damaged_file_taken_out_it_is_restored_without_it(made: Copied, shas: list[str], tmp_path: Path):
    alter(Contents(made.folder), shas[0])
    Contents(made.folder).drop(shas[0])
    done = restore(made.path, tmp_path / "new" / "nine.duckdb", NOW)
    assert (done.files, done.missing, done.findings) == (2, 1, ())
    store = Store.open(done.path)
    assert found(store) == [("content_missing", "chiang-mai", "attachment:e-3"), ("content_missing", "lampang", "attachment:e-1")]
    store.close()


def test_a_backup_whose_folder_was_left_behind_uses_what_is_beside_the_database(made: Copied, database: Path):
    shutil.rmtree(made.folder)
    assert (restore(made.path, database, NOW).files, restore(made.path, database, NOW).missing) == (3, 0)


def test_files_that_are_nowhere_are_counted_and_the_rest_is_restored(made: Copied, database: Path):
    shutil.rmtree(made.folder)
    shutil.rmtree(contents_of(database))
    done = restore(made.path, database, NOW)
    assert (done.files, done.missing, done.changes) == (0, 3, made.changes)


def test_a_database_in_use_gets_no_files(made: Copied, database: Path):
    shutil.rmtree(contents_of(database))
    with started("hold", database) as first:
        next(told(first))
        with pytest.raises(PsoError, match="database_in_use"):
            restore(made.path, database, NOW)
    assert not contents_of(database).exists()


def test_a_backup_from_before_there_were_files_is_restored(store: Store, database: Path, tmp_path: Path):
    save(store, write("vision", text="ก"))
    old = store.backup(tmp_path / "old.duckdb")
    store.close()
    done = restore(old.path, database, NOW)
    assert (done.files, done.missing, contents_of(database).exists()) == (0, 0, False)
    assert len(list(MIGRATIONS.glob("*.sql"))) > 1


def test_a_finding_of_a_file_does_not_keep_the_rows_from_being_checked(store: Store, shas: list[str]):
    store.contents.drop(shas[2])
    assert store.check() == (
        Finding("content_missing", {"project": "lampang", "entity_id": "attachment:e-2", "file": f"{shas[2][:2]}/{shas[2]}"}),
    )  # fmt: skip
