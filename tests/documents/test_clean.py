"""Texts become readable for every exporter without losing a letter that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pso_core.documents.clean import CELL, NAME, clean, for_cell, for_file_name, for_page_mark, for_property
from tests.documents.hostile import READ_AS, TEXTS, UNREADABLE

ANYTHING = st.text(alphabet=st.characters(categories=None), max_size=60)  # lone surrogates too
DEVICES = ("con", "prn", "aux", "nul", "com1", "lpt9")


def test_what_cannot_be_read_is_left_out_and_the_rest_stays():
    assert clean(UNREADABLE) == READ_AS


@pytest.mark.parametrize("text", TEXTS)
def test_readable_text_stays_as_it_is(text):
    assert clean(text) == text


def test_vowels_typed_in_two_ways_are_one():
    assert clean("e\u0301") == "é"


def test_line_ends_of_all_systems_are_one():
    assert clean("ก\r\nข\rค\u2028ง") == "ก\nข\nค\nง"


@given(ANYTHING)
def test_any_text_can_stand_in_xml(text):
    element = etree.Element("t")
    element.text = clean(text)
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == (clean(text) or None)


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_a_cell_ends_with_an_ellipsis_where_no_more_fits():
    assert for_cell("ก" * CELL) == "ก" * CELL
    assert for_cell("ก" * (CELL + 1)) == "ก" * (CELL - 1) + "…"
    assert len(for_cell("𝕏" * CELL).encode("utf-16-le")) // 2 <= CELL


def test_what_looks_like_ready_made_markup_is_still_text():
    assert for_cell("<r>ก</r>") == "<r>ก</r> "
    assert for_cell("<r>ก") == "<r>ก"


def test_no_code_of_a_page_mark_comes_from_a_text():
    assert for_page_mark("&D\n&&") == "&&D &&&&"
    assert for_page_mark("&" * 300) == "&&" * 50


def test_a_property_is_one_short_line():
    assert for_property("ก\nข" + "ค" * 300) == "ก ข" + "ค" * 252


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("สำนักงานจังหวัดลำปาง", "สำนักงานจังหวัดลำปาง"),
        ('a<b>c:d"e/f\\g|h?i*j', "a b c d e f g h i j"),
        ("../../etc/passwd", "etc passwd"),
        (".ซ่อน", "ซ่อน"),
        ("-rf", "rf"),
        ("~บ้าน", "บ้าน"),
        ("ท้าย. . ", "ท้าย"),
        ("nul", "nul_"),
        ("COM1.ก", "COM1_.ก"),
        ("console", "console"),
        ("\x00\u202e", ""),
        ("...", ""),
    ],
)
def test_a_file_name_is_one_that_any_system_takes(text, name):
    assert for_file_name(text) == name


@given(ANYTHING)
def test_no_text_makes_a_file_name_that_some_system_refuses(text):
    name = for_file_name(text)
    assert not set(name) & set('<>:"/\\|?*\n\t\0')
    assert len(name.encode()) <= NAME * 4
    assert name == name.strip(". ")
    assert name.split(".")[0].lower() not in DEVICES


def test_a_long_file_name_is_not_cut_between_a_letter_and_its_vowel():
    assert for_file_name("ก" * (NAME - 1) + "ที่ดี") == "ก" * (NAME - 1)
    assert for_file_name("ก" * (NAME - 3) + "ที่ดี") == "ก" * (NAME - 3) + "ที่"
