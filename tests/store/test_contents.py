"""Contents of files: kept once, whole or not at all, whatever happens while they come."""

from __future__ import annotations

import hashlib
import io
import os
import random
import stat
import threading
import time
from pathlib import Path

import pytest

from pso_core.errors import NotFound, PsoError
from pso_core.store import Store
from pso_core.store.contents import ROOM, Content, Contents, contents_of
from tests.store.processes import started, told
from tests.store.test_disk_full import ballast, needs_mount, needs_posix, small_disk

__all__ = ["small_disk"]

TEXT = "รายงานการประชุม\n".encode() * 1000
SHA = hashlib.sha256(TEXT).hexdigest()
LARGEST = 3 * 2**20
ODD_NAMES = ["", "..", "../../etc/passwd", "/etc/passwd", SHA.upper(), SHA + "\n", SHA[:-1], f"ab/{SHA}", "ก" * 64, "\x00" * 64]


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    return Contents(tmp_path / "nine.duckdb.files")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def put(contents: Contents, data: bytes = TEXT):
    return contents.put(io.BytesIO(data), LARGEST)


def refused(contents: Contents, source, largest: int = LARGEST) -> tuple[str, dict]:
    """The code and the facts; nothing is kept."""
    before = files(contents.folder)
    with pytest.raises(PsoError) as refusal:
        contents.put(source, largest)
    assert files(contents.folder) == before
    return refusal.value.code, refusal.value.facts


def test_a_content_is_kept_once_under_what_it_is(contents: Contents):
    assert not contents.folder.exists()
    assert [put(contents), put(contents)] == [Content(SHA, len(TEXT), True), Content(SHA, len(TEXT), False)]
    assert files(contents.folder) == [f"{SHA[:2]}/{SHA}"]
    with contents.open(SHA) as file:
        assert file.read() == TEXT
    assert (contents.holds(SHA), contents.intact(SHA), list(contents.all())) == (True, True, [SHA])
    assert contents.path_of(SHA).read_bytes() == TEXT


def test_the_folder_stands_beside_the_database(store: Store, database: Path):
    assert store.contents.folder == contents_of(database) == database.with_name("nine.duckdb.files")
    assert not store.contents.folder.exists()


@needs_posix
def test_only_the_owner_reads_them(contents: Contents):
    former = os.umask(0)
    try:
        put(contents)
    finally:
        os.umask(former)
    made = [contents.folder, contents.folder / SHA[:2], contents.path_of(SHA)]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o700, 0o700, 0o600]


def test_an_empty_file_and_one_too_large_are_refused(contents: Contents):
    assert refused(contents, io.BytesIO()) == ("file_empty", {})
    assert refused(contents, io.BytesIO(b"a" * (LARGEST + 1))) == ("file_too_large", {"most": 3})
    assert put(contents, b"a" * LARGEST).bytes == LARGEST


def test_a_source_that_fails_midway_leaves_nothing(contents: Contents):
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() >= 2**20:
                raise ValueError("the browser went away")
            return super().read(size)

    with pytest.raises(ValueError):
        contents.put(Failing(b"a" * LARGEST), LARGEST)
    assert files(contents.folder) == []


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path):
    (tmp_path / "files").write_text("something dear")
    with pytest.raises(PsoError, match="folder_unwritable"):
        put(Contents(tmp_path / "files"))
    assert (tmp_path / "files").read_text() == "something dear"


def test_the_same_content_from_many_at_once_is_kept_once(contents: Contents):
    ready, made = threading.Barrier(8), []

    def go() -> None:
        ready.wait()
        made.append(put(contents, TEXT * 20))

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len({one.sha256 for one in made}), sorted(one.new for one in made)) == (1, [False] * 7 + [True])
    assert files(contents.folder) == [f"{made[0].sha256[:2]}/{made[0].sha256}"]
    assert contents.intact(made[0].sha256)


def test_a_name_is_not_believed(contents: Contents):
    put(contents)
    contents.path_of(SHA).write_bytes(TEXT[:-1] + b"x")
    assert (contents.holds(SHA), contents.intact(SHA)) == (True, False)
    assert put(contents).new is True
    assert contents.intact(SHA)  # the right bytes have taken the place of the wrong ones


