"""What this visit lets others know of itself: at which page it is, and where text stands that is not saved."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import streamlit as st

from pso_core.domain.presence import Place
from pso_core.steps import KINDS
from pso_core.ui import visit
from pso_core.ui.desk import Desk

_AT = "present"  # set while a page is shown on which others are told
_FIELD = "field"  # stands for a form: the field that is being typed in and was not left yet
_NOT_IN_A_CLASS = re.compile(r"[^a-zA-Z0-9_-]")


def leave() -> None:
    """First line of every run: another page may follow."""
    st.session_state.pop(_AT, None)


def arrive(desk: Desk, page: str) -> None:
    st.session_state[_AT] = page
    desk.office.store.presence.arrive(visit.tab(), desk.person.id, desk.project_id, page)


def write(desk: Desk, form: str, places: Collection[Place]) -> None:
    """The places of this form that hold text not saved; a page on which nobody is told tells nothing."""
    if _AT in st.session_state:
        desk.office.store.presence.write(visit.tab(), form, places)


def type_in(desk: Desk, marked: str) -> None:
    """The field whose element has this class is typed in; "" once it was left."""
    place = _place(desk, marked) if marked else None
    write(desk, _FIELD, [place] if place else ())


def unsaved(desk: Desk) -> bool:
    """Whether this visit holds anything typed, or a refusal that is not yet dealt with."""
    return any(memory.typed or memory.refusal is not None for memory in memories(desk).values())


def memories(desk: Desk) -> dict[str, Any]:
    """{place of a form: what this visit keeps of it}, of this project."""
    return {key.removeprefix("form:"): st.session_state[key] for key in map(str, st.session_state) if key.startswith(f"form:{desk.project_id}/")}


def marked_by(key: str) -> str:
    """The class by which a browser finds what was drawn with this key."""
    return f"st-key-{in_a_class(key.strip())}"


def in_a_class(text: str) -> str:
    return _NOT_IN_A_CLASS.sub("-", text)


def _place(desk: Desk, marked: str) -> Place | None:
    """A field's key is FORM/TURN/REVISION/ENTITY/FIELD; the first and the fourth may hold strokes of their own. Other keys of a form,
    the new wording of a clash say, name no row: what they are about is told as long as the form holds it."""
    key = next((key for key in map(str, st.session_state) if marked_by(key) == marked), "")
    form = max((place for place in memories(desk) if key.startswith(f"{place}/")), key=len, default=None)
    if form is None:
        return None
    _, _, rest = (key[len(form) + 1 :].split("/", 2) + ["", ""])[:3]
    entity_id, _, field = rest.rpartition("/")
    return (entity_id, field) if entity_id.partition(":")[0] in KINDS else None
