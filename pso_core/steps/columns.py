"""Columns a table can have, each a pandera field that also says how it is edited and checked."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

LINE = 300  # characters in a text of one line
PARAGRAPHS = 5_000  # characters in a text of several paragraphs

STEP_KEYS = ("vision", "mission", "tasks", "weights", "indicators", "assessment", "plan", "execution", "certification")

Whole = pd.Int64Dtype
Number = pd.Float64Dtype
Flag = pd.BooleanDtype


def text(limit: int = LINE, required: bool = False, **extra: Any) -> Any:
    """A text of at most `limit` characters; over one line (LINE) it is edited in a larger box."""
    return _field("text", required, str_length={"max_value": limit}, limit=limit, **extra)


def whole(ge: int | None = None, le: int | None = None, required: bool = False) -> Any:
    return _field("whole", required, ge=ge, le=le)


def number(ge: float | None = None, le: float | None = None, required: bool = False) -> Any:
    return _field("number", required, ge=ge, le=le)


def flag() -> Any:
    return _field("flag", False)


def day(required: bool = False) -> Any:
    """A date, kept as ISO text (2001-10-09)."""
    return _field("day", required)


def moment(required: bool = False) -> Any:
    """A moment in UTC, kept as ISO text (2001-10-09T03:00:00Z); written by actions, never typed."""
    return _field("moment", required)


def choice(of: str | tuple, required: bool = False) -> Any:
    """One of the standard's choices (`of` names them, e.g. "tiers") or of the values given."""
    return _field("choice", required, of=of)


def reference(kind: str, required: bool = False, owned: bool = False) -> Any:
    """The id of a row of another kind. `owned`: this row goes when that row goes."""
    return _field("reference", required, of=kind, owned=owned)


def person(required: bool = False) -> Any:
    """The id of an account. Names stay in the accounts table."""
    return _field("person", required)


def levels_by_criterion() -> Any:
    """A mapping {criterion key: number of levels}."""
    return _field("levels", False)


def _field(type_: str, required: bool, *, limit: int = LINE, of: Any = None, owned: bool = False, inside: bool = False, **checks: Any) -> Any:
    facts = {"type": type_, "limit": limit, "of": of, "owned": owned, "inside": inside, "ge": checks.get("ge"), "le": checks.get("le")}
    return pa.Field(nullable=not required, metadata=facts, **{k: v for k, v in checks.items() if v is not None})
