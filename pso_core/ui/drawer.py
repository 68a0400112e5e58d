"""The drawer at the right: one row with all its fields. Open or not is kept in the visit, so a rerun keeps it open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import streamlit as st

from pso_core.actions.rebase import Removal
from pso_core.steps import KINDS, STEP_OF_KIND, Step
from pso_core.text.thaidate import say_date
from pso_core.ui import asked, cached, resolutions
from pso_core.ui.desk import PROJECT, Desk, open_desk
from pso_core.ui.form import Form, FormRow
from pso_core.ui.naming import row_name
from pso_core.ui.plain import as_label

Layout = Callable[[Desk, Form, FormRow], None]
MakeForm = Callable[[Desk, str], Form]  # a form at this place
_OPEN = "drawer"
_PROJECT = "drawer/project"
_HIDDEN = ("position", "origin")  # set by buttons or kept as they are, unless a layout draws them


def edit_button(desk: Desk, kind: str, entity_id: str, label: str | None = None, again: str = "", **how: Any) -> None:
    """A button that opens the row's drawer. `again`: where on the page one stands besides its first."""
    row = desk.state.get(entity_id)
    word = "app.edit" if desk.may_edit(kind, row) else "app.look"
    name = row_name(row, desk) if row else desk.say(f"fields.{kind}.one")
    how = {"help": as_label(name), **how}
    key = f"open/{entity_id}/{again}" if again else f"open/{entity_id}"
    st.button(label or desk.say(word), key=key, on_click=_press, args=(kind, entity_id), **how)


def add_button(desk: Desk, kind: str, defaults: Mapping[str, Any] | None = None, label: str | None = None, **how: Any) -> None:
    """A button that opens an empty drawer; nothing for those who may not add."""
    if not desk.may_edit(kind):
        return
    label = label or desk.say("app.add", kind=desk.say(f"fields.{kind}.one"))
    key = f"add/{kind}/{'/'.join(map(str, (defaults or {}).values()))}"
    st.button(label, key=key, on_click=_press, args=(kind, None, dict(defaults or {})), **how)


def open_row(kind: str, entity_id: str | None, defaults: Mapping[str, Any] | None = None) -> None:
    st.session_state[_OPEN] = (kind, entity_id, dict(defaults or {}))
    st.session_state[_PROJECT] = st.session_state.get(PROJECT)


def _press(kind: str, entity_id: str | None, defaults: Mapping[str, Any] | None = None) -> None:
    """A button's callback: the drawer is drawn by the page, also when the button stands in a fragment."""
    open_row(kind, entity_id, defaults)
    st.rerun()


def close() -> None:
    st.session_state.pop(_OPEN, None)


def open_asked_place(desk: Desk, step: Step, in_place: Collection[str] = ()) -> None:
    """A link `?at=<entity id>` opens that row, once. Places `in_place`, and what has no drawer, the page itself shows."""
    place = st.query_params.get("at")
    if not place:
        return
    del st.query_params["at"]
    asked.ask(place)
    row = desk.state.get(place)
    if place.split(":")[0] in in_place:
        return
    if row is not None and STEP_OF_KIND[row.kind] is step:
        open_row(row.kind, row.id)
    elif place in KINDS and STEP_OF_KIND[place] is step and not KINDS[place].key and desk.may_edit(place):
        open_row(place, place if KINDS[place].single else None)


def show(desk: Desk, step: Step, layouts: Mapping[str, Layout], forms: Mapping[str, MakeForm]) -> None:
    """Draw the drawer when one is open; last on the page. One left open on another page or in another project stays behind."""
    if _OPEN not in st.session_state:
        return
    kind, entity_id, _ = st.session_state[_OPEN]
    if STEP_OF_KIND[kind] is not step or st.session_state.get(_PROJECT) != desk.project_id:
        close()
        return
    row = desk.state.get(entity_id)
    word = "app.add" if row is None else "app.edit_one" if kind in forms or desk.may_edit(kind, row) else "app.look_at_one"
    title = desk.say(word, kind=desk.say(f"fields.{kind}.one"))
    st.dialog(title, width="medium", position="right", on_dismiss=close)(_draw)(layouts, forms)


def _draw(layouts: Mapping[str, Layout], forms: Mapping[str, MakeForm]) -> None:
    if _OPEN not in st.session_state:
        st.rerun()  # saved or removed: close the drawer and draw the page anew
    desk = open_desk()
    kind, entity_id, defaults = st.session_state[_OPEN]
    form = forms.get(kind, Form)(desk, f"row/{entity_id or _new_place(kind, defaults)}")
    row = form.row(kind, entity_id, defaults)
    form.messages()
    layouts.get(kind, all_fields)(desk, form, row)
    resolutions.link(desk, row.entity_id)
    if row.may_edit:
        with st.container(horizontal=True, vertical_alignment="center"):
            form.save_button(desk.say("app.save_one", kind=desk.say(f"fields.{kind}.one")), after=_saved)
            if row.stored is not None and desk.may_edit(kind, row.stored):
                _remove_button(desk, form, row)


def _new_place(kind: str, defaults: Mapping[str, Any]) -> str:
    """What is typed for a goal of one mission must not turn up under another: a new row's place names whose it will be."""
    of = [str(defaults[field.name]) for field in KINDS[kind].fields if field.type in ("reference", "choice") and defaults.get(field.name) is not None]
    return "/".join((kind, *of))


def all_fields(desk: Desk, form: Form, row: FormRow) -> None:
    """Field under field, in the order of the table."""
    for field in KINDS[row.kind].fields:
        if field.name not in _HIDDEN and field.name not in KINDS[row.kind].key and field.name not in row.defaults:
            row.input(field.name)


def _saved(outcome: Any) -> None:
    close()


def _remove_button(desk: Desk, form: Form, row: FormRow) -> None:
    with st.popover(desk.say("app.remove")):
        st.write(as_label(desk.say("app.remove_sure", name=row_name(row.stored, desk))))
        reason = f"remove/{row.entity_id}/reason"
        if due := KINDS[row.kind].slips and cached.approved_due(desk.state, row.entity_id):
            st.text_area(as_label(desk.say("page_schedule.reason_to_remove", date=say_date(due, desk.say))), key=reason, height=96)
        st.button(desk.say("app.remove_yes"), key=f"remove/{row.entity_id}", on_click=_remove, args=(form, row.entity_id, reason))


def _remove(form: Form, entity_id: str, reason: str) -> None:
    form.save(st.session_state.get(reason) or "", instead=[Removal(entity_id)], after=_saved)
