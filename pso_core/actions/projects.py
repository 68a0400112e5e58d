"""Projects as a whole: beginning one, handing one over as a file and taking one in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pso_core import standards
from pso_core.actions.project_file import file_of_history, file_of_rows
from pso_core.actions.project_reading import ProjectFile, read_project_file
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import Mistakes, NotAllowed, NotFound, Problem, PsoError
from pso_core.office import Office
from pso_core.steps.profile import PROJECT
from pso_core.steps.rules import mistakes_in
from pso_core.steps.values import Unreadable, read_value
from pso_core.store import Change, Store, Write
from pso_core.store.attachments import KINDS as WITH_CONTENT

EXAMPLES = Path(__file__).resolve().parents[2] / "data" / "examples"
SHORTEST_PREFIX = 3  # letters of an id that name a project


def create_project(office: Office, actor: Person, standard: str = standards.DEFAULT, title: str | None = None, example: bool = False) -> str:
    """A new project with nothing in it; its id. Refuses not_allowed, standard_unknown, a title that is empty or too long; None has none yet."""
    require_manager(actor)
    chosen = standards.load(standard)
    body = {"standard": chosen.key, "title": None if title is None else project_title(title), "example": example, "previous": None}
    if problems := mistakes_in(PROJECT, {PROJECT.name: body}, chosen):
        raise Mistakes(problems)
    project_id = new_id(office)
    office.store.commit(project_id, [Write(PROJECT.name, PROJECT.name, 0, body)], person_id=actor.id, action="create")
    return project_id


def export_project(office: Office, actor: Person, project_id: str, with_history: bool = False) -> bytes:
    """The project as a file; the same project gives the same bytes. Refuses not_allowed, project_not_found."""
    require_manager(actor)
    state, people = office.store.state(project_id), office.store.people.all()
    if not with_history:
        return file_of_rows(state, people)
    return file_of_history(state, _whole_history(office.store, project_id), people)


def import_project(office: Office, actor: Person, data: bytes) -> str:
    """The id of the new project that the file becomes; its history comes along when the file has it.

    People the office does not know become viewers who cannot sign in. Nothing is written when anything is wrong.
    Refuses not_allowed and whatever `read_project_file` refuses.
    """
    require_manager(actor)
    file = read_project_file(data, office.today())
    return _taken_in(office, actor, file, file.people)


def import_example(office: Office, actor: Person, name: str = "lampang") -> str:
    """The id of a new project made from an example. Its people are the example's, who get their accounts elsewhere."""
    require_manager(actor)
    return _taken_in(office, actor, _example(name, office.today()), ())


@lru_cache(maxsize=4)
def _example(name: str, today: date) -> ProjectFile:
    """An example does not change while the program runs: it is read once a day."""
    return read_project_file((EXAMPLES / name / "project.json").read_bytes(), today)


def find_project(office: Office, said: str) -> str:
    """The id of a project said by id, by the beginning of its id or by its agency's name. Refuses project_not_found, project_ambiguous."""
    ids = office.store.projects()
    if said in ids:
        return said
    fitting = [project_id for project_id in ids if len(said) >= SHORTEST_PREFIX and project_id.startswith(said)]
    fitting = fitting or [project_id for project_id, row in office.store.everywhere("agency").items() if row["name"] == said]
    if len(fitting) > 1:
        raise PsoError("project_ambiguous", count=len(fitting), ids=", ".join(sorted(fitting)))
    if not fitting:
        raise NotFound("project_not_found")
    return fitting[0]


def files_left_behind(office: Office, project_id: str) -> int:
    """How many files this project names whose content is not here: a project file carries none."""
    named = {str(row["sha256"]) for kind in WITH_CONTENT for row in office.store.state(project_id).of(kind)}
    return sum(not office.store.contents.holds(sha256) for sha256 in named)


def require_manager(actor: Person) -> None:
    """Refuses not_allowed whoever may not create, import or export projects."""
    if not may(actor.role, "manage_projects"):
        raise NotAllowed("not_allowed", role=actor.role, verb="manage_projects")


def new_id(office: Office) -> str:
    """Begins with the moment: projects of one time lie together in the database, and finding one among many stays fast."""
    return f"{int(office.clock().timestamp()):08x}{secrets.token_hex(4)}"


def _taken_in(office: Office, actor: Person, file: ProjectFile, people: Sequence[Person]) -> str:
    """People first: a project must not name somebody who is not there."""
    project_id = new_id(office)
    if people:
        office.store.people.add(people, actor.id, office.clock(), skip_known=True)
    if file.history is not None:
        office.store.replay(project_id, file.history, digest=file.digest)
    else:
        office.store.commit(project_id, list(_first_writes(file)), person_id=actor.id, action="import")
    return project_id


def _first_writes(file: ProjectFile) -> Iterable[Write]:
    return (Write(row.id, row.kind.name, 0, row.body) for row in file.rows)


def _whole_history(store: Store, project_id: str) -> list[Change]:
    """Oldest first; read again should somebody save meanwhile, so that the rows and redactions belong together."""
    while True:
        changes = store.history(project_id, limit=None)
        if changes[0].seq == store.state(project_id).seq:
            return changes[::-1]


def project_title(raw: Any) -> str:
    """What was typed, cleaned. Refuses, as Mistakes, a title that is empty or too long."""
    path = (PROJECT.name, PROJECT.name, "title")
    try:
        title = read_value(PROJECT.field["title"], raw)
    except Unreadable as reason:
        raise Mistakes([Problem(reason.code, path, reason.facts)]) from None
    if not title:
        raise Mistakes([Problem("required", path)])
    return title
