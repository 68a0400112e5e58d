"""What is committed works without internet, on any machine, and stays short where it promised to."""

from __future__ import annotations

import re

import pytest

from tests.tree import ROOT, kept_texts, name

CODE = {".py", ".toml", ".css", ".html", ".js", ".sql", ".svg", ".txt"}
LICENCES = {"OFL.txt"}
NEVER_FETCHED = r"(www\.w3\.org|json-schema\.org|schemas\.openxmlformats\.org|[\w.-]*\.(example|invalid|test)|example\.(com|org))\b"
REMOTE = re.compile(r"(?:https?|wss?)://(?!127\.|192\.168\.|10\.|localhost|" + NEVER_FETCHED + r")[A-Za-z0-9-]+\.[A-Za-z0-9]")
PLACES = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home)/\w|[A-Z]:\\\\Users\\\\")
REGISTRIES = re.compile(r"\b(?:pypi|registry\.npmjs|files\.pythonhosted|deb\.debian)\.(?:org|python)\b|/simpl[e]/|--index[-]url")
LINES_OF_A_DECISION = 45
LETTERS_OF_A_DECISION = 3_500


def test_nothing_is_fetched_from_another_machine():
    found = [(path, line) for path, line in _lines() if _is_code(path) and REMOTE.search(line)]
    assert found == []


def test_nothing_names_the_machine_it_was_written_on():
    assert [(path, line) for path, line in _lines() if PLACES.search(line)] == []


def test_nothing_names_where_packages_come_from():
    assert [(path, line) for path, line in _lines() if REGISTRIES.search(line)] == []


@pytest.mark.parametrize(
    ("rule", "line"),
    [(REMOTE, "url = 'https" + "://fonts.googleapis.com/css'"), (PLACES, "open('/" + "work/main/a')"), (REGISTRIES, "pypi" + ".org")],
)
def test_the_rules_see_what_they_are_for(rule, line):
    assert rule.search(line)


def test_a_decision_is_half_a_page():
    decisions = [(path, text) for path, text in kept_texts() if path.startswith("docs/decisions/")]
    long = [path for path, text in decisions if len(text.splitlines()) > LINES_OF_A_DECISION or len(text) > LETTERS_OF_A_DECISION]
    assert long == []
    assert len(decisions) > 0


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.stem[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_check_passes_by_being_skipped():
    skip = re.compile(r"(importorskip|pytest\.skip|mark\.skip\b|mark\.xfail|pytest\.xfail|skipTest|skipif\((?!sys\.platform|os\.name))")
    assert [(path, line) for path, line in _lines() if path.startswith("tests/") and path != name(ROOT / __file__) and skip.search(line)] == []


def _lines():
    for path, text in kept_texts():
        for line in text.splitlines():
            yield path, line


def _is_code(path: str) -> bool:
    file = ROOT / path
    return file.suffix in CODE and file.name not in LICENCES
