"""Backups that open, taken while people type; putting one back."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pso_core.domain.people import Person
from pso_core.errors import DamagedFile, PsoError
from pso_core.store import Store, restore
from pso_core.store.duckdb_engine import DuckDBEngine
from pso_core.store.migrate import MIGRATIONS, migrate
from tests.store.processes import started, told
from tests.store.rows import PARTS, everything, fill, named_codes, save, write

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_backup_holds_everything_and_opens_as_a_database(store: Store, tmp_path: Path):
    fill(store, 30)
    store.settings.set("office", "ลำปาง")
    made = store.backup(tmp_path / "สำรอง it's" / "b.duckdb")
    assert (made.path, made.projects, made.changes, made.findings) == (tmp_path / "สำรอง it's" / "b.duckdb", 1, 30, ())
    assert (made.sha256, made.bytes) == (sha256(made.path), made.path.stat().st_size)
    assert sorted(contents(made.path.parent)) == ["b.duckdb", "b.duckdb.witness"]
    copy = Store.open(made.path)
    assert (everything(copy), copy.findings, copy.check()) == (everything(store), (), ())
    assert copy.settings.get("office") == "ลำปาง"
    assert save(copy, write("vision", 30, text="ต่อ")) == 31
    copy.close()


def test_backups_taken_while_people_save_are_each_a_moment_of_the_history(store: Store, tmp_path: Path):
    done = threading.Event()
    acknowledged: dict[str, int] = {}

    def go_on(project: str) -> None:
        while not done.is_set():
            n = acknowledged.get(project, 0)
            acknowledged[project] = save(store, write("vision", n, text="ก" * 500), project=project)

    writers = [threading.Thread(target=go_on, args=(project,)) for project in "abcd"]
    for writer in writers:
        writer.start()
    at_least = []
    for n in range(4):
        at_least.append(sum(acknowledged.values()))
        made = store.backup(tmp_path / f"{n}.duckdb")
        assert at_least[n] <= made.changes <= sum(acknowledged.values()) + len(writers)
    done.set()
    for writer in writers:
        writer.join()
    assert at_least[3] > at_least[1]  # they went on saving meanwhile
    now = {change.digest for change in everything(store)}
    for n in range(4):
        copy = Store.open(tmp_path / f"{n}.duckdb")
        assert (copy.findings, copy.check()) == ((), ())
        assert {change.digest for change in everything(copy)} <= now
        copy.close()


def test_a_backup_leaves_the_database_locked_against_other_processes(store: Store, database: Path, tmp_path: Path):
    store.backup(tmp_path / "b.duckdb")
    with started("try_to_open", database) as second:
        assert list(told(second)) == [["database_in_use"]]
    assert save(store, write("vision", text="ก")) == 1


def test_an_existing_file_is_never_written_over(store: Store, database: Path, tmp_path: Path):
    (tmp_path / "report.docx").write_text("ของสำคัญ")
    for name in ("report.docx", database.name):
        with pytest.raises(PsoError, match="backup_exists"):
            store.backup(tmp_path / name)
    assert (tmp_path / "report.docx").read_text() == "ของสำคัญ"


def test_a_backup_into_a_place_that_is_no_folder_leaves_nothing_behind(store: Store, tmp_path: Path):
    (tmp_path / "file").write_text("")
    before = sorted(contents(tmp_path))
    with pytest.raises(PsoError, match="folder_unwritable"):
        store.backup(tmp_path / "file" / "b.duckdb")
    assert sorted(contents(tmp_path)) == before


def test_a_backup_says_what_was_already_wrong(store: Store, tmp_path: Path):
    fill(store, 3)
    with store.engine.transaction() as transaction:
        transaction.execute("UPDATE change SET reason = 'another' WHERE seq = 2")
    made = store.backup(tmp_path / "b.duckdb")
    assert [(finding.code, finding.facts["seq"]) for finding in made.findings] == [("chain_broken", 2)]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database with 5 changes and, in a folder of its own, its backup after 3."""
    store = Store.open(tmp_path_factory.mktemp("closed") / "nine.duckdb")
    fill(store, 3)
    store.backup(store.engine.path.parent / "backup" / "b.duckdb")
    save(store, write("vision", 3, text="หลังสำรอง"))
    save(store, write("vision", 4, text="หลังสำรอง"))
    store.close()
    return store.engine.path


@pytest.fixture
def backed_up(closed: Path, database: Path) -> Path:
    """The backup, beside a copy of the database."""
    shutil.copytree(closed.parent, database.parent, dirs_exist_ok=True)
    return database.parent / "backup" / "b.duckdb"


def test_a_restored_backup_is_the_database_and_the_former_one_is_kept(backed_up: Path, database: Path):
    former, backup = database.read_bytes(), contents(backed_up.parent)
    done = restore(backed_up, database, NOW)
    assert (done.path, done.sha256, done.changes) == (database, sha256(backed_up), 3)
    assert done.aside == database.with_name("nine.replaced.20261123-101500-000000.duckdb")
    assert (done.aside.read_bytes(), contents(backed_up.parent)) == (former, backup)
    store = Store.open(database)
    assert (store.state("lampang").seq, store.findings, store.check()) == (3, (), ())
    assert save(store, write("vision", 3, text="ต่อ")) == 4
    store.close()
    aside = Store.open(done.aside)
    assert (aside.state("lampang").seq, aside.findings, aside.check()) == (5, (), ())
    aside.close()


def test_a_backup_is_restored_where_nothing_was(backed_up: Path, tmp_path: Path):
    done = restore(backed_up, tmp_path / "new" / "nine.duckdb", NOW)
    assert (done.aside, named_codes(done.path)) == (None, set())


