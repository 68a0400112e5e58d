"""The Word file: in the form that offices use, in the order that Word asks for, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from pso_core.documents import blocks as b
from pso_core.documents.digits import in_thai_digits
from pso_core.documents.submission import files_of
from pso_core.documents.word import About, word_file
from pso_core.documents.word_styles import FONT, WIDTH
from tests.documents.full import case, full_project
from tests.documents.hostile import READ_AS, TEXTS, UNREADABLE
from tests.documents.reading import word_part, word_tables, word_text
from tests.documents.small import ABOUT

TABLE = b.Table(("ก", "ข", "ค"), (("1", "2", "3"), "กลุ่ม", ("4", "5", "6")), (1, 2, 4), frozenset({1}), (("", "รวม", "9"),))
ORDERS = {  # of ECMA-376, the elements that occur here
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr tabs spacing ind jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs color sz szCs lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan shd",
    "sectPr": "headerReference footerReference pgSz pgMar pgNumType cols titlePg",
    "style": "name basedOn next semiHidden qFormat pPr rPr tblPr",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "lvl": "start numFmt lvlText lvlJc",
    "abstractNum": "multiLevelType lvl",
    "numbering": "abstractNum num",
    "styles": "docDefaults style",
}
PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml", "word/footer1.xml")


@pytest.fixture(scope="module")
def full():
    return files_of(case(*full_project()), thai_digits=True)[0][1]


def written(*blocks: b.Block, thai_digits: bool = False, about: About = ABOUT) -> bytes:
    return word_file((b.Heading("หัวเรื่อง", 1), *blocks), about, thai_digits=thai_digits)


@pytest.mark.parametrize("part", PARTS)
def test_elements_stand_in_the_order_that_word_asks_for(full, part):
    wrong = []
    for element in word_part(full, part).iter(etree.Element):
        order = ORDERS.get(etree.QName(element).localname, "").split()
        found = [etree.QName(child).localname for child in element]
        if order and found != sorted(found, key=order.index):
            wrong.append((element.tag, found))
    assert wrong == []


def test_every_style_and_every_place_that_is_named_exists(full):
    styles = {style.get(qn("w:styleId")) for style in word_part(full, "word/styles.xml").iter(qn("w:style"))}
    used = {mark.get(qn("w:val")) for part in PARTS for tag in ("w:pStyle", "w:basedOn", "w:tblStyle", "w:next") for mark in word_part(full, part).iter(qn(tag))}
    assert used - styles == set()
    document = word_part(full)
    marks = [mark.get(qn("w:name")) for mark in document.iter(qn("w:bookmarkStart"))]
    links = [link.get(qn("w:anchor")) for link in document.iter(qn("w:hyperlink"))]
    assert len(marks) == len(set(marks))
    assert set(links) - set(marks) == set()
    assert len(links) > 13


def test_thai_has_the_font_and_the_size_of_offices(full):
    styles = word_part(full, "word/styles.xml")
    for look in styles.iter(qn("w:rPr")):
        fonts = look.find(qn("w:rFonts"))
        assert [fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")] == [FONT] * 4
        assert look.find(qn("w:sz")).get(qn("w:val")) == look.find(qn("w:szCs")).get(qn("w:val"))
        assert (look.find(qn("w:b")) is None) == (look.find(qn("w:bCs")) is None)
        assert look.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
    assert styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:szCs')}").get(qn("w:val")) == "32"
    assert FONT == "TH Sarabun New"
    assert word_part(full, "word/settings.xml").find(qn("w:themeFontLang")).get(qn("w:bidi")) == "th-TH"


def test_the_page_is_that_of_official_letters(full):
    section = docx.Document(io.BytesIO(full)).sections[0]
    assert [round(side.cm, 2) for side in (section.page_width, section.page_height, section.left_margin, section.right_margin)] == [21, 29.7, 3, 2]
    letter = next(style for style in word_part(full, "word/styles.xml").iter(qn("w:style")) if style.get(qn("w:styleId")) == "Letter")
    assert round(int(letter.find(f".//{qn('w:ind')}").get(qn("w:firstLine"))) / 567, 2) == 2.5
    assert letter.find(f".//{qn('w:jc')}").get(qn("w:val")) == "thaiDistribute"


def test_a_table_repeats_its_head_keeps_lines_whole_and_says_its_widths_twice():
    table = next(word_part(written(TABLE)).iter(qn("w:tbl")))
    rows = table.findall(qn("w:tr"))
    grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    cells = [[int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))] for row in rows]
    assert grid == [1296, 2592, 5183]
    assert sum(grid) == WIDTH
    assert cells == [grid, grid, [WIDTH], grid, grid]
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False, False, False]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_a_line_longer_than_a_page_may_break():
    table = b.Table(("ก",), (("ย" * 5_000,), ("ส",)), (1,))
    rows = next(word_part(written(table)).iter(qn("w:tbl"))).findall(qn("w:tr"))
    assert [row.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [True, False, True]


@pytest.mark.parametrize(
    ("rows", "foot", "kept"),
    [
        ((("1",), ("2",), ("3",)), (), [False, True, True, False]),
        ((("1",), ("2",), ("3",)), (("6",),), [False, True, True, True, False]),
        ((("1" * 500,), ("2",), ("3",)), (("6",),), [False, False, False, True, False]),
        ((("1" * 500,), ("2",), ("3",)), (), [False, False, False, False]),
    ],
)
def test_a_short_table_stays_on_one_page_and_a_total_with_the_last_line(rows, foot, kept):
    table = next(word_part(written(b.Table(("ก",), rows, (1,), frozenset(), foot))).iter(qn("w:tbl")))
    assert [row.find(f".//{qn('w:keepNext')}") is not None for row in table.findall(qn("w:tr"))] == kept


def test_a_paragraph_that_introduces_a_table_stays_with_it():
    body = word_part(written(b.Paragraph("หนึ่ง"), b.Paragraph("สอง"), TABLE, b.Paragraph("สาม"), b.Facts((("ก", "ข"),)))).find(qn("w:body"))
    letters = [p for p in body.findall(qn("w:p")) if p.find(f".//{qn('w:pStyle')}").get(qn("w:val")) == "Letter"]
    assert [p.find(f".//{qn('w:keepNext')}") is not None for p in letters] == [False, True, True]


def test_thai_digits_are_for_letters_and_pages_not_for_tables():
    blocks = (b.Paragraph("ปี 2544 ใช้ P.S.O. 1101"), b.Bullets(("ข้อ 7",)), TABLE, b.Facts((("รหัส", "1.10"),)))
    with_them, without = written(*blocks, thai_digits=True), written(*blocks)
    assert word_text(with_them) == word_text(without).replace("2544", "๒๕๔๔").replace("ข้อ 7", "ข้อ ๗")
    assert word_tables(with_them) == word_tables(without)
    formats = [[mark.get(qn("w:fmt")) for mark in word_part(content).iter(qn("w:pgNumType"))] for content in (with_them, without)]
    assert formats == [["thaiNumbers"], []]


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("9 ต.ค. 2544", "๙ ต.ค. ๒๕๔๔"),
        ("P.S.O. 1101 มี 9 เกณฑ์", "P.S.O. 1101 มี ๙ เกณฑ์"),
        ("P.S.O. 1101และ 3", "P.S.O. 1101และ ๓"),
        ("ดู http://a.example/3 ข้อ 4", "ดู http://a.example/3 ข้อ ๔"),
        ("รหัส A-01 และ 02", "รหัส A-01 และ ๐๒"),
        ("MIS 3 ระบบ", "MIS ๓ ระบบ"),
        ("100", "๑๐๐"),
    ],
)
def test_a_code_or_an_address_keeps_its_digits(text, set_as):
    assert in_thai_digits(text) == set_as


def test_a_picture_is_as_wide_as_the_text_has_its_caption_and_says_what_it_shows():
    png = io.BytesIO()
    Image.new("RGB", (400, 200)).save(png, "PNG")
    tall = io.BytesIO()
    Image.new("RGB", (100, 400)).save(tall, "PNG")
    content = written(b.Picture(png.getvalue(), "แท่งสูง\x07", "ห่างเป้าหมาย 40"), b.Picture(tall.getvalue(), "สูง", "สอง"), thai_digits=True)
    document = docx.Document(io.BytesIO(content))
    assert [(round(one.width.cm, 1), round(one.height.cm, 1)) for one in document.inline_shapes] == [(16, 8), (5, 20)]
    assert [one._inline.docPr.get("descr") for one in document.inline_shapes] == ["แท่งสูง", "สูง"]
    assert [(p.style.style_id, p.text) for p in document.paragraphs[1:]] == [("Picture", ""), ("Caption", "ห่างเป้าหมาย ๔๐"), ("Picture", ""), ("Caption", "สอง")]
    assert len({one._inline.docPr.get("id") for one in document.inline_shapes}) == 2


def test_lines_that_a_person_typed_stay_lines():
    text = word_text(written(b.Paragraph("หนึ่ง\nสอง"), b.Table(("ก",), (("หนึ่ง\nสอง\tสาม",),), (1,))))
    assert text.split("\n")[:6] == ["หัวเรื่อง", "หนึ่ง", "สอง", "ก", "หนึ่ง", "สอง\tสาม"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_is_read_as_it_was_typed(text):
    content = written(b.Paragraph(text), b.Finding(text), b.Facts((("ก", text),)), b.Table((text,), ((text,), text), (1,)))
    assert [line for line in word_text(content).split("\n") if line == text] == [text] * 6
    assert len(list(word_part(content).iter(qn("w:instrText")))) == 0


def test_what_word_refuses_is_left_out():
    assert READ_AS.replace("\n", " ") in word_text(written(b.Finding(UNREADABLE))).replace("\n", " ")


def test_only_the_contents_and_the_page_number_are_fields(full):
    assert [code.text.strip() for code in word_part(full).iter(qn("w:instrText"))] == [r'TOC \o "1-2" \h \z \u']
    assert [code.text.strip() for code in word_part(full, "word/header1.xml").iter(qn("w:instrText"))] == ["PAGE"]


def test_a_field_begins_and_ends_as_often(full):
    kinds = [mark.get(qn("w:fldCharType")) for mark in word_part(full).iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_the_contents_list_every_part_and_section(full):
    document = docx.Document(io.BytesIO(full))
    listed = ["".join(text.text for text in link.iter(qn("w:t"))) for link in document.element.body.iter(qn("w:hyperlink"))]
    assert listed == [paragraph.text for paragraph in document.paragraphs if paragraph.style.style_id in ("Heading1", "Heading2")]


def test_equal_content_is_equal_bytes_and_other_content_is_not(full):
    assert files_of(case(*full_project()), thai_digits=True)[0][1] == full
    assert files_of(case(*full_project()), thai_digits=False)[0][1] != full


def test_the_file_says_what_it_is_and_nothing_of_the_template(full):
    document = docx.Document(io.BytesIO(full))
    about = document.core_properties
    assert (about.author, about.language, about.comments, about.identifier) == (case(*full_project()).agency_name, "th-TH", "", "5e" * 32)
    assert about.created == about.modified == datetime(2026, 11, 23, tzinfo=UTC)
    names = zipfile.ZipFile(io.BytesIO(full)).namelist()
    assert [name for name in names if re.search("thumbnail|customXml|stylesWithEffects", name)] == []


def test_english_is_not_spread_as_thai_is():
    here = case(*full_project(), language="en")
    content = files_of(here, thai_digits=True)[0][1]
    assert b"thaiDistribute" not in etree.tostring(word_part(content, "word/styles.xml"))
    assert not re.search("[๐-๙]", word_text(content))


def test_a_name_longer_than_a_property_may_be_is_cut():
    long = About("ช" * 300, "ห" * 300, "th", datetime(2026, 11, 23), "", "")
    assert len(docx.Document(io.BytesIO(written(about=long))).core_properties.title) == 255


def test_whoever_signs_stays_on_the_page_of_the_greeting():
    signed = [paragraph for paragraph in docx.Document(io.BytesIO(written(b.Signature(("ขอแสดงความนับถือ", "(......)", "ตำแหน่ง"))))).paragraphs if paragraph.style.name == "Signature"]
    assert [paragraph.paragraph_format.keep_with_next for paragraph in signed] == [True, True, None]
