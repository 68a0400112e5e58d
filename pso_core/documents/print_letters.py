"""The letters that the fonts of print can draw: a strict PDF refuses a text with any other."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
FACE = ("Sarabun-Regular.ttf", "Sarabun-Bold.ttf")
SIGNS = "signs/NotoSansSymbols2-Signs.ttf"  # circles that fill up, boxes, ticks and stars, which Sarabun lacks
NEVER_SIGNS = frozenset(range(0xE000, 0xF900))  # for private use: the strict standards allow none


@cache
def face_letters() -> frozenset[str]:
    """What Sarabun draws in both weights."""
    return frozenset.intersection(*(_letters(name) for name in FACE))


@cache
def sign_letters() -> frozenset[str]:
    """What only the font of signs draws. No mark may stand on these: the marks are Sarabun's."""
    return _letters(SIGNS) - face_letters()


def _letters(name: str) -> frozenset[str]:
    table = _character_map((FONTS / name).read_bytes())
    twice = struct.unpack_from(">H", table, 6)[0]
    ends, starts = (struct.unpack_from(f">{twice // 2}H", table, at) for at in (14, 16 + twice))
    codes = {code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)}
    return frozenset(chr(code) for code in codes - NEVER_SIGNS if 0x20 <= code < 0xFFFF)


def _character_map(font: bytes) -> bytes:
    """The table of the Basic Multilingual Plane (format 4 of the OpenType specification's cmap)."""
    count = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4s3I", font, 12 + 16 * place) for place in range(count))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    encodings = struct.unpack_from(">H", font, start + 2)[0]
    places = (start + struct.unpack_from(">2HI", font, start + 4 + 8 * place)[2] for place in range(encodings))
    return next(font[place:] for place in places if struct.unpack_from(">H", font, place)[0] == 4)
