"""The glossary calls steps, kinds of row and roles what the program calls them."""

from __future__ import annotations

import pytest

from pso_core.domain.people import ROLES
from pso_core.steps import ALL_STEPS, KINDS
from pso_core.text.phrases import LANGUAGES, phrases
from tests.tree import ROOT

NAMED = [
    *(f"steps.{step.key}.name" for step in ALL_STEPS),
    *(f"fields.{kind}.one" for kind in KINDS),
    *(f"choices.role.{role}" for role in ROLES),
]


def words() -> set[tuple[str, str, str]]:
    """(Thai, English, in code) of every row."""
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    return {tuple(cell.strip().strip("`") for cell in line.split("|")[1:4]) for line in lines if line.startswith("| ")}


@pytest.mark.parametrize("key", NAMED)
def test_a_word_of_the_program_is_in_the_glossary_as_the_program_says_it(key: str):
    said = tuple(phrases(language)(key).replace("\u2060", "") for language in LANGUAGES)
    assert (*said, key.split(".")[-2 if key.startswith(("steps.", "fields.")) else -1]) in words()


def test_every_row_says_its_meaning_in_both_languages():
    rows = [line for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    assert [row for row in rows if len([cell for cell in row.split("|")[1:-1] if cell.strip()]) != 5] == []
