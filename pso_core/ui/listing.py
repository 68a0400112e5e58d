"""Rows as a list to read, each with its button: on a phone the button stands under its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from pso_core.domain.rows import Row
from pso_core.steps.columns import PARAGRAPHS
from pso_core.ui import drawer, resolutions, show
from pso_core.ui.desk import Desk
from pso_core.ui.naming import field_label, row_name, shown_value
from pso_core.ui.plain import as_html


def rows(desk: Desk, found: Iterable[Row], fields: Sequence[str] = ()) -> None:
    """Each row by its name, the given fields below it as label and value, and its edit (or look) button."""
    for row in found:
        item(desk, row, fields)


def item(desk: Desk, row: Row, fields: Sequence[str] = (), title: str | None = None) -> None:
    """One row of a list, with the meeting that decided on it. `title` replaces the row's name."""
    text, button = st.columns([6, 1], vertical_alignment="center")
    text.html(f"<p class='row'>{as_html(title or row_name(row, desk, limit=PARAGRAPHS))}</p>{details(desk, row, fields)}{resolutions.detail(desk, row.id)}")
    with button:
        drawer.edit_button(desk, row.kind, row.id, width="stretch")


def heading(desk: Desk, kind: str, title: str | None = None) -> None:
    """What is listed, and that there is none yet: who may not add any reads nothing else below it."""
    show.heading(title or desk.say(f"fields.{kind}.many"))
    if not desk.state.of(kind):
        show.quiet(desk.say("app.none_yet", kind=desk.say(f"fields.{kind}.one")))


def details(desk: Desk, row: Row, fields: Sequence[str]) -> str:
    """The filled ones of these fields as one quiet line."""
    parts = (f"{field_label(desk, row.kind, name)}: {shown_value(desk, row.kind, name, row[name])}" for name in fields if row[name] not in (None, "", {}))
    line = " · ".join(parts)
    return f"<p class='quiet detail'>{as_html(line)}</p>" if line else ""
