"""The pack of a project: everything is in it, it says what the project says, and the same project is the same bytes."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from docx import Document

from pso_core.actions.evidence import accept, attach
from pso_core.actions.rows import Edit, save_rows
from pso_core.documents.manifest import MANIFEST, verify
from pso_core.documents.pack import parts_digests
from pso_core.domain.people import ROLES
from pso_core.errors import NotAllowed, NotFound
from pso_core.office import Office
from pso_core.press.build import case_of, file_of, let_go, make, order
from pso_core.press.examined import examined
from pso_core.steps.evidence import claimed_and_proven
from pso_core.store.contents import contents_of
from pso_core.store.packs import Pack
from tests.actions.files import pdf, picture
from tests.building import an_empty_project, an_office, lampang, person, write
from tests.documents.hostile import TEXTS
from tests.documents.pdf_parts import packed, seen_by_chrome
from tests.press.chart_files import CHART_FILES

HEAD, FACILITATOR, VIEWER = person("head"), person("facilitator"), person("viewer")
PDF = pdf()
CAME, ABSENT = "Ms Present", "Ms Absent"
REPORTS = ["รายงาน.pdf", "รายงาน.docx", "ตารางข้อมูล.xlsx", "ข้อมูล/project.json", "ข้อที่ยังขาด.txt", "index.html", "pack.json", MANIFEST]
OURS, THEIRS = "หลักฐาน/1 ครอบคลุม/1-02 บัญชีฐานข้อมูล 23 ภารกิจ.pdf", "หลักฐาน/8 เข้าถึง/8-02 หน้าเว็บ.png"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def project(office: Office) -> str:
    """Lampang's, with two files: one accepted, one in two versions; and an address that supports nothing yet."""
    made = lampang(office)
    for criterion, code, title, name, data in (
        ("coverage", "1-02", "บัญชีฐานข้อมูล 23 ภารกิจ", "บัญชี.pdf", [PDF]), ("access", "8-02", "หน้าเว็บ", "หน้า.png", [picture("PNG"), picture("PNG", 9, 9)]),
    ):  # fmt: skip
        piece = write(office, made, "evidence", criterion=criterion, code=code, title=title, form="file").ids[0]
        indicator = next(office.store.state(made).where("indicator", criterion=criterion))
        write(office, made, "support", evidence=piece, indicator=indicator.id, level=1)
        for one in data:
            attach(office, person("member"), made, piece, name, io.BytesIO(one))
    meeting = {"title": "ให้คะแนน", "step": "assessment", "held_on": "2026-11-20", "began_at": "2026-11-20T03:00:00Z", "led_by": HEAD.id, "attendance": CAME, "absent": ABSENT}
    save_rows(office, FACILITATOR, made, [Edit("meeting", "meeting:one", meeting)], seen=office.store.state(made).seq, action="hold_meeting")
    write(office, made, "evidence", criterion="accuracy", code="2-01", title="คู่มือสอบทานข้อมูล", form="link", address="ห้องสมุดของจังหวัด")
    accept(office, FACILITATOR, made, next(office.store.state(made).where("evidence", code="1-02")).id, office.store.state(made).seq)
    return made


def built(office: Office, project: str, language: str = "th", thai_digits: bool = False) -> Pack:
    return make(office, HEAD, order(office, HEAD, project, language, thai_digits))


def archive(office: Office, pack: Pack) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(office.store.contents.path_of(pack.content).read_bytes()))


@pytest.fixture(scope="module")
def pack(office: Office, project: str) -> Pack:
    return built(office, project)


@pytest.fixture(scope="module")
def inside(office: Office, pack: Pack) -> zipfile.ZipFile:
    return archive(office, pack)


def test_the_pack_holds_the_reports_the_data_and_the_newest_file_of_each_piece(inside: zipfile.ZipFile):
    assert sorted(inside.namelist()) == sorted([*REPORTS, *CHART_FILES["th"], OURS, THEIRS])
    assert (inside.read(OURS), inside.read(THEIRS)) == (PDF, picture("PNG", 9, 9))


