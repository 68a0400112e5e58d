"""The history of a step: who changed what, from what, to what, when; and any earlier version back with one press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import streamlit as st

from pso_core.actions.administration import redact_row
from pso_core.actions.restoring import restore_row
from pso_core.domain.comparison import changed_fields
from pso_core.domain.permissions import may
from pso_core.domain.rows import Row
from pso_core.steps import KINDS, Step
from pso_core.steps.schedule import due_in
from pso_core.steps.sign_off import SIGN_OFF
from pso_core.text.thaidate import say_date, say_moment
from pso_core.ui import cached, differences, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.naming import row_name
from pso_core.ui.plain import as_html, as_label

T = TypeVar("T")
SHOWN = 20
SIDES = (3, 1)  # what is told, and the buttons beside it, whose words are read whole in either language
MARKS = {"added": "+", "changed": "→", "removed": "−"}


def show(desk: Desk, step: Step) -> None:
    """Folded; read only when opened."""
    drawer = st.expander(desk.say("app.history"), key=f"history/{step.key}", on_change="rerun")
    if not drawer.open:
        return
    with drawer:
        key = f"history/{step.key}/shown"
        shown = st.session_state.setdefault(key, SHOWN)
        kinds = tuple(kind.name for kind in step.kinds if kind is not SIGN_OFF)  # each step's own stands in its bar
        changes = desk.office.store.history(desk.project_id, kinds=kinds, limit=shown + 1)
        if not changes:
            st.html(f"<p class='quiet'>{as_html(desk.say('app.history_empty'))}</p>")
        for change in changes[:shown]:
            _change(desk, change)
        if len(changes) > shown:
            _older(desk.say("app.history_older"), key)


def so_many(found: Sequence[T], name: str, older: str) -> Iterator[T]:
    """The first of them, and after the last of those a button, called `older`, that shows more."""
    key = f"history/{name}/shown"
    shown = st.session_state.setdefault(key, SHOWN)
    yield from found[:shown]
    if len(found) > shown:
        _older(older, key)


def _older(label: str, key: str) -> None:
    st.button(label, key=f"{key}/more", on_click=_show_more, args=(key,))


def _show_more(key: str) -> None:
    st.session_state[key] += SHOWN


def _change(desk: Desk, change) -> None:
    who, when = desk.person_name(change.person_id), say_moment(change.occurred_at, desk.say)
    action = desk.say(f"history.{change.action}")
    reason = f" · {change.reason}" if change.reason else ""
    st.html(f"<p class='change'><b>{as_html(who)}</b> {as_html(action)} <span class='quiet'>{as_html(when + reason)}</span></p>")
    for row in change.rows:
        _row(desk, change, row)


def _row(desk: Desk, change, row) -> None:
    body = row.after or row.before or {}
    name = row_name(Row(row.entity_id, row.kind, row.revision, change.seq, body), desk)
    lines = differences.table(row.kind, changed_fields(row.before, row.after), desk, desk)
    left, right = st.columns(SIDES, vertical_alignment="center")
    done = f"{MARKS[row.done]} {desk.say(f'app.row_{row.done}')}"
    left.html(f"<p class='row'><span class='quiet'>{as_html(done)}</span> {as_html(name)}</p>{lines}")
    if row.redacted:
        right.html(f"<p class='quiet'>{as_html(desk.say('app.redacted'))}</p>")
        return
    restore_button(desk, right, change, row)
    if may(desk.person.role, "redact") and row.after is not None and row.revision < desk.state.revision_of(row.entity_id):
        _redacting(desk, row, right)


def restore_button(desk: Desk, place, change, row, key: str = "restore") -> None:
    """Brings the row back as it was then, for whoever may edit it and where it is another now; asks why where an approved due date moves with it.

    What went with the row that owns it comes back with that one.
    """
    now = desk.state.get(row.entity_id)
    if not (desk.may_edit(row.kind, now) and _differs_from_now(now, row)) or _owner_gone(desk, row):
        return
    key, due = f"{key}/{change.seq}/{row.entity_id}", _approved_due_moved(desk, row)
    how = {"on_click": _restore, "args": (desk, row.entity_id, change.seq if row.after is not None else change.seq - 1, f"{key}/reason")}
    first = {"on_click": _ask, "args": (f"{key}/asked",)} if due else how
    place.button(desk.say("app.restore"), key=key, help=as_label(desk.say("app.restore_help" if now else "app.restore_removed_help")), **first)
    if due and st.session_state.get(f"{key}/asked"):
        st.write(as_label(desk.say("page_schedule.due_approved", date=say_date(due, desk.say))))
        st.text_area(desk.say("page_schedule.reason"), key=f"{key}/reason", height=96)
        st.button(desk.say("app.restore_yes"), key=f"{key}/yes", type="primary", **how)


def _ask(asked: str) -> None:
    """In the row itself: what floats over the end of a page on a telephone is not reached."""
    st.session_state[asked] = True


def _approved_due_moved(desk: Desk, row) -> str | None:
    """The due date in the approved plan, where this version has neither that nor the one there is now."""
    now = desk.state.get(row.entity_id)
    if not (KINDS[row.kind].slips and now and due_in(now.body) != due_in(row.after)):
        return None
    approved = cached.approved_due(desk.state, row.entity_id)
    return approved if approved != due_in(row.after) else None


def _redacting(desk: Desk, row, place) -> None:
    """For a text that should never have been written; the newest one is first saved again without it."""
    key = f"redact/{row.entity_id}/{row.revision}"
    with place.popover(desk.say("app.redact"), key=key):
        st.write(as_label(desk.say("app.redact_sure")))
        st.text_input(desk.say("app.redact_reason"), key=f"{key}/reason")
        st.button(desk.say("app.redact_yes"), key=f"{key}/yes", on_click=_redact, args=(desk, row, f"{key}/reason"))


def _redact(desk: Desk, row, reason: str) -> None:
    do(desk, lambda: redact_row(desk.office, visit.actor(), desk.project_id, row.entity_id, row.revision, st.session_state[reason]))
    cached.forget_erased()


def _differs_from_now(now: Row | None, row) -> bool:
    return now is None or (row.after is not None and dict(now.body) != row.after)


def _owner_gone(desk: Desk, row) -> bool:
    body = row.after or row.before or {}
    return any(desk.state.get(body.get(field.name)) is None for field in KINDS[row.kind].fields if field.owned)


def _restore(desk: Desk, entity_id: str, seq: int, reason: str) -> None:
    why = st.session_state.get(reason) or ""
    do(desk, lambda: restore_row(desk.office, visit.actor(), desk.project_id, entity_id, seq, desk.state.seq, why))
