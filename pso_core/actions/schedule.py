"""Planning the phases: laid out from the standard's lengths, moved with a reason once approved, kept at each approval."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pso_core.actions.holidays import workdays, workdays_then
from pso_core.actions.reasons import given_reason
from pso_core.actions.rows import Edit, Saved, save_rows, standard_of
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.schedule import Move, Phase, Slip, circle, lay_back, lay_out, moves
from pso_core.domain.standard import Standard
from pso_core.domain.workdays import Workdays
from pso_core.errors import Mistakes, NotAllowed, Problem, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS, Field
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.schedule import LONGEST, approved_due, as_values, due_in, newest_baseline, phases_of, what_is_approved
from pso_core.steps.values import Unreadable, read_value, stamp
from pso_core.store import Change, RowChange
from pso_core.text.thaidate import thai_day

TYPED = ("days", "after", "overlap", "start", "due", "owner")


@dataclass(frozen=True)
class Planned:
    """Phases as a change would leave them, and what it would move; nothing is saved yet. `target`: the day the last must hold to, where one was typed."""

    phases: tuple[Phase, ...]
    moves: tuple[Move, ...]
    target: date | None


def template(standard: Standard) -> tuple[Phase, ...]:
    """The standard's phases, without dates."""
    return tuple(Phase(guide.step, guide.days, guide.after, guide.overlap) for guide in standard.guides if guide.step in STEP_KEYS)


def laid(office: Office, state: ProjectState, frame: Mapping[str, Any]) -> Planned:
    """The phases by `frame` (the fields of the schedule row): from its start, or back from its target.

    Lengths, owners and pinned dates that the project has stay; else the standard's. Refuses what cannot be read (Mistakes).
    """
    calendar, before = workdays(office), phases_of(state)
    read = _frame(frame)
    phases = before or template(standard_of(state))
    if read["direction"] == "from_start":
        after = lay_out(phases, calendar, date.fromisoformat(read["start"]))
    else:
        after = lay_back(phases, calendar, submission_day(read, calendar))
    after = _none_too_long(after)
    return Planned(after, moves(before, after, calendar), _target(read, calendar))


def submission_day(frame: Mapping[str, Any] | Row, calendar: Workdays) -> date:
    """The day on which the request must be ready for the frame's target."""
    target = date.fromisoformat(frame["target"])
    return calendar.shift(target, -(frame["decision_days"] or 0)) if frame["target_of"] == "certificate" else target


def _target(frame: Mapping[str, Any] | Row | None, calendar: Workdays) -> date | None:
    return submission_day(frame, calendar) if frame and frame["target"] else None


def draft_schedule(office: Office, actor: Person, project_id: str, frame: Mapping[str, Any], seen: int, reason: str = "") -> Saved:
    """Save the schedule row and all phases as `laid` gives them.

    Refuses not_allowed, phases_changed_since (what was shown is no longer what would be saved), Mistakes (slip_without_reason once approved).
    """
    planned = laid(office, office.store.state(project_id), frame)
    edits = [Edit("schedule", "schedule", _frame(frame)), *(_edit(phase) for phase in planned.phases)]
    return save_rows(office, actor, project_id, edits, seen, reason, "draft_schedule", _unless_seen(seen, "phases_changed_since"))


def moved(office: Office, state: ProjectState, step: str, typed: Mapping[str, Any]) -> Planned:
    """What the schedule would be with these fields of one phase (TYPED) as typed.

    A start or due date typed is pinned, an emptied one no longer. Refuses no_schedule, Mistakes: what cannot be read, a circle.
    """
    values = _phase_values(step, typed)
    before, calendar = phases_of(state), workdays(office)
    if not before:
        raise PsoError("no_schedule")
    changed = tuple(_with(phase, values) if phase.step == step else phase for phase in before)
    if step in (steps := circle(changed)):
        raise Mistakes([Problem("phases_in_circle", ("phase", f"phase:{step}", "after"), {"step": step, "other_step": steps[1 % len(steps)]})])
    first = date.fromisoformat(start) if (start := _start(state)) else _first(before)
    after = _none_too_long(lay_out(changed, calendar, first))
    return Planned(after, moves(before, after, calendar), _target(state.only("schedule"), calendar))


def move_phase(office: Office, actor: Person, project_id: str, step: str, typed: Mapping[str, Any], seen: int, reason: str = "") -> Saved:
    """Change one phase and whatever it moves, as one change. Refuses as `moved` and `draft_schedule` do."""
    state = office.store.state(project_id)
    if set(typed) == {"owner"}:  # nothing is laid out anew: holidays added since must not move what nobody moved
        return save_rows(office, actor, project_id, [Edit("phase", f"phase:{step}", _phase_values(step, typed))], seen, reason, "move_phase")
    planned = moved(office, state, step, typed)
    owner = {"owner": _phase_values(step, typed)["owner"]} if "owner" in typed else {}
    edits = [_edit(phase, **(owner if phase.step == step else {})) for phase in planned.phases]
    return save_rows(office, actor, project_id, edits, seen, reason, "move_phase", _unless_seen(seen, "phases_changed_since"))


