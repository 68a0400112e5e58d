"""The program's sentences: `data/text/<language>/<area>.toml`, read once per process, filled on demand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "data" / "text"
LANGUAGES = ("th", "en")


class Phrases:
    """One language's sentences. Key of a sentence: `<area>.<dotted path in the file>`."""

    def __init__(self, language: str):
        if language not in LANGUAGES:
            raise ValueError(f"no sentences in the language {language!r}")
        self.language = language
        self._sentences = _read(language)

    def __call__(self, key: str, /, **facts: Any) -> str:
        """The sentence with its {blanks} filled. A missing key or fact is a bug: KeyError.

        Only our own template is formatted: braces inside a fact stay as the person typed them.
        """
        return self._sentences[key].format_map(facts)

    def has(self, key: str) -> bool:
        return key in self._sentences

    def keys(self) -> tuple[str, ...]:
        return tuple(self._sentences)

    def template(self, key: str) -> str:
        """The sentence with its blanks still open."""
        return self._sentences[key]


@cache
def phrases(language: str) -> Phrases:
    return Phrases(language)


@cache
def _read(language: str) -> Mapping[str, str]:
    files = sorted((FOLDER / language).glob("*.toml"))
    return {key: text for file in files for key, text in _sentences(file)}


def _sentences(file: Path) -> Iterator[tuple[str, str]]:
    yield from _flat(file.stem, tomllib.loads(file.read_text("utf-8")))


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            yield from _flat(key, value)
        elif isinstance(value, str):
            yield key, value
        else:
            raise TypeError(f"{key} is not a sentence: {value!r}")


def below(line: str, deep: int = 1) -> str:
    """A line that belongs to the one above it, where lines are all there is."""
    return "   " * deep + line
