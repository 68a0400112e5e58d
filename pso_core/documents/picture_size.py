"""How large a picture is set: as wide as the text, unless it would be too tall for a page with its caption."""

from __future__ import annotations

import struct

WIDEST, TALLEST = 16.0, 20.0  # centimetres


def width_of(png: bytes) -> float:
    """In centimetres."""
    width, height = struct.unpack_from(">2I", png, 16)
    return min(WIDEST, round(TALLEST * width / height, 2))
