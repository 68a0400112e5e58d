"""The worksheet of five parts that everybody in the working group fills in for a work system."""

from __future__ import annotations

from pso_core.domain.rows import ProjectState, Row

FILLS_A_WORKSHEET = ("member", "facilitator")
WORKSHEET_PARTS = ("vision", "mission_goals", "key_activities", "databases", "problems")


def parts_filled(worksheet: Row) -> int:
    return sum(bool(worksheet[part]) for part in WORKSHEET_PARTS)


def still_to_fill(state: ProjectState, person_id: str) -> str | None:
    """Where this person has a worksheet to fill in: one begun, else a new one. None once all five parts of one say something."""
    own = tuple(state.where("worksheet", person=person_id))
    if any(parts_filled(one) == len(WORKSHEET_PARTS) for one in own):
        return None
    return own[0].id if own else "worksheet"
