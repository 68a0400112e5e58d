"""What people typed, as every exporter accepts it: never a formula, markup, a field code or a path."""

from __future__ import annotations

import re
import unicodedata

from pso_core.text.readable import readable

CELL = 32_767  # UTF-16 units that a cell of a workbook holds
PROPERTY = 255  # characters that a property of a document holds
MARK = 50  # characters of a page's header or footer: all its texts and codes share 255
NAME = 80  # characters of a file's name: Thai takes three bytes each and some systems allow 255 bytes

_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\n\t]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)


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


def for_file_name(text: object, longest: int = NAME) -> str:
    """A text as the name of a file on any system, without its ending: no path, no device, no leading dot. May be empty."""
    name = _NOT_IN_FILE_NAMES.sub(" ", clean(text))
    name = " ".join(name.split()).lstrip(". -~")
    name = _without_half_letter(name[: longest + 1], longest).rstrip(". ")
    return _DEVICES.sub(r"\1_", name, count=1) if _DEVICES.match(name) else name


def _without_half_letter(name: str, longest: int) -> str:
    """Cut at a whole letter: never between a consonant and the vowel or tone over it."""
    end = longest
    while 0 < end < len(name) and unicodedata.category(name[end]) in ("Mn", "Mc"):
        end -= 1
    return name[:end]
