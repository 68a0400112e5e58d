"""Reading the files back as a person's programs do: python-docx for Word, openpyxl for the workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn
from lxml import etree


def word_text(content: bytes) -> str:
    """Everything that is read in the body, paragraph by paragraph; a line break is a new line."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(_letters(paragraph)) for paragraph in body.iter(qn("w:p")))


def _letters(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        yield {"t": element.text or "", "br": "\n", "tab": "\t"}[etree.QName(element).localname]


def word_tables(content: bytes) -> list[list[list[str]]]:
    """Every table as lines of cells."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(io.BytesIO(content)).tables]


def word_part(content: bytes, name: str = "word/document.xml") -> Any:
    """A part of the file as parsed XML."""
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def book(content: bytes, *, values: bool = True) -> openpyxl.Workbook:
    """The workbook with what its formulas came to, or with the formulas themselves."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def cells(content: bytes, *, values: bool = True) -> list[Any]:
    """Every value in every sheet."""
    return [cell.value for sheet in book(content, values=values) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def lines_under(sheet: Any, title: str) -> list[list[Any]]:
    """The lines of one grid of a sheet, from its head to the next empty line."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(place for place, row in enumerate(rows) if row[0] == title and not any(row[1:]) and place > 0)
    end = next((place for place in range(start, len(rows)) if not any(value is not None for value in rows[place])), len(rows))
    return rows[start + 1 : end]
