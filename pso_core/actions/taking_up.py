"""What was found becomes an activity of the upgrade plan: by an outside examiner, on an audit's visit, or in a mock audit."""

from __future__ import annotations

import secrets
from dataclasses import replace
from types import MappingProxyType

from pso_core.actions.rows import Edit, Saved, save_rows
from pso_core.actions.sign_offs import reopen
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import NotFound, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS, STEP_OF_KIND
from pso_core.steps.columns import LINE
from pso_core.steps.sign_off import is_approved
from pso_core.text.lines import first_line

FOUND_IN = MappingProxyType({"inquiry": "text", "finding": "text", "mock_verdict": "finding"})
"""{kind: the field that says what was found}; each has the field `activity`, which takes it up."""
PLAN = "plan"  # the step whose activities take up what was found


def to_activity(office: Office, actor: Person, project_id: str, found_id: str) -> Saved:
    """Take it up in the plan as an activity, one only. Refuses row_gone, nothing_found, taken_up_already, step_approved, and as `save_rows` does."""
    row, text = _free(office, project_id, found_id)
    activity_id, state = f"activity:{secrets.token_hex(6)}", office.store.state(project_id)

    def refuse(now: ProjectState) -> None:
        if (there := now.get(found_id)) is not None and there["activity"]:
            raise PsoError("taken_up_already")

    activity = {"name": first_line(text, LINE), "expected_result": text, "position": state.next_position("activity")}
    edits = [Edit("activity", activity_id, activity), Edit(row.kind, found_id, {"activity": activity_id})]
    return save_rows(office, actor, project_id, edits, state.seq, action="to_activity", refuse=refuse)


def reopen_and_take_up(office: Office, actor: Person, project_id: str, found_id: str, seen: int, reason: str) -> Saved:
    """Open the approved plan again for this reason, then take it up: two changes, since the plan's record tells of the first.

    Refuses as `reopen` and `to_activity` do, before the plan is opened: whoever may open it may also take up.
    """
    row, _ = _free(office, project_id, found_id)
    step = STEP_OF_KIND[row.kind].key
    if is_approved(office.store.state(project_id), step) and not KINDS[row.kind].despite_approval:
        raise PsoError("step_approved", step=step)
    opened = reopen(office, actor, project_id, PLAN, seen, reason)
    taken_up = to_activity(office, actor, project_id, found_id)
    return replace(taken_up, changes=2 if taken_up.seq == opened.seq + 1 else 1)  # somebody else may have saved between the two


def release(office: Office, actor: Person, project_id: str, found_id: str) -> Saved:
    """It is no longer taken up by its activity, which can then be removed. Refuses row_gone, and as `save_rows` does."""
    row = _found(office, project_id, found_id)
    return save_rows(office, actor, project_id, [Edit(row.kind, found_id, {"activity": None})], office.store.state(project_id).seq, action="release")


def _free(office: Office, project_id: str, found_id: str) -> tuple[Row, str]:
    """What was found, if it can be taken up, and what it says."""
    row = _found(office, project_id, found_id)
    if not (text := row[FOUND_IN[row.kind]]):
        raise PsoError("nothing_found")
    if row["activity"]:
        raise PsoError("taken_up_already")
    return row, text


def _found(office: Office, project_id: str, found_id: str) -> Row:
    row = office.store.state(project_id).get(found_id)
    if row is None or row.kind not in FOUND_IN:
        raise NotFound("row_gone", kind=found_id.partition(":")[0])
    return row
