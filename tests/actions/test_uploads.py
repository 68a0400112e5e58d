"""Taking in files: each type that is taken, each way of being refused with its sentence, and nothing kept of what was refused."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

import pytest

from pso_core.actions.uploads import MOST_MEGABYTES, UploadRules, attached, received, set_upload_rules, upload_rules
from pso_core.domain.file_types import TYPES
from pso_core.domain.people import ROLES
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions import files
from tests.actions.files import MIB, ole, open_document, presentation, real, word, word_with, zipped
from tests.actions.peopled import own_office as office
from tests.building import an_empty_project, an_office, person
from tests.tree import ROOT

ADMINISTRATOR = person("administrator")
VBA_IN_PRESENTATION = b"\x02\x00\x00\x04\x0c\x00\x00\x00" + b"\x07\0\0\0" + b"\x01\0\0\0" + b"\x02\0\0\0"
PNG = files.picture("PNG")

REFUSED = {
    "no name": ("", PNG, "file_name_missing"),
    "only an ending": ("C:\\ก\\.pdf", PNG, "file_name_missing"),
    "only controls": ("\u202e\x00/", PNG, "file_name_missing"),
    "unknown type": ("เพลง.mp3", b"ID3", "file_type_unknown"),
    "no ending": ("แผน", PNG, "file_type_unknown"),
    "a web page": ("แผน.html", b"<html>", "file_type_unknown"),
    "a drawing with scripts": ("ภาพ.svg", b"<svg/>", "file_type_unknown"),
    "an archive": ("แผน.zip", zipped({"a.txt": b"a"}), "file_type_unknown"),
    "a program": ("setup.exe", b"MZ\0\0", "file_is_program"),
    "a program with two endings": ("แผน.pdf.exe", PNG, "file_is_program"),
    "a program whose name is turned": ("แผน\u202efdp.exe", PNG, "file_is_program"),
    "a program behind dots": ("แผน.exe. .", PNG, "file_is_program"),
    "a Windows program called PDF": ("แผน.pdf", b"MZ\x90\0\x03" + bytes(200), "file_is_program"),
    "a Linux program called picture": ("ภาพ.png", b"\x7fELF\x02" + bytes(200), "file_is_program"),
    "a Mac program called document": ("แผน.docx", b"\xcf\xfa\xed\xfe" + bytes(200), "file_is_program"),
    "a script called text": ("a.txt", b"#!/bin/sh\nrm -rf ~", "file_is_program"),
    "a shortcut called workbook": ("ผล.xlsx", b"L\0\0\0\x01\x14\x02\0" + bytes(80), "file_is_program"),
    "a script of Windows": ("a.js", b"WScript", "file_is_program"),
    "a program inside a document": ("แผน.docx", word_with({"word/embeddings/setup.exe": b"MZ"}), "file_is_program"),
    "a document with macros by its name": ("แผน.docm", word(), "file_has_macros"),
    "macros in a document of another name": ("แผน.docx", word_with({"word/vbaProject.bin": b"x"}), "file_has_macros"),
    "macros under a name of small letters elsewhere": ("ผล.xlsx", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "a/VBAPROJECT.BIN": b""}), "file_has_macros"),
    "a document that says it has macros": ("แผน.docx", zipped({"[Content_Types].xml": b"document.macroEnabled.main+xml", "word/document.xml": b""}), "file_has_macros"),
    "macros of Excel 4": ("ผล.xlsx", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/macrosheets/sheet1.xml": b""}), "file_has_macros"),
    "a workbook with macros inside a presentation": ("a.pptx", presentation(**{"ppt/embeddings/a.xlsm": b"PK"}), "file_has_macros"),
    "macros in an OpenDocument file": ("แผน.odt", open_document("text", {"Basic/Standard/a.xml": b""}), "file_has_macros"),
    "macros in an older document": ("แผน.doc", ole("WordDocument", "Macros", "_VBA_PROJECT"), "file_has_macros"),
    "macros in an older workbook": ("ผล.xls", ole("Workbook", "_VBA_PROJECT_CUR"), "file_has_macros"),
    "macros far into an older document": ("แผน.doc", ole("WordDocument", rest=bytes(2**18 - 2000) + ole("_VBA_PROJECT")), "file_has_macros"),
    "macros in an older presentation": ("a.ppt", ole("PowerPoint Document", rest=VBA_IN_PRESENTATION), "file_has_macros"),
    "a zip called PDF": ("แผน.pdf", word(), "file_not_what_it_says"),
    "a PDF called document": ("แผน.docx", b"%PDF-1.7\n", "file_not_what_it_says"),
    "a web page called PDF": ("แผน.pdf", b"<html><script>", "file_not_what_it_says"),
    "a web page called text": ("แผน.txt", b"\xef\xbb\xbf <!doctype html>", "file_not_what_it_says"),
    "a drawing called table": ("ผล.csv", "<svg onload='x'>".encode("utf-16"), "file_not_what_it_says"),
    "a drawing called picture": ("ภาพ.jpg", b"<svg onload='x'>", "file_not_what_it_says"),
    "a PNG called JPEG": ("ภาพ.jpg", PNG, "file_not_what_it_says"),
    "zeros called text": ("a.txt", bytes(100), "file_not_what_it_says"),
    "a PDF called text": ("a.txt", b"%PDF-1.7\n", "file_not_what_it_says"),
    "a document called workbook": ("ผล.xlsx", word(), "file_not_what_it_says"),
    "a text called spreadsheet in OpenDocument": ("ผล.ods", open_document("text"), "file_not_what_it_says"),
    "any zip called document": ("แผน.docx", zipped({"a.txt": b"a"}), "file_not_what_it_says"),
    "an older workbook called document": ("แผน.doc", ole("Workbook"), "file_not_what_it_says"),
    "an older document called by the new ending": ("แผน.docx", ole("WordDocument"), "file_not_what_it_says"),
    "a document cut short": ("แผน.docx", word()[:9000], "file_not_what_it_says"),
    "a document with a part under two names": ("แผน.docx", files.renamed_part(), "file_not_what_it_says"),
    "nothing in it": ("แผน.pdf", b"", "file_empty"),
    "more than is taken": ("แผน.pdf", b"%PDF-" + bytes(2 * MIB), "file_too_large"),
    "a zip bomb": ("แผน.docx", files.bomb, "file_unpacks_too_large"),
    "a bomb of many parts": ("แผน.docx", files.many_parts, "file_unpacks_too_large"),
    "a bomb packed too tightly": ("แผน.docx", lambda: word_with({"word/a.xml": bytes(60 * MIB)}), "file_unpacks_too_large"),
    "a bomb that lies": ("แผน.docx", files.lying, "file_unpacks_too_large"),
    "a document with a password": ("แผน.docx", ole("EncryptionInfo", "EncryptedPackage"), "file_encrypted"),
    "a zip with a password": ("แผน.docx", files.with_password(), "file_encrypted"),
    "an OpenDocument file with a password": ("a.odt", open_document("text", {"META-INF/manifest.xml": b"<manifest:encryption-data>"}), "file_encrypted"),
}  # fmt: skip


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all refusals: it stays empty. It takes files of a megabyte."""
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        set_upload_rules(opened, ADMINISTRATOR, largest_megabytes=1, types=TYPES)
        yield opened


