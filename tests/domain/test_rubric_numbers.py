"""Numbers in conditions: only those that count the same thing are compared, and a good rubric is not accused."""

import pytest

from pso_core.domain.rubric import check_rubric
from pso_core.domain.rubric_numbers import BARE, PERCENT, numbers_in
from tests.domain.cases import indicator, row

SPEED = indicator("speed")
NONE = "ไม่มี"


def out_of_order(*texts, thresholds=()):
    """[(level, number, number below)] of the conditions of levels 0, 1, …; a text None has no row."""
    limits = dict(enumerate(thresholds))
    rows = [
        row("condition", f"speed/{level}", indicator=SPEED.id, level=level, text=text, evidence="แฟ้ม", threshold=limits.get(level))
        for level, text in enumerate(texts)
        if text is not None
    ]
    found = [one for one in check_rubric(SPEED, rows, 3) if one.code == "numbers_out_of_order"]
    return [(one.facts["level"], one.facts["number"], one.facts["below"]) for one in found]


def levels(text, *numbers):
    return [NONE, *(text.format(number) for number in numbers)]


@pytest.mark.parametrize(
    "texts",
    [
        ("เกิน 30 วัน", "ไม่เกิน 30 วัน", "ไม่เกิน 15 วัน", "ไม่เกิน 5 วัน"),
        (NONE, "เกิน 30 วัน", "ไม่เกิน 30 วัน", "ไม่เกิน 15 วันทำการ"),
        levels("แผนปี 2544 ทำได้ {} %", 50, 80, 95),
        (NONE, "แผนปี 2546 ทำได้ 50 %", "แผนปี 2544 ทำได้ 80 %", "แผนปี 2545 ทำได้ 95 %"),
        (NONE, "แผน พ.ศ. 46 ดี", "แผน พ.ศ. 44 ดี", "แผน พ.ศ. 45 ดี"),
        levels("ทุก {} เดือน", 12, 6, 1),
        levels("มี 1 ฐานข้อมูล ปรับปรุงทุก {} เดือน", 12, 6, 1),
        levels("มีข้อผิดพลาดร้อยละ {}", 10, 5, 1),
        (NONE, "มีข้อผิดพลาดร้อยละ 10", "มีข้อผิดพลาดร้อยละ 5", "ถูกต้องทั้งหมด"),
        levels("ร้อยละ {}", 30, 15, 5),
        (NONE, "ทุก 1 ปี", "ทุก 6 เดือน", "ทุก 30 วัน"),
        (NONE, "ร้อยละ 80", "ร้อยละ 80 และมีแผน", "ร้อยละ 95"),
        (NONE, "ร้อยละ 50–79", "ร้อยละ 80–94", "ร้อยละ 95"),
        (NONE, "เกินร้อยละ 50 แต่ไม่ถึงร้อยละ 80", "ร้อยละ 60 ขึ้นไปถึงร้อยละ 70", "ร้อยละ 20"),
        (NONE, "1. มีทะเบียน 2. มีแผน 3. มีผู้ดูแล", "1. มีทะเบียน 2. มีแผน", "1. มีทะเบียน 2. มีแผน 3. มีผล"),
        (NONE, "วันที่ 30/9/2544", "วันที่ 15/9/2544", "วันที่ 20/9/2544"),
        (NONE, "At most 20 errors", "At most 10 errors", "No error"),
        ("ร้อยละ 90", "ร้อยละ 50", "ร้อยละ 60", "ร้อยละ 70"),
        (NONE, "ร้อยละ 50", None, "ร้อยละ 80"),
        (NONE, "80", "ดี", "เยี่ยม"),
        (NONE, "รับเรื่องภายใน 3 วัน", "แจ้งผลภายใน 30 วัน", "ทบทวนทุก 15 วัน"),
        (NONE, "ครอบคลุมร้อยละ 80", "ถูกต้องร้อยละ 50", "ทันเวลาร้อยละ 70"),
        (NONE, "Answered within 3 days", "Told within 30 days", "Looked at again every 15 days"),
    ],
)
def test_a_good_rubric_is_not_accused(texts):
    assert out_of_order(*texts) == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ((NONE, "ร้อยละ 80", "มีบางส่วน", "ร้อยละ 50"), [(3, "50", "80")]),
        ((NONE, "ร้อยละ 80", "ร้อยละ 50", None), [(2, "50", "80")]),
        ((NONE, "80", "50"), [(2, "50", "80")]),
        ((NONE, "ร้อยละ 50", "ร้อยละ ๕๐ ขึ้นไป", "40 %"), [(3, "40", "๕๐")]),
        ((NONE, "ไม่น้อยกว่าร้อยละ 80", "ไม่น้อยกว่าร้อยละ 50"), [(2, "50", "80")]),
        (levels("ร้อยละ {}", 90, 50, 60), [(2, "50", "90")]),
        (levels("ภายใน {} วัน", 30, 5, 15), [(3, "15", "5")]),
        (levels("ภายใน {} วัน", 30, 30, 5, 15), [(4, "15", "5")]),
        (levels("มี {} ทาง", 3, 2, 4), [(2, "2", "3")]),
        (levels("แผนปี 2544 ทำได้ {} %", 80, 50, 95), [(2, "50", "80")]),
        (levels("มี 1 ฐานข้อมูล ปรับปรุงทุก {} เดือน", 12, 1, 6), [(3, "6", "1")]),
        (levels("ปรับปรุง {} ครั้งต่อปี", "1,000", "๕๐๐", "2,000"), [(2, "๕๐๐", "1,000")]),
        (levels("เปิด 5 วัน ตอบใน {} วัน", 30, 15, 20), [(3, "20", "15")]),
        (levels("อยู่ที่ขั้น {}", 1, 3, 2), [(3, "2", "3")]),
        ((NONE, "1 way works", "3 ways work", "2 ways work"), [(3, "2", "3")]),
        (levels("at least {} per cent", 80, 50, 95), [(2, "50", "80")]),
    ],
)
def test_numbers_of_one_unit_that_go_up_and_down_or_a_share_that_falls_once_are_found(texts, found):
    assert out_of_order(*texts) == found


def test_falling_thresholds_say_that_less_is_better():
    assert out_of_order(NONE, "ร้อยละ 30", "ร้อยละ 5", thresholds=(None, 30, 5)) == []
    assert out_of_order(NONE, "ร้อยละ 10", "ร้อยละ 5", "ร้อยละ 20", thresholds=(None, 30, 15, 5)) == [(3, "20", "5")]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("ทันเวลาร้อยละ ๕๐ ภายใน 30 วันทำการ", {"๕๐": PERCENT, "30": "วัน"}), ("95.5%", {"95.5": PERCENT}),
        ("80", {"80": BARE}), ("2500 รายการ", {"2500": "รายการ"}), ("ปี 2544 ปี 44", {}), ("ในปี2544", {}),
        ("2544 ทำได้", {}), ("3/4 ของงาน", {}), ("มีผัง 2) มีทะเบียน", {}), ("(3) แผน", {}), ("(ร้อยละ 50) ของงาน", {"50": PERCENT}), ("3 ตู้", {"3": "…ตู้"}),
        ("5 cabinets", {"5": "…cabinet"}), ("Within 5 days", {"5": "day"}), ("ขั้นที่ 3", {"3": "ขั้นที่…"}),
    ],
)  # fmt: skip
def test_a_number_counts_what_stands_beside_it(text, units):
    assert {number.written: number.unit for number in numbers_in(text)} == units
