"""Strings in the content of a page: written with escapes in brackets, or as hexadecimal numbers."""

from __future__ import annotations

import pytest

from pso_core.documents.page_letters import pieces

BACKSLASH, BRACKET = 0x5C, 0x28


@pytest.mark.parametrize("written", [b"<0082005C00670028>", b"(\\000\\202\\000\\\\\\000g\\000\\()"], ids=["as numbers", "with escapes"])
def test_a_glyph_whose_number_is_that_of_a_backslash_or_a_bracket_is_read_as_it_was_written(written: bytes):
    (piece,) = pieces(b"/f1 12 Tf\n" + written + b" Tj", {b"f1": 7})
    assert piece.glyphs == [(7, 0x82), (7, BACKSLASH), (7, 0x67), (7, BRACKET)]


def test_a_bracket_in_a_string_that_is_closed_in_it_needs_no_escape():
    first, second = pieces(b"/f1 12 Tf\n(\\000(\\000g\\000)) Tj (\\000g) Tj", {b"f1": 7})
    assert (first.glyphs, second.glyphs) == ([(7, BRACKET), (7, 0x67), (7, BRACKET + 1)], [(7, 0x67)])
