"""A very long table is set in pieces: all of it is there, in one file that reads, counts and says what it is as any other."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from pso_core.documents import blocks as b
from pso_core.documents.long_tables import FIRST, WHOLE, cut
from pso_core.documents.pdf import _folder_of, pdf_file
from pso_core.documents.pdf_objects import objects_of
from pso_core.documents.pdf_setting import FURTHER, set_apart, set_here
from tests.documents.pdf_parts import catalog, headings, lines_of_tables, packed, page_texts
from tests.documents.small import ABOUT

LONG = WHOLE + 2  # the last line is kept with the total
FOOT = (("รวม", "ทั้งสิ้น"),)
DATA = {"project.json": b"{}\n"}


def rows(count: int, name: str = "แฟ้ม") -> tuple[tuple[str, str], ...]:
    return tuple((f"{name}{number}", f"ที่เก็บ{name}{number}") for number in range(count))


def a_table(lines: tuple[b.Line, ...]) -> b.Table:
    return b.Table(("ชื่อ", "ที่อยู่"), lines, (1, 1), frozenset(), FOOT)


REPORT = (
    b.Cover("รายงาน", ("หน่วยงาน",), ()), b.Heading("สารบัญ", 1), b.Contents(), b.Heading("ทะเบียน", 1), b.Heading("ทะเบียนแรก", 2),
    a_table(("กลุ่มหนึ่ง", *rows(700))), b.Heading("ต่อท้าย", 2), b.Paragraph("ย่อหน้า"), b.Heading("แฟ้มแนบ", 2), a_table(rows(LONG, "แนบ")),
    b.Heading("บทสุดท้าย", 1), a_table(rows(3, "ท้าย")),
)  # fmt: skip


@pytest.fixture(scope="module")
def file() -> bytes:
    return pdf_file(REPORT, ABOUT, thai_digits=False, attached=DATA)


def test_every_line_is_on_a_page_once_and_in_its_order(file):
    whole = "".join(page_texts(file))
    for name, count in (("แฟ้ม", 700), ("แนบ", LONG), ("ท้าย", 3)):
        assert re.findall(rf"ที่เก็บ{name}(\d+?)(?={name}|รวม|–|ชื่อ|ก)", re.sub(r"–\d+–|" + packed(ABOUT.foot), "", whole)) == [str(number) for number in range(count)]
    assert whole.count("ทั้งสิ้น") == 3


def test_its_pages_are_counted_through(file):
    texts = page_texts(file)
    assert [number for number, text in enumerate(texts, 1) if f"–{number}–" not in text] == [1]
    assert [text.count(packed(ABOUT.foot)) for text in texts] == [0] + [1] * (len(texts) - 1)


def test_its_pages_look_alike_whichever_file_they_come_from(file):
    texts = [page.get_textpage() for page in pypdfium2.PdfDocument(file)][1:]
    assert {text.get_text_range(0, 1) for text in texts} == {"–"}
    assert len({tuple(round(edge, 1) for edge in text.get_charbox(0)[1:4:2]) for text in texts}) == 1  # the number's lower and upper edge


def test_bookmarks_and_contents_lead_to_where_a_heading_is(file):
    assert headings(file) == [(block.level, block.text) for block in REPORT if isinstance(block, b.Heading)]
    texts, contents = page_texts(file), page_texts(file)[1]
    for title, page in _led_to(file):
        assert packed(title) in texts[page - 1]
        assert re.search(rf"{packed(title)}\.+{page}(?!\d)", contents), title
    assert [number for _, number in _led_to(file)] == sorted(_linked_to(file))


def test_each_piece_is_a_table_with_its_heads_after_the_beginning_of_its_own(file):
    assert lines_of_tables(file) == [FIRST + 1, 302, 304, FIRST + 1, 201, 204, 5]  # heads and totals counted, and a group said again


def test_every_part_of_every_page_belongs_to_one_element_of_the_structure(file):
    reader, tree = PdfReader(io.BytesIO(file), strict=True), catalog(file)["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    keys = [int(key) for key in numbers[::2]]
    owners = dict(zip(keys, numbers[1::2], strict=True))
    assert keys == list(range(tree["/ParentTreeNextKey"]))
    drawn = {
        (page.indirect_reference.idnum, place): owner.idnum
        for page in reader.pages for place, owner in enumerate(owners[page["/StructParents"]].get_object())
    }  # fmt: skip
    claimed = Counter(_claimed(tree["/K"][0].get_object()))
    assert dict.fromkeys(((page, place, owner) for (page, place), owner in drawn.items()), 1) == claimed


def test_heads_of_its_tables_have_names_of_their_own_that_can_be_looked_up(file):
    tree = catalog(file)["/StructTreeRoot"]
    names = [str(name) for name in tree["/IDTree"]["/Names"][::2]]
    assert names == sorted(set(names))
    assert [one.get_object()["/ID"] for one in tree["/IDTree"]["/Names"][1::2]] == names
    used = Counter(str(name) for one in _elements(tree) for about in _about(one) for name in about.get("/Headers", []))
    assert set(used) <= set(names)
    assert len(names) == 7 * 2 + 3  # of two columns of seven tables, and of a group in three of these


def test_what_the_file_is_and_what_is_attached_stays(file):
    xmp = catalog(file)["/Metadata"].get_data().decode()
    assert re.findall(r"<pdf(?:aid|uaid):(\w+)>(\w+)<", xmp) == [("part", "3"), ("conformance", "A"), ("part", "1")]
    assert {name: contents[0] for name, contents in PdfReader(io.BytesIO(file)).attachments.items()} == DATA


def test_its_own_counts_of_pages_and_objects_are_right(file):
    assert catalog(file)["/Pages"]["/Count"] == len(page_texts(file))
    assert PdfReader(io.BytesIO(file)).trailer["/Size"] == len(objects_of(file)) + 1


def test_it_is_the_same_bytes_here_and_in_processes_of_their_own(file):
    with _folder_of(REPORT, ABOUT, False, DATA) as folder:
        assert sorted(path.name for path in (folder / FURTHER).iterdir()) == ["0-0.json", "0-1.json", "1-0.json", "1-1.json"]
        here = set_here(folder, ABOUT.made_at)
    with _folder_of(REPORT, ABOUT, False, DATA) as folder:
        assert here == set_apart(folder, ABOUT.made_at) == file


def test_a_report_may_end_with_a_long_table_and_count_in_thai_digits():
    made = pdf_file((b.Heading("ทะเบียน", 1), a_table(rows(LONG))), ABOUT, thai_digits=True)
    texts = page_texts(made)
    assert "ทั้งสิ้น" in texts[-1]
    assert [number for number, text in enumerate(texts, 1) if f"–{_in_thai(number)}–" not in text] == [1]


def test_a_table_that_is_not_very_long_is_left_whole():
    assert cut([_data(WHOLE)]) == ([_data(WHOLE)], [])


@pytest.mark.parametrize("group", [FIRST - 1, FIRST, FIRST + 1, WHOLE // 2])
def test_a_group_is_never_left_by_its_head_and_is_said_again_where_it_goes_on(group):
    [beginning], [pieces] = cut([_data(WHOLE + 1, group)])
    parts = [part["lines"] for part in (beginning, *pieces)]
    assert [line["number"] for part in parts for line in part if "group" not in line] == [number for number in range(WHOLE + 1) if number != group]
    assert all("group" not in part[-1] for part in parts)
    assert all("group" in part[0] for part in parts if part[-1]["number"] > group and part[0]["number"] >= group)


def _data(count: int, group: int = -1) -> dict[str, Any]:
    lines = [{"number": number, **({"group": ["ก"], "short": True} if number == group else {"cells": [["ก"]]})} for number in range(count)]
    return {"kind": "table", "lines": lines, "kept": [], "foot": [], "together": False}


def _in_thai(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("๐") + digit for digit in range(10)})


def _led_to(content: bytes) -> list[tuple[str, int]]:
    reader = PdfReader(io.BytesIO(content))
    return [(str(one.title), reader.get_destination_page_number(one) + 1) for one in _flat(reader.outline)]


def _flat(outline: list) -> list:
    return [one for part in outline for one in (_flat(part) if isinstance(part, list) else [part])]


def _linked_to(content: bytes) -> list[int]:
    reader = PdfReader(io.BytesIO(content))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    marks = (mark.get_object() for page in reader.pages for mark in page.get("/Annots", []))
    return [numbers[mark["/Dest"].get_object()[0].idnum if hasattr(mark["/Dest"][0], "idnum") else mark["/Dest"][0].indirect_reference.idnum] for mark in marks]


def _elements(parent: Any) -> list[Any]:
    children = [child.get_object() for child in parent.get("/K", []) if not isinstance(child, int)]
    return [one for child in children if "/S" in child for one in (child, *_elements(child))]


def _about(element: Any) -> list[Any]:
    said = element.get("/A", [])
    return [one.get_object() for one in (said if isinstance(said, list) else [said])]


def _claimed(element: Any) -> list[tuple[int, int, int]]:
    """(page, place, element) of everything drawn that an element says is its own."""
    found = []
    for child in element.get("/K", []):
        if isinstance(child, int):
            found.append((element.raw_get("/Pg").idnum, int(child), element.indirect_reference.idnum))
        elif (one := child.get_object()).get("/Type") == "/MCR":
            found.append((one.raw_get("/Pg").idnum, int(one["/MCID"]), element.indirect_reference.idnum))
        elif "/S" in one:
            found += _claimed(one)
    return found