def kept(office: Office) -> list[str]:
    folder = office.store.contents.folder
    return [path.name for path in folder.rglob("*") if path.is_file()]


def take(office: Office, name: str, data: bytes):
    return received(office, name, io.BytesIO(data))


def test_a_real_file_of_each_type_is_taken_and_kept_once(office: Office):
    for name, data in real().items():
        before = kept(office)
        taken = take(office, name, data)
        kind = next(one for one in TYPES.values() if name.rpartition(".")[2] in one.all_endings)
        assert (taken.name, taken.media_type, taken.bytes) == (name, kind.media_type, len(data))
        assert (name, taken.new) == (name, taken.sha256 not in before)
        assert office.store.contents.path_of(taken.sha256).read_bytes() == data
        assert take(office, "อีกชื่อ." + kind.name, data).new is False
        assert (name, sorted(kept(office))) == (name, sorted({*before, taken.sha256}))


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_file_is_told_why_and_nothing_of_it_is_kept(careful: Office, what: str):
    name, data, code = REFUSED[what]
    with pytest.raises(PsoError) as refusal:
        take(careful, name, data() if callable(data) else data)
    assert (refusal.value.code, kept(careful)) == (code, [])
    said = {language: refusal_sentence(Told(phrases(language)), refusal.value) for language in LANGUAGES}
    assert ("โปรด" in said["th"], "lease" in said["en"]) == (True, True)
    for sentence in said.values():
        assert "pdf, png, jpg" in sentence if code == "file_type_unknown" else " 1 " in sentence if code == "file_too_large" else "{" not in sentence


def test_each_refusal_is_shown_above():
    shown = {code for _, _, code in REFUSED.values()}
    kinds = ("file_type_unknown", "file_is_program", "file_has_macros", "file_not_what_it_says", "file_too_large", "file_empty", "file_unpacks_too_large", "file_encrypted")
    assert shown == {*kinds, "file_name_missing"}


def test_a_bomb_is_known_within_seconds_and_without_filling_the_memory(office: Office):
    began = time.monotonic()
    for data in (files.bomb(), files.lying()):
        with pytest.raises(PsoError, match="file_unpacks_too_large"):
            take(office, "แผน.docx", data)
    assert time.monotonic() - began < 60


def test_a_document_that_packs_well_is_taken(office: Office):
    large = files.workbook(30_000)
    assert take(office, "ผล.xlsx", large).bytes == len(large)


