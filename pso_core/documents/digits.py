"""Thai digits for the program's own figures, dates and page numbers.

What belongs to a code, an address or a foreign name keeps its Arabic ones, and so does what people typed: a file is called
as it is called, and a text stays as it was written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from pso_core.domain.rows import ProjectState
from pso_core.text.thaidate import thai_digits

# "P.S.O. 1101", "LAN-2", "http://a.example/3": what is written together with a Latin letter, and a number after it that is
# too long to be a count
FOREIGN = re.compile(r"([^\s\u0e00-\u0e7f]*[A-Za-z][^\s\u0e00-\u0e7f]*(?: [0-9]{3,})?)")
NUMBER = re.compile("[0-9]+")


def in_thai_digits(text: str) -> str:
    return "".join(part if place % 2 else thai_digits(part) for place, part in enumerate(FOREIGN.split(text)))


def typed_in(state: ProjectState) -> frozenset[str]:
    """Every line that somebody typed, a code or the name of a file among them."""
    return frozenset(line.strip() for row in state.rows.values() for text in _texts(row.body) for line in text.splitlines())


def keeping(kept: Iterable[str]) -> Callable[[str], str]:
    """Sets a text in Thai digits but for these lines, wherever they stand in it. A mere number is no code that could be told from a count."""
    by_first: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in sorted(kept, key=lambda line: (-len(line), line)):
        if (first := NUMBER.search(line)) and not line.isdecimal():
            by_first[first[0]].append((first.start(), line))
    return lambda text: "".join(part if stays else in_thai_digits(part) for part, stays in _parts(text, by_first))


def _parts(text: str, by_first: dict[str, list[tuple[int, str]]]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it stays."""
    end = 0
    for number in NUMBER.finditer(text):
        if number.start() < end:
            continue
        for before, line in by_first.get(number[0], ()):
            begin = number.start() - before
            if begin >= end and text.startswith(line, begin):
                yield from ((text[end:begin], False), (line, True))
                end = begin + len(line)
                break
    yield text[end:], False


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)
