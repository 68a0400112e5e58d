"""What people typed, as every exporter accepts it: never a formula, markup, a field code or a path."""

from __future__ import annotations

from pso_core.text.file_names import NAME, for_file_name
from pso_core.text.readable import readable

__all__ = ["CELL", "MARK", "NAME", "PROPERTY", "clean", "for_cell", "for_file_name", "for_page_mark", "for_property"]

CELL = 32_767  # UTF-16 units that a cell of a workbook holds
PROPERTY = 255  # characters that a property of a document holds
MARK = 50  # characters of a page's header or footer: all its texts and codes share 255


def clean(text: object) -> str:
    """Nothing that a document refuses or hides. Nothing is escaped: each exporter takes text as text."""
    return readable(str(text))


def for_cell(text: object) -> str:
    """A text for a cell of a workbook, cut with an ellipsis where a cell ends.

    The writer takes a text from <r> to </r> for ready-made markup; a space after it keeps it a text.
    """
    text = clean(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * CELL else units[: 2 * (CELL - 1)].decode("utf-16-le", "ignore") + "…"


def for_page_mark(text: object) -> str:
    """A text for the header or footer of a workbook's page, where & begins a code."""
    return clean(text).replace("\n", " ")[:MARK].replace("&", "&&")


def for_property(text: object) -> str:
    """A text for a document's title or author."""
    return clean(text).replace("\n", " ")[:PROPERTY]
