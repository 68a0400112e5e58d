"""The page to print: always one page, everything on it to be read in Thai, and what people typed is text and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from pso_core.documents.clean import clean
from pso_core.documents.one_page import Figure, OnePage, Part, PhaseLine, one_page
from pso_core.text.phrases import LANGUAGES, phrases
from tests.documents.hostile import TEXTS, UNREADABLE
from tests.documents.pdf_reading import about, fonts, leads_anywhere, pages
from tests.tree import ROOT

TH = phrases("th")
LINE = "ขั้นที่ 5 ตัวชี้วัด · นางสาวมาลี แสนดี · เกินกำหนด 12 วันทำการ (9 ต.ค. 2569)"
LONG = "ตรวจสอบข้อมูลทะเบียนราษฎร์ให้ครบทุกอำเภอ " * 20
HEADINGS = ("เกินกำหนด", "ครบกำหนดใน 14 วัน", "เลื่อนในสัปดาห์ที่ผ่านมา", "รอการพิจารณา", "ติดรอขั้นก่อนหน้า", "ภาระงานของแต่ละคน")
PAGE = OnePage(
    "th", date(2026, 11, 23), "สำนักงานจังหวัดลำปาง · P.S.O. 1101", "วันจันทร์ 23 พ.ย. 2569", "สำนักงานจังหวัดลำปาง",
    "ตัวชี้วัดช้ากว่ากำหนด 6 วันทำการ", (Figure("คะแนนปัจจุบัน", "150", "300"),), "เป็นคะแนนชั่วคราว", "เก้าขั้น",
    tuple(PhaseLine("▲" if n < 4 else "◐", f"{n} ขั้นหนึ่ง", "อีก 4 วันทำการ", "คณะทำงาน", n < 4) for n in range(1, 10)), "ยังไม่มีกำหนดการ", (),
)  # fmt: skip


def part(heading: str, *lines: str) -> Part:
    return Part(heading, lines, f"ไม่มี{heading}", lambda count: TH("reminders.more", count=count))


def with_parts(*lines: str, page: OnePage = PAGE) -> OnePage:
    return replace(page, parts=tuple(part(heading, *lines) for heading in HEADINGS))


def packed(text: str) -> str:
    return "".join(text.split())


def read(page: OnePage) -> str:
    [text] = pages(one_page(page))
    return text


def test_everything_is_read_in_the_order_of_the_screen():
    text = read(with_parts(LINE))
    wanted = [PAGE.head, PAGE.made, PAGE.finding, "คะแนนปัจจุบัน150/300", PAGE.note, "เก้าขั้น", "1 ขั้นหนึ่ง", "9 ขั้นหนึ่ง", *HEADINGS]
    places = [text.index(packed(one)) for one in wanted]
    assert places == sorted(places)
    assert text.count(packed(LINE)) == len(HEADINGS)
    assert (text.count("▲"), text.count("◐")) == (3, 6)


@pytest.mark.parametrize("count", [1, 7, 60, 200])
@pytest.mark.parametrize("line", [LINE, LONG])
def test_it_is_one_page_and_counts_what_it_does_not_show(count: int, line: str):
    """Each part says how many more there are; together with those shown that is all of them."""
    text = read(with_parts(*(f"{number:03}. {line}" for number in range(count))))
    for at, heading in enumerate(HEADINGS):
        after = text[text.index(packed(heading)) :]
        whole = after[: after.index(packed(HEADINGS[at + 1]))] if at + 1 < len(HEADINGS) else after
        shown = [number for number in range(count) if f"{number:03}." in whole]
        hidden = count - len(shown)
        assert shown == list(range(len(shown))) and shown
        assert (packed(TH("reminders.more", count=hidden)) in whole) is bool(hidden)


@pytest.mark.parametrize("letters", range(30, 42))
def test_how_a_phase_stands_does_not_touch_who_has_it(letters: int):
    """Whatever the length of a line: before the column of owners, the last 26 % between the margins of 18 mm, nothing is printed for 3 mm."""
    word = ("เสร็จ 27 พ.ย. 2569 หลังกำหนด 15 วันทำการ" + "ก" * 12)[:letters]
    phases = tuple(replace(phase, word=word, owner="ยังไม่มีผู้รับผิดชอบ") for phase in PAGE.phases)
    page = pypdfium2.PdfDocument(one_page(replace(PAGE, phases=phases)))[0].render(scale=4).to_pil().convert("L")
    millimetre = page.width / 210
    owners = 18 + (210 - 2 * 18) * 0.74
    strip = page.crop((round((owners - 3.2) * millimetre), page.height // 8, round((owners - 0.2) * millimetre), page.height))
    assert strip.getextrema()[0] > 200  # the rule over the phases is lighter


def test_a_short_page_shows_everything():
    assert packed(TH("reminders.more", count=1)) not in read(with_parts(LINE, LINE, LINE))


def test_where_there_is_nothing_it_says_so_calmly():
    text = read(with_parts(page=replace(PAGE, figures=(), note="", phases=())))
    assert [heading for heading in HEADINGS if packed(f"ไม่มี{heading}") not in text] == []
    assert PAGE.no_phases in text
    assert packed("เก้าขั้น") not in text


def hostile(text: str) -> OnePage:
    phase = PhaseLine(text, text, text, text, True)
    figure = Figure(text, text, text)
    named = replace(PAGE, head=text, made=text, author=text, finding=text, note=text, phases=(phase,) * 9, no_phases=text, phases_heading=text, figures=(figure,))
    return replace(named, parts=tuple(Part(text, (text,) * 9, text, lambda _: text) for _ in HEADINGS))


@pytest.mark.parametrize("text", [*TEXTS, "#panic()", '#read("/etc/passwd")', "*b* _i_ $x$ @label <l> `raw` // c", "\\u{41} \\#", "#" * 300, "W" * 5_000, "ก้" * 3_000])
def test_a_hostile_text_stays_text_on_one_page(text: str):
    content = one_page(hostile(text))
    [read_] = pages(content)
    assert not leads_anywhere(content)
    seen = packed(clean(text))[:12]
    if seen.isascii():  # what Sarabun has no letter for is drawn as a box
        assert seen in read_


def test_what_no_printer_can_set_is_left_out():
    assert packed("abcdef") in read(hostile(UNREADABLE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_it_is_in_which_language_and_carries_its_letters_with_it(language: str):
    content = one_page(replace(with_parts(LINE), language=language))
    assert about(content)["/Title"] == PAGE.finding
    assert fonts(content) == {"Sarabun-Regular", "Sarabun-Bold", "DejaVuSansMono"}


SAME = "import sys; sys.path.insert(0, '.'); from tests.documents.test_one_page import *; sys.stdout.buffer.write(one_page(with_parts(LINE)))"


def test_the_same_page_is_the_same_bytes_at_any_hour_on_any_machine():
    content = one_page(with_parts(LINE))
    elsewhere = subprocess.run([sys.executable, "-c", SAME], cwd=ROOT, env={**os.environ, "TZ": "America/New_York", "LANG": "C"}, capture_output=True, check=True)
    assert elsewhere.stdout == content
    assert one_page(with_parts(LINE, LINE)) != content
