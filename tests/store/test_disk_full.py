"""A full disk: the save is refused, nothing is half written, and saving works again when there is room."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pso_core.errors import PsoError
from pso_core.store import Store
from tests.store.processes import started, told
from tests.store.rows import everything, fill, named_codes, opened_with, save, write

needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows cannot limit the size of a process's files")
needs_mount = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may mount a small disk")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 96 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def ballast(disk: Path, *, left: int) -> Path:
    """A file that leaves so many bytes."""
    file = disk / "ballast"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with file.open("wb") as bytes_:
        os.posix_fallocate(bytes_.fileno(), 0, free - left)
    return file


@needs_mount
def test_on_a_nearly_full_disk_a_save_is_refused_and_reading_goes_on(small_disk: Path):
    store = Store.open(small_disk / "nine.duckdb")
    fill(store, 3)
    before = everything(store)
    heavy = ballast(small_disk, left=20 * 2**20)
    for attempt in (lambda: save(store, write("vision", 3, text="ก")), lambda: store.backup(small_disk / "b.duckdb")):
        with pytest.raises(PsoError, match="disk_refused"):
            attempt()
    assert (everything(store), store.broken, store.check()) == (before, False, ())
    heavy.unlink()
    assert save(store, write("vision", 3, text="ก")) == 4
    store.close()
    assert named_codes(small_disk / "nine.duckdb") == set()


@needs_mount
def test_on_a_disk_full_to_the_last_byte_a_save_is_refused(small_disk: Path):
    store = opened_with(small_disk / "nine.duckdb", room=0)
    fill(store, 3)
    before = everything(store)
    heavy = ballast(small_disk, left=0)
    with pytest.raises(PsoError, match="disk_refused"):
        save(store, write("vision", 3, text="ก" * 10**6))
    assert (everything(store), store.state("lampang").seq, store.broken) == (before, 3, False)
    heavy.unlink()
    assert save(store, write("vision", 3, text="ก" * 10**6)) == 4
    store.close()
    assert named_codes(small_disk / "nine.duckdb") == set()


@needs_mount
def test_a_backup_onto_a_full_disk_is_refused_and_harms_nothing(store: Store, small_disk: Path):
    fill(store, 50)
    ballast(small_disk, left=2**18)
    with pytest.raises(PsoError, match="disk_refused"):
        store.backup(small_disk / "b.duckdb")
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    assert save(store, write("vision", 50, text="ก")) == 51
    assert (store.broken, store.check()) == (False, ())


@needs_posix
def test_a_file_that_may_not_grow_refuses_the_save_and_takes_the_next(database: Path):
    with started("meet_the_limit", database) as child:
        assert list(told(child)) == [["disk_refused", False, "ก"], [2, []]]
    assert named_codes(database) == set()


@needs_posix
def test_a_fault_that_only_a_restart_mends_is_said_so_and_loses_nothing(database: Path):
    with started("meet_the_limit_in_a_checkpoint", database) as child:
        assert list(told(child)) == [[40, ["database_stopped", "database_stopped"], True, 40]]
    store = Store.open(database)
    assert [change.seq for change in everything(store)][:40] == list(range(1, 41))
    assert (store.findings, store.check()) == ((), ())
    store.close()
