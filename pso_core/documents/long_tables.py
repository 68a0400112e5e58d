"""A very long table cut into pieces that are set one after another: what setting takes grows with the lines that are set at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import Any

WHOLE = 500  # lines of a table that is set in one piece
FIRST, NEXT = 100, 400  # lines that stay with what is around them, and at most in each piece after these

Data = dict[str, Any]


def cut(blocks: Sequence[Data]) -> tuple[list[Data], list[list[Data]]]:
    """The blocks with the beginnings of their long tables, and for each of these the pieces that follow, tables again.

    `cut` of a beginning is the place of its pieces among them.
    """
    left, pieces = [], []
    for block in blocks:
        if block["kind"] == "table" and len(block["lines"]) > WHOLE:
            beginning, *more = _pieces(block)
            block = {**beginning, "cut": len(pieces)}
            pieces.append(more)
        left.append(block)
    return left, pieces


def _pieces(table: Data) -> list[Data]:
    lines = table["lines"]
    count = ceil((len(lines) - FIRST) / NEXT)
    ends = [FIRST + (len(lines) - FIRST) * number // count for number in range(count + 1)]
    ends = [end - 1 if "group" in lines[end - 1] else end for end in ends]  # who heads a group goes on with it
    parts = [lines[: ends[0]], *(_with_its_group(lines, *span) for span in pairwise(ends))]
    nothing = {"kept": [], "foot": [], "together": False}
    return [*({**table, **nothing, "lines": part} for part in parts[:-1]), {**table, "lines": parts[-1], "together": False}]


def _with_its_group(lines: Sequence[Data], start: int, end: int) -> list[Data]:
    """The group is said again where its table goes on, as on each page of it."""
    if "group" in lines[start]:
        return list(lines[start:end])
    group = next((line for line in reversed(lines[:start]) if "group" in line), None)
    return [*([group] if group and group["short"] else []), *lines[start:end]]
