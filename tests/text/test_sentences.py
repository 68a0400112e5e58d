"""The sentences are whole: the same in both languages, each said somewhere, and each that is said is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pso_core.steps import KINDS
from pso_core.steps.columns import STEP_KEYS
from pso_core.text.phrases import FOLDER, LANGUAGES, phrases
from tests.text.sentences import Saying, blanks, refusals, sayings

TH, EN = phrases("th"), phrases("en")
KEYS = frozenset(TH.keys())
AREAS = {key.split(".")[0] for key in TH.keys()}
THAI = re.compile("[\u0e00-\u0e7f]")
ERAS = {"be": "year", "ce": "year"}  # each language counts years its own way
OWN_NAMES = {"app.language.th", "app.language.en", "signin.language"}  # a language is called what its readers call it
QUOTED = re.compile("“[^”]*”")
LATIN = re.compile(r"[A-Za-z]{3,}")
NOT_WORDS = re.compile(r"--[a-z-]+|[\w.<>-]*[/\\][\w./\\<>-]+|\.[a-z]+\b|\{[^}]*\}|[A-Z_]{3,}=\S*|\b[a-z]+(?:-[a-z]+)+\b")
NO_THAI_WORD = {
    "LAN", "Intranet", "Internet", "Excel", "Word", "PDF", "JSON", "JavaScript", "Python", "Debian", "Ubuntu", "Ctrl",
    "Enter", "Tab", "LINE", "MIS", "GIS", "SHA",
}  # fmt: skip
DEFINED_BY_HAND = ("start", "cli")  # read by commands: names of options and files may stand in them


def test_both_languages_have_the_same_files_and_keys():
    files = {language: sorted(file.name for file in (FOLDER / language).iterdir()) for language in LANGUAGES}
    assert files["th"] == files["en"]
    assert set(TH.keys()) ^ set(EN.keys()) == set()


def test_a_sentence_has_the_same_blanks_in_both_languages():
    def names(say, key):
        return {ERAS.get(blank, blank) for blank in blanks(say.template(key))}

    assert [key for key in TH.keys() if EN.has(key) and names(TH, key) != names(EN, key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_has_loose_spaces(language):
    say = phrases(language)
    assert [key for key in say.keys() if not say.template(key).strip() or say.template(key) != say.template(key).strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_blanks_are_named_and_plain(language):
    """No positions, no attributes: a fact is only ever put in as text or a number."""
    say = phrases(language)
    assert [key for key in say.keys() for blank in blanks(say.template(key)) if not blank.isidentifier()] == []


def test_english_sentences_hold_no_thai_but_in_quotes():
    rest = {key: QUOTED.sub("", EN.template(key)) for key in EN.keys() if key not in OWN_NAMES}
    assert [key for key, text in rest.items() if THAI.search(text)] == []


def test_thai_sentences_hold_no_english_word_that_has_a_thai_one():
    """Names of files and folders stand in quotes."""
    foreign = {
        key: found
        for key in TH.keys()
        if key not in OWN_NAMES and key.split(".")[0] not in DEFINED_BY_HAND
        if (found := set(LATIN.findall(NOT_WORDS.sub(" ", QUOTED.sub("", TH.template(key))))) - NO_THAI_WORD)
    }
    assert foreign == {}


def test_sentences_are_calm():
    """No exclamation marks, no particles of speech, nothing to click on here."""
    loud = re.compile("!|ครับ|ค่ะ|คลิก|[Cc]lick here")
    assert [(language, key) for language in LANGUAGES for key in phrases(language).keys() if loud.search(phrases(language).template(key))] == []


def test_every_sentence_that_the_program_says_is_there():
    missing = [
        f"{saying.where}: {saying.pattern}"
        for saying in sayings()
        if saying.pattern.split("\\.")[0].split("(")[0] in AREAS or saying.facts is not None
        if not saying.among(KEYS)
    ]
    assert missing == []


def test_every_sentence_is_said_somewhere():
    said = {key for saying in sayings() for key in saying.among(KEYS)}
    assert [key for key in TH.keys() if key not in said] == []


def test_whoever_says_a_sentence_fills_its_blanks():
    """Where the key is written out; a key put together at run time is left to the tests of the pages."""
    spoken = [saying for saying in sayings() if saying.literal and saying.facts is not None]
    unfilled = [f"{saying.where}: {key} lacks {lacking}" for saying in spoken for key, lacking in _open_blanks(saying)]
    assert unfilled == []


def test_every_refusal_mistake_and_gap_has_its_sentence_and_fills_its_blanks():
    raised = list(refusals())
    without = [f"{saying.where}: {saying.pattern}" for saying in raised if not any(re.fullmatch(saying.pattern, key) for key in TH.keys())]
    unfilled = [f"{saying.where}: {key} lacks {lacking}" for saying in raised for key, lacking in _open_blanks(saying)]
    assert (without, unfilled) == ([], [])


def _open_blanks(saying: Saying) -> Iterator[tuple[str, set[str]]]:
    """The sentences this place can mean that have blanks for which it gives no fact."""
    for key in saying.among(KEYS) if saying.facts is not None else ():
        lacking = blanks(TH.template(key)) | blanks(EN.template(key))
        if lacking - saying.facts:
            yield key, lacking - saying.facts


def test_every_field_of_every_kind_has_its_label():
    missing = [f"fields.{kind.name}.{field}.label" for kind in KINDS.values() for field in kind.field]
    missing += [f"fields.{kind}.{form}" for kind in KINDS for form in ("one", "many")]
    assert [key for key in missing if not TH.has(key)] == []


def test_every_choice_written_in_code_has_its_word():
    choices = [
        f"choices.{field.name}.{value}"
        for kind in KINDS.values()
        for field in kind.fields
        if field.type == "choice" and not isinstance(field.of, str) and field.of is not STEP_KEYS
        for value in field.of
    ]
    assert [key for key in choices if not TH.has(key)] == []
