"""The PDF: everything of the report is in it, it says what it is, and it is the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from pypdf import PdfReader

from pso_core import standards
from pso_core.documents import blocks as b
from pso_core.documents.case import Case
from pso_core.documents.digits import in_thai_digits
from pso_core.documents.pdf import pdf_file, typeset
from pso_core.documents.print_letters import FONTS
from pso_core.documents.print_text import printable
from pso_core.documents.report import report
from pso_core.steps import Review
from pso_core.text.phrases import phrases
from tests.building import PEOPLE, an_office, lampang
from tests.documents.every_kind import every_kind
from tests.documents.full import TODAY, case, full_project
from tests.documents.pdf_parts import alternatives, catalog, fonts, headings, lines_of_tables, packed, page_texts
from tests.documents.small import ABOUT, EMPTY
from tests.tree import ROOT

TABLE = b.Table(("ชื่อ", "จำนวน"), (("หนึ่ง", "1"), "กลุ่มหนึ่ง", ("สอง", "22")), (5, 2), frozenset({1}), (("รวม", "23"),))
DATA = {"project.json": b'{"\xe0\xb8\x81": "\\u0000"}\n', "more.bin": bytes(range(256))}


def pdf(*blocks: b.Block, thai_digits: bool = False, **about) -> bytes:
    return pdf_file((b.Heading("หัวเรื่อง", 1), *blocks), replace(ABOUT, **about), thai_digits=thai_digits)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> tuple[b.Block, ...]:
    """What the report of Lampang says."""
    with an_office(tmp_path_factory.mktemp("pdf") / "nine.duckdb") as office:
        project = lampang(office)
        review = Review(standards.load(), office.store.state(project), tuple(PEOPLE.values()), TODAY)
        return tuple(report(Case(review, phrases("th"), office.store.digest(project))))


@pytest.fixture(scope="module")
def file(told) -> bytes:
    return pdf_file(told, ABOUT, thai_digits=True, attached=DATA)


def test_it_says_what_it_is_and_to_which_standards_it_keeps(file):
    root, about = catalog(file), PdfReader(io.BytesIO(file)).metadata
    xmp = root["/Metadata"].get_data().decode()
    assert re.findall(r"<pdf(?:aid|uaid):(\w+)>(\w+)<", xmp) == [("part", "3"), ("conformance", "A"), ("part", "1")]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), bool(root["/ViewerPreferences"]["/DisplayDocTitle"])) == ("th-TH", True, True)
    assert (about.title, about.author, about["/Keywords"], about["/CreationDate"]) == ("ชื่อ", "หน่วยงาน", "5e" * 32, "D:20261123000000Z")
    assert catalog(pdf(language="en"))["/Lang"] == "en-GB"


def test_its_letters_are_inside_and_only_ours():
    found = fonts(pdf(b.Paragraph("ก **ข**"), b.Finding("ค ● ☑"), b.Remark("→ é Ω")))
    assert found == {"Sarabun-Regular": True, "Sarabun-Bold": True, "NotoSansSymbols2-Regular": True}
    assert {(path.parent / "OFL.txt").is_file() for path in FONTS.rglob("*.ttf")} == {True}


def test_the_data_it_was_made_from_is_inside(file):
    attached = PdfReader(io.BytesIO(file)).attachments
    assert {name: contents[0] for name, contents in attached.items()} == DATA
    found = {str(one.get_object()["/UF"]): one.get_object() for one in catalog(file)["/AF"]}
    assert {name: one["/AFRelationship"] for name, one in found.items()} == dict.fromkeys(DATA, "/Source")
    assert {name: one["/EF"]["/F"]["/Subtype"] for name, one in found.items()} == {"project.json": "/application/json", "more.bin": "/application/octet-stream"}
    assert {one["/Desc"] for one in found.values()} == {phrases("th")("documents.attached")}


def test_its_headings_are_its_bookmarks_and_its_contents(file, told):
    wanted = [(block.level, in_thai_digits(block.text)) for block in told if isinstance(block, b.Heading)]
    assert [(level, packed(text)) for level, text in headings(file)] == [(level, packed(text)) for level, text in wanted]
    listed = "".join(page_texts(file)[3:5])  # the contents take more than a page
    starts = [re.search(re.escape(packed(text)) + r"\.+([๐-๙]+)", listed) for level, text in wanted if level <= 2]
    assert None not in starts and len(starts) > 30
    assert len(re.findall(r"\.{5,}[๐-๙]+", listed)) == len(starts)


def test_the_memo_is_a_page_of_its_own(file):
    letter, memo, listed = page_texts(file)[1:4]
    assert ("ขอแสดงความนับถือ" in letter, "บันทึกข้อความ" in letter) == (True, False)
    assert ("บันทึกข้อความ" in memo, "ตำแหน่ง" in memo, "ตำแหน่ง" in listed) == (True, True, False)


def test_the_contents_name_the_page_on_which_a_part_begins(file, told):
    pages = page_texts(file)
    for block in told:
        if isinstance(block, b.Heading) and block.level == 1:
            text = packed(in_thai_digits(block.text))
            page = next(number for number, said in enumerate(pages, 1) if number != 4 and text in said) if "สารบัญ" not in text else 4
            assert f"{text}." in pages[3] and re.search(re.escape(text) + r"\.+" + in_thai_digits(str(page)) + r"(?![๐-๙])", pages[3])


def test_no_row_of_any_table_is_lost(file, told):
    wanted = [1 + len(block.rows) + len(block.foot) for block in told if isinstance(block, b.Table)]
    assert lines_of_tables(file) == wanted
    assert sum(wanted) > 150


def read(content: bytes, foot: str = ABOUT.foot) -> str:
    """All pages in a row, without what stands at the head and the foot of each."""
    return "".join(re.sub(rf"–[0-9๐-๙]+–|{packed(foot)}", "", text) for text in page_texts(content))


def unread(blocks, content: bytes) -> list[str]:
    """Texts of the blocks that a reader does not find, in either digits."""
    text = read(content)
    ways = {pair for told in b.texts(blocks) for pair in zip(printable(told), printable(in_thai_digits(told)), strict=True)}
    return sorted(way for way, thai in ways if packed(way) not in text and packed(thai) not in text)


def to_be_read(blocks):
    """What a picture shows is told in words, to whoever does not see it: it is on no page."""
    return tuple(block for block in blocks if not isinstance(block, b.Picture))


def test_everything_that_lampang_tells_is_found_by_searching(file, told):
    assert unread(to_be_read(told), file) == []


def test_everything_that_a_project_can_hold_is_found_by_searching():
    blocks = tuple(report(case(*full_project())))
    assert unread(to_be_read(blocks), pdf_file(blocks, ABOUT, thai_digits=False)) == []


def test_an_empty_project_makes_a_pdf_in_english_too():
    blocks = tuple(report(case(EMPTY, (), "en")))
    assert unread(blocks, pdf_file(blocks, replace(ABOUT, language="en"), thai_digits=False)) == []


def test_every_kind_of_block_is_set():
    assert {kind for kind in b.Block.__args__} == {type(block) for block in every_kind("ก")}
    content = pdf_file(every_kind("ข้อความ"), ABOUT, thai_digits=False)
    assert unread(every_kind("ข้อความ"), content) == []
    assert [packed(text) for text in alternatives(content)] == ["ข้อความ"]


def test_thai_digits_are_for_letters_and_pages_not_for_tables():
    blocks = (b.Paragraph("ปี 2544 ใช้ P.S.O. 1101"), b.Bullets(("ข้อ 7",)), TABLE, b.Facts((("รหัส", "1.10"),)), b.Heading("ส่วนที่ 2", 1))
    with_them, without = page_texts(pdf(*blocks, thai_digits=True)), page_texts(pdf(*blocks))
    assert with_them[0] == without[0].replace("2544", "๒๕๔๔").replace("ข้อ7", "ข้อ๗")
    assert (with_them[1], without[1]) == ("–๒–ส่วนที่๒ท้ายหน้า", "–2–ส่วนที่2ท้ายหน้า")


def test_the_cover_and_the_foot_have_thai_digits_and_what_was_typed_keeps_its_own():
    blocks = (b.Cover("ชื่อ", (), (("วันที่จัดทำ", "27 พฤศจิกายน 2569"),)), b.Heading("ส่วน", 1), b.Bullets(("2-02 แผน 3 ปี (ถึงระดับ 4)", "=1+1")))
    first, second = page_texts(pdf_file(blocks, replace(ABOUT, foot="การแก้ไขครั้งที่ 1", kept=frozenset({"2-02", "แผน 3 ปี", "=1+1"})), thai_digits=True))
    assert ("๒๗พฤศจิกายน๒๕๖๙" in first, "การแก้ไขครั้งที่๑" in second) == (True, True)
    assert ("02แผน3ปี(ถึงระดับ๔)" in second, "=1+1" in second) == (True, True)


def test_the_first_page_has_no_number_and_no_foot():
    first, second = page_texts(pdf(b.Heading("ก", 1)))
    assert (first, second) == ("หัวเรื่อง", "–2–กท้ายหน้า")


def test_a_long_table_repeats_its_head_and_the_group_that_goes_on():
    rows = tuple((f"หลักฐานที่ {number} ของเกณฑ์นี้", str(number)) for number in range(200))
    content = pdf(replace(TABLE, rows=("กลุ่มเดียว", *rows)))
    pages = page_texts(content)
    assert len(pages) > 4
    assert all("ชื่อจำนวน" in text and "กลุ่มเดียว" in text for text in pages)
    assert lines_of_tables(content) == [203]
    assert "รวม23" in pages[-1] and "หลักฐานที่199ของ" in pages[-1]


def test_a_group_is_not_left_behind_by_its_first_line():
    for before in range(30, 50):
        rows = (*((f"แถว {number}", "1") for number in range(before)), "กลุ่มหนึ่ง", ("สุดท้าย", "2"), *(("ต่อ", "3"),) * 30)
        [page] = [text for text in page_texts(pdf(replace(TABLE, rows=rows))) if "สุดท้าย" in text]
        assert "กลุ่มหนึ่งสุดท้าย" in page


def test_a_total_is_not_alone_on_a_page():
    for before in range(30, 50):
        rows = tuple((f"แถว {number} จบ", "1") for number in range(before))
        content = pdf(replace(TABLE, rows=rows))
        [page] = [text for text in page_texts(content) if "รวม23" in text]
        assert f"แถว{before - 1}จบ1รวม23" in page
        assert lines_of_tables(content) == [before + 2]


def test_lines_that_a_person_typed_stay_lines():
    content = pdf(b.Paragraph("หนึ่ง\nสอง"), b.Facts((("ก", "สาม\nสี่"),)))
    lines = PdfReader(io.BytesIO(content)).pages[0].extract_text().split("\n")
    assert [line.strip() for line in lines][-4:] == ["หนึ่ง", "สอง", "ก สาม", "สี่"]


SAME = """import sys; sys.path.insert(0, ".")
from pso_core.documents.pdf import pdf_file
from tests.documents.every_kind import every_kind
from tests.documents.small import ABOUT
data = {name: bytes.fromhex(content) for name, content in zip(sys.argv[1::2], sys.argv[2::2])}
sys.stdout.buffer.write(pdf_file(every_kind("ที่ซึ่งน้ำ 9"), ABOUT, thai_digits=True, attached=data))"""


def test_equal_content_is_equal_bytes_at_any_hour_on_any_machine():
    content = pdf_file(every_kind("ที่ซึ่งน้ำ 9"), ABOUT, thai_digits=True, attached=DATA)
    environment = {**os.environ, "TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    data = [word for name, one in DATA.items() for word in (name, one.hex())]
    elsewhere = subprocess.run([sys.executable, "-c", SAME, *data], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert elsewhere.stdout == content
    assert pdf_file(every_kind("ที่ซึ่งน้ำ 8"), ABOUT, thai_digits=True, attached=DATA) != content


def test_another_change_number_at_the_foot_does_not_set_the_whole_report_anew(told):
    def seconds(foot: str) -> float:
        began = time.process_time()
        typeset(told, replace(ABOUT, foot=foot, mark=foot, language="en"), True, {})  # no other test has it in English
        return time.process_time() - began

    assert seconds("หลังการแก้ไขครั้งที่ 7") > 3 * seconds("หลังการแก้ไขครั้งที่ 8")
