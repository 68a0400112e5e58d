"""Typed text that survives a reload, another tab and the end of a visit: a draft per person, form and visit."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import Any

import streamlit as st

from pso_core.errors import PsoError
from pso_core.ui.desk import Desk

_VISIT = "visit"


def keep(desk: Desk, place: str, body: Any) -> None:
    desk.office.store.drafts.keep(desk.person.id, _of_this_visit(place), body, desk.office.clock())


def discard(desk: Desk, place: str, adopted: str | None) -> None:
    """This visit's draft, and the one it was taken over from."""
    for one in {_of_this_visit(place), adopted} - {None}:
        with suppress(PsoError):  # what was saved is saved, also when the disk is full now; the draft is then offered once more
            desk.office.store.drafts.discard(desk.person.id, one)


def left_behind(desk: Desk, place: str) -> tuple[str, Any] | None:
    """The newest draft of this form that another visit of the same person left: (its place, its body)."""
    store, person_id = desk.office.store.drafts, desk.person.id
    found = [(one, store.get(person_id, one)) for one in store.places(person_id) if one.startswith(f"{place}#")]
    drafts = [(one, draft) for one, draft in found if draft is not None]
    if not drafts:
        return None
    one, draft = max(drafts, key=lambda pair: pair[1].saved_at)
    return one, draft.body


def _of_this_visit(place: str) -> str:
    """Each tab has its own: two tabs of one person must not overwrite each other's text."""
    visit = st.session_state.setdefault(_VISIT, secrets.token_hex(4))
    return f"{place}#{visit}"
