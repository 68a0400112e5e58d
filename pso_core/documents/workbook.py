"""Sheets as a workbook. Every text is written as text: none can become a formula, a link or a number."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import xlsxwriter

from pso_core.documents.clean import for_cell, for_page_mark, for_property
from pso_core.documents.grids import Cell, Formula, Grid, Places, Sheet
from pso_core.documents.word import About
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import say_date

FONT, SIZE = "TH Sarabun New", 16
# A machine without this font sets the text in one that is wider and taller, where lines would be cut: Laksaman takes 1.6, Garuda,
# Loma and Sarabun 1.7 to 1.8 of the characters that columns are measured in, TH Sarabun New 1.15; a line of theirs is 21 to 31 points.
LETTER_WIDTH = 1.75
LINE_HEIGHT, TALLEST = 28.5, 408  # points, whole pixels: less cuts Thai vowels and tone marks; a row cannot be taller than 409
HEADING_HEIGHT = 36
FIRST_DAY = date(1900, 3, 1)  # from here on workbooks agree which day a number is
DATES = {"th": "[$-107041E]d mmm yyyy", "en": "d mmm yyyy"}  # 107041E: Thai with the Buddhist Era and Arabic digits
NO_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
INK, NAVY, FILL, QUIET = "#1F2933", "#1B3A5C", "#F6F7F9", "#595959"
GOOD, BAD = {"font_color": "#0B6E4F"}, {"font_color": "#9C1C28"}
GAP = 2  # lines between grids
PAGE_WIDTH = 330  # characters that still can be read when printed across one page


def workbook_file(sheets: Iterable[Sheet], about: About) -> bytes:
    """The sheets as an .xlsx file; equal content is equal bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, NO_GUESSING)
    book.set_properties({"title": for_property(about.title), "author": for_property(about.author), "created": about.made_at, "comments": about.mark})
    looks = _Looks(book, DATES[about.language])
    for sheet in sheets:
        _Page(book.add_worksheet(sheet.name), sheet, looks, about).write()
    book.close()
    return file.getvalue()


