"""The project as it was at each approval: of a step, of the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pso_core.office import Office
from pso_core.store import Change, RowChange

APPROVALS = frozenset({"approve", "approve_schedule"})


@dataclass(frozen=True)
class Snapshot:
    """An approval: the project as it stood after change `seq`. `number` counts the approved schedules, None for a step.

    `digest` is that of what was signed ("" where none was kept); of an approved schedule that of the project's history up to then.
    """

    seq: int
    occurred_at: datetime
    person_id: str
    position: str | None
    step: str
    number: int | None
    digest: str


def snapshots(office: Office, project_id: str) -> tuple[Snapshot, ...]:
    """Newest first. Read from the history: a project that came without one begins without snapshots. Refuses project_not_found."""
    changes = office.store.history(project_id, kinds=("sign_off", "baseline"), limit=None)
    return tuple(_snapshot(change, row) for change in changes if change.action in APPROVALS for row in change.rows if row.after)


def _snapshot(change: Change, row: RowChange) -> Snapshot:
    body = row.after  # as it came: what is absent may be left out of a file
    step, digest = (body["step"], body.get("digest") or "") if row.kind == "sign_off" else ("schedule", change.digest)
    return Snapshot(change.seq, change.occurred_at, change.person_id, body.get("approved_position"), step, body.get("number"), digest)
