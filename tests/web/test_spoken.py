"""What Streamlit says to those who listen: put into the reader's words, as data that cannot end its element or be run."""

from __future__ import annotations

import json
import re

from pso_core.text.phrases import phrases
from pso_core.web.spoken import ENGLISH, PAINTED, as_data, spoken


def test_a_thai_page_has_a_word_for_each_of_streamlit_s():
    words = spoken(phrases("th"))
    assert set(words) == {*ENGLISH.values(), *PAINTED.values()}
    assert [ours for english, ours in words.items() if ("{name}" in english) != ("{name}" in ours) or re.search("[A-Za-z]{2}", ours.replace("{name}", ""))] == []


def test_an_english_page_is_left_as_it_is_but_for_what_is_painted_over():
    """What is heard is what is read."""
    assert set(spoken(phrases("en"))) <= set(PAINTED.values())


def test_no_word_ends_the_element_that_holds_it():
    words = {"Close": "</script><script>alert(1)</script>"}
    found = re.fullmatch(r'<script type="application/json" id="spoken">([^<]*)</script>', as_data(words))
    assert json.loads(found[1]) == words
