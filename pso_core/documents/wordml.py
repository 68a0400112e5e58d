"""The elements of a Word document, put together in the order that Word's schema asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pso_core.documents.clean import clean

TWIPS = 567  # in a centimetre
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def el(tag: str, *children: Any, **attributes: Any) -> Any:
    """An element: el("jc", val="center") is <w:jc w:val="center"/>."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def run(text: str) -> Any:
    """A run of plain text; a new line in it is a line break. What people typed is text here and nothing else."""
    parts: list[Any] = []
    for number, line in enumerate(clean(text).split("\n")):
        parts += [el("br")] if number else []
        for column, piece in enumerate(line.split("\t")):
            parts += [el("tab")] if column else []
            parts += [_text("t", piece)] if piece else []
    return el("r", *parts)


def paragraph(style: str, *runs: Any, bookmark: tuple[int, str] | None = None, keep: bool = False, new_page: bool = False) -> Any:
    """`bookmark`: its number and name, around the whole paragraph. `keep`: on one page with what follows. `new_page`: it begins one."""
    if bookmark:
        number, name = bookmark
        runs = (el("bookmarkStart", id=number, name=name), *runs, el("bookmarkEnd", id=number))
    return el("p", el("pPr", el("pStyle", val=style), el("keepNext") if keep else None, el("pageBreakBefore") if new_page else None), *runs)


def field(instruction: str, shown: str) -> list[Any]:
    """The runs of a field that Word computes; `shown` stands there until it does."""
    return [*field_begins(instruction), run(shown), field_ends()]


def field_begins(instruction: str) -> list[Any]:
    code = el("r", _text("instrText", f" {instruction} "))
    return [el("r", el("fldChar", fldCharType="begin")), code, el("r", el("fldChar", fldCharType="separate"))]


def field_ends() -> Any:
    return el("r", el("fldChar", fldCharType="end"))


def table(widths: Iterable[int], rows: Iterable[Any]) -> Any:
    """`widths` in twips: Word reads them in the cells, others in the grid."""
    widths = tuple(widths)
    about = el(
        "tblPr",
        el("tblStyle", val="TableGrid"),
        el("tblW", w=sum(widths), type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
    )
    return el("tbl", about, el("tblGrid", *(el("gridCol", w=width) for width in widths)), *rows)


def row(cells: Iterable[Any], *, head: bool = False, whole: bool = True) -> Any:
    """`head`: repeated on every page; `whole`: never broken across pages."""
    return el("tr", el("trPr", el("cantSplit") if whole else None, el("tblHeader") if head else None), *cells)


def cell(width: int, content: Any, *, fill: str | None = None, span: int = 1) -> Any:
    about = el(
        "tcPr",
        el("tcW", w=width, type="dxa"),
        el("gridSpan", val=span) if span > 1 else None,
        el("shd", val="clear", color="auto", fill=fill) if fill else None,
    )
    return el("tc", about, content)


def _text(tag: str, text: str) -> Any:
    element = el(tag)
    element.set(SPACE, "preserve")
    element.text = text
    return element
