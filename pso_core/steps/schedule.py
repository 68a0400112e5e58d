"""The schedule: phases of the nine steps in working days, milestones, and the plans that were approved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pso_core.domain.calendar import day_of
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.schedule import Phase, circle
from pso_core.errors import Problem
from pso_core.steps import columns as column
from pso_core.steps.columns import STEP_KEYS, Flag, Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.sign_off import SIGN_OFF
from pso_core.steps.table import Kind, Step, Table

DIRECTIONS = ("from_start", "to_target")
TARGETS = ("submission", "certificate")
LONGEST = 2_000  # working days of one phase: about eight years


class Schedule(Table):
    direction: str = column.choice(DIRECTIONS, required=True)
    start: str = column.day()
    target: str = column.day()
    target_of: str = column.choice(TARGETS)
    decision_days: Whole = column.whole(ge=0, le=LONGEST)

    @pa.dataframe_check(name="target", error="target_before_start")
    def in_order(cls, frame: pd.DataFrame) -> pd.Series:
        return frame["target"].isna() | frame["start"].isna() | (frame["target"].fillna("") >= frame["start"].fillna(""))

    @pa.dataframe_check(name="start", error="start_missing")
    def begins(cls, frame: pd.DataFrame) -> pd.Series:
        return (frame["direction"] != "from_start") | frame["start"].notna()

    @pa.dataframe_check(name="target", error="target_missing")
    def ends(cls, frame: pd.DataFrame) -> pd.Series:
        return (frame["direction"] != "to_target") | frame["target"].notna()


class PhaseTable(Table):
    step: str = column.choice(STEP_KEYS, required=True)
    days: Whole = column.whole(ge=1, le=LONGEST, required=True)
    after: str = column.choice(STEP_KEYS)
    overlap: Whole = column.whole(ge=0, le=LONGEST)
    start: str = column.day(required=True)
    due: str = column.day(required=True)
    pinned_start: Flag = column.flag()
    pinned_due: Flag = column.flag()
    owner: str = column.person()

    @pa.dataframe_check(name="due", error="due_before_start")
    def in_order(cls, frame: pd.DataFrame) -> pd.Series:
        return frame["due"].fillna("") >= frame["start"].fillna("")


class Milestone(Table):
    name: str = column.text(required=True)
    day: str = column.day(required=True)
    note: str = column.text(limit=1_000)


class Baseline(Table):
    """A plan as it was approved: the schedule as it stood after the change that wrote this row."""

    number: Whole = column.whole(ge=1, required=True)
    approved_by: str = column.person(required=True)
    approved_position: str = column.text()
    approved_at: str = column.moment(required=True)
    note: str = column.text(limit=1_000)


def phases_of(state: ProjectState) -> tuple[Phase, ...]:
    """The phases in the order of the steps."""
    rows = (state.get(f"phase:{step}") for step in STEP_KEYS)
    return tuple(as_phase(row) for row in rows if row)


def as_phase(row: Row) -> Phase:
    return Phase(
        row["step"], row["days"], row["after"], row["overlap"] or 0, day_of(row["start"]), day_of(row["due"]),
        bool(row["pinned_start"]), bool(row["pinned_due"]),
    )  # fmt: skip


def as_values(phase: Phase) -> dict[str, Any]:
    """The phase as the values of its row."""
    return {
        "step": phase.step, "days": phase.days, "after": phase.after, "overlap": phase.overlap, "start": phase.start.isoformat(),
        "due": phase.due.isoformat(), "pinned_start": phase.pinned_start or None, "pinned_due": phase.pinned_due or None,
    }  # fmt: skip


def what_is_approved(state: ProjectState) -> tuple[Any, ...]:
    """What an approval of the schedule is given to: how it is laid out, the phases, and every day of the plan; not who has them."""
    frame = state.only("schedule")
    days = {row.id: [row[name] for name in ("start", "due", "open_ended")] for row in state.of("activity")}
    milestones = {row.id: dict(row.body) for row in state.of("milestone")}
    return (dict(frame.body) if frame else None, phases_of(state), {id_: found for id_, found in days.items() if any(found)}, milestones)


def newest_baseline(state: ProjectState) -> Row | None:
    return max(state.of("baseline"), key=lambda row: row["number"], default=None)


def approved_due(state: ProjectState, entity_id: str, past: Callable[[int], ProjectState]) -> str | None:
    """The due date of this row in the newest approved plan. `past`: the project as it stood after a change."""
    baseline = newest_baseline(state)
    row = past(baseline.seq).get(entity_id) if baseline else None
    return row["due"] if row else None


def due_in(body: Mapping[str, Any] | None) -> str | None:
    """The day by which the row of this body is due; None for one that is gone or has an open end."""
    return None if body is None or body.get("open_ended") else body.get("due")


def gaps(review: Review) -> Iterator[Gap]:
    state = review.state
    if not state.of("phase"):
        yield Gap("no_schedule", "schedule")
        return
    if not state.of("baseline"):
        yield Gap("schedule_not_approved", "schedule")
    for phase in sorted(state.of("phase"), key=lambda row: STEP_KEYS.index(row["step"])):
        if not phase["owner"]:
            yield Gap("phase_without_owner", phase.id, {"step": phase["step"]}, warning=True)
        elif review.person_left(phase["owner"]):
            yield Gap("phase_owner_has_left", phase.id, {"step": phase["step"], "person": phase["owner"]})


def _no_circle(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    steps = circle(phases_of(review.state))
    if body["step"] in steps:
        yield Problem("phases_in_circle", ("phase", entity_id, "after"), {"step": body["step"], "other_step": body["after"]})


PLANNING = frozenset({"draft_schedule", "move_phase"})
SCHEDULE = Kind("schedule", Schedule, single=True, verb="decide", actions=PLANNING)
PHASE = Kind("phase", PhaseTable, key=("step",), verb="decide", holds=_no_circle, actions=PLANNING | {"transfer"}, slips=True)
MILESTONE = Kind("milestone", Milestone, verb="decide")
BASELINE = Kind("baseline", Baseline, unique=("number",), verb="approve", actions=frozenset({"approve_schedule"}))
STEP = Step("schedule", 0, (SCHEDULE, PHASE, MILESTONE, BASELINE, SIGN_OFF), gaps)
