"""What a file is by its name and its first bytes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pso_core.domain.file_types import HEAD, MEDIA_TYPES, TYPES, begins_as, ending_of, file_kind, is_macro_name, is_of_the_system, is_plain_text, is_program, is_program_name, type_named
from pso_core.text.file_names import BYTES, uploaded_name

HEADS = {
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "docx": b"PK\x03\x04\x14\0", "xlsx": b"PK\x03\x04\x14\0", "pptx": b"PK\x03\x04\x14\0", "odt": b"PK\x03\x04\x14\0", "ods": b"PK\x03\x04\x14\0", "odp": b"PK\x03\x04\x14\0",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "ppt": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0",
    "txt": "รายงาน".encode(), "csv": "ก,ข\r\n".encode("cp874"),
}  # fmt: skip
PROGRAMS = [
    b"MZ\x90\0\x03\0\0\0", b"\x7fELF\x02\x01", b"\xcf\xfa\xed\xfe\x0c", b"\xfe\xed\xfa\xcf", b"\xca\xfe\xba\xbe\0\0", b"#!/bin/sh\n",
    b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0",
]  # fmt: skip
NAMES = {
    "..\\..\\x.pdf": "x.pdf", "/etc/passwd": "passwd", "D:\\งาน\\แผน.pdf": "แผน.pdf", "C:x.pdf": "C x.pdf", "con.pdf": "con_.pdf", "LPT1.docx": "LPT1_.docx",
    "รายงาน ปี 2569.PDF": "รายงาน ปี 2569.PDF", "a\u202efdp.exe": "afdp.exe", "x.exe. . ": "x.exe", "x.exe:.pdf": "x.exe.pdf", "a\x00\x1b[31m.pdf": "a[31m.pdf",
    "แผน\r\nSet-Cookie: a.pdf": "แผน Set-Cookie a.pdf", "~$แผน.docx": "$แผน.docx", "-rf.pdf": "rf.pdf", "เกาะ\u200b.pdf": "เกาะ.pdf",
    ".pdf": "", "..": "", "": "", "/": "", "\u202e": "", "a/.pdf": "", " . ": "", "ไม่มีนามสกุล": "ไม่มีนามสกุล",
}  # fmt: skip


def test_each_type_begins_as_itself_and_as_no_other_form():
    assert set(HEADS) == set(TYPES)
    for name, head in HEADS.items():
        fits = {other.form for other in TYPES.values() if begins_as(other, head)}
        assert (begins_as(TYPES[name], head), fits) == (True, {TYPES[name].form})


def test_no_two_types_share_an_ending_or_a_media_type():
    endings = [ending for one in TYPES.values() for ending in one.all_endings]
    assert (len(endings), len(MEDIA_TYPES)) == (len(set(endings)), len(TYPES))
    assert not [ending for ending in endings if is_program_name(f"a.{ending}") or is_macro_name(f"a.{ending}")]


@pytest.mark.parametrize(("name", "kind"), [("ก.PDF", "pdf"), ("ก.jpeg", "jpg"), ("ก.tar.docx", "docx"), ("ก.html", None), ("ก.svg", None), ("pdf", None), ("ก.pdf.exe", None)])
def test_the_last_ending_names_the_type(name: str, kind: str | None):
    found = type_named(name)
    assert (found.name if found else None) == kind


@pytest.mark.parametrize("name", ["แผน.pdf.exe", "a.BAT", "a.js", "a.vbs", "a.lnk", "a.scr", "a.hta", "a.ps1", "a.jar", "a.sh", "a.msi", "a.url"])
def test_programs_are_known_by_name(name: str):
    assert is_program_name(name)


@pytest.mark.parametrize("name", ["a.docm", "a.XLSM", "a.pptm", "a.xlsb", "word/vbaProject.bin", "x\\VBAPROJECT.BIN", "word/vbaData.xml"])
def test_macros_are_known_by_name(name: str):
    assert is_macro_name(name)


@pytest.mark.parametrize("head", PROGRAMS)
def test_programs_are_known_by_their_first_bytes_and_are_none_of_the_types(head: bytes):
    assert is_program(head)
    assert not is_program(b"MZ-2000 \xe0\xb8\x81")
    assert [one.name for one in TYPES.values() if begins_as(one, head) and one.form != "text"] == []


@pytest.mark.parametrize("head", ["<!DOCTYPE html>", " \n<html>", "<svg xmlns='a'>", "<?xml version='1.0'?>", "<script>", "<!-- x -->", "\ufeff<html>", "<%@ page"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_web_page_is_no_text(head: str, encoding: str):
    assert not is_plain_text(head.encode(encoding))


@pytest.mark.parametrize("head", ["<นาย> ก", "1 < 2", "ก,<b>", "a\tb\r\n\x1a"])
def test_a_text_may_hold_angles(head: str):
    assert is_plain_text(head.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_texts_in_the_encodings_of_thai_offices_are_texts_wherever_the_head_ends(encoding: str):
    data = ("a" + "สำนักงานจังหวัด\n" * 3000).encode(encoding)
    assert {is_plain_text(data[:HEAD]), is_plain_text(("b" + data.decode(encoding)).encode(encoding)[:HEAD])} == {True}


@pytest.mark.parametrize("head", [b"ab\0cd", b"\x89PNG\r\n", HEADS["doc"], b"\x01\x02"])
def test_what_is_not_letters_is_no_text(head: bytes):
    assert not is_plain_text(head)


@pytest.mark.parametrize(("given", "name"), NAMES.items())
def test_a_name_loses_what_is_no_name(given: str, name: str):
    assert uploaded_name(given) == name


@pytest.mark.parametrize("letter", ["ก", "ที่", "a", "😀"])
def test_a_long_name_is_cut_between_letters_and_keeps_its_ending(letter: str):
    name = uploaded_name(letter * 300 + ".pdf")
    assert (len(name.encode()) <= BYTES, name.endswith(letter[-1] + ".pdf"), len(name.encode()) > BYTES - 16) == (True, True, True)


@given(st.text(max_size=400))
def test_any_text_becomes_a_name_of_one_part_or_none(text: str):
    name = uploaded_name(text)
    assert len(name.encode()) <= BYTES
    assert not set('<>:"/\\|?*') & set(name)
    assert not name.startswith((".", " ")) and not name.endswith((".", " "))
    assert [letter for letter in name if unicodedata.category(letter) in ("Cc", "Cs") or letter in "\u202a\u202e\u2066\u200b\u200f"] == []
    assert uploaded_name(name) == name or not name


def test_an_ending_is_what_follows_the_last_dot():
    assert [ending_of(name) for name in ("a.B.PDF", "a", "a.", ".pdf")] == ["pdf", "", "", "pdf"]


@pytest.mark.parametrize(("name", "left"), [("Thumbs.db", True), ("DESKTOP.INI", True), (".DS_Store", True), ("~$แผน.docx", True), ("1-01 thumbs.db.pdf", False), ("แผน.docx", False)])
def test_what_a_system_leaves_in_a_folder_by_itself_is_known(name: str, left: bool):
    assert is_of_the_system(name) == left


def test_every_type_that_is_taken_has_a_word_that_a_person_calls_it_by():
    assert {name: file_kind(one.media_type) for name, one in TYPES.items() if one.form != "ole"} == {
        "pdf": "pdf", "png": "image", "jpg": "image", "webp": "image", "docx": "word", "xlsx": "table", "pptx": "slides", "odt": "writing",
        "ods": "table", "odp": "slides", "txt": "text", "csv": "table",
    }  # fmt: skip
    assert [file_kind(TYPES[name].media_type) for name in ("doc", "xls", "ppt")] == ["word", "table", "slides"]
    assert file_kind("text/html") is None
