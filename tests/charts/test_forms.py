"""Texts in lines: nothing lost, nothing wider than its room, broken where a reader expects it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from pso_core.charts.forms import PHONE, WIDE, lines, told
from pso_core.charts.theme import APART
from tests.tree import ROOT

SIZE = 15
FONTS = {15: "Sarabun-Regular", 16: "Sarabun-Bold"}
TEXTS = (
    "▲ 2 พันธกิจและเป้าหมาย · เกินกำหนด 44 วันทำการ",
    "จัดประชุมเชิงปฏิบัติการทบทวนแผนปฏิบัติราชการร่วมกับภาคีเครือข่ายระดับอำเภอและตำบล ครั้งที่ 3",
    "◐ 1.4 เชื่อมโยงแฟ้มกับคอมพิวเตอร์ และเครือข่าย LAN กับผู้บริหาร · ช้ากว่าแผน",
    "Review the service standards with the district offices and publish what was agreed",
    "○ 8 Carrying out · not begun, 136 working days left",
    "24 September 2026 to 10 December 2027",
)


@pytest.mark.parametrize(("text", "said"), [
    ("▲ 2 พันธกิจและเป้าหมาย · เกินกำหนด 44 วันทำการ", ["▲ 2 พันธกิจและเป้าหมาย", "เกินกำหนด 44 วันทำการ"]),
    ("Review the service standards with the district offices", ["Review the service standards with the", "district offices"]),
    ("1.4 เชื่อมโยงแฟ้มกับคอมพิวเตอร์ และเครือข่าย LAN กับผู้บริหาร", ["1.4 เชื่อมโยงแฟ้มกับคอมพิวเตอร์", "และเครือข่าย LAN กับผู้บริหาร"]),
    ("ทบทวนแผนปฏิบัติราชการร่วมกับภาคีเครือข่ายระดับอำเภอและตำบล", ["ทบทวนแผนปฏิบัติราชการร่วมกับภาคี", "เครือข่ายระดับอำเภอและตำบล"]),
    ("◆ ประชุมคณะกรรมการกำกับการพัฒนาคุณภาพการให้บริการ", ["◆ ประชุมคณะกรรมการกำกับการพัฒนาคุณภาพ", "การให้บริการ"]),
    ("สั้น", ["สั้น"]),
    ("", [""]),
])  # fmt: skip
def test_a_text_is_broken_before_a_fact_else_where_a_word_or_a_syllable_begins(text, said):
    assert list(lines(text, PHONE, SIZE)) == said


@pytest.mark.parametrize("letters", range(20, 70))
def test_no_line_begins_or_ends_with_a_dot_between_two_facts(letters):
    said = list(lines(f"{'ก' * letters} · เกินกำหนด 44 วันทำการ · × ไม่ทันเป้าหมาย", PHONE, SIZE))
    assert len(said) > 1 and [line for line in said if line.startswith("·") or line.endswith("·")] == []


def test_a_word_longer_than_a_line_is_broken_between_its_letters_and_no_mark_leaves_its_letter():
    said = list(lines("กี่" * 60, PHONE, SIZE))
    assert len(said) > 1 and all(line.startswith("ก") for line in said)
    assert "".join(lines("x" * 100, PHONE, SIZE)) == "x" * 100


@given(st.text("กขงเแาำะิี่้ ·aW1๓", max_size=120), st.integers(1, 400))
def test_no_letter_is_lost_and_every_text_comes_to_an_end(text, room):
    assert "".join("".join(lines(text, room, SIZE)).split()).replace("·", "") == "".join(text.split()).replace("·", "")


@pytest.mark.parametrize("size", FONTS)
@pytest.mark.parametrize("room", [PHONE, WIDE])
@pytest.mark.parametrize("text", TEXTS)
def test_a_line_has_room_in_the_font_of_the_page(text, room, size):
    font = ImageFont.truetype(str(ROOT / f"data/fonts/{FONTS[size]}.ttf"), size * 10, layout_engine=ImageFont.Layout.BASIC)
    assert [line for line in lines(text, room, size) if font.getlength(line) / 10 > room + 8] == []


def test_when_it_is_stands_beside_the_last_line_of_the_name_where_both_have_room_else_below_it():
    assert told("วิสัยทัศน์", "1 ม.ค. 2570", PHONE, SIZE) == (f"วิสัยทัศน์{APART}1 ม.ค. 2570",)
    assert told("◐ 1 วิสัยทัศน์ · ตามกำหนด", "1 ม.ค. 2570 ถึง 3 ก.พ. 2570", PHONE, SIZE) == ("◐ 1 วิสัยทัศน์ · ตามกำหนด", "1 ม.ค. 2570 ถึง 3 ก.พ. 2570")
    assert told("Review the service standards with the district offices", "1 Jan 2027", PHONE, SIZE)[1:] == (f"district offices{APART}1 Jan 2027",)
    assert told("กิจกรรม", None, PHONE, SIZE) == ("กิจกรรม",)
