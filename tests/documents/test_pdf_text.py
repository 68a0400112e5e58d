"""What people typed in the PDF: text and nothing else, broken where Thai allows, inside the page, and found again letter by letter."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pso_core.documents import blocks as b
from pso_core.documents.one_page import one_page
from pso_core.documents.pdf import pdf_file, typeset
from pso_core.documents.pdf_objects import changed, objects_of
from pso_core.documents.print_letters import face_letters, sign_letters
from pso_core.documents.print_text import printable, printable_line
from pso_core.documents.readable_layer import with_readable_text
from tests.documents.every_kind import every_kind
from tests.documents.hostile import TEXTS, UNREADABLE
from tests.documents.pdf_parts import actions, catalog, outside, packed, page_texts, pages, pictures, seen_by_chrome
from tests.documents.small import ABOUT
from tests.documents.test_one_page import PAGE

TYPST = ("#panic()", '#read("/etc/passwd")', "*b* _i_ $x$ @label <l> `raw` // c /* d */", "\\u{41} \\#", "#" * 300, '#eval("1")', "= ก\n- ข", "https://a.example")
ENDLESS = ("W" * 2_000, "ก" * 1_000, "ก้" * 600, "ค่า" * 300, "เ" * 400, "ๆ" * 300, "๑" * 300, "ก\n" * 150, "ขรรคชัยสิทธิ์" * 40)
NOTHING = ("", " ", "\n\n", "\t", "\u0e33", "\u0e49\u0e49", "\u200b", "\U0001f3db")
THAI = "ซึ่งน้ำ ที่ ก้ำ ญู ฐุ ปี่ ผึ้ง เกิ้น ป่า กำกำ กิ้กิ้ พ.ศ. 2544 รศ.ดร. ฤๅฤๅ ๆ ฯลฯ ศักดิ์สิทธิ์ fifi office"


def written(text: str) -> bytes:
    return pdf_file(every_kind(text), replace(ABOUT, title=text, author=text), thai_digits=False)


@pytest.mark.parametrize("text", [*TEXTS, *TYPST])
def test_a_hostile_text_is_read_as_it_was_typed(text: str):
    content = written(text[:500])  # endless ones are below
    found = "".join(page_texts(content))
    wanted = packed("".join(printable(text)))[:60]
    assert found.count(wanted) >= 20
    assert actions(content) == set()
    assert "/OpenAction" not in catalog(content) and "/JavaScript" not in catalog(content).get("/Names", {})


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: ascii(text[:2]))
def test_a_text_without_end_stays_inside_the_page_and_takes_another(text: str):
    content = written(text)
    assert outside(content) == []
    assert pages(content) > 3


@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_a_text_of_nothing_is_set_too(text: str):
    assert pages(written(text)) <= 3


def test_what_no_printer_can_set_is_left_out():
    assert "abcdefghijklm" in "".join(page_texts(written(UNREADABLE)))


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("ก\U0001f3dbข", "ก□ข"),
        ("ก\ue000ข\uf8ff", "ก□ข□"),
        ("漢\u0301\u0e33ก", "□ก"),
        ("\U0001f469\U0001f3fd\u200d\U0001f4bb", "□□"),
        ("○◔◑● ☑✓★", "○◔◑● ☑✓★"),
        ("a\tb", "a    b"),
        ("ก็็็", "ก็"),
    ],
)
def test_what_no_font_of_ours_draws_is_replaced_where_one_sees_it(text: str, set_as: str):
    assert printable(text) == (set_as,)


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("รศ.ดร.มาลี", "ร|ศ|.|ด|ร|.มาลี"),
        ("พ.ศ. 2544", "พ|.|ศ|._2544"),
        ("ต่าง ๆ", "ต่าง_ๆ"),
        ("“ดี” และ (ดี)", "“ดี|” และ (ดี|)"),
        ("P.S.O. 1101", "P.S.O._1101"),
        ("a" * 26, "a" * 12 + "/" + "a" * 12 + "/" + "aa"),
        ("กิ่" * 12, "กิ่กิ่กิ่กิ่/" * 3),
        ("ประชุมคณะทำงาน", "ประชุมคณะทำงาน"),
    ],
)
def test_a_line_breaks_where_thai_allows(text: str, set_as: str):
    """| no break, / a break, _ a hard space."""
    assert printable_line(text) == set_as.replace("|", "\u2060").replace("/", "\u200b").replace("_", "\u00a0")


def test_every_letter_that_we_call_ours_can_be_set():
    letters = sorted(face_letters() | sign_letters())
    texts = tuple("".join(letters[at : at + 40]) for at in range(0, len(letters), 40))
    content = pdf_file((b.Heading("ก", 1), *map(b.Paragraph, texts), *map(b.Finding, texts)), ABOUT, thai_digits=False)
    assert len(letters) > 900 and pages(content) > 1


def test_thai_is_found_by_readers_of_either_kind_and_not_twice():
    content = pdf_file((b.Paragraph(THAI), b.Finding(THAI)), ABOUT, thai_digits=False)
    assert page_texts(content) == [packed(THAI) * 2]
    assert seen_by_chrome(content)[0].startswith(packed(THAI))
    raw = typeset((b.Paragraph(THAI), b.Finding(THAI)), ABOUT, False, {})
    assert packed(THAI) not in page_texts(raw)[0] and packed(THAI) not in seen_by_chrome(raw)[0]


def test_making_thai_findable_changes_nothing_that_is_seen():
    raw = typeset(every_kind(THAI), ABOUT, False, {"project.json": b"{}"})
    readable = with_readable_text(raw)
    assert pictures(readable) == pictures(raw)
    before, after = objects_of(raw), objects_of(readable)
    differing = {number for number, body in before.items() if after[number] != body}
    assert len(before) == len(after)
    assert len(differing) <= 2 * pages(raw)
    assert {kind for number in differing for kind in re.findall(rb"/Type/(\w+)", after[number][:80])} == {b"CMap"}


def test_a_file_put_together_again_without_changes_is_the_same():
    page = one_page(PAGE)
    assert changed(page, {}) == page


def test_a_file_that_is_not_as_typst_writes_it_is_refused():
    page = one_page(PAGE)
    with pytest.raises(ValueError, match="is not where the table says"):
        objects_of(page.replace(b"\n5 0 obj", b"\n6 0 obj"))