def test_it_is_whole_and_recorded_with_who_when_and_of_which_change(office: Office, project: str, pack: Pack):
    path = office.store.contents.path_of(pack.content)
    with path.open("rb") as file:
        found = verify(file)
    assert (found.whole, found.digest, found.about["change"]) == (True, pack.digest, pack.seq)
    assert (pack.person_id, pack.seq, pack.day.isoformat(), pack.bytes) == ("p-head", office.store.state(project).seq, "2026-11-23", path.stat().st_size)
    assert office.store.packs.of(project)[-1:] == (pack,)


def test_files_whose_names_would_be_the_same_on_some_machine_are_each_there(office: Office):
    made = an_empty_project(office)
    told = {"1/77": "ก", "1:77": "ก", "1 77": "ก", "A-1": "x", "a-1": "X", "..": "..."}
    for number, (code, title) in enumerate(told.items()):
        piece = write(office, made, "evidence", criterion="coverage", code=code, title=title, form="file").ids[0]
        attach(office, FACILITATOR, made, piece, "ภาพ.png", io.BytesIO(picture("PNG", number + 1, 9)))
    pack = built(office, made)
    with office.store.contents.path_of(pack.content).open("rb") as file:
        assert verify(file).whole
    names = [name for name in archive(office, pack).namelist() if name.startswith("หลักฐาน/")]
    assert (len(names), len({name.casefold() for name in names}), [name for name in names if "/." in name]) == (6, 6, [])
    assert sorted(Path(name).name for name in names if Path(name).name.startswith("1 77")) == ["1 77 ก (2).png", "1 77 ก (3).png", "1 77 ก.png"]


def test_every_row_of_the_project_is_in_its_workbook_and_its_data(office: Office, project: str, inside: zipfile.ZipFile):
    rows = office.store.state(project).rows
    assert {row["id"] for row in json.loads(inside.read("ข้อมูล/project.json"))["rows"]} == set(rows)
    book = openpyxl.load_workbook(io.BytesIO(inside.read("ตารางข้อมูล.xlsx")))
    words = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
    assert {row["title"] for row in rows.values() if row.kind == "evidence"} <= words


def test_who_did_not_come_to_a_meeting_is_nowhere_in_it(inside: zipfile.ZipFile):
    (meeting,) = [row for row in json.loads(inside.read("ข้อมูล/project.json"))["rows"] if row["kind"] == "meeting"]
    assert (meeting["body"]["attendance"], meeting["body"]["absent"]) == (CAME, None)
    printed, told = "".join(seen_by_chrome(inside.read("รายงาน.pdf"))), ""
    assert (packed(CAME) in printed, packed(ABSENT) in printed) == (True, False)
    for part in ("รายงาน.docx", "ตารางข้อมูล.xlsx"):
        with zipfile.ZipFile(io.BytesIO(inside.read(part))) as unpacked:
            told += "".join(unpacked.read(name).decode("utf-8", "replace") for name in unpacked.namelist())
    assert (CAME in told, ABSENT in told) == (True, False)


def test_word_and_pdf_say_the_same_parts(inside: zipfile.ZipFile):
    assert len([p for p in Document(io.BytesIO(inside.read("รายงาน.docx"))).paragraphs if p.style.name == "Heading 1"]) == 13
    assert inside.read("รายงาน.pdf").startswith(b"%PDF-")


