"""How pages are looked at: both themes and both widths in each language, the other way round in the second."""

from __future__ import annotations

WIDE, NARROW = 1280, 360
PHONE = {"width": NARROW, "height": 740}
LOOKS = {
    "th": ({"color_scheme": "light", "width": WIDE}, {"color_scheme": "dark", "width": NARROW}),
    "en": ({"color_scheme": "dark", "width": WIDE}, {"color_scheme": "light", "width": NARROW}),
}
