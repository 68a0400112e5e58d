"""Sentences: found by key, filled once, never formatted twice."""

from __future__ import annotations

import pytest

from pso_core.text import phrases as phrases_module
from pso_core.text.phrases import Phrases, phrases


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of sentences of this test's own."""
    monkeypatch.setattr(phrases_module, "FOLDER", tmp_path)
    (tmp_path / "th").mkdir()
    phrases_module._read.cache_clear()
    yield tmp_path / "th"
    phrases_module._read.cache_clear()


def test_a_key_is_the_file_and_the_path_inside_it(folder):
    (folder / "meter.toml").write_text('left = "เหลือ {used} จาก {quota}"\n[tier.main]\nname = "หลัก"', "utf-8")
    say = Phrases("th")
    assert say("meter.left", used=57, quota=60) == "เหลือ 57 จาก 60"
    assert say("meter.tier.main.name") == "หลัก"
    assert say.keys() == ("meter.left", "meter.tier.main.name")
    assert say.template("meter.left") == "เหลือ {used} จาก {quota}"
    assert [say.has("meter.left"), say.has("meter.right")] == [True, False]


def test_braces_in_what_people_typed_stay_as_typed(folder):
    (folder / "a.toml").write_text('said = "ท่านพิมพ์ว่า “{text}”"', "utf-8")
    assert Phrases("th")("a.said", text="{0} {text.__class__} {") == "ท่านพิมพ์ว่า “{0} {text.__class__} {”"


@pytest.mark.parametrize(("key", "facts"), [("a.none", {}), ("a.said", {})])
def test_a_missing_sentence_or_fact_is_a_bug(folder, key, facts):
    (folder / "a.toml").write_text('said = "{text}"', "utf-8")
    with pytest.raises(KeyError):
        Phrases("th")(key, **facts)


def test_what_is_not_a_sentence_is_not_loaded(folder):
    (folder / "a.toml").write_text("count = 3", "utf-8")
    with pytest.raises(TypeError, match="a.count"):
        Phrases("th")


@pytest.mark.parametrize("language", ["fr", "", "../th", "TH"])
def test_an_unknown_language_is_refused(language):
    with pytest.raises(ValueError, match="language"):
        Phrases(language)


def test_a_language_is_read_once():
    assert phrases("th") is phrases("th")
    assert phrases("en").language == "en"
