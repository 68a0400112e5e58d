"""What the upgrade brought to each of the four groups: before beside after, the figures large, and a photo where there is one."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from pso_core.domain.exact import exact
from pso_core.domain.rows import Row
from pso_core.steps.certification import newest_picture
from pso_core.ui import drawer, show
from pso_core.ui.desk import Desk
from pso_core.ui.evidence import is_here, lost_html
from pso_core.ui.form import Form, FormRow
from pso_core.ui.leading import lead
from pso_core.ui.naming import amount, field_label, name_of, row_name
from pso_core.ui.plain import as_html, as_label
from pso_core.web.files import path_of


def results(desk: Desk) -> None:
    """Group by group, in the standard's order."""
    for group in desk.standard.choices("result_groups"):
        found = list(desk.state.where("result", group=group))
        show.heading(name_of(desk, "result_groups", group))
        if not found:
            show.quiet(desk.say("page_certification.no_result"))
        for row in found:
            text, button = st.columns([6, 1], vertical_alignment="center")
            text.html(_before_after(desk, row) + _figures(desk, row) + _photo(desk, row))
            with button:
                drawer.edit_button(desk, "result", row.id, width="stretch")
        drawer.add_button(desk, "result", {"group": group, "position": desk.state.next_position("result")})


def layout(desk: Desk, form: Form, row: FormRow) -> None:
    """The drawer of one result: what it was and is, in words and in a figure where there is one, and a picture of the register."""
    for name in ("group", "before", "after"):
        if name not in row.defaults:
            row.input(name)
    for column, name in zip(st.columns(3), ("figure_before", "figure_after", "unit"), strict=True):
        with column:
            row.input(name)
    row.input("photo", only=lambda piece: newest_picture(desk.state, piece.id) is not None)
    if desk.may_edit("evidence"):
        lead(as_label(desk.say("page_certification.register_photo")), "evidence")


def _before_after(desk: Desk, row: Row) -> str:
    def side(name: str) -> str:
        label, text = field_label(desk, "result", name), row[name] or desk.say("app.nothing")
        return f"<div><p class='quiet row'>{as_html(label)}</p><p class='row'>{as_html(text)}</p></div>"

    return f"<div class='before-after'>{side('before')}<span aria-hidden='true'>→</span>{side('after')}</div>"


def _figures(desk: Desk, row: Row) -> str:
    """The figures with their unit and, where there are both, the difference; nothing where there are none."""
    before, after = (None if row[name] is None else exact(row[name]) for name in ("figure_before", "figure_after"))
    named = [(field_label(desk, "result", name), amount(value, desk, thousands=True)) for name, value in (("figure_before", before), ("figure_after", after)) if value is not None]
    if before is not None and after is not None:
        named.append((desk.say("page_certification.difference"), difference(desk, before, after)))
    unit = f"<small> {as_html(row['unit'])}</small>" if row["unit"] else ""
    boxes = "".join(f"<div><p class='quiet'>{as_html(name)}</p><p class='big'>{as_html(value)}{unit}</p></div>" for name, value in named)
    return f"<div class='figures'>{boxes}</div>" if boxes else ""


def difference(desk: Desk, before: Fraction, after: Fraction) -> str:
    """By how much it rose or fell, with its sign."""
    moved = after - before
    return f"{'+' if moved > 0 else '−' if moved < 0 else ''}{amount(abs(moved), desk, thousands=True)}"


def _photo(desk: Desk, row: Row) -> str:
    file = newest_picture(desk.state, row["photo"])
    if file is None:
        return ""
    if not is_here(desk, file):
        return f"<p class='quiet'>{lost_html(desk, file)}</p>"
    title = as_html(row_name(desk.state.get(row["photo"]), desk))
    return f"<p><img class='photo' src='{as_html(path_of(desk.project_id, file.id))}' alt='{title}' loading='lazy'></p>"