def move_activity(office: Office, actor: Person, project_id: str, activity_id: str, due: str, seen: int, reason: str) -> Saved:
    """Another due date for an activity, also after its step was approved; with a reason unless it is the approved one again. Refuses reason_missing, not_allowed."""
    approved = approved_due(office.store.state(project_id), activity_id, lambda seq: office.store.as_of(project_id, seq))
    back = approved and approved == _read("activity", activity_id, {"due": due}, ("due",))["due"]
    return save_rows(office, actor, project_id, [Edit("activity", activity_id, {"due": due})], seen, reason if back else given_reason(reason), "move_due")


def approve_schedule(office: Office, actor: Person, project_id: str, seen: int, note: str = "") -> Saved:
    """Keep the schedule as it stands as a baseline. Refuses not_allowed, no_schedule, schedule_changed_since, schedule_unchanged (number, date)."""
    if not may(actor.role, "approve"):
        raise NotAllowed("not_allowed", role=actor.role, verb="approve")
    state = office.store.state(project_id)
    if not state.of("phase"):
        raise PsoError("no_schedule")
    last = newest_baseline(state)
    body = {
        "number": last["number"] + 1 if last else 1, "approved_by": actor.id, "approved_position": actor.position,
        "approved_at": stamp(office.clock()), "note": note,
    }  # fmt: skip

    def refuse(now: ProjectState) -> None:
        _unless_seen(seen, "schedule_changed_since")(now)
        if approved := approved_as_it_is(office, now):
            day = thai_day(datetime.fromisoformat(approved["approved_at"]))
            raise PsoError("schedule_unchanged", number=approved["number"], date=day)

    return save_rows(office, actor, project_id, [Edit("baseline", None, body)], seen, action="approve_schedule", refuse=refuse)


def approved_as_it_is(office: Office, state: ProjectState) -> Row | None:
    """The newest approval, where nothing of what it was given to has changed since."""
    newest = newest_baseline(state)
    same = newest is not None and what_is_approved(office.store.as_of(state.project_id, newest.seq)) == what_is_approved(state)
    return newest if same else None


def ledger(office: Office, project_id: str) -> tuple[Slip, ...]:
    """Every due date that moved after it was approved, as `ledger_in` tells it of the project as it stands."""
    return ledger_in(office, office.store.state(project_id))


def ledger_in(office: Office, state: ProjectState) -> tuple[Slip, ...]:
    """Every due date that moved until this state after it was approved, newest first, those of one change in the order of the steps.

    One that was emptied moves when it is given again. Working days are counted by the holidays as they were at the move.
    """
    approved = {row.seq: _due_in(office.store.as_of(state.project_id, row.seq)) for row in state.of("baseline")}
    if not approved:
        return ()
    kinds = [kind.name for kind in KINDS.values() if kind.slips]
    changes = office.store.history(state.project_id, kinds=kinds, before_seq=state.seq + 1, limit=None)
    return tuple(_slips(changes[::-1], approved, workdays_then(office)))[::-1]


def _slips(changes: Iterable[Change], approved: Mapping[int, Collection[str]], then: Callable[[datetime], Workdays]) -> Iterator[Slip]:
    """`changes`: oldest first; `approved`: {seq of an approval: ids that had a due date then}."""
    last: dict[str, str] = {}  # entity id → the due date it has, or had until it was emptied or went
    why: dict[str, str] = {}  # entity id → the reason for which it was emptied: asked for then, not again when it goes
    gone: set[str] = set()  # what has no due date any more cannot lose it again
    for change in changes:
        known = approved.get(max((seq for seq in approved if seq < change.seq), default=0), ())
        for row in sorted(change.rows, key=_place, reverse=True):
            id_, was, is_ = row.entity_id, due_in(row.before), due_in(row.after)
            before, goes = was or last.get(id_), _goes(row)
            after = None if goes else is_ or before
            if before and before != after and id_ in known and not (goes and id_ in gone):
                yield _slip(change, row, date.fromisoformat(before), after and date.fromisoformat(after), then(change.occurred_at), why.get(id_, ""))
            if after:
                last[id_] = after
            if was and not is_:
                why[id_] = change.reason
            gone = gone | {id_} if goes else gone - {id_} if is_ else gone


def _goes(row: RowChange) -> bool:
    """Whether nothing is due any more: the row was removed, or its end is open now."""
    return row.after is None or bool(row.after.get("open_ended"))


