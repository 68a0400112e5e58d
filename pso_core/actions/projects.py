"""Projects as a whole: beginning one."""

from __future__ import annotations

import secrets
from typing import Any

from pso_core import standards
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import Mistakes, NotAllowed, Problem
from pso_core.office import Office
from pso_core.steps.profile import PROJECT
from pso_core.steps.rules import mistakes_in
from pso_core.steps.values import Unreadable, read_value
from pso_core.store import Write


def create_project(office: Office, actor: Person, standard: str = standards.DEFAULT, title: str | None = None, example: bool = False) -> str:
    """A new project with nothing in it; its id. Refuses not_allowed, standard_unknown, a title that is too long."""
    require_manager(actor)
    chosen = standards.load(standard)
    body = {"standard": chosen.key, "title": _title(title), "example": example}
    if problems := mistakes_in(PROJECT, {PROJECT.name: body}, chosen):
        raise Mistakes(problems)
    project_id = new_id()
    office.store.commit(project_id, [Write(PROJECT.name, PROJECT.name, 0, body)], person_id=actor.id, action="create")
    return project_id


def require_manager(actor: Person) -> None:
    """Refuses not_allowed whoever may not create, import or export projects."""
    if not may(actor.role, "manage_projects"):
        raise NotAllowed("not_allowed", role=actor.role, verb="manage_projects")


def new_id() -> str:
    return secrets.token_hex(6)


def _title(raw: Any) -> str | None:
    try:
        return read_value(PROJECT.field["title"], raw)
    except Unreadable as reason:
        raise Mistakes([Problem(reason.code, (PROJECT.name, PROJECT.name, "title"), reason.facts)]) from None
