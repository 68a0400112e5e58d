"""The guides call what is on the pages as the pages do."""

from __future__ import annotations

import re

import pytest

from pso_core.text.phrases import LANGUAGES, phrases
from tests.tree import ROOT

NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")  # in italics; a page stands in bold
FIGURE = re.compile(r" \d+$")  # which the page fills in


def named(language: str) -> set[str]:
    return {name for guide in (ROOT / "docs" / "guide" / language).glob("*.md") for name in NAMED.findall(guide.read_text("utf-8"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_guide_names_is_on_a_page_under_this_name(language: str):
    say, found = phrases(language), named(language)
    said = "\n".join(map(say.template, say.keys())).replace("\u2060", "").casefold()
    assert found
    assert [name for name in sorted(found) if FIGURE.sub("", name).casefold() not in said] == []
