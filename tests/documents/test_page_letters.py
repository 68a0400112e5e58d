"""Strings in the content of a page: written with escapes in brackets, or as hexadecimal numbers."""

from __future__ import annotations

import pytest

from pso_core.documents.page_letters import pieces

BACKSLASH = 0x5C


@pytest.mark.parametrize("written", [b"<0082005C0067>", b"(\\000\\202\\000\\\\\\000g)"], ids=["as numbers", "with escapes"])
def test_a_glyph_whose_number_is_that_of_a_backslash_is_read_as_it_was_written(written: bytes):
    (piece,) = pieces(b"/f1 12 Tf\n" + written + b" Tj", {b"f1": 7})
    assert piece.glyphs == [(7, 0x82), (7, BACKSLASH), (7, 0x67)]
