"""What people wrote on one line: whole where there is room, else cut so that one sees it."""

from __future__ import annotations

from pso_core.text.lines import cut, first_line, one_line


def test_a_text_is_cut_only_where_it_is_too_long_and_then_says_so():
    assert [cut("กขคง", longest) for longest in (5, 4, 3, 1)] == ["กขคง", "กขคง", "กข…", "…"]


def test_of_several_lines_the_first_or_all_stand_on_one():
    text = "แฟ้มที่ 1\n  ตู้ 2\n\nชั้น 3"
    assert (first_line(text, 20), first_line(text, 4), one_line(text, 40), one_line(text, 12)) == ("แฟ้มที่ 1", "แฟ้…", "แฟ้มที่ 1 ตู้ 2 ชั้น 3", "แฟ้มที่ 1 ต…")
