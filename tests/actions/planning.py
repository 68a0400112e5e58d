"""A project with a schedule for tests of reminders: approved, late by Monday 23 Nov 2569, moved once with a reason."""

from __future__ import annotations

from pso_core.actions.schedule import approve_schedule, draft_schedule, move_phase
from pso_core.office import Office
from tests.building import an_empty_project, person, write

AGENCY = "สำนักงานจังหวัดลำปาง"
REASON = "รอข้อมูลจากอำเภอ"


def planned(office: Office, start: str = "1/10/2569", owner: str = "p-member") -> str:
    """The id of a project whose phases begin on `start`; the first is `owner`'s."""
    project = an_empty_project(office)
    write(office, project, "agency", name=AGENCY)
    draft_schedule(office, person("facilitator"), project, {"direction": "from_start", "start": start}, seq(office, project))
    move_phase(office, person("facilitator"), project, "vision", {"owner": owner}, seq(office, project))
    approve_schedule(office, person("head"), project, seq(office, project))
    return project


def slipped(office: Office, project: str) -> None:
    """The second phase takes 15 working days more, and all after it with it."""
    move_phase(office, person("facilitator"), project, "mission", {"days": 20}, seq(office, project), REASON)


def seq(office: Office, project: str) -> int:
    return office.store.state(project).seq
