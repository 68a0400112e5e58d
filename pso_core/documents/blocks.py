"""What a document is made of, without any format: a writer (Word, PDF) gives each block its look.

Letter text and the cover may be set in Thai digits; tables and facts keep Arabic ones, for they are looked up and added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Line = tuple[str, ...] | str  # the cells of a table's row, or one text across all columns


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: the title, lines under it, and facts at its foot."""

    title: str
    lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings down to level 2; the writer fills it from the document itself."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is a part of the document and begins a page, 2 a section, 3 a subject in it. `new_page`: this one begins a page too."""

    text: str
    level: int
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Letter text. Each line of it is a paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the figures say, in one sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What the reader must know about what is shown: a sample, a reconstructed value, a draft."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The head of a letter: a word and what follows it, line by line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Room to sign, with the lines under it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """One record: the label of each field and its value."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are parts of the whole width; `numbers` the columns set right; `foot` the lines of totals."""

    head: tuple[str, ...]
    rows: tuple[Line, ...]
    widths: tuple[float, ...]
    numbers: frozenset[int] = frozenset()
    foot: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG, what it shows for whoever does not see it, and the line under it ("" for none)."""

    png: bytes
    alt: str
    caption: str


Block = Cover | Contents | Heading | Paragraph | Finding | Remark | Bullets | Lines | Signature | Facts | Table | Picture


def texts(blocks: Iterable[Block]) -> Iterable[str]:
    """Every text in the blocks, in the order of reading."""
    for block in blocks:
        yield from _texts_in(tuple(getattr(block, name) for name in block.__slots__))


def _texts_in(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts_in(part)
