"""The rubric check: levels missing, alike, out of order, without evidence; levels from measured values."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.rubric import check_rubric, first_number, level_from_threshold, monotone, thresholds_of
from pso_core.errors import PsoError
from tests.domain.cases import indicator, row

SPEED = indicator("speed")
GOOD = ("ไม่มีการกำหนดเวลา", "ให้บริการทันเวลาร้อยละ 50", "ให้บริการทันเวลาร้อยละ ๗๕", "ให้บริการทันเวลาร้อยละ 95.5")


def conditions(*texts, evidence="ทะเบียนรับเรื่อง", thresholds=(None, None, None, None), of="speed"):
    return [
        row(
            "condition", f"{of}/{level}", indicator=f"indicator:{of}", level=level, text=text, evidence=evidence,
            threshold=threshold,
        )
        for level, (text, threshold) in enumerate(zip(texts, thresholds, strict=False))
    ]  # fmt: skip


def findings(rows, top_level=3):
    return [(found.code, dict(found.facts)) for found in check_rubric(SPEED, rows, top_level)]


def test_a_good_rubric_has_no_findings():
    assert findings(conditions(*GOOD)) == []


def test_a_missing_level_is_found_whether_its_row_or_its_text_is_missing():
    assert findings(conditions("ก", None, "  ")) == [
        ("level_missing", {"level": level}) for level in (1, 2, 3)
    ]
    assert ("level_missing", {"level": 0}) in findings([])
    assert ("level_missing", {"level": 4}) in findings(conditions(*GOOD), top_level=4)


def test_the_same_text_at_two_levels_is_found_whatever_the_spaces():
    rows = conditions("ไม่มี", "มี ระบบ", "มี   ระบบ ", "มี\u200b ระบบ")
    assert findings(rows) == [
        ("levels_identical", {"level": 2, "same_as": 1}), ("levels_identical", {"level": 3, "same_as": 1}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("ร้อยละ 50", "ร้อยละ ๕๐"), ("ร้อยละ 50", "ร้อยละ50"), ("มีแผน", "มีแผน."), ("มี แผน", "มีแผน"),
        ("A plan is kept", "A plan is kept. "), ("...", "..."),
    ],
)  # fmt: skip
def test_texts_that_differ_in_digits_spaces_or_the_last_stop_only_are_the_same(one, same):
    assert findings(conditions("ไม่มี", one, same, "ครบ")) == [("levels_identical", {"level": 2, "same_as": 1})]


@pytest.mark.parametrize(("one", "other"), [("มีข้อ 1 2", "มีข้อ 12"), ("มีแผน", "มีแผนงาน"), (".", "..")])
def test_texts_that_differ_in_a_letter_or_a_number_are_not_the_same(one, other):
    assert findings(conditions("ไม่มี", one, other, "ครบ")) == []


@pytest.mark.parametrize("thresholds", [(None, 50, 50, 90), (None, 50, 90, 80), (None, 30, 5, 15), (None, 90, 50, 50)])
def test_thresholds_that_neither_rise_nor_fall_throughout_are_found(thresholds):
    rows = conditions("ก", "ข", "ค", "ง", thresholds=thresholds)
    assert findings(rows) == [("thresholds_not_monotone", {})]


def test_a_level_that_names_no_evidence_is_found_but_level_0_needs_none():
    rows = [*conditions(*GOOD[:1], evidence=None), *conditions(*GOOD)[1:3], *conditions(*GOOD, evidence=" ")[3:]]
    assert findings(rows) == [("no_evidence_named", {"level": 3})]


def test_a_level_without_a_condition_is_missing_and_not_also_without_evidence():
    rows = conditions(*GOOD[:2], None, GOOD[3])
    rows[2] = row("condition", "speed/2", indicator=SPEED.id, level=2, text=None, evidence=None, threshold=None)
    assert findings(rows) == [("level_missing", {"level": 2})]


def test_conditions_of_other_indicators_are_passed_over():
    assert findings([*conditions(*GOOD), *conditions("x", "x", "x", "x", of="access")]) == []


def test_a_finding_names_its_indicator():
    assert {found.indicator for found in check_rubric(SPEED, [], 3)} == {"indicator:speed"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ร้อยละ ๙๕.๕", Fraction(191, 2)), ("1,500 รายการ", 1500), ("๑,๒๐๐ แฟ้ม", 1200), ("50-80", 50), ("ไม่มี", None),
        (None, None),
    ],
)  # fmt: skip
def test_the_first_number_of_a_text_is_read_in_thai_and_arabic_digits(text, number):
    assert first_number(text) == number


def test_a_measured_value_reaches_the_highest_threshold_below_it():
    rising = {1: 50, 2: 80, 3: 95.5}
    assert [level_from_threshold(value, rising) for value in (0, 49.9, 50, 80, 95.4, 95.5, 100)] == [0, 0, 1, 2, 2, 3, 3]


def test_where_less_is_better_the_value_must_not_exceed_the_threshold():
    falling = {1: 30, 2: 15, 3: 5}
    assert [level_from_threshold(value, falling) for value in (31, 30, 15, 14.5, 5, 0)] == [0, 1, 2, 2, 3, 3]


def test_levels_without_a_threshold_are_passed_over():
    assert [level_from_threshold(value, {1: 50, 3: 90}) for value in (60, 90)] == [1, 3]
    assert [level_from_threshold(value, {2: 50}) for value in (49, 50)] == [0, 2]
    assert level_from_threshold(10, {}) is None


def test_thresholds_that_stand_still_give_no_level():
    with pytest.raises(PsoError) as refusal:
        level_from_threshold(10, {1: 50, 2: 50, 3: 90})
    assert refusal.value.code == "thresholds_not_monotone"


def test_thresholds_are_read_by_level():
    rows = conditions("ก", "ข", "ค", "ง", thresholds=(None, 50, None, 90.5))
    assert thresholds_of(reversed(rows)) == {1: 50, 3: Fraction(181, 2)}
    assert monotone(thresholds_of(rows))


@given(some.sets(some.integers(-1000, 1000), min_size=3, max_size=3), some.integers(-1100, 1100), some.booleans())
def test_a_better_value_never_has_a_lower_level(limits, value, falls):
    thresholds = dict(enumerate(sorted(limits, reverse=falls), start=1))
    better = value - 1 if falls else value + 1
    assert level_from_threshold(value, thresholds) <= level_from_threshold(better, thresholds)
    assert level_from_threshold(thresholds[2], thresholds) == 2