@dataclass
class _Looks:
    """The formats of a workbook, each made once."""

    book: Any
    dates: str

    def __post_init__(self) -> None:
        self._made: dict[tuple, Any] = {}

    def of(self, **how: Any) -> Any:
        key = tuple(sorted(how.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format({"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "top", **how})
        return self._made[key]

    def text(self, **how: Any) -> Any:
        return self.of(border=1, text_wrap=True, quote_prefix=True, num_format="@", **how)

    def head(self) -> Any:
        return self.text(bold=True, bg_color="#E8ECF1")

    def value(self, value: Any, **how: Any) -> Any:
        if isinstance(value, date):
            return self.of(**{"border": 1, "align": "left", "num_format": self.dates, **how})
        large = isinstance(value, int | float | Fraction) and abs(value) >= 1000
        form = ("#,##0" if Fraction(value).denominator == 1 else "#,##0.00") if large else "General"
        return self.of(border=1, num_format=form, **how)


class _Page:
    """One worksheet while it is written. `line` is the next free row, counted from 0."""

    def __init__(self, page: Any, sheet: Sheet, looks: _Looks, about: About):
        self.page, self.sheet, self.looks, self.about = page, sheet, looks, about
        self.line = 2
        self.spans = tuple(_spans(sheet.grids, self.line))

    def write(self) -> None:
        self.page.set_default_row(LINE_HEIGHT)
        self._widths()
        self.page.write_string(0, 0, for_cell(self.sheet.heading), self.looks.of(bold=True, font_size=20, font_color=NAVY))
        self.page.set_row(0, HEADING_HEIGHT)
        for number, grid in enumerate(self.sheet.grids):
            self._grid(number, grid)
        self._print()

    def _grid(self, number: int, grid: Grid) -> None:
        self.page.write_string(self.line, 0, for_cell(grid.title), self.looks.of(bold=True, font_size=18))
        self._row(number, self.line + 1, grid, grid.head, self.looks.head())
        if len(self.sheet.grids) == 1 and grid.rows:
            self.page.autofilter(self.line + 1, 0, self.line + 1 + len(grid.rows), len(grid.head) - 1)
        self.line += 2
        if not grid.rows and grid.empty:
            self.page.write_string(self.line, 0, for_cell(grid.empty), self.looks.of(font_color=QUIET))
            self.line += 1
        for row in grid.rows:
            self._row(number, self.line, grid, row, **({"align": "left"} if grid.facts else {}))
            self.line += 1
        for row in grid.foot:
            self._row(number, self.line, grid, row, bold=True, bg_color=FILL)
            self.line += 1
        self.line += GAP

    def _row(self, number: int, line: int, grid: Grid, cells: tuple[Cell, ...], look: Any = None, **how: Any) -> None:
        self.page.set_row(line, _height(cells, self.columns))
        for column, cell in enumerate(cells):
            self._cell(line, column, cell, Places(self.spans, number, line + 1), look, how)

    def _cell(self, line: int, column: int, cell: Cell, places: Places, look: Any, how: dict[str, Any]) -> None:
        if isinstance(cell, date) and cell < FIRST_DAY:
            cell = say_date(cell, phrases(self.about.language))
        if cell is None:
            self.page.write_blank(line, column, None, self.looks.of(border=1, **how))
        elif isinstance(cell, str):
            self.page.write_string(line, column, for_cell(cell), look or self.looks.text(**how))
        elif isinstance(cell, Formula):
            mark = {} if cell.good is None else GOOD if cell.good else BAD
            self.page.write_formula(line, column, cell.write(places), self.looks.value(_plain(cell.value), **how, **mark), _plain(cell.value))
        elif isinstance(cell, date):
            self.page.write_datetime(line, column, cell, self.looks.value(cell, **how))
        else:
            self.page.write_number(line, column, _plain(cell), self.looks.value(cell, **how))

    def _widths(self) -> None:
        """Grids share their columns: each is as wide as the widest of them asks."""
        count = max(len(grid.widths) for grid in self.sheet.grids)
        self.columns = [max(grid.widths[place] for grid in self.sheet.grids if place < len(grid.widths)) for place in range(count)]
        for place, width in enumerate(self.columns):
            self.page.set_column(place, place, width)

    def _print(self) -> None:
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(math.ceil(sum(self.columns) / PAGE_WIDTH), 0)
        self.page.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.7)
        alone = len(self.sheet.grids) == 1
        self.page.freeze_panes(4 if alone else 1, 0)
        self.page.repeat_rows(0, 3 if alone else 0)
        say = phrases(self.about.language)
        self.page.set_header(f"&L{for_page_mark(self.about.author)}&R{for_page_mark(self.sheet.name)}")
        self.page.set_footer(f"&L{for_page_mark(self.about.foot)}&R{say('documents.workbook.page', page='&P', pages='&N')}")


def _spans(grids: Iterable[Grid], line: int) -> Iterator[tuple[int, int]]:
    """The first and last line of each grid's rows, counted from 1, as `_grid` sets them."""
    for grid in grids:
        first = line + 3
        yield first, first + max(len(grid.rows), 1) - 1
        line += 2 + (len(grid.rows) or bool(grid.empty)) + len(grid.foot) + GAP


def _height(cells: tuple[Cell, ...], widths: list[float]) -> float:
    """Room for the tallest cell: programs differ in whether they find it themselves."""
    lines = max((_lines(cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str)), default=1)
    return min(lines * LINE_HEIGHT, TALLEST)


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(_letters(line) * LETTER_WIDTH / width)) for line in text.split("\n"))


def _letters(text: str) -> int:
    """Letters that take room: Thai vowels and tone marks above and below take none."""
    return sum(1 for letter in text if unicodedata.category(letter) != "Mn")


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value
