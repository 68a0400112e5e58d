"""What a document says of itself, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class About:
    """What the file says of itself. `made_at` also stands in for the time of writing, so that equal content is equal bytes.

    `kept`: the lines that keep their digits in a text set in Thai ones.
    """

    title: str
    author: str
    language: str
    made_at: datetime
    foot: str
    mark: str
    kept: frozenset[str] = frozenset()
