"""Blocks as a Word file that an officer can go on editing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import docx
from docx.parts.document import DocumentPart
from docx.shared import Cm

from pso_core.documents import blocks as b
from pso_core.documents import wordml as w
from pso_core.documents.about import About
from pso_core.documents.clean import clean, for_property
from pso_core.documents.digits import in_thai_digits, keeping
from pso_core.documents.head_room import shares
from pso_core.documents.picture_size import width_of
from pso_core.documents.same_bytes import same_bytes
from pso_core.documents.word_styles import FILL, HEAD_FILL, WIDTH, dress

LABEL = 0.3  # of the width, for the labels of facts
LONG = 1_200  # characters from which a line of a table may break across pages
SHORT = 500  # characters up to which a table stays on one page


def word_file(blocks: Iterable[b.Block], about: About, *, thai_digits: bool) -> bytes:
    """The blocks as a .docx file. Thai digits are for letter text, the cover, the foot and page numbers; tables keep Arabic ones."""
    document = docx.Document()
    dress(document, thai=about.language == "th", thai_digits=thai_digits)
    _describe(document.core_properties, about)
    digits = keeping(about.kept) if thai_digits else str
    _page_marks(document.sections[0], digits(about.foot), thai_digits)
    writer = _Writer(tuple(blocks), digits, document.part)
    end = document.element.body[-1]
    for element in writer.elements():
        end.addprevious(element)
    file = io.BytesIO()
    document.save(file)
    return same_bytes(file.getvalue())


class _Writer:
    """`digits` turns letter text into the digits it is set in; `part` keeps the pictures."""

    def __init__(self, blocks: tuple[b.Block, ...], digits: Callable[[str], str], part: DocumentPart):
        self.blocks, self.digits, self.part = blocks, digits, part
        self.marks = {id(block): number for number, block in enumerate(blocks, 1) if isinstance(block, b.Heading)}
        self.introducing = {id(block) for block, following in pairwise(blocks) if isinstance(following, b.Table | b.Facts)}

    def elements(self) -> Iterable[Any]:
        for block in self.blocks:
            yield from _WAYS[type(block)](self, block)

    def text(self, style: str, text: str, *, keep: bool = False) -> Any:
        return w.paragraph(style, w.run(self.digits(text)), keep=keep)

    def cover(self, block: b.Cover) -> Iterable[Any]:
        yield self.text("Title", block.title)
        for line in block.lines:
            yield self.text("CoverLine", line)
        yield w.paragraph("CoverSpace")
        yield from self.facts(b.Facts(tuple((name, self.digits(said)) for name, said in block.facts)))

    def contents(self, block: b.Contents) -> Iterable[Any]:
        """A field that Word fills with page numbers when asked; until then the headings as links."""
        listed = [heading for heading in self.blocks if isinstance(heading, b.Heading) and heading.level <= 2]
        entries = [self._entry(heading) for heading in listed]
        for place, run in enumerate(w.field_begins(r'TOC \o "1-2" \h \z \u')):
            entries[0].insert(1 + place, run)
        entries[-1].append(w.field_ends())
        kind = w.el("docPartObj", w.el("docPartGallery", val="Table of Contents"), w.el("docPartUnique"))
        yield w.el("sdt", w.el("sdtPr", kind), w.el("sdtContent", *entries))

    def _entry(self, heading: b.Heading) -> Any:
        link = w.el("hyperlink", w.run(self.digits(heading.text)), anchor=self._mark(heading), history=1)
        return w.paragraph(f"TOC{heading.level}", link)

    def _mark(self, heading: b.Heading) -> str:
        return f"_Toc{self.marks[id(heading)]:06d}"

    def heading(self, block: b.Heading) -> Iterable[Any]:
        yield w.paragraph(f"Heading{block.level}", w.run(self.digits(block.text)), bookmark=(self.marks[id(block)], self._mark(block)), new_page=block.new_page)

    def letter(self, block: b.Paragraph) -> Iterable[Any]:
        for line in block.text.split("\n"):
            yield self.text("Letter", line, keep=id(block) in self.introducing)

    def finding(self, block: b.Finding) -> Iterable[Any]:
        yield self.text("Finding", block.text)

    def remark(self, block: b.Remark) -> Iterable[Any]:
        yield self.text("Remark", block.text)

    def bullets(self, block: b.Bullets) -> Iterable[Any]:
        for item in block.items:
            yield self.text("ListBullet", item)

    def lines(self, block: b.Lines) -> Iterable[Any]:
        for word, said in block.pairs:
            yield self.text("LetterHead", f"{word}\t{said}")

    def signature(self, block: b.Signature) -> Iterable[Any]:
        *above, last = block.lines
        for line in above:
            yield self.text("Signature", line, keep=True)
        yield self.text("Signature", last)

    def facts(self, block: b.Facts) -> Iterable[Any]:
        label, value = _in_twips((LABEL, 1 - LABEL))
        kept = _kept(block.pairs, total=False)
        rows = (
            w.row((_cell(label, "CellLabel", name, HEAD_FILL, keep=place in kept), _cell(value, "Cell", said)), whole=len(said) < LONG)
            for place, (name, said) in enumerate(block.pairs)
        )
        yield w.table((label, value), rows)
        yield w.paragraph("AfterTable")

    def table(self, block: b.Table) -> Iterable[Any]:
        widths = _in_twips(shares(block.widths, block.head))
        head = w.row((_cell(width, "CellHead", text, HEAD_FILL) for width, text in zip(widths, block.head, strict=True)), head=True)
        kept = _kept(block.rows, total=bool(block.foot))
        rows = (_row(widths, line, block.numbers, keep=place in kept) for place, line in enumerate(block.rows))
        foot = (_foot(widths, line, block.numbers) for line in block.foot)
        yield w.table(widths, (head, *rows, *foot))
        yield w.paragraph("AfterTable")

    def picture(self, block: b.Picture) -> Iterable[Any]:
        inline = self.part.new_pic_inline(io.BytesIO(block.png), width=Cm(width_of(block.png)))
        inline.docPr.set("descr", clean(block.alt))
        yield w.paragraph("Picture", w.el("r", w.el("drawing", inline)))
        yield self.text("Caption", block.caption)


_WAYS: dict[type, Callable[[_Writer, Any], Iterable[Any]]] = {
    b.Cover: _Writer.cover, b.Contents: _Writer.contents, b.Heading: _Writer.heading, b.Paragraph: _Writer.letter,
    b.Finding: _Writer.finding, b.Remark: _Writer.remark, b.Bullets: _Writer.bullets, b.Lines: _Writer.lines,
    b.Signature: _Writer.signature, b.Facts: _Writer.facts, b.Table: _Writer.table, b.Picture: _Writer.picture,
}  # fmt: skip


def _in_twips(parts: tuple[float, ...]) -> tuple[int, ...]:
    """The parts as twips that make the whole width exactly."""
    edges = [round(WIDTH * sum(parts[:place]) / sum(parts)) for place in range(len(parts) + 1)]
    return tuple(after - before for before, after in pairwise(edges))


def _kept(lines: tuple[b.Line, ...], *, total: bool) -> range:
    """Which lines stay on one page with the next: all of a short table, else the last with the total under it."""
    last = len(lines) if total else len(lines) - 1
    return range(last) if sum(len("".join(line)) for line in lines) < SHORT else range(len(lines) - 1, last)


def _cell(width: int, style: str, text: str, fill: str | None = None, *, span: int = 1, keep: bool = False) -> Any:
    return w.cell(width, w.paragraph(style, w.run(text), keep=keep), fill=fill, span=span)


def _row(widths: tuple[int, ...], line: b.Line, numbers: frozenset[int], *, keep: bool) -> Any:
    if isinstance(line, str):
        return w.row((_cell(sum(widths), "CellHead", line, FILL, span=len(widths)),))
    styles = ("CellNumber" if place in numbers else "Cell" for place in range(len(widths)))
    cells = (_cell(width, style, text, keep=keep) for width, style, text in zip(widths, styles, line, strict=True))
    return w.row(cells, whole=sum(map(len, line)) < LONG)


def _foot(widths: tuple[int, ...], line: tuple[str, ...], numbers: frozenset[int]) -> Any:
    cells = (
        _cell(width, "CellTotal" if place in numbers else "CellHead", text, FILL)
        for place, (width, text) in enumerate(zip(widths, line, strict=True))
    )
    return w.row(cells)


def _page_marks(section: Any, foot: str, thai_digits: bool) -> None:
    """The page number at the head of every page but the first, what it was made from at its foot."""
    number = w.paragraph("Header", w.run("– "), *w.field("PAGE", in_thai_digits("1") if thai_digits else "1"), w.run(" –"))
    for place, element in ((section.header, number), (section.footer, w.paragraph("Footer", w.run(foot)))):
        place.is_linked_to_previous = False
        place._element.replace(place.paragraphs[0]._p, element)


def _describe(properties: Any, about: About) -> None:
    properties.title, properties.author = for_property(about.title), for_property(about.author)
    properties.created = properties.modified = about.made_at
    properties.language = {"th": "th-TH", "en": "en-US"}[about.language]
    properties.identifier, properties.comments, properties.last_modified_by, properties.keywords = about.mark, "", "", ""
    properties.revision = 1
