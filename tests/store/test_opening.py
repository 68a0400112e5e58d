"""Opening a database: who may, from which version, and what is refused without touching the file."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pso_core.errors import DamagedFile, PsoError
from pso_core.store import Store
from pso_core.store.duckdb_engine import CONFIG, DuckDBEngine
from pso_core.store.migrate import MIGRATIONS, migrate
from pso_core.store.store import now_utc
from tests.store.processes import started, told
from tests.store.rows import everything, fill, save, write


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter (pytest's own are closed to others)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for place in (folder, *folder.rglob("*")):
        place.chmod(stat.S_IRWXU)
    shutil.rmtree(folder)


@pytest.fixture
def first_migration(tmp_path: Path) -> Path:
    """Migrations as they were in the first version."""
    folder = tmp_path / "first"
    folder.mkdir()
    shutil.copyfile(MIGRATIONS / "0001_history.sql", folder / "0001_history.sql")
    return folder


def newest_migration() -> int:
    return max(int(path.name[:4]) for path in MIGRATIONS.glob("*.sql"))


def test_a_new_file_is_made_with_its_folder_and_carries_every_migration(tmp_path: Path):
    store = Store.open(tmp_path / "ที่เก็บ" / "ปี 2569" / "nine.duckdb")
    assert store.engine.read("SELECT number FROM migration ORDER BY number") == [(n,) for n in range(1, newest_migration() + 1)]
    store.close()


def test_a_second_process_is_refused_by_a_sentence_naming_the_first(database: Path):
    with started("hold", database) as first:
        said = next(told(first))
        before = database.read_bytes()
        with pytest.raises(PsoError) as refusal:
            Store.open(database)
        assert (refusal.value.code, refusal.value.facts) == ("database_in_use", {"file": "nine.duckdb", "pid": first.pid})
        assert (said, database.read_bytes()) == (["open", first.pid], before)
    Store.open(database).close()


def test_a_second_store_in_the_same_process_is_refused_too(store: Store, database: Path):
    with pytest.raises(PsoError) as refusal:
        Store.open(database.parent / "." / database.name)
    assert (refusal.value.code, refusal.value.facts["pid"]) == ("database_in_use", os.getpid())
    store.close()
    Store.open(database).close()


def test_a_file_from_a_newer_version_is_refused_and_stays_as_it_is(database: Path):
    store = Store.open(database)
    with store.engine.transaction() as transaction:
        transaction.execute("INSERT INTO migration VALUES ($1, $2)", [newest_migration() + 1, now_utc().replace(tzinfo=None)])
    store.close()
    before = database.read_bytes()
    with pytest.raises(PsoError) as refusal:
        Store.open(database)
    assert (refusal.value.code, database.read_bytes()) == ("database_newer", before)


def test_a_file_of_the_first_version_is_copied_and_then_migrated(database: Path, first_migration: Path):
    with_time = now_utc()
    engine = DuckDBEngine(database)
    migrate(engine, with_time, first_migration)
    assert engine.read("SELECT number FROM migration") == [(1,)]
    engine.close()
    _write_as_the_first_version_would(database)

    store = Store.open(database, clock=lambda: with_time)
    assert store.engine.read("SELECT max(number) FROM migration") == [(newest_migration(),)]
    kept = everything(store)
    assert (len(kept), store.check(), store.findings) == (5, (), ())
    store.close()

    (copy,) = database.parent.glob("nine.version-0001.*.duckdb")
    engine = DuckDBEngine(copy, read_only=True)
    assert engine.read("SELECT number FROM migration") == [(1,)]
    assert engine.read("SELECT digest FROM change ORDER BY seq") == [(change.digest,) for change in kept]
    engine.close()


def _write_as_the_first_version_would(database: Path) -> None:
    engine = DuckDBEngine(database)
    store = Store(engine)
    fill(store, 5)
    store.close()


def test_opening_again_migrates_and_copies_nothing(database: Path):
    for _ in range(3):
        Store.open(database).close()
    assert sorted(path.name for path in database.parent.glob("nine*")) == ["nine.duckdb", "nine.duckdb.witness"]


def test_of_migrations_that_fail_halfway_none_is_applied(database: Path, first_migration: Path):
    (first_migration / "0002_wrong.sql").write_text("CREATE TABLE half (a INTEGER); CREATE TABLE half (a INTEGER);", "utf-8")
    engine = DuckDBEngine(database)
    with pytest.raises(duckdb.CatalogException):
        migrate(engine, now_utc(), first_migration)
    assert engine.read("SELECT table_name FROM information_schema.tables") == []
    engine.close()


def test_a_database_of_another_program_is_refused_and_stays_as_it_is(database: Path):
    with duckdb.connect(database, config=CONFIG) as other:
        other.execute("CREATE TABLE sales (amount INTEGER)")
    before = database.read_bytes()
    with pytest.raises(DamagedFile, match="database_foreign"):
        Store.open(database)
    assert database.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(5000), "วิสัยทัศน์".encode() * 999])
def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(database: Path, content: bytes):
    database.write_bytes(content)
    with pytest.raises(DamagedFile, match="database_damaged"):
        Store.open(database)
    assert database.read_bytes() == content


def test_a_folder_in_the_files_place_is_refused(database: Path):
    database.mkdir()
    with pytest.raises(PsoError, match="database_unwritable"):
        Store.open(database)


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path):
    (tmp_path / "data").write_text("")
    with pytest.raises(PsoError, match="database_unwritable"):
        Store.open(tmp_path / "data" / "nine.duckdb")


def test_a_read_only_file_is_refused(open_folder: Path):
    database = open_folder / "nine.duckdb"
    Store.open(database).close()
    open_folder.chmod(0o777)
    database.chmod(0o444)
    with started("try_to_open_as_nobody", database) as child:
        assert list(told(child)) == [["database_unwritable"]]


@pytest.mark.skipif(os.name == "nt", reason="a folder has no write permission of its own on Windows")
@pytest.mark.parametrize("there_already", [True, False])
def test_a_read_only_folder_is_refused(open_folder: Path, there_already: bool):
    database = open_folder / "nine.duckdb"
    if there_already:
        Store.open(database).close()
        database.chmod(0o666)
    open_folder.chmod(0o555)
    with started("try_to_open_as_nobody", database) as child:
        assert list(told(child)) == [["folder_unwritable" if there_already else "database_unwritable"]]


def test_the_file_can_be_opened_by_the_previous_duckdb(store: Store, database: Path):
    """The storage version is written in the file's header, 12 bytes in; 69 needs DuckDB 2."""
    save(store, write("vision", text="ก"))
    store.close()
    assert int.from_bytes(database.read_bytes()[12:20], "little") <= 68
