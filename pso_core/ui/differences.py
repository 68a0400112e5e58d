"""Fields that changed, from what to what, for reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pso_core.steps import KINDS
from pso_core.steps.naming import Reader
from pso_core.ui.naming import field_label, shown_value
from pso_core.ui.plain import as_html


def table(kind: str, fields: Iterable[tuple[str, Any, Any]], before: Reader, after: Reader) -> str:
    """`fields`: (field, from, to). What a value refers to is named as `before` and `after` know it."""
    lines = "".join(_line(kind, *field, before, after) for field in fields)
    return f"<table class='diff'>{_head(after) if lines else ''}{lines}</table>"


def _head(reader: Reader) -> str:
    """For those who hear the table; the others see from the marks which is old and which new."""
    cells = (f"<th scope='col'><span class='unseen'>{as_html(reader.say(f'app.history_{word}'))}</span></th>" for word in ("field", "from", "to"))
    return f"<tr>{''.join(cells)}</tr>"


def _line(kind: str, field: str, old: Any, new: Any, before: Reader, after: Reader) -> str:
    label = field_label(after, kind, field) if field in KINDS[kind].field else field
    was, is_ = shown_value(before, kind, field, old), shown_value(after, kind, field, new)
    return f"<tr><th scope='row'>{as_html(label)}</th><td><del>{as_html(was)}</del></td><td><ins>{as_html(is_)}</ins></td></tr>"
