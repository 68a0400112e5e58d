"""A file is found by whatever part of it somebody remembers, however they type it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pso_core.domain.register import Filed, plain, register, search
from tests.domain.cases import project, row

TASK = row("task", "statistics", code="1.3", name="งานสถิติจังหวัด")
FILES = (
    row("file", "a", file_code="05-10", title="บัญชีคุมน้ำประปา", place="ตู้ 2 ชั้น 3", category="05 ข้อมูลจังหวัด", media_code="D-06"),
    row("file", "b", file_code="05-9", title="Annual PLAN", place="ตู้ ๑๒ ชั้น ๑", work_code="2.1"),
    row("file", "c", file_code="01-001", title="แผนพัฒนา 05-10", place="ตู้ 1 ชั้น 2", task=TASK.id),
)


def found(typed: str) -> list[str]:
    return ids(search(register(project(TASK, *FILES)), typed))


def ids(files: Iterable[Filed]) -> list[str]:
    return [filed.file.id.removeprefix("file:") for filed in files]


def test_the_register_is_in_the_order_of_its_codes_as_people_count():
    assert ids(register(project(*FILES))) == ["c", "b", "a"]


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_finds_every_file(typed):
    assert found(typed) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("annual plan", ["b"]),
        ("ANNUALPLAN", ["b"]),
        ("ตู้12", ["b"]),
        ("ตู้ 12 ชั้น ๑", ["b"]),
        ("๐๑-๐๐๑", ["c"]),
        ("d-06", ["a"]),
        ("ข้อมูลจังหวัด", ["a"]),
        ("2.1", ["b"]),
        ("สถิติ", ["c"]),
        ("1.3", ["c"]),
        ("ไม่มีแฟ้มนี้", []),
    ],
)
def test_every_text_of_a_file_and_its_task_is_searched_whatever_the_case_spaces_and_digits(typed, there):
    assert found(typed) == there


def test_sara_am_is_one_letter_however_it_was_typed():
    assert plain("น\u0e49\u0e4d\u0e32") == plain("น้ำ")
    assert found("น\u0e49\u0e4d\u0e32") == ["a"]


def test_the_words_may_stand_in_different_texts_and_in_any_order():
    assert found("ตู้ บัญชี") == ["a"]
    assert found("บัญชี ตู้9") == []


def test_one_word_does_not_reach_across_two_texts():
    """'…ประปา' ends the title, 'ตู้' begins the place."""
    assert found("ประปาตู้") == []


def test_a_code_that_begins_so_comes_before_a_text_that_holds_it():
    assert found("05-10") == ["a", "c"]


def test_what_stands_as_one_piece_comes_before_words_apart():
    apart = row("file", "apart", file_code="1", title="ตู้ 5 แยก 2")
    whole = row("file", "whole", file_code="2", title="ตู้ 2")
    assert ids(search(register(project(apart, whole)), "ตู้ 2")) == ["whole", "apart"]
