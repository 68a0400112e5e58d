"""Thai digits for letter text; what belongs to a code, an address or a foreign name keeps its Arabic ones."""

from __future__ import annotations

import re

from pso_core.text.thaidate import thai_digits

# "P.S.O. 1101", "LAN-2", "http://a.example/3": what is written together with a Latin letter, and a number after it that is
# too long to be a count
FOREIGN = re.compile(r"([^\s\u0e00-\u0e7f]*[A-Za-z][^\s\u0e00-\u0e7f]*(?: [0-9]{3,})?)")


def in_thai_digits(text: str) -> str:
    return "".join(part if place % 2 else thai_digits(part) for place, part in enumerate(FOREIGN.split(text)))
