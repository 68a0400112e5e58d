"""Two people wrote the same field: both texts side by side, and one decision each: mine, theirs, or a new wording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from pso_core.errors import Clash, Clashing
from pso_core.steps import KINDS
from pso_core.text.thaidate import say_moment
from pso_core.ui import fields
from pso_core.ui.desk import Desk
from pso_core.ui.naming import field_label, row_name, shown_value
from pso_core.ui.plain import as_html, as_label

MINE, THEIRS, EDIT = "mine", "theirs", "edit"
Place = tuple[str, str]


def show(desk: Desk, clash: Clash, *, key: str, on_resolve: Callable[[Mapping[Place, Any], int], None]) -> None:
    """`on_resolve` gets the value decided for each (entity id, field) and the clock that was seen here."""
    st.error(as_label(desk.say("refusals.clash", count=len(clash.clashes))))
    for number, one in enumerate(clash.clashes):
        _one(desk, one, f"{key}/clash/{number}")
    st.button(desk.say("app.clash_save"), key=f"{key}/resolve", type="primary", on_click=_decide, args=(clash, key, on_resolve))


def _one(desk: Desk, one: Clashing, key: str) -> None:
    whole_set = isinstance(one.mine, dict) and one.entity_id == one.kind
    who, when = desk.person_name(one.person_id), say_moment(datetime.fromisoformat(one.occurred_at), desk.say)
    title = field_label(desk, one.kind, one.field)
    if not whole_set:
        title = f"{_whose(desk, one)} · {title}"
    with st.container(border=True):
        st.markdown(f"**{as_label(title)}**")
        left, right = st.columns(2)
        left.html(f"<p class='quiet'>{as_html(desk.say('app.clash_mine'))}</p>{_value(desk, one, one.mine)}")
        right.html(f"<p class='quiet'>{as_html(desk.say('app.clash_theirs', who=who, when=when))}</p>{_value(desk, one, one.theirs)}")
        options = [MINE, THEIRS] if whole_set else [MINE, THEIRS, EDIT]
        chosen = st.segmented_control(
            desk.say("app.clash_which"), options, default=MINE, required=True, key=f"{key}/which",
            format_func=lambda option: desk.say(f"app.clash_{option}_button"),
        )  # fmt: skip
        if chosen == EDIT:
            field = KINDS[one.kind].field[one.field]
            fields.draw(desk, field, one.mine, key=f"{key}/edit", label=field_label(desk, one.kind, one.field))


def _whose(desk: Desk, one: Clashing) -> str:
    """The row's name; a kind with only one row goes by its own name, for its text is what the two differ about."""
    if KINDS[one.kind].single:
        return desk.say(f"fields.{one.kind}.one")
    return row_name(desk.state.get(one.entity_id), desk)


def _value(desk: Desk, one: Clashing, value: Any) -> str:
    if isinstance(value, dict) and one.entity_id == one.kind:
        lines = (f"<li>{as_html(row_name(desk.state.get(id_), desk))}: <b>{as_html(desk.say('app.nothing') if points is None else points)}</b></li>" for id_, points in value.items())
        return f"<ul>{''.join(lines)}</ul>"
    return f"<p class='typed'>{as_html(shown_value(desk, one.kind, one.field, value))}</p>"


def _decide(clash: Clash, key: str, on_resolve: Callable[[Mapping[Place, Any], int], None]) -> None:
    chosen: dict[Place, Any] = {}
    for number, one in enumerate(clash.clashes):
        which = st.session_state.get(f"{key}/clash/{number}/which") or MINE
        value = _decided(one, which, f"{key}/clash/{number}/edit")
        if isinstance(value, dict) and one.entity_id == one.kind:
            chosen.update({(entity_id, one.field): part for entity_id, part in value.items()})
        else:
            chosen[one.entity_id, one.field] = value
    on_resolve(chosen, clash.seq)


def _decided(one: Clashing, which: str, key: str) -> Any:
    if which == EDIT:
        return fields.value_in_state(KINDS[one.kind].field[one.field], key)
    return one.mine if which == MINE else one.theirs
