"""What a workbook is made of, without any format: sheets of grids whose cells are values or sums of other cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Places:
    """Where a line stands on its sheet, and the first and last line of each grid there: rows count from 1, columns from 0."""

    grids: tuple[tuple[int, int], ...]
    grid: int
    row: int

    def here(self, column: int) -> str:
        """The cell of this line."""
        return f"{_letters(column)}{self.row}"

    def above(self, column: int, lines: int) -> str:
        return f"{_letters(column)}{self.row - lines}"

    def whole(self, column: int, grid: int | None = None) -> str:
        """A column's lines in this grid or another of the sheet, those of totals not among them."""
        first, last = self.grids[self.grid if grid is None else grid]
        return f"{_letters(column)}{first}:{_letters(column)}{last}"


@dataclass(frozen=True, slots=True)
class Formula:
    """`write` gives the formula for its place; `value` is what it comes to, for readers that do not calculate.

    `good` says of a check how it came out; None for a formula that is not one.
    """

    write: Callable[[Places], str]
    value: int | float | Fraction | str
    good: bool | None = None


Cell = str | int | float | Fraction | date | Formula | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its heading. `widths` are in characters; `foot` are lines of totals; `empty` stands where there are no rows.

    `facts`: each line is a label and a value.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    empty: str = ""
    facts: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    heading: str
    grids: tuple[Grid, ...]


def total(column: int, values: tuple[int | float | Fraction, ...]) -> Formula:
    """The sum of a column."""
    return Formula(lambda at: f"=SUM({at.whole(column)})", sum(values))


def check(column: int, wanted: int, came_to: int | float | Fraction, right: str, wrong: str) -> Formula:
    """Whether the cell above is what it must be, in words."""
    good = came_to == wanted
    return Formula(lambda at: f"=IF({at.above(column, 1)}={wanted},{quoted(right)},{quoted(wrong)})", right if good else wrong, good)


def quoted(text: str) -> str:
    """A text of ours inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def _letters(column: int) -> str:
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters, column = chr(ord("A") + letter) + letters, column - 1
    return letters