def test_the_name_is_that_of_the_file_alone(office: Office):
    assert take(office, "..\\..\\ลับ\\แผน\u202e.png", PNG).name == "แผน.png"
    assert take(office, "con.png", PNG).name == "con_.png"
    long = take(office, "ที่" * 100 + ".png", PNG).name
    assert (long.endswith("ที่.png"), len(long) <= 255, len(long.encode()) <= 255) == (True, True, True)


def test_a_full_disk_keeps_nothing(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office.store.contents, "_room", 2**62)
    with pytest.raises(PsoError, match="disk_refused"):
        take(office, "ภาพ.png", PNG)
    assert kept(office) == []


# The rules


def test_at_first_every_type_of_fifty_megabytes_is_taken(office: Office):
    assert upload_rules(office) == UploadRules(50, tuple(TYPES))
    assert {"jpg", "jpeg"} <= set(UploadRules().endings)


def test_an_administrator_says_what_is_taken(office: Office):
    set_upload_rules(office, ADMINISTRATOR, largest_megabytes=3, types=["png", "pdf"])
    assert upload_rules(office) == UploadRules(3, ("pdf", "png"))
    assert take(office, "ภาพ.png", PNG).new
    with pytest.raises(PsoError) as refusal:
        take(office, "แผน.docx", word())
    assert (refusal.value.code, refusal.value.facts) == ("file_type_unknown", {"allowed": "pdf, png"})
    with pytest.raises(PsoError) as refusal:
        take(office, "แผน.pdf", b"%PDF-" + bytes(3 * MIB))
    assert (refusal.value.code, refusal.value.facts) == ("file_too_large", {"most": 3})


def test_nobody_else_says_it(office: Office):
    for role in set(ROLES) - {"administrator"}:
        with pytest.raises(NotAllowed, match="not_allowed"):
            set_upload_rules(office, person(role), largest_megabytes=200, types=TYPES)
        assert upload_rules(office) == UploadRules()


def test_rules_that_cannot_be_are_refused_with_a_sentence(office: Office):
    for largest, types, code in (
        (0, ["pdf"], "upload_size_outside"), (201, ["pdf"], "upload_size_outside"), (5, [], "upload_types_missing"), (5, ["pdf", "exe"], "upload_type_unknown"),
    ):  # fmt: skip
        with pytest.raises(PsoError) as refusal:
            set_upload_rules(office, ADMINISTRATOR, largest_megabytes=largest, types=types)
        assert (refusal.value.code, upload_rules(office)) == (code, UploadRules())
        assert "โปรด" in phrases("th")(f"refusals.{code}", **refusal.value.facts)


def test_the_server_lets_in_as_much_as_may_be_allowed():
    config = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    assert f"maxUploadSize = {MOST_MEGABYTES} " in config


# Handing out


def attach(office: Office, **changed: object) -> tuple[str, str]:
    """The project and the id of a row, however odd."""
    taken = take(office, "แผน.png", PNG)
    body = {"evidence": "evidence:a", "number": 1, "name": taken.name, "media_type": taken.media_type, "bytes": taken.bytes, "sha256": taken.sha256}
    project = an_empty_project(office)
    office.store.commit(project, [Write("attachment:a:1", "attachment", 0, body | changed)], person_id="p", action="attach")
    return project, "attachment:a:1"


def test_everybody_who_may_look_gets_the_file(office: Office):
    place = attach(office)
    for role in ROLES:
        found = attached(office, person(role), *place)
        assert (role, found.name, found.media_type, found.path.read_bytes()) == (role, "แผน.png", "image/png", PNG)


def test_a_row_of_no_content_hands_out_nothing(office: Office):
    for sha256 in ("../../nine.duckdb", None, 7, "0" * 64):
        with pytest.raises(NotFound, match="content_missing"):
            attached(office, ADMINISTRATOR, *attach(office, sha256=sha256))


def test_a_content_that_was_altered_is_not_handed_out(office: Office):
    project, row = attach(office)
    attached(office, ADMINISTRATOR, project, row).path.write_bytes(b"another")
    with pytest.raises(NotFound) as refusal:
        attached(office, ADMINISTRATOR, project, row)
    assert "ผู้ดูแลระบบ" in phrases("th")(f"refusals.{refusal.value.code}")


def test_what_a_row_says_of_its_file_becomes_harmless(office: Office):
    found = attached(office, ADMINISTRATOR, *attach(office, name="..\\a\r\n.html", media_type="text/html"))
    assert (found.name, found.media_type) == ("a.html", "application/octet-stream")
    assert attached(office, ADMINISTRATOR, *attach(office, name="/")).name == found.path.name


def test_other_rows_and_projects_have_no_file(office: Office):
    project, _ = attach(office)
    for wrong in ((project, "agency"), (project, "project"), (project, "nothing"), ("nothing", "attachment:a:1")):
        with pytest.raises(NotFound):
            attached(office, ADMINISTRATOR, *wrong)

