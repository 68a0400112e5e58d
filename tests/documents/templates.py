"""Word templates as agencies and others make them, and how they are filled in."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from unittest.mock import patch

import docx

from pso_core.documents import template as templates
from pso_core.documents.apart import Ended, run
from pso_core.documents.case import Case
from pso_core.documents.submission import about_of
from pso_core.documents.template import filled, tried
from pso_core.errors import PsoError

SEVERAL = Path(__file__).with_name("several_templates.py").resolve()


def template(*paragraphs: str, header: str = "", footer: str = "") -> bytes:
    document, target = docx.Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    for place, text in ((document.sections[0].header, header), (document.sections[0].footer, footer)):
        if text:
            place.paragraphs[0].text = text
    document.save(target)
    return target.getvalue()


def with_parts(whole: bytes, changed: Mapping[str, tuple[str, str]], more: Mapping[str, str] | None = None) -> bytes:
    """Parts in which one text is replaced by another, and parts that are added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            old, new = changed.get(name, ("", ""))
            text = source.read(name)
            assert old.encode() in text
            made.writestr(name, text.replace(old.encode(), new.encode()) if old else text)
        for name, text in (more or {}).items():
            made.writestr(name, text)
    return target.getvalue()


NOTE = "wordprocessingml.footnotes+xml"
NOTES = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote></w:footnotes>'


def with_footnote(text: str, *paragraphs: str) -> bytes:
    """A template in two sections with one footnote."""
    document, target = docx.Document(), io.BytesIO()
    for one in paragraphs:
        document.add_paragraph(one)
    document.add_section()
    document.save(target)
    kind = f'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.{NOTE}"/></Types>'
    relation = '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    changed = {"[Content_Types].xml": ("</Types>", kind), "word/_rels/document.xml.rels": ("</Relationships>", relation)}
    return with_parts(target.getvalue(), changed, {"word/footnotes.xml": NOTES.format(text)})


def with_relation(kind: str, target: str, part: str = "document") -> bytes:
    """A template that points outside itself."""
    relation = f'<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return with_parts(template("{{ title }}"), {f"word/_rels/{part}.xml.rels": ("</Relationships>", relation)})


def with_field(code: str) -> bytes:
    instruction = f'<w:p><w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r></w:p><w:sectPr'
    return with_parts(template("{{ title }}"), {"word/document.xml": ("<w:sectPr", instruction)})


def kept(folder: Path, content: bytes) -> Path:
    """As contents are kept: the name says nothing of the type."""
    path = folder / ("cd" * 32)
    path.write_bytes(content)
    return path


def filled_in(folder: Path, case: Case, content: bytes, digits: bool = False) -> bytes:
    return filled(kept(folder, content), case, about_of(case), digits)


def try_out(folder: Path, case: Case, content: bytes) -> None:
    tried(kept(folder, content), case, about_of(case))


def in_one_process(attempts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each attempt to fill in or try a template answers, or its refusal: the limits are the real ones, for all of them together."""
    orders: list[bytes] = []

    def keep(script: Path, words: Sequence[str], source: BinaryIO, *limits: Any) -> Ended:
        orders.append(source.read())
        return Ended("badly")

    with patch.object(templates, "run", keep):
        for attempt in attempts:
            _tried(attempt)
    with tempfile.TemporaryFile() as source:
        source.write(b"".join(len(order).to_bytes(8, "big") + order for order in orders))
        source.seek(0)
        ended = run(SEVERAL, [str(templates.CHILD)], source, templates.LIMITS, templates.SECONDS)
    assert ended.how == "well"
    answers = _answers(ended.answer)
    with patch.object(templates, "run", lambda *order: Ended("well", next(answers))):
        return [_tried(attempt) for attempt in attempts]


def _tried(attempt: Callable[[], Any]) -> Any:
    try:
        return attempt()
    except PsoError as refusal:
        return refusal


def _answers(whole: bytes) -> Iterator[bytes]:
    source = io.BytesIO(whole)
    while length := source.read(8):
        yield source.read(int.from_bytes(length, "big"))