def test_a_damaged_database_is_put_aside_for_its_backup(backed_up: Path, database: Path):
    database.write_bytes(b"\0" * 9999)
    done = restore(backed_up, database, NOW)
    assert (done.aside.stat().st_size, named_codes(database)) == (9999, set())


def test_a_database_in_use_is_not_replaced(backed_up: Path, database: Path):
    with started("hold", database) as first:
        next(told(first))
        before = sorted(os.listdir(database.parent))
        with pytest.raises(PsoError) as refusal:
            restore(backed_up, database, NOW)
        assert (refusal.value.code, refusal.value.facts["pid"]) == ("database_in_use", first.pid)
        assert sorted(os.listdir(database.parent)) == before
    store = Store.open(database)
    with pytest.raises(PsoError, match="database_in_use"):
        restore(backed_up, database, NOW)
    assert store.state("lampang").seq == 5
    store.close()


def _flip(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)


def _cut(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:9000])


def _alter(backup: Path) -> None:
    engine = DuckDBEngine(backup)
    with engine.transaction() as transaction:
        transaction.execute("UPDATE change SET person_id = 'somebody else' WHERE seq = 2")
    engine.close()


def _lose_the_tail(backup: Path) -> None:
    engine = DuckDBEngine(backup)
    with engine.transaction() as transaction:
        transaction.execute("DELETE FROM change WHERE seq = 3; DELETE FROM revision WHERE seq = 3")
    engine.close()


def _write_text(backup: Path) -> None:
    backup.write_text('{"format": 1}')


def _make_newer(backup: Path) -> None:
    engine = DuckDBEngine(backup)
    with engine.transaction() as transaction:
        transaction.execute("INSERT INTO migration SELECT 9000, max(applied_at) FROM migration")
    engine.close()


def _leave_a_log(backup: Path) -> None:
    backup.with_name(backup.name + ".wal").write_bytes(b"x")


DAMAGES = [
    (_flip, {"backup_unreadable", "backup_damaged"}),
    (_cut, {"backup_unreadable"}),
    (_write_text, {"restore_no_backup"}),
    (_alter, {"backup_damaged"}),
    (_lose_the_tail, {"backup_damaged"}),
    (_make_newer, {"database_newer"}),
    (_leave_a_log, {"restore_unfinished"}),
    (Path.unlink, {"file_not_found"}),
]


@pytest.mark.parametrize(("damage", "codes"), DAMAGES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_touched(backed_up: Path, database: Path, damage, codes):
    damage(backed_up)
    before = {suffix: (database.parent / (database.name + suffix)).exists() and sha256(database.with_name(database.name + suffix)) for suffix in PARTS}
    names = sorted(os.listdir(database.parent))
    with pytest.raises(PsoError) as refusal:
        restore(backed_up, database, NOW)
    assert refusal.value.code in codes
    assert isinstance(refusal.value, DamagedFile) == (refusal.value.code in ("backup_unreadable", "backup_damaged"))
    assert sorted(os.listdir(database.parent)) == names
    assert {suffix: (database.parent / (database.name + suffix)).exists() and sha256(database.with_name(database.name + suffix)) for suffix in PARTS} == before


def test_a_backup_with_a_flipped_bit_anywhere_is_refused_or_the_bit_did_not_matter(backed_up: Path, database: Path, tmp_path: Path):
    content, refused = backed_up.read_bytes(), 0
    for n in range(24):
        place = len(content) * (2 * n + 1) // 48
        backed_up.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        target = tmp_path / str(n) / "nine.duckdb"
        try:
            restore(backed_up, target, NOW)
        except DamagedFile:
            refused += 1
            assert not target.exists()
        else:
            assert named_codes(target) == set()
    assert refused >= 12


def test_a_backup_without_its_witness_is_restored(backed_up: Path, database: Path):
    backed_up.with_name(backed_up.name + ".witness").unlink()
    restore(backed_up, database, NOW)
    assert named_codes(database) == set()


def test_nobody_is_signed_in_after_a_restore_who_signed_out_since(store: Store, database: Path, tmp_path: Path):
    store.people.add([Person("p", "malee", "มาลี", "", "", "member", True)], "p", NOW)
    store.sessions.start("token", "p", NOW, NOW + timedelta(hours=12))
    store.sign_in_failures.attempt(["login:malee"], NOW, forgotten_after=timedelta(hours=1), wait_after=lambda about, failures: timedelta(0))
    made = store.backup(tmp_path / "backup" / "b.duckdb")
    store.sessions.end("token")
    store.close()
    before = contents(made.path.parent)
    restore(made.path, database, NOW)
    assert contents(made.path.parent) == before
    assert not database.with_name(database.name + ".wal").exists()
    restored = Store.open(database)
    assert (restored.sessions.find("token", NOW), restored.people.get("p").name) == (None, "มาลี")
    assert restored.engine.read("SELECT count(*) FROM session UNION ALL SELECT count(*) FROM sign_in_failure") == [(0,), (0,)]
    restored.close()


def test_a_backup_from_before_there_were_accounts_is_restored(database: Path, tmp_path: Path):
    (tmp_path / "first").mkdir()
    shutil.copyfile(MIGRATIONS / "0001_history.sql", tmp_path / "first" / "0001_history.sql")
    engine = DuckDBEngine(tmp_path / "old.duckdb")
    migrate(engine, NOW, tmp_path / "first")
    engine.close()
    restore(tmp_path / "old.duckdb", database, NOW)
    restored = Store.open(database)
    assert (restored.people.all(), restored.check()) == ((), ())
    restored.close()
