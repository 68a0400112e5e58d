"""One row of a form: what its fields hold, the widgets that show them, and the edit that comes of what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import streamlit as st

from pso_core.actions.rebase import Edit
from pso_core.domain.exact import exact
from pso_core.domain.rows import Row
from pso_core.errors import Mistakes
from pso_core.steps import KINDS
from pso_core.ui import fields
from pso_core.ui.naming import field_label, mistake_sentence
from pso_core.ui.plain import as_label

if TYPE_CHECKING:
    from pso_core.ui.form import Form


@dataclass
class FormRow:
    """One row in a form."""

    form: Form
    kind: str
    entity_id: str
    defaults: dict[str, Any]

    @property
    def stored(self) -> Row | None:
        return self.form.base.get(self.entity_id)

    @property
    def may_edit(self) -> bool:
        return self.form.desk.may_edit(self.kind, self.stored, self.form.action)

    def value(self, name: str) -> Any:
        """What the field holds now: typed, else stored, else the default."""
        place = (self.entity_id, name)
        return self.form.memory.typed[place] if place in self.form.memory.typed else self._stored(name)

    def known(self, name: str) -> Any:
        """The same, but nothing for a number that is (not yet) one."""
        value = self.value(name)
        return None if isinstance(value, str) and KINDS[self.kind].field[name].type in ("whole", "number") else value

    def stands(self, name: str) -> bool:
        """Whether the field holds a number that can be saved, or nothing."""
        value, field = self.known(name), KINDS[self.kind].field[name]
        if value is None:
            return self.value(name) in (None, "")
        return (field.ge is None or value >= field.ge) and (field.le is None or value <= field.le)

    def input(self, name: str, label: str | None = None, **how: Any) -> Any:
        """Draw the field's widget; its mistake, if the last save found one, stands under it."""
        desk, form = self.form.desk, self.form
        hint = f"fields.{self.kind}.{name}.hint"
        key = self.key(name)
        fields.draw(
            desk, KINDS[self.kind].field[name], self.value(name), key=key, label=label or field_label(desk, self.kind, name),
            help=how.pop("help", desk.say(hint) if desk.say.has(hint) else None),
            **{"on_change": form.typed, "args": (self.entity_id, name, key), "disabled": not self.may_edit, **how},
        )  # fmt: skip
        self._mistake(name)
        return self.value(name)

    def key(self, name: str) -> str:
        """Widget key: new after each save, and when others changed the row while nothing was typed here."""
        memory = self.form.memory
        return f"{self.form.place}/{memory.turn}/{self.form.base.revision_of(self.entity_id)}/{self.entity_id}/{name}"

    def same_as_stored(self, name: str, value: Any) -> bool:
        stored = self._stored(name)
        return value == stored or (_is_nothing(value) and _is_nothing(stored))

    def edit(self) -> Edit | None:
        typed = {name: value for (entity_id, name), value in self.form.memory.typed.items() if entity_id == self.entity_id}
        if not typed:
            return None
        return Edit(self.kind, self.entity_id, typed) if self.stored is not None else self.as_new(typed)

    def as_new(self, typed: Mapping[str, Any] = MappingProxyType({})) -> Edit:
        """The defaults and what was typed; a reference to another new row of the form gets that row's id."""
        kind, values = KINDS[self.kind], {**self.defaults, **typed}
        refers = [name for name, value in values.items() if kind.field[name].type == "reference" and value]
        entity_id = None if kind.key and self._is_new else self.form.named(self.entity_id)
        return Edit(self.kind, entity_id, values | {name: self.form.named(values[name]) for name in refers})

    @property
    def _is_new(self) -> bool:
        return self.form.named(self.entity_id) != self.entity_id

    def _stored(self, name: str) -> Any:
        return self.stored[name] if self.stored is not None else self.defaults.get(name)

    def _mistake(self, name: str) -> None:
        refusal = self.form.memory.refusal
        for problem in refusal.problems if isinstance(refusal, Mistakes) else ():
            if len(problem.path) > 2 and problem.path[2] == name and self._is_mine(*problem.path[:2]):
                st.error(as_label(mistake_sentence(self.form.desk, problem)))

    def _is_mine(self, kind: object, entity_id: object) -> bool:
        """A keyed row's id is known only once its key is typed: then it is the one that no other row has."""
        others = {self.form.named(id_) for id_ in self.form.rows}
        return entity_id == self.form.named(self.entity_id) or (kind == self.kind and self._is_new and entity_id not in others)


def summed(rows: Sequence[FormRow], name: str) -> tuple[Fraction, bool]:
    """What the numbers in this field make together, and whether all can stand: one that cannot adds nothing."""
    standing = {row.entity_id: row.stands(name) for row in rows}
    return sum((exact(row.known(name) or 0) for row in rows if standing[row.entity_id]), Fraction()), all(standing.values())


def _is_nothing(value: Any) -> bool:
    """Nothing typed, chosen or ticked; 0 is something."""
    return value is False or value in (None, "", {}, [])
