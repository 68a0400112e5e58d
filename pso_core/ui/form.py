"""A form over one or more rows that never loses what was typed: not to a mistake, a clash, a reload or another tab.

What a person types is kept as `typed` in the visit and as a draft in the database. `seen` is the project's clock
when the typing began: the save is compared with what the person was looking at, not with what is there by then.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from pso_core.actions.rebase import Edit, Removal
from pso_core.actions.rows import Saved, save_rows
from pso_core.domain.rows import ProjectState
from pso_core.errors import Clash, Mistakes, Problem, PsoError
from pso_core.steps import KINDS
from pso_core.ui import asked, cached, clash, drafts, fields, messages, present, visit
from pso_core.ui.desk import Desk
from pso_core.ui.form_row import FormRow
from pso_core.ui.own_changes import own_change
from pso_core.ui.plain import as_label

NEW = "new"
MOST_OVER = 500  # texts of earlier turns that a field may tell once more
Place = tuple[str, str]  # entity id, field
Write = Callable[[Sequence[Edit | Removal], int, str], Saved]  # what was typed, what was seen, why
FILLING = {"points_negative", "fill_mistakes"}  # refused to a button that fills fields in: told until something is typed or filled in
WITHOUT_REASON = {"slip_without_reason", "slips_without_reason"}  # not mended by another value
LOOK_AGAIN = {"phases_changed_since", "schedule_changed_since"}  # refused until what has changed was looked at


@dataclass
class Memory:
    """What this visit keeps of a form between reruns."""

    turn: int = 0  # raised after a save, so that widgets start afresh
    seen: int = 0
    typed: dict[Place, Any] = field(default_factory=dict)
    reason: str = ""  # why, where the form asks for it
    refusal: PsoError | None = None
    refused: int = 0  # how often: each time the sentence is brought into view
    over: list[tuple[Place, Any]] = field(default_factory=list)  # what was typed and then saved, dropped or replaced, the latest last
    restored: bool = False  # `typed` came from a draft that another visit left
    fresh: str = field(default_factory=lambda: secrets.token_hex(6))  # new rows are saved under this, at every try the same

    def leave(self, values: Mapping[Place, Any]) -> None:
        self.over = [*self.over, *values.items()][-MOST_OVER:]


class Form:
    """Use: form = Form(desk, "weights"); row = form.row(...); row.input("weight"); form.save_button(...).

    `action` and `write`: for rows that people do not edit as they like but by an action of their own; `wrong`: the mistakes of
    what is typed, where the page knows them before the save.
    """

    def __init__(self, desk: Desk, name: str, action: str = "save", write: Write | None = None, wrong: Callable[[], Sequence[Problem]] | None = None):
        self.desk, self.action = desk, action
        self._write, self._wrong = write or self._save_rows, wrong
        self.place = f"{desk.project_id}/{name}"
        self.rows: dict[str, FormRow] = {}
        self.memory = self._memory()
        if not self.memory.typed:
            self.memory.seen = desk.state.seq
        self.base: ProjectState = desk.state if self.memory.seen >= desk.state.seq else cached.as_of(desk.project_id, self.memory.seen)
        present.write(desk, self.place, self.memory.typed)

    def row(self, kind: str, entity_id: str | None = None, defaults: Mapping[str, Any] | None = None) -> FormRow:
        """The part of the form for one row; `entity_id` None (or not there yet) makes a new row with these defaults."""
        entity_id = entity_id or f"{kind}:{NEW}"
        self.rows[entity_id] = FormRow(self, kind, entity_id, dict(defaults or {}))
        return self.rows[entity_id]

    @property
    def dirty(self) -> bool:
        return bool(self.memory.typed)

    def messages(self) -> None:
        """What the last save answered, a restored draft, or that others changed these rows meanwhile."""
        memory, desk = self.memory, self.desk
        if messages.waiting():
            st.rerun()  # saved from a fragment: the rest of the page shows it too
        if gone := self._gone():
            messages.gone(desk, [(self.base.get(id_), name, value) for (id_, name), value in gone.items()], key=f"{self.place}/gone", on_click=self._drop_gone)
        if memory.restored and memory.typed:
            messages.draft_restored(desk, key=f"{self.place}/drop", on_click=self.discard)
        if memory.refusal is not None:
            asked.into_view(self.place, memory.refused)
        if isinstance(memory.refusal, Clash):
            clash.show(desk, memory.refusal, key=f"{self.place}/{memory.turn}", on_resolve=self._resolve)
        elif memory.refusal is not None:
            messages.refusal(desk, memory.refusal, shown=set(self.rows))
        elif memory.typed and self._changed_by_others():
            messages.changed_meanwhile(desk)

    def save_button(self, label: str, reason: str = "", after: Callable[[Saved], None] | None = None, **how: Any) -> bool:
        """Saves when pressed. `label` is a sentence; `after` runs once it is saved."""
        kinds = {row.kind for row in self.rows.values()}
        allowed = all(row.may_edit for row in self.rows.values())
        why = None if allowed else as_label(self.desk.why_not(kinds))
        how = {"type": "primary", "disabled": not allowed or not kinds, "help": why, **how}
        return st.button(label, key=f"{self.place}/save", on_click=self.save, args=(reason, after), **how)

    def reason_input(self, label: str) -> None:
        """A box for why: what is typed there is kept like all else and goes with the save."""
        key = self._reason_key
        st.text_area(label, value=self.memory.reason, key=key, height=96, on_change=self._keep_reason)

    @property
    def _reason_key(self) -> str:
        return f"{self.place}/{self.memory.turn}/reason"

    def _keep_reason(self) -> None:
        self.memory.reason = st.session_state.get(self._reason_key, self.memory.reason) or ""
        self._try_to_keep_draft()

    def edits(self) -> list[Edit | Removal]:
        """What was typed, as edits: one per row touched, and a new row that a touched one refers to.

        What was typed into a row that somebody removed is there too: refused (row_gone), it is not lost unsaid.
        """
        if gone := self._gone():
            return [Edit(self.base.get(id_).kind, id_, {name: value}) for (id_, name), value in gone.items()]
        touched = {id_: edit for id_, row in self.rows.items() if (edit := row.edit()) is not None}
        if not touched and (new := self._begun()):
            return [new.as_new()]
        meant = {value for edit in touched.values() for value in edit.values.values() if isinstance(value, str)}
        return [touched.get(id_) or row.as_new() for id_, row in self.rows.items() if id_ in touched or (row.stored is None and self.named(id_) in meant)]

    def _gone(self) -> dict[Place, Any]:
        """What was typed into rows that others removed meanwhile: the form draws them no more."""
        now, then = self.desk.state, self.base
        return {place: value for place, value in self.memory.typed.items() if place[0] not in self.rows and then.get(place[0]) and not now.get(place[0])}

    def _drop_gone(self) -> None:
        for place in self._gone():
            del self.memory.typed[place]
        self.memory.refusal = None
        self._keep_draft()

    def _begun(self) -> FormRow | None:
        """A new row in which nothing is typed yet though something must be: to be refused, and told what."""
        first = next(iter(self.rows.values()), None)
        if first is None or not first.entity_id.endswith(f":{NEW}"):
            return None
        return first if any(field.required and not first.defaults.get(field.name) for field in KINDS[first.kind].fields) else None

    def save(self, reason: str = "", after: Callable[[Saved], None] | None = None, instead: Sequence[Edit | Removal] = ()) -> None:
        """One action, one transaction; a refusal stays on the screen with everything typed. `instead`: not what was typed but this."""
        desk, memory = self.desk, self.memory
        reason = reason or st.session_state.get(self._reason_key, memory.reason) or ""
        try:
            saved = self._write(instead or self.edits(), memory.seen, reason)
        except PsoError as refusal:
            self.refuse(refusal)
            return
        self.discard()
        own_change(desk, saved)
        messages.saved(desk, saved)
        if after:
            after(saved)

    def _save_rows(self, edits: Sequence[Edit | Removal], seen: int, reason: str) -> Saved:
        return save_rows(self.desk.office, visit.actor(), self.desk.project_id, edits, seen, reason)

    def named(self, entity_id: str) -> str:
        """The id under which a new row of this form will be saved; any other id as it is."""
        kind, _, rest = entity_id.partition(":")
        new, slash, more = rest.partition("/")
        return f"{kind}:{self.memory.fresh}{slash}{more}" if new == NEW else entity_id

    def discard(self) -> None:
        """Forget what was typed; the widgets show what is stored."""
        drafts.discard(self.desk, self.place)
        self.memory.leave(self.memory.typed)
        self.memory.typed.clear()
        self.memory.turn += 1
        present.write(self.desk, self.place, ())
        self.memory.refusal, self.memory.restored, self.memory.reason, self.memory.fresh = None, False, "", secrets.token_hex(6)

    def put(self, entity_id: str, field_name: str, value: Any) -> None:
        """As if the person had typed it: for buttons that fill fields in."""
        self._keep(entity_id, field_name, value)
        self._mended({(entity_id, field_name)})
        self.memory.turn += 1

    def suggest(self, values: Mapping[Place, Any]) -> None:
        """Fill fields in anew with what nobody typed: by itself it is no draft."""
        memory = self.memory
        memory.leave({place: memory.typed.get(place) for place in values})
        memory.typed |= values
        self._mended(values)
        memory.turn += 1
        if memory.typed.keys() <= values.keys():
            drafts.discard(self.desk, self.place)
        else:
            self._try_to_keep_draft()

    def _mended(self, places: Iterable[Place]) -> None:
        """What was wrong in fields that a button filled in is told no more; beside what a person types it may stand until the next save."""
        if isinstance(self.memory.refusal, Mistakes):
            self.memory.refusal = self.memory.refusal.only(lambda one: one.path[1:3] not in [(self.named(id_), name) for id_, name in places])

    def typed(self, entity_id: str, field_name: str, key: str) -> None:
        """A widget changed (its callback)."""
        row = self.rows[entity_id]
        value = fields.value_in_state(KINDS[row.kind].field[field_name], key)
        if key == row.key(field_name) or not self._told_again(row, field_name, value):
            self._keep(entity_id, field_name, value)

    def _told_again(self, row: FormRow, field_name: str, value: Any) -> bool:
        """Whether a field of an earlier turn tells once more what it showed, or what was typed in it before a save: nobody typed that now.

        It may come when a part of the page ran while a save was under way. Anything else was typed at the last moment, and is kept.
        """
        place = (row.entity_id, field_name)
        return value == (row.value(field_name) or "") or row.same_as_stored(field_name, value) or (place, value) in self.memory.over

    def _keep(self, entity_id: str, field_name: str, value: Any) -> None:
        row, memory = self.rows[entity_id], self.memory
        if not memory.typed:
            memory.seen = self.base.seq
        if row.same_as_stored(field_name, value):
            memory.typed.pop((entity_id, field_name), None)
        else:
            memory.typed[entity_id, field_name] = value
        if isinstance(memory.refusal, Clash) or (memory.refusal and memory.refusal.code in FILLING):
            memory.refusal = None  # a clash: its two texts are no longer what there is to choose from
        elif isinstance(memory.refusal, Mistakes) and self._wrong:  # what was mended is not told any more
            wrong = self._wrong()
            memory.refusal = memory.refusal.only(lambda one: one in wrong or one.code in WITHOUT_REASON)
        self._try_to_keep_draft()

    def _try_to_keep_draft(self) -> None:
        try:
            self._keep_draft()
        except PsoError as refusal:  # what was typed is still in this visit
            self.refuse(refusal)

    def refuse(self, refusal: PsoError) -> None:
        if refusal.code in LOOK_AGAIN:  # the page shows it now
            self.memory.seen = self.desk.office.store.state(self.desk.project_id).seq
        self.memory.refusal = refusal
        self.memory.refused += 1

    def _keep_draft(self) -> None:
        memory = self.memory
        present.write(self.desk, self.place, memory.typed)
        if not memory.typed:
            return drafts.discard(self.desk, self.place)
        body = {"seen": memory.seen, "typed": [[*place, value] for place, value in memory.typed.items()], "reason": memory.reason}
        return drafts.keep(self.desk, self.place, body)

    def _memory(self) -> Memory:
        key = f"form:{self.place}"
        if key not in st.session_state:
            st.session_state[key] = self._from_draft()
        return st.session_state[key]

    def _from_draft(self) -> Memory:
        body = drafts.adopted(self.desk, self.place)
        if body is None:
            return Memory()
        typed = {(entity_id, name): value for entity_id, name, value in body["typed"] if not drafts.is_stored(self.desk, entity_id, name, value)}
        if not typed:
            drafts.discard(self.desk, self.place)
            return Memory()
        return Memory(seen=body["seen"], typed=typed, reason=body.get("reason", ""), restored=True)

    def _changed_by_others(self) -> bool:
        return any(self.desk.state.revision_of(id_) != self.base.revision_of(id_) for id_ in self.rows)

    def _resolve(self, chosen: Mapping[Place, Any], seq: int) -> None:
        """The person decided each clash: save on top of what they have now seen."""
        self.memory.typed, self.memory.seen, self.memory.refusal = {**self.memory.typed, **chosen}, seq, None
        self.base = self.desk.office.store.state(self.desk.project_id)
        self.save(reason=self.desk.say("app.clash_decided"))


def look_again(desk: Desk) -> None:
    """The page is to show what others saved. A form goes on from there unless a row it holds text of is among it: that row
    stays as it was seen, so that its save is still compared with what the person was looking at."""
    now = desk.office.store.state(desk.project_id)
    for memory in present.memories(desk).values():
        if not memory.typed or memory.seen >= now.seq or isinstance(memory.refusal, Clash):
            continue
        then = cached.as_of(desk.project_id, memory.seen)
        if all(now.revision_of(entity_id) == then.revision_of(entity_id) for entity_id, _ in memory.typed):
            memory.seen = now.seq
