"""The objects of a PDF as typst writes it: one after another, a plain table of their places, no updates."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

Objects = dict[int, bytes]  # number -> what stands between "n 0 obj" and "endobj"

_STREAM = re.compile(rb"(<<.*?>>)\nstream\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+")
_SIZE = re.compile(rb"/Size \d+")
_ENTRY = re.compile(rb"(\d{10}) 00000 n")


def objects_of(pdf: bytes) -> Objects:
    table = _table_at(pdf)
    places = [int(found) for found in _ENTRY.findall(pdf[table:])]
    found = {}
    for number, (start, end) in enumerate(zip(places, [*places[1:], table], strict=True), 1):
        head, tail = b"%d 0 obj\n" % number, b"\nendobj\n"
        if not pdf.startswith(head, start) or (last := pdf.rfind(tail, start, end)) < 0:
            raise ValueError(f"object {number} is not where the table says")
        found[number] = pdf[start + len(head) : last]
    return found


def changed(pdf: bytes, changes: Mapping[int, bytes]) -> bytes:
    """The file again with other objects under these numbers; new ones go on from its last."""
    table = _table_at(pdf)
    objects = {**objects_of(pdf), **changes}
    first = pdf.index(b"1 0 obj\n")
    made, places = bytearray(pdf[:first]), []
    for number in sorted(objects):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(made)
    entries = b"".join(b"%010d 00000 n\r\n" % place for place in places)
    trailer = _SIZE.sub(b"/Size %d" % (len(places) + 1), pdf[pdf.index(b"trailer", table) : pdf.rindex(b"startxref")], count=1)
    made += b"xref\n0 %d\n0000000000 65535 f\r\n%s%sstartxref\n%d\n%%%%EOF" % (len(places) + 1, entries, trailer, start)
    return bytes(made)


def stream(body: bytes) -> bytes:
    """What a compressed stream holds."""
    return zlib.decompress(body[_STREAM.match(body).end() : body.rindex(b"\nendstream")])


def with_stream(body: bytes, content: bytes) -> bytes:
    """The same stream with other content."""
    packed = zlib.compress(content, 6)
    about = _LENGTH.sub(b"/Length %d" % len(packed), _STREAM.match(body)[1], count=1)
    return b"%s\nstream\n%s\nendstream" % (about, packed)


def _table_at(pdf: bytes) -> int:
    return int(pdf[pdf.rindex(b"startxref") :].split()[1])