@pytest.mark.parametrize("name", ODD_NAMES)
def test_what_is_no_content_leads_nowhere(contents: Contents, name: str):
    put(contents)
    for attempt in (contents.path_of, contents.open, contents.drop):
        with pytest.raises(NotFound, match="content_missing"):
            attempt(name)
    assert (contents.holds(name), contents.intact(name), list(contents.all())) == (False, False, [SHA])


def test_files_that_lie_about_are_no_contents(contents: Contents):
    put(contents)
    (contents.folder / "zz").mkdir()
    for place in ("readme.txt", "zz/" + SHA, f"{SHA[:2]}/notes.txt", f"{'00' if SHA[:2] != '00' else '01'}"):
        path = contents.folder / place
        path.mkdir() if len(place) == 2 else path.write_text("x")
    assert list(contents.all()) == [SHA]


def test_a_dropped_content_is_gone_and_may_come_again(contents: Contents):
    put(contents)
    contents.drop(SHA)
    contents.drop(SHA)
    assert (files(contents.folder), contents.holds(SHA)) == ([], False)
    with pytest.raises(NotFound, match="content_missing"):
        contents.open(SHA)
    assert put(contents).new is True


def test_contents_have_their_turn_when_one_comes_or_goes(contents: Contents):
    turns = [contents.turn]
    for change in (lambda: put(contents), lambda: put(contents), lambda: contents.drop(SHA), lambda: put(contents)):
        change()
        turns.append(contents.turn)
    assert turns == [0, 1, 1, 2, 3]


def test_a_put_is_taken_back_unless_somebody_else_put_the_same(contents: Contents):
    put(contents)
    contents.take_back(SHA)
    assert files(contents.folder) == []
    put(contents)
    put(contents)  # by somebody whose row is saved
    contents.take_back(SHA)
    assert contents.intact(SHA)


def test_the_same_file_twice_in_one_refused_lot_is_taken_back_whole(contents: Contents):
    for _ in range(2):
        put(contents)
    for _ in range(2):
        contents.take_back(SHA)
    assert files(contents.folder) == []


def test_what_was_there_before_this_process_is_never_taken_back(contents: Contents):
    put(contents)
    later = Contents(contents.folder)
    assert put(later).new is False
    later.take_back(SHA)
    assert later.intact(SHA)


def test_a_process_killed_in_the_middle_leaves_no_content_and_its_rest_is_swept(database: Path):
    with started("put_slowly", database) as child:
        assert next(told(child)) == ["half", 1]
    (part,) = files(contents_of(database))
    assert part.endswith(".part")
    store = Store.open(database)
    assert (files(store.contents.folder), list(store.contents.all())) == ([], [])
    store.close()


def test_killed_at_any_moment_every_content_is_whole_and_every_acknowledged_one_is_there(database: Path):
    chance, acknowledged = random.Random(9), set()
    for _ in range(4):
        with started("put_until_killed", database) as child:
            lines = told(child)
            acknowledged.add(next(lines)[0])
            time.sleep(chance.uniform(0.05, 0.4))
            child.kill()
            acknowledged |= {sha256 for (sha256,) in lines}
        store = Store.open(database)
        kept = set(store.contents.all())
        assert acknowledged <= kept
        assert [sha256 for sha256 in kept if not store.contents.intact(sha256)] == []
        assert [name for name in files(store.contents.folder) if name.endswith(".part")] == []
        store.close()
    assert len(acknowledged) >= 4


@needs_posix
def test_a_file_that_may_not_grow_is_refused_and_the_next_is_taken(database: Path):
    with started("put_beyond_the_limit", database) as child:
        assert list(told(child)) == [["disk_refused", [], []], [True]]


@needs_mount
def test_on_a_disk_full_to_the_last_byte_nothing_is_kept(small_disk: Path):
    contents = Contents(small_disk / "files", room=0)
    put(contents)
    heavy = ballast(small_disk, left=2**20)
    assert refused(contents, io.BytesIO(b"a" * LARGEST)) == ("disk_refused", {})
    heavy.unlink()
    assert put(contents, b"a" * LARGEST).new


@needs_mount
def test_the_last_room_is_left_to_the_database(small_disk: Path):
    assert ROOM >= 96 * 2**20
    assert refused(Contents(small_disk / "files"), io.BytesIO(b"a")) == ("disk_refused", {})
