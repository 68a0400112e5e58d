"""The letters on a page as its content draws them: glyph by glyph, some under a note of what they say together (/ActualText)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

Glyph = tuple[int, int]  # the object of its font, its code

_PLAIN = rb"(?:[^()\\]|\\.)*+"  # within a string without brackets in it, as nearly all are
_TOKEN = re.compile(
    rb"/Span<</ActualText(?:\((?P<note>)|<(?P<noted>[0-9A-F]*)>)|/[A-Za-z]+<<(?:[^<>]|<[^<>]*>|<<[^<>]*>>)*>>BDC|(?P<ends>EMC)"
    rb"|/(?P<font>f\d+) [\d.]+ Tf|\((?P<plain>" + _PLAIN + rb")\)|\((?P<text>)|<(?P<codes>[0-9A-F]+)>",
    re.DOTALL,
)
_STRING = re.compile(rb"(" + _PLAIN + rb")\)", re.DOTALL)
_IN_TEXT = re.compile(rb"[()\\]")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(slots=True)
class Piece:
    """Glyphs drawn one after another. `said`: what a note says that they mean together; it begins and ends there in the content."""

    glyphs: list[Glyph] = field(default_factory=list)
    said: str | None = None
    begins: tuple[int, int] = (0, 0)
    ends: tuple[int, int] = (0, 0)


def pieces(content: bytes, fonts: Mapping[bytes, int]) -> Iterator[Piece]:
    """In the order of drawing; `fonts`: the object of each font by its name on this page."""
    at, font, noted = 0, 0, None
    while token := _TOKEN.search(content, at):
        at, kind = token.end(), token.lastgroup
        if kind in ("note", "noted"):
            raw, at = _string(content, at) if kind == "note" else (bytes.fromhex(token[kind].decode()), at)
            noted = Piece(said=_said(raw), begins=(token.start(), at := content.index(b"BDC", at) + 3))
        elif kind == "font":
            font = fonts[token["font"]]
        elif kind == "ends" and noted:
            noted.ends = token.span()
            yield noted
            noted = None
        elif kind in ("plain", "text", "codes"):
            raw, at = _shown(content, token)
            if noted:
                noted.glyphs += _glyphs(font, raw)
            else:
                yield Piece([*_glyphs(font, raw)])


def _said(raw: bytes) -> str:
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("ascii")


@lru_cache(10_000)
def _glyphs(font: int, raw: bytes) -> tuple[Glyph, ...]:
    return tuple((font, code) for (code,) in struct.iter_unpack(">H", raw))


def _shown(content: bytes, token: re.Match[bytes]) -> tuple[bytes, int]:
    """The codes of a string that is drawn, and where it ends."""
    if token.lastgroup == "text":
        return _string(content, token.end())
    return _unescaped(token["plain"]) if token["plain"] is not None else bytes.fromhex(token["codes"].decode()), token.end()


def _string(content: bytes, at: int) -> tuple[bytes, int]:
    """What a string means that is written up to its closing bracket, the one that has no opening one in it. And where it ends."""
    if plain := _STRING.match(content, at):
        return _unescaped(plain[1]), plain.end()
    start, depth = at, 1
    while depth:
        mark = _IN_TEXT.search(content, at)
        at = mark.end() + (mark[0] == b"\\")
        depth += {b"(": 1, b")": -1}.get(mark[0], 0)
    return _unescaped(content[start : at - 1]), at


@lru_cache(10_000)
def _unescaped(raw: bytes) -> bytes:
    if b"\\" not in raw:
        return raw
    return _ESCAPE.sub(lambda escape: bytes([int(escape[1], 8)]) if escape[1][:1].isdigit() else _NAMED.get(escape[1], escape[1]), raw)
