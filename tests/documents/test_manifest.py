"""A pack says what it holds, and whoever reads it against its list is told what was changed, added or lost."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import warnings
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from pso_core.documents import manifest
from pso_core.documents.manifest import ABOUT, MANIFEST, Verified, differing, verify
from pso_core.documents.pack import Member, Packed, write_pack
from pso_core.errors import PsoError

NAMES = ("index.html", "หลักฐาน/1 ครอบคลุม/1-01 บัญชีฐานข้อมูล.pdf", "data/a b.json")
FILES = {name: f"เนื้อหาของ {name}".encode() for name in NAMES}


def packed(files: dict[str, bytes | Path] = FILES) -> tuple[io.BytesIO, Packed]:
    target = io.BytesIO()
    made = write_pack(target, [Member(path, content) for path, content in files.items()], {})
    return target, made


def rewritten(pack: io.BytesIO, change) -> io.BytesIO:
    """The pack again, with `change(name, content)`; None leaves a file out."""
    again = io.BytesIO()
    with zipfile.ZipFile(pack) as source, zipfile.ZipFile(again, "w") as target:
        for name in source.namelist():
            if (content := change(name, source.read(name))) is not None:
                target.writestr(name, content)
    return again


def test_a_pack_as_it_was_made_is_whole_and_its_digest_is_that_of_its_list():
    pack, made = packed()
    found = verify(pack)
    assert (found.whole, found.files, found.digest) == (True, 3, made.digest)
    assert made.digest == hashlib.sha256(zipfile.ZipFile(pack).read(MANIFEST)).hexdigest()
    assert made.files == {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}


def test_the_list_is_one_that_other_programs_check_too(tmp_path: Path):
    pack, _ = packed()
    zipfile.ZipFile(pack).extractall(tmp_path)
    code = "import hashlib, pathlib\nfor line in pathlib.Path('MANIFEST.sha256').read_text('utf-8').splitlines():\n    digest, path = line.split('  ', 1)\n    assert hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() == digest"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0


CHANGES = {
    "changed": (lambda name, content: b"x" if name == NAMES[1] else content, ((NAMES[1],), (), ())),
    "lost": (lambda name, content: None if name == NAMES[1] else content, ((), (), (NAMES[1],))),
}


@pytest.mark.parametrize(("change", "said"), CHANGES.values(), ids=CHANGES)
def test_what_became_of_a_file_is_said_by_its_name(change, said):
    found = verify(rewritten(packed()[0], change))
    assert ((found.changed, found.added, found.lost), found.whole) == (said, False)


def test_a_file_that_was_added_is_named_and_not_unpacked():
    pack, _ = packed()
    with zipfile.ZipFile(pack, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * 50_000_000)
    found = verify(pack)
    assert (found.added, found.changed, found.whole) == (("bomb",), (), False)


def test_an_empty_folder_that_was_added_is_named_and_one_that_holds_a_listed_file_is_not():
    pack, _ = packed()
    with zipfile.ZipFile(pack, "a") as archive:
        archive.mkdir("หลักฐาน/ว่าง")
        archive.mkdir("หลักฐาน/1 ครอบคลุม")
    found = verify(pack)
    assert (found.added, found.files, found.whole) == (("หลักฐาน/ว่าง/",), 3, False)


def test_a_second_file_of_the_same_name_is_named():
    pack, _ = packed()
    with warnings.catch_warnings(), zipfile.ZipFile(pack, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(NAMES[0], "อีกฉบับ")
    assert verify(pack).changed == (NAMES[0],)


def test_a_byte_flipped_in_the_archive_is_named():
    pack, _ = packed()
    data = bytearray(pack.getvalue())
    data[data.index(FILES[NAMES[1]])] ^= 1
    assert verify(io.BytesIO(data)).changed == (NAMES[1],)


@pytest.mark.parametrize("name", [ABOUT, "index.html"])
def test_bytes_broken_where_a_file_is_packed_tightly_are_named_too(name: str):
    pack, _ = packed({ABOUT: b'{"format": "x"}' * 50, "index.html": "เนื้อหา ".encode() * 500})
    inside = zipfile.ZipFile(pack).getinfo(name)
    assert inside.compress_type == zipfile.ZIP_DEFLATED
    data = bytearray(pack.getvalue())
    data[inside.header_offset + 30 + len(name)] ^= 0xFF
    assert verify(io.BytesIO(data)).changed == (name,)


FOREIGN = {
    "no archive": (b"%PDF-1.7", "pack_unreadable"), "nothing": (b"", "pack_unreadable"), "cut in the middle": (packed()[0].getvalue()[:-30], "pack_unreadable"),
    "an archive of others": (rewritten(packed()[0], lambda name, content: content if name != MANIFEST else None).getvalue(), "pack_foreign"),
    "a list that is none": (rewritten(packed()[0], lambda name, content: content if name != MANIFEST else b"hello").getvalue(), "pack_foreign"),
    "an empty list": (rewritten(packed()[0], lambda name, content: content if name != MANIFEST else b"").getvalue(), "pack_foreign"),
}


@pytest.mark.parametrize(("data", "code"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_pack_is_refused(data: bytes, code: str):
    with pytest.raises(PsoError) as refused:
        verify(io.BytesIO(data))
    assert refused.value.code == code


@pytest.mark.parametrize("byte", [0x00, 0x7F, 0xFF])
def test_whatever_byte_is_broken_in_the_directory_of_the_archive_is_a_finding_or_a_refusal(byte: int):
    whole = packed()[0].getvalue()
    for place in range(zipfile.ZipFile(io.BytesIO(whole)).start_dir, len(whole)):
        with suppress(PsoError):
            verify(io.BytesIO(whole[:place] + bytes([byte]) + whole[place + 1 :]))


STRAY = {
    "before": lambda data: b"junk!" + data, "after": lambda data: data + b"junk!", "a comment": lambda data: data[:-2] + b"\5\0junk!",
}  # fmt: skip


@pytest.mark.parametrize("put", STRAY.values(), ids=STRAY)
def test_bytes_that_belong_to_no_file_are_counted_and_the_pack_is_not_whole(put):
    found = verify(io.BytesIO(put(packed()[0].getvalue())))
    assert (found.stray, found.as_listed, found.whole) == (5, True, False)


def test_bytes_between_the_files_are_counted_too():
    pack, _ = packed()
    with zipfile.ZipFile(pack, "a") as archive:
        archive.fp.seek(archive.start_dir)
        archive.fp.write(b"junk!")
        archive.start_dir += 5
        archive._didModify = True
    assert (verify(pack).stray, verify(pack).whole) == (5, False)


def test_a_pack_that_another_program_packed_without_seeking_is_whole():
    """Then the sizes follow each file's content."""
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = bytearray()

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(packed()[0]) as source, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    found = verify(io.BytesIO(pipe.data))
    assert (found.whole, zipfile.ZipFile(io.BytesIO(pipe.data)).infolist()[0].flag_bits & 8) == (True, 8)


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made


