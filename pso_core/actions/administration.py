"""Looking after the data: backups and checks, for administrators."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pso_core.actions.project_file import file_of_rows
from pso_core.actions.project_reading import read_project_file
from pso_core.actions.reasons import given_reason
from pso_core.actions.rows import Saved
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState
from pso_core.errors import Mistakes, NotAllowed, Problem
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.store import Copied, Finding
from pso_core.text.thaidate import BANGKOK


@dataclass(frozen=True)
class WrongRow:
    """A stored value that no save would accept; `entity_id` and `field` are empty where the whole project or row is meant."""

    project_id: str
    entity_id: str
    field: str
    problem: Problem

    @property
    def place(self) -> str:
        """project/row/field, as far as it goes"""
        return "/".join(part for part in (self.project_id, self.entity_id, self.field) if part)


def back_up(office: Office, actor: Person) -> Copied:
    """A checked copy in the folder `backups` beside the database, named by the moment in Thailand. Refuses as Store.backup does."""
    _require(actor)
    folder = Path(office.store.engine.path).parent / "backups"
    return copy_to(office, actor, folder / f"nine-steps-{office.clock().astimezone(BANGKOK):%Y%m%d-%H%M%S}.duckdb")


def copy_to(office: Office, actor: Person, target: Path) -> Copied:
    """A checked copy as the new file `target`. Refuses not_allowed and as Store.backup does."""
    _require(actor)
    return office.store.backup(target)


def check_data(office: Office, actor: Person) -> tuple[Finding, ...]:
    """What is wrong with the database, also what was seen when it was opened; nothing when all is well."""
    _require(actor)
    seen = office.store.findings
    return (*seen, *(found for found in office.store.check() if found not in seen))


def check_rows(office: Office, actor: Person, damaged: Collection[str] = ()) -> Iterator[WrongRow]:
    """Every row of every project against its model and the others, as if the project came from a file.

    `damaged`: projects that cannot be trusted to be readable.
    """
    _require(actor)
    people = office.store.people.all()
    for project_id in office.store.projects():
        if project_id not in damaged:
            yield from _wrong_rows(office.store.state(project_id), people, office.today())


def redact_row(office: Office, actor: Person, project_id: str, entity_id: str, revision: int, reason: str) -> Saved:
    """Empties an earlier body of a row that should never have been written; who and why stays. There is no way back.

    Refuses not_allowed, reason_missing, reason_long (most), and as Store.redact does.
    """
    _require(actor, "redact")
    reason = given_reason(reason)
    seq = office.store.redact(project_id, entity_id, revision, person_id=actor.id, reason=reason)
    return Saved(seq, (entity_id,))


def _wrong_rows(state: ProjectState, people: Iterable[Person], today: date) -> Iterator[WrongRow]:
    strange = [row for row in state.rows.values() if row.kind not in KINDS]
    yield from (WrongRow(state.project_id, row.id, "", Problem("not_a_choice", facts={"value": row.kind[:40]})) for row in strange)
    if not state.only("project"):
        yield WrongRow(state.project_id, "", "", Problem("project_row_missing"))
    elif not strange:
        yield from _mistakes(state, file_of_rows(state, people), today)


def _mistakes(state: ProjectState, data: bytes, today: date) -> Iterator[WrongRow]:
    try:
        read_project_file(data, today)
    except Mistakes as refusal:
        rows = json.loads(data)["rows"]
        for problem in refusal.problems:
            yield WrongRow(state.project_id, *_place(problem.path, rows), problem)


def _place(path: tuple[str | int, ...], rows: list[dict[str, Any]]) -> tuple[str, str]:
    """("rows", 12, "body", "points") as the row's id and its field."""
    in_row = len(path) > 1 and path[0] == "rows"
    return (rows[path[1]]["id"], str(path[3]) if len(path) > 3 else "") if in_row else ("", "")


def _require(actor: Person, verb: str = "backup") -> None:
    if not may(actor.role, verb):
        raise NotAllowed("not_allowed", role=actor.role, verb=verb)
