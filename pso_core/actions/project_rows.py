"""Rows in a project file: every value as the program would keep it, every rule of the models, every reference."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pso_core.actions.project_json import SHOWN, Part, shown
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.standard import Standard
from pso_core.errors import Problem
from pso_core.steps import KINDS, Field, Kind, Review
from pso_core.steps.rules import mistakes_across, mistakes_in
from pso_core.steps.values import Unreadable, empty, read_value


@dataclass(frozen=True)
class FileRow:
    """A row that could be read. `body` has every field of the kind; `unread` are the fields whose mistakes are noted already."""

    part: Part
    id: str
    kind: Kind
    body: dict[str, Any]
    unread: frozenset[str]

    def note(self, problem: Problem, field: str | None = None) -> None:
        """What a rule found in this row, unless it follows from a value that could not even be read."""
        if field is None and not self.unread:
            self.part.part("body").note(problem)
        elif field is not None and field not in self.unread:
            self.part.part("body").part(field).note(problem)


def read_row(part: Part) -> FileRow | None:
    """A row by itself; None (and why is noted) where it cannot be used."""
    return read_content(part) if part.object(("id", "kind", "body")) else None


def read_content(part: Part) -> FileRow | None:
    """What a part with id, kind and body holds; None (and why is noted) where one of them cannot be used."""
    kind = read_kind(part)
    fit = part.part("id").text(most=100)
    if kind is None or not fit or not part.part("body").object((), kind.field):
        return None
    body, unread = _read_body(part.part("body"), kind)
    entity_id = part.value["id"]
    if not unread.intersection(kind.key) and not kind.may_be_called(entity_id, body):
        part.part("id").note(Problem("not_an_id", facts={"value": shown(entity_id)}))
    return FileRow(part, entity_id, kind, body, unread)


def read_kind(part: Part) -> Kind | None:
    named = part.part("kind")
    if not named.text():
        return None
    if named.value not in KINDS:
        named.note(Problem("not_a_choice", facts={"value": shown(named.value)}))
    return KINDS.get(named.value)


def note_mistakes(rows: Sequence[FileRow], standard: Standard, people: Collection[str]) -> None:
    """What is wrong in each row by itself."""
    by_kind: dict[str, dict[str, FileRow]] = {}
    for number, row in enumerate(rows):
        by_kind.setdefault(row.kind.name, {})[str(number)] = row
    for name, some in by_kind.items():
        for problem in mistakes_in(KINDS[name], {number: row.body for number, row in some.items()}, standard):
            _, number, *field = problem.path
            some[number].note(problem, *field)
    for row in rows:
        for field in row.kind.fields:
            if field.type == "person" and row.body[field.name] is not None and row.body[field.name] not in people:
                row.note(Problem("person_not_listed"), field.name)


def note_mistakes_between(rows: Iterable[FileRow], whole: Part, standard: Standard, all_read: bool, today: date) -> None:
    """What is wrong between the rows that make the project; `whole` is where they stand.

    Unless all could be read, nobody knows whether a reference leads nowhere.
    """
    by_id = {row.id: row for row in rows}
    state = ProjectState("", 1, {row.id: Row(row.id, row.kind.name, 1, 1, row.body) for row in by_id.values()})
    for problem in mistakes_across(KINDS.values(), state):
        _, entity_id, field = problem.path
        if all_read or problem.code != "reference_gone":
            by_id[entity_id].note(problem, field)
    project = next((row for row in by_id.values() if row.kind.name == row.id == "project"), None)
    if project is None and all_read:
        whole.note(Problem("project_row_missing"))
    elif project and project.body["standard"] != standard.key:
        project.note(Problem("standard_differs", facts={"standard": standard.key}), "standard")
    if not whole.problems:
        _note_untruths(by_id.values(), Review(standard, state, (), today))


def _note_untruths(rows: Iterable[FileRow], review: Review) -> None:
    """What is never true of a row in its project, such as a report of tomorrow."""
    for row in rows:
        for problem in row.kind.holds(review, row.id, row.body) if row.kind.holds else ():
            row.note(problem, *problem.path[2:])


def _read_body(part: Part, kind: Kind) -> tuple[dict[str, Any], frozenset[str]]:
    body, unread = empty(kind), set()
    for name in part.value:
        if name in kind.field and not _read_field(part.part(name), kind.field[name], body):
            unread.add(name)
    return body, frozenset(unread)


def _read_field(part: Part, field: Field, body: dict[str, Any]) -> bool:
    """Whether the value is one of the field's type, written as the program would write it; then it is in the body."""
    part.note_repeated()
    if not _plain(part.value, field):
        part.note(Problem("wrong_type"))
        return False
    try:
        value = read_value(field, part.value)
    except Unreadable as reason:
        part.note(Problem(reason.code, facts=_as_written(reason.facts, part.value)))
        return False
    if isinstance(part.value, str) and not value:
        part.note(Problem("required" if field.required else "blank"))
        return False
    if _text(value) != _text(part.value):
        part.note(Problem("not_as_kept", facts={"value": shown(value)}))
        return False
    body[field.name] = value
    return True


def _plain(raw: Any, field: Field) -> bool:
    """No lists or objects, but for the one object of levels by criterion."""
    return not any(isinstance(value, dict | list) for value in (_inner(raw) if field.type == "levels" else (raw,)))


def _inner(raw: Any) -> Iterable[Any]:
    return raw.values() if isinstance(raw, dict) else (raw,)


def _as_written(facts: Mapping[str, Any], raw: Any) -> dict[str, Any]:
    """The facts of an unreadable value as the file has it: true and not True."""
    written = {str(value)[:SHOWN]: shown(value) for value in _inner(raw) if not isinstance(value, str)}
    return {name: written.get(value, value) for name, value in facts.items()}


def _text(value: Any) -> str:
    """1, 1.0 and true are equal to Python but not in a file."""
    return json.dumps(value, sort_keys=True)