def test_a_pack_cut_short_is_damaged_though_a_workbook_in_it_looks_like_an_archive():
    data = packed({"a.txt": b"a", "book.xlsx": zipped({"[Content_Types].xml": b"x"}).getvalue(), "z.txt": b"z" * 50})[0].getvalue()
    cut = data[: data.index(b"z.txt") - 30]
    assert zipfile.ZipFile(io.BytesIO(cut)).namelist() == ["[Content_Types].xml"]
    with pytest.raises(PsoError, match="pack_unreadable"):
        verify(io.BytesIO(cut))


def test_a_pack_packed_again_is_told_from_what_is_none():
    pack, _ = packed()
    inside = {f"ชุด/{name}": zipfile.ZipFile(pack).read(name) for name in zipfile.ZipFile(pack).namelist()}
    for files, code, facts in ((inside, "pack_in_folder", {"folder": "ชุด"}), ({"__MACOSX/x": b"", "ก/ชุด.zip": pack.getvalue()}, "pack_in_file", {"file": "ชุด.zip"})):
        with pytest.raises(PsoError) as refused:
            verify(zipped(files))
        assert (refused.value.code, refused.value.facts) == (code, facts)


def test_more_files_than_are_looked_at_are_refused(monkeypatch):
    monkeypatch.setattr(manifest, "MOST_ENTRIES", 3)
    with pytest.raises(PsoError, match="pack_too_many"):
        verify(packed()[0])


@pytest.mark.parametrize("about", [b"{", b"[]", b'{"format": "other"}', b"\xff"])
def test_what_a_pack_says_of_itself_is_read_only_when_it_is_ours(about: bytes):
    assert verify(packed({ABOUT: about})[0]).about == {}


def test_a_file_on_the_disk_is_packed_block_by_block_as_it_is(tmp_path: Path):
    (tmp_path / "ภาพ.png").write_bytes(content := bytes(range(256)) * 12_000)
    pack, made = packed({"ภาพ.png": tmp_path / "ภาพ.png"})
    assert zipfile.ZipFile(pack).read("ภาพ.png") == content
    assert made.files["ภาพ.png"] == hashlib.sha256(content).hexdigest()


def test_the_same_files_make_the_same_bytes():
    assert packed()[0].getvalue() == packed()[0].getvalue()


def test_two_packs_differ_by_what_changed_came_and_went():
    assert differing({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "d": "4"}) == (("b",), ("d",), ("c",))
    assert Verified("", {}, 0, (), (), ()).whole