class Links(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") and value != "#charts"]  # a place in the page itself


def test_the_index_leads_to_files_that_are_there_and_to_nothing_else(inside: zipfile.ZipFile):
    found = [unquote(link) for link in Links(inside.read("index.html").decode()).links]
    assert set(found) <= set(inside.namelist())
    assert {OURS, THEIRS, *CHART_FILES["th"], "รายงาน.pdf", "รายงาน.docx", "ตารางข้อมูล.xlsx", "ข้อที่ยังขาด.txt"} == set(found)


def test_the_index_says_where_paper_is_what_is_proven_and_names_every_piece_of_evidence(office: Office, project: str, inside: zipfile.ZipFile):
    page = inside.read("index.html").decode()
    said = ("ตู้ 2 ชั้น 2 05-001", "//www.lampang.go.th", "150 / 300", "55 / 300", "น้ำหนัก 20 ให้ระดับ 1 มีหลักฐานถึงระดับ 1", "หลักฐานอื่นของเกณฑ์นี้", "ห้องสมุดของจังหวัด")
    assert [words for words in said if words not in page] == []
    assert [row["title"] for row in office.store.state(project).of("evidence") if page.count(f"<b>{row['code']}</b>") != 1] == []


def test_what_is_missing_is_listed_step_by_step(inside: zipfile.ZipFile):
    said = inside.read("ข้อที่ยังขาด.txt").decode("utf-8-sig")
    assert "การกำหนดวิสัยทัศน์\n- วิสัยทัศน์ยังไม่ได้รับความเห็นชอบ" in said and said.count("\n- หลักฐาน 2-01 คู่มือสอบทานข้อมูล ยังไม่ได้ระบุว่ารองรับตัวชี้วัดใด") == 1


REMAKE = """
import sys
from datetime import date
from pathlib import Path
from pso_core.press.build import Order, written
from tests.building import an_office
with an_office(Path(sys.argv[1])) as office, open(sys.argv[2], "wb") as target:
    written(office, Order(sys.argv[3], int(sys.argv[4]), date.fromisoformat(sys.argv[5]), "th", False), target)
"""


def test_another_process_in_another_time_zone_makes_the_same_bytes(office: Office, pack: Pack, tmp_path: Path):
    copy, remade = tmp_path / "nine.duckdb", tmp_path / "again.zip"
    office.store.engine.copy_to(copy)
    shutil.copytree(office.store.contents.folder, contents_of(copy))
    environment = {**os.environ, "TZ": "America/New_York", "LANG": "C", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", REMAKE, copy, remade, pack.project_id, str(pack.seq), pack.day.isoformat()], check=True, env=environment, timeout=300)
    assert remade.read_bytes() == office.store.contents.path_of(pack.content).read_bytes()


def test_one_edit_changes_the_parts_that_tell_of_it_and_no_other(office: Office, pack: Pack):
    project = lampang(office)
    before = parts_digests(case_of(office, order(office, HEAD, project, "th", False)))
    write(office, project, "goal", office.store.state(project).of("goal")[0].id, text="เป้าหมายใหม่")
    after = parts_digests(case_of(office, order(office, HEAD, project, "th", False)))
    assert (set(before), {key for key in before if before[key] != after[key]}) == (set(pack.parts), {"direction"})


@pytest.fixture(scope="module")
def hostile(office: Office) -> zipfile.ZipFile:
    """A pack whose evidence is called, and described, by every hostile text: 1-101, 1-102, …"""
    project = an_empty_project(office)
    indicator = write(office, project, "indicator", criterion="coverage", name="ตัวชี้วัด").ids[0]
    titles = {f"1-{number}": (text.strip()[:300] or "ก", text[:1000] or None) for number, text in enumerate(TEXTS, 101)}
    edits = [Edit("evidence", None, {"criterion": "coverage", "code": code, "title": title, "form": "file", "note": note}) for code, (title, note) in titles.items()]
    pieces = save_rows(office, FACILITATOR, project, edits, office.store.state(project).seq).ids
    supports = [Edit("support", None, {"evidence": piece, "indicator": indicator, "level": 1}) for piece in pieces]
    save_rows(office, FACILITATOR, project, supports, office.store.state(project).seq)
    for number, piece in enumerate(pieces, 101):
        attach(office, person("member"), project, piece, "ก.png", io.BytesIO(picture("PNG", number, 1)))
    return archive(office, built(office, project))


def test_what_people_typed_becomes_no_path(hostile: zipfile.ZipFile):
    paths = sorted(name for name in hostile.namelist() if name.startswith("หลักฐาน/"))
    good = re.compile(r'หลักฐาน/1 ครอบคลุม/(1-\d+)[^<>:"/\\|?*\n\r\t]*\.png')
    assert [found and found[1] for found in map(good.fullmatch, paths)] == [f"1-{number}" for number in range(101, 101 + len(TEXTS))]


def test_what_people_typed_becomes_no_markup(hostile: zipfile.ZipFile):
    page = hostile.read("index.html").decode()
    assert page.count("1-1") >= len(TEXTS)
    assert Links(page).tags <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "p", "nav", "ul", "li", "a", "div", "b", "label", "input", "span", "main", "section", "script",
    }  # fmt: skip
    assert set(map(unquote, Links(page).links)) <= set(hostile.namelist())


def test_a_file_whose_content_is_lost_is_said_to_be_missing(office: Office):
    project = an_empty_project(office)
    piece = write(office, project, "evidence", criterion="coverage", code="1-07", title="หาย", form="file").ids[0]
    attach(office, person("member"), project, piece, "หาย.png", io.BytesIO(picture("PNG", 31, 31)))
    paper = write(office, project, "file", file_code="01-001", title="แฟ้ม", place="ตู้ 1").ids[0]
    scanned = write(office, project, "evidence", criterion="coverage", code="1-08", title="แฟ้มที่สแกน", form="paper", file=paper).ids[0]
    attach(office, person("member"), project, scanned, "สแกน.png", io.BytesIO(picture("PNG", 32, 32)))
    for kept in (True, False):
        if not kept:
            for row in office.store.state(project).of("attachment"):
                office.store.contents.drop(row["sha256"])
        inside = archive(office, built(office, project))
        said, page = inside.read("ข้อที่ยังขาด.txt").decode("utf-8-sig"), inside.read("index.html").decode()
        assert [name for name in inside.namelist() if "1-07" in name or "1-08" in name] == ([] if not kept else [f"หลักฐาน/1 ครอบคลุม/1-0{end}.png" for end in ("7 หาย", "8 แฟ้มที่สแกน")])
        assert [line in said.splitlines() for line in ("- 1-07 หาย: หาย.png", "- 1-08 แฟ้มที่สแกน: สแกน.png")] == [not kept] * 2
        assert ("โปรดแนบไฟล์ หาย.png อีกครั้ง" in said, page.count("ไฟล์หาไม่พบ")) == ((False, 0) if kept else (True, 2))


def test_an_examiner_sees_what_was_proven_when_the_pack_was_made_whatever_was_lost_or_found_since(office: Office):
    project, data = lampang(office), picture("PNG", 33, 33)
    piece = write(office, project, "evidence", criterion="speed", code="4-07", title="ผล", form="file").ids[0]
    write(office, project, "support", evidence=piece, indicator=next(office.store.state(project).where("indicator", criterion="speed")).id, level=1)
    attach(office, person("member"), project, piece, "ผล.png", io.BytesIO(data))
    accept(office, FACILITATOR, project, piece, office.store.state(project).seq)
    whole = built(office, project)
    office.store.contents.drop(sha256(data).hexdigest())
    without = built(office, project)
    for put_back in (False, True):
        if put_back:
            attach(office, person("member"), project, piece, "ผล.png", io.BytesIO(data))
        found = [examined(office, pack, "th") for pack in (whole, without)]
        assert [claimed_and_proven(one.case.review)[1].total for one in found] == [65, 55]
        assert [piece in one.files for one in found] == [put_back, False]


@pytest.mark.parametrize("role", ROLES)
def test_who_certifies_makes_packs_and_whoever_may_look_opens_them(office: Office, project: str, pack: Pack, role: str):
    assert file_of(office, person(role), project, pack.id)[0] == pack
    if role in ("administrator", "facilitator", "head"):
        assert order(office, person(role), project, "th", False).seq == pack.seq
    else:
        with pytest.raises(NotAllowed):
            order(office, person(role), project, "th", False)


def test_a_pack_is_opened_only_by_its_own_project(office: Office, pack: Pack):
    with pytest.raises(NotFound, match="pack_gone"):
        file_of(office, HEAD, lampang(office), pack.id)


def test_a_file_is_let_go_when_no_other_pack_is_it_and_the_records_stay(office: Office):
    project = an_empty_project(office)
    first, second = built(office, project), built(office, project)
    pytest.raises(NotAllowed, let_go, office, VIEWER, project, first.id)
    let_go(office, HEAD, project, first.id)
    assert office.store.contents.holds(second.content)
    let_go(office, HEAD, project, second.id)
    assert (office.store.contents.holds(second.content), len(office.store.packs.of(project))) == (False, 2)
    with pytest.raises(NotFound, match="pack_gone"):
        file_of(office, HEAD, project, second.id)
