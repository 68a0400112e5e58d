"""Typed text that survives a reload, another tab and the end of a visit: a draft per person, form and visit."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pso_core.errors import PsoError
from pso_core.steps import KINDS
from pso_core.steps.values import Unreadable, read_value
from pso_core.ui import visit
from pso_core.ui.desk import Desk


def keep(desk: Desk, place: str, body: Any) -> None:
    desk.office.store.drafts.keep(desk.person.id, _of_this_visit(place), body, desk.office.clock())


def discard(desk: Desk, place: str) -> None:
    with suppress(PsoError):  # what was saved is saved, also when the disk is full now; the draft is then offered once more
        desk.office.store.drafts.discard(desk.person.id, _of_this_visit(place))


def adopted(desk: Desk, place: str) -> Any | None:
    """The newest draft of this form that another visit of the same person left, rather one whose tab is closed: after a reload
    that is one's own. It becomes this visit's, so that once saved it does not come back."""
    store, person_id = desk.office.store.drafts, desk.person.id
    found = {one: draft for one in store.places(person_id) if one.startswith(f"{place}#") and (draft := store.get(person_id, one))}
    if not found:
        return None
    open_ = {one for one in found if desk.office.store.presence.is_heard(one.removeprefix(f"{place}#"))}
    newest = max(found, key=lambda one: (one not in open_, found[one].saved_at))
    with suppress(PsoError):  # on a full disk it stays where it is, and is found again
        keep(desk, place, found[newest].body)
        if newest != _of_this_visit(place):
            store.discard(person_id, newest)
    return found[newest].body


def is_stored(desk: Desk, entity_id: str, name: str, value: Any) -> bool:
    """Whether the row holds it, however it was typed. A draft may be kept a moment after the same text was saved, by a tab that
    is closed or loaded anew."""
    row = desk.state.get(entity_id)
    try:
        return row is not None and row[name] == read_value(KINDS[row.kind].field[name], value)
    except Unreadable:
        return False


def _of_this_visit(place: str) -> str:
    """Each tab has its own: two tabs of one person must not overwrite each other's text."""
    return f"{place}#{visit.tab()}"
