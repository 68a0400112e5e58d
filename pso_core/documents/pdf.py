"""Blocks as a PDF to hand in and to keep: PDF/A-3a and PDF/UA-1, tagged, with the data it was made from inside."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pso_core.documents import blocks as b
from pso_core.documents.about import About
from pso_core.documents.clean import for_property
from pso_core.documents.digits import keeping
from pso_core.documents.long_tables import cut
from pso_core.documents.pdf_setting import DATA, FURTHER, MAIN, as_typst_sets, set_from
from pso_core.documents.picture_size import width_of
from pso_core.documents.print_letters import FONTS
from pso_core.documents.print_room import MOST_CAPTION, MOST_KEPT, MOST_REPEATED, lines_taken, room_of
from pso_core.documents.print_text import NOTHING, printable, printable_line
from pso_core.text.phrases import phrases

TEMPLATE = FONTS.parent / "templates" / "pack" / "report.typ"
LABEL = (3, 7)  # the widths of a record's two columns
KINDS = {"json": "application/json", "csv": "text/csv", "txt": "text/plain", "xml": "application/xml", "ics": "text/calendar"}
ANY_KIND = "application/octet-stream"

Data = dict[str, Any]


def pdf_file(blocks: Iterable[b.Block], about: About, *, thai_digits: bool, attached: Mapping[str, bytes] = {}) -> bytes:
    """The blocks as a .pdf file; `attached` by file name. Thai digits are for letter text, the cover, the foot and page numbers; tables keep Arabic ones.

    Equal content is equal bytes, at any hour on any machine.
    """
    with _folder_of(blocks, about, thai_digits, attached) as folder:
        return set_from(folder, about.made_at)


def typeset(blocks: Iterable[b.Block], about: About, thai_digits: bool, attached: Mapping[str, bytes]) -> bytes:
    """The file as typst makes it."""
    with _folder_of(blocks, about, thai_digits, attached) as folder:
        return as_typst_sets(folder, about.made_at)


@contextmanager
def _folder_of(blocks: Iterable[b.Block], about: About, thai_digits: bool, attached: Mapping[str, bytes]) -> Iterator[Path]:
    """The private folder that the template reads from."""
    writer = _Writer(keeping(about.kept) if thai_digits else str)
    said = {**_said_of(about), "foot": writer.line(about.foot), "thai-digits": thai_digits}
    left, further = cut(writer.data(tuple(blocks)))
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / DATA).write_bytes(_told({**said, "blocks": left, "attached": _files(attached, about.language)}))
        if further:
            pieces = {f"{place}-{number}.json": piece for place, pieces in enumerate(further) for number, piece in enumerate(pieces)}
            _fill(folder / FURTHER, {name: _told({**said, "blocks": [piece], "attached": []}) for name, piece in pieces.items()})
        _fill(folder / "pictures", {f"{number}.png": picture.png for number, picture in enumerate(writer.pictures)})
        _fill(folder / "attached", {str(number): content for number, content in enumerate(attached.values())})
        shutil.copy(TEMPLATE, folder / MAIN)
        yield folder


def _told(data: Data) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _said_of(about: About) -> Data:
    return {
        "title": for_property(about.title).strip() or NOTHING, "author": for_property(about.author), "language": about.language,
        "keywords": [about.mark] if about.mark else [], "date": list(about.made_at.timetuple()[:6]),
    }  # fmt: skip


def _files(attached: Mapping[str, bytes], language: str) -> list[Data]:
    said = phrases(language)("documents.attached")
    return [{"name": name, "mime": KINDS.get(name.rpartition(".")[2], ANY_KIND), "description": said} for name in attached]


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


class _Writer:
    """What the template reads: texts by their lines, numbers, and nothing else. `digits` turns letter text into the digits it is set in."""

    def __init__(self, digits: Callable[[str], str]):
        self.digits = digits
        self.pictures: list[b.Picture] = []

    def data(self, blocks: tuple[b.Block, ...]) -> list[Data]:
        introducing = {id(block) for block, following in pairwise(blocks) if isinstance(following, b.Table | b.Facts)}
        return [{**_WAYS[type(block)](self, block), "introduces": id(block) in introducing} for block in blocks]

    def lines(self, text: str) -> tuple[str, ...]:
        return printable(self.digits(text))

    def line(self, text: str) -> str:
        return printable_line(self.digits(text))

    def cover(self, block: b.Cover) -> Data:
        facts = [[printable(name), self.lines(said)] for name, said in block.facts]
        return {"kind": "cover", "title": self.line(block.title), "lines": [self.lines(line) for line in block.lines], "facts": facts}

    def contents(self, block: b.Contents) -> Data:
        return {"kind": "contents"}

    def heading(self, block: b.Heading) -> Data:
        return {"kind": "heading", "level": block.level, "text": self.line(block.text), "new_page": block.new_page}

    def letter(self, block: b.Paragraph) -> Data:
        return {"kind": "letter", "lines": [line for line in self.lines(block.text) if line.strip()]}

    def finding(self, block: b.Finding) -> Data:
        return {"kind": "finding", "text": self.lines(block.text)}

    def remark(self, block: b.Remark) -> Data:
        return {"kind": "remark", "text": self.lines(block.text)}

    def bullets(self, block: b.Bullets) -> Data:
        return {"kind": "bullets", "items": [self.lines(item) for item in block.items]}

    def letter_head(self, block: b.Lines) -> Data:
        return {"kind": "lines", "pairs": [[self.lines(word), self.lines(said)] for word, said in block.pairs]}

    def signature(self, block: b.Signature) -> Data:
        taken = lines_taken(("\n".join(block.lines),), room_of((1,)))
        return {"kind": "signature", "lines": [self.lines(line) for line in block.lines], "together": taken <= MOST_KEPT}

    def facts(self, block: b.Facts) -> Data:
        taken = [lines_taken(pair, room_of(LABEL)) for pair in block.pairs]
        pairs = [
            {"label": printable(name), "value": printable(said), "whole": lines <= MOST_KEPT}
            for (name, said), lines in zip(block.pairs, taken, strict=True)
        ]
        return {"kind": "facts", "pairs": pairs, "together": sum(taken) <= MOST_KEPT}

    def table(self, block: b.Table) -> Data:
        room = room_of(block.widths)
        head, *lines = (_line(line, room) for line in (block.head, *block.rows, *block.foot))
        rows, foot = lines[: len(block.rows)], lines[len(block.rows) :]
        kept = -1 if _keeps_its_last(rows, foot) else len(rows)
        return {
            "kind": "table", "widths": block.widths, "numbers": sorted(block.numbers), "head": head, "lines": rows[:kept], "kept": rows[kept:],
            "foot": foot, "together": sum(line["taken"] for line in (head, *lines)) <= MOST_KEPT,
        }  # fmt: skip

    def picture(self, block: b.Picture) -> Data:
        self.pictures.append(block)
        return {
            "kind": "picture", "number": len(self.pictures) - 1, "width": width_of(block.png), "alt": printable_line(block.alt),
            "caption": self.lines(block.caption) if block.caption else [], "together": lines_taken((block.caption,), room_of((1,))) <= MOST_CAPTION,
        }  # fmt: skip


_WAYS: dict[type, Callable[[_Writer, Any], Data]] = {
    b.Cover: _Writer.cover, b.Contents: _Writer.contents, b.Heading: _Writer.heading, b.Paragraph: _Writer.letter,
    b.Finding: _Writer.finding, b.Remark: _Writer.remark, b.Bullets: _Writer.bullets, b.Lines: _Writer.letter_head,
    b.Signature: _Writer.signature, b.Facts: _Writer.facts, b.Table: _Writer.table, b.Picture: _Writer.picture,
}  # fmt: skip


def _keeps_its_last(rows: Sequence[Data], foot: Sequence[Data]) -> bool:
    """Whether a total takes the line before it along to its page. Not the only line of a group, which would leave the group behind."""
    fits = sum(line["taken"] for line in (*rows[-1:], *foot)) <= MOST_KEPT
    return bool(rows and foot) and fits and not any("group" in line for line in rows[-2:])


def _line(line: b.Line, room: tuple[float, ...]) -> Data:
    """`whole`: to be kept on one page; `short`: to be repeated on the next."""
    across = isinstance(line, str)
    taken = lines_taken((line,), (sum(room),)) if across else lines_taken(line, room)
    cells = {"group": printable(line)} if across else {"cells": [printable(text) for text in line]}
    return {**cells, "taken": taken, "whole": taken <= MOST_KEPT, "short": taken <= MOST_REPEATED}