def _place(row: RowChange) -> tuple[int, str]:
    """The phases in the order of the steps, so that the one that moved the others comes first; then the activities."""
    step = (row.after or row.before or {}).get("step")
    return (STEP_KEYS.index(step) if row.kind == "phase" and step else len(STEP_KEYS), row.entity_id)


def _slip(change: Change, row: RowChange, before: date, after: date | None, calendar: Workdays, why: str) -> Slip:
    name = (row.after or row.before)["step" if row.kind == "phase" else "name"]
    days = calendar.between(before, after) if after else 0
    return Slip(row.kind, row.entity_id, name, change.person_id, change.occurred_at, before, after, days, change.reason or why)


def baseline_phases(office: Office, project_id: str, baseline: Row) -> tuple[Phase, ...]:
    """The phases as they were approved."""
    return phases_of(office.store.as_of(project_id, baseline.seq))


def _due_in(state: ProjectState) -> frozenset[str]:
    """The ids of the rows that have a due date which moves only with a reason."""
    return frozenset(row.id for kind in KINDS.values() if kind.slips for row in state.of(kind.name) if row["due"])


def _unless_seen(seen: int, code: str) -> Callable[[ProjectState], None]:
    """Refuses when a phase changed since: what this person was shown is not what would be saved."""

    def refuse(now: ProjectState) -> None:
        if any(row.seq > seen for row in now.of("phase")):
            raise PsoError(code)

    return refuse


def _frame(frame: Mapping[str, Any]) -> dict[str, Any]:
    """The schedule's own fields, read. The kind's model says what is missing when they are saved; dates must be there to lay out."""
    read = _read("schedule", "schedule", frame, tuple(KINDS["schedule"].field))
    needed = "start" if read["direction"] == "from_start" else "target"
    if not read[needed]:
        raise Mistakes([Problem(f"{needed}_missing", ("schedule", "schedule", needed))])
    if read["start"] and read["target"] and read["target"] < read["start"]:
        raise Mistakes([Problem("target_before_start", ("schedule", "schedule", "target"))])
    return read


def _phase_values(step: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    return _read("phase", f"phase:{step}", typed, tuple(name for name in TYPED if name in typed))


def _read(kind: str, entity_id: str, typed: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    read, problems = {}, []
    for name in names:
        field, path = KINDS[kind].field[name], (kind, entity_id, name)
        try:
            read[name] = read_value(field, typed.get(name))
        except Unreadable as reason:
            problems.append(Problem(reason.code, path, reason.facts))
        else:
            problems += _outside(field, read[name], path)
    if problems:
        raise Mistakes(problems)
    return read


def _outside(field: Field, value: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    """What the kind's model would refuse, before it leads out of the calendar."""
    if field.required and value is None and field.type != "day":  # an emptied date is laid out
        yield Problem("required", path)
    elif field.type == "whole" and value is not None and not field.ge <= value <= field.le:
        facts = {"least": int(field.ge), "most": int(field.le), "value": value}
        code = "phase_days_outside" if field.name == "days" else "too_small" if value < field.ge else "too_big"
        yield Problem(code, path, facts)


def _none_too_long(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """A typed due date decides how long its phase is: what could not be saved must not be shown as if it could."""
    problems = [
        Problem("phase_days_outside", ("phase", f"phase:{phase.step}", "due"), {"least": 1, "most": LONGEST, "value": phase.days})
        for phase in phases if phase.days > LONGEST
    ]  # fmt: skip
    if problems:
        raise Mistakes(problems)
    return phases


def _with(phase: Phase, values: Mapping[str, Any]) -> Phase:
    changes: dict[str, Any] = {name: values[name] for name in ("days", "after") if name in values}
    if "overlap" in values:
        changes["overlap"] = values["overlap"] or 0
    for name in ("start", "due"):
        if name in values:
            day = values[name]
            changes[f"pinned_{name}"] = day is not None
            changes[name] = date.fromisoformat(day) if day else None
    changed = replace(phase, **changes)
    if changed.pinned_start and changed.pinned_due and changed.due < changed.start:
        raise Mistakes([Problem("due_before_start", ("phase", f"phase:{phase.step}", "due"))])
    return changed


def _start(state: ProjectState) -> str | None:
    """The day the project begins on, where that was chosen; back from a target it is where the first phase begins."""
    frame = state.only("schedule")
    return frame["start"] if frame and frame["direction"] == "from_start" else None


def _first(phases: Sequence[Phase]) -> date:
    """Where the phases begin that wait for none and have no date of their own; typed dates do not move them."""
    steps = {phase.step for phase in phases}
    free = [phase.start for phase in phases if phase.after not in steps and not (phase.pinned_start or phase.pinned_due)]
    return min(free or [phase.start for phase in phases])


def _edit(phase: Phase, **more: Any) -> Edit:
    return Edit("phase", f"phase:{phase.step}", {**as_values(phase), **more})
