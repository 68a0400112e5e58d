"""Looking after the data: backups and checks, for administrators."""

from __future__ import annotations

from pathlib import Path

from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed
from pso_core.office import Office
from pso_core.store.backup import Copied
from pso_core.store.finding import Finding


def back_up(office: Office, actor: Person) -> Copied:
    """A checked copy in the folder `backups` beside the database, named by the moment. Refuses as Store.backup does."""
    _require(actor)
    folder = Path(office.store.engine.path).parent / "backups"
    folder.mkdir(exist_ok=True)
    return office.store.backup(folder / f"nine-steps-{office.clock():%Y%m%d-%H%M%S}.duckdb")


def check_data(office: Office, actor: Person) -> tuple[Finding, ...]:
    """What is wrong with the database; nothing when all is well."""
    _require(actor)
    return office.store.check()


def _require(actor: Person) -> None:
    if not may(actor.role, "backup"):
        raise NotAllowed("not_allowed", role=actor.role, verb="backup")
