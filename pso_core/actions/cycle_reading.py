"""Which project is whose next cycle, and whether a certificate has been renewed by it."""

from __future__ import annotations

from dataclasses import dataclass

from pso_core.domain.cycles import Abouts, cycle_number, later_cycles, next_cycle, previous_cycle
from pso_core.domain.rows import ProjectState
from pso_core.office import Office


@dataclass(frozen=True)
class Cycle:
    """Where a project stands among its cycles: its number, from 1, and the projects before and after it that are here."""

    number: int
    previous: str | None
    next: str | None


def cycle_of(office: Office, project_id: str) -> Cycle:
    abouts = office.store.everywhere("project")
    return Cycle(cycle_number(abouts, project_id), previous_cycle(abouts, project_id), next_cycle(abouts, project_id))


def is_renewed(office: Office, state: ProjectState, abouts: Abouts | None = None) -> bool:
    """Whether a later cycle has a certificate that is valid longer than this project's. `abouts`: every project's row "project", where it is known."""
    certificate = state.only("certificate")
    if certificate is None:
        return False
    later = later_cycles(office.store.everywhere("project") if abouts is None else abouts, state.project_id)
    granted = (office.store.state(project_id).only("certificate") for project_id in later)
    return any(other["valid_to"] > certificate["valid_to"] for other in granted if other)
