"""Saving and removing rows: permission, mistakes, then one transaction.

The values that a person typed come with `seen`, the number of the last change they were looking at. Whatever
others saved since is merged by field; where both changed the same field, a Clash shows both and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType
from typing import Any

from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.standard import Standard
from pso_core.errors import Clash, Clashing, Mistakes, NotAllowed, Problem, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS, STEP_OF_KIND, Kind, Review
from pso_core.steps.rules import mistakes_across, mistakes_in, misnamed
from pso_core.steps.schedule import approved_due, due_in
from pso_core.steps.sign_off import is_approved
from pso_core.steps.values import Unreadable, empty, read_value
from pso_core.store import Write
from pso_core.actions.approvals import watch
from pso_core.actions.reasons import reason_if_any
from pso_core.actions.rebase import Edit, Overlap, Rebased, Removal, named, rebase
from pso_core.actions.reviews import standard_of


DESPITE_APPROVAL = frozenset({"transfer", "move_due"})  # an approved step is read-only but for who does it and by when
VERBS = MappingProxyType({"transfer": "supervise", "ask": "ask", "hold_meeting": "lead_workshop", "decide_together": "lead_workshop"})  # actions with a permission of their own, whatever rows they write


@dataclass(frozen=True)
class Saved:
    """What a save did: the project's new clock, the ids written, and the fields of others merged in.

    `found`: names of attached files that were lost and are in their place again, which changes no row. `changes`: how many
    changes it made, one upon the other. `along`: how many rows came back with the one that was restored; `left`: how many could not.
    """

    seq: int
    ids: tuple[str, ...]
    merged: tuple[tuple[str, str], ...] = ()
    found: tuple[str, ...] = ()
    changes: int = 1
    along: int = 0
    left: int = 0


def save_rows(
    office: Office, actor: Person, project_id: str, edits: Sequence[Edit | Removal], seen: int,
    reason: str = "", action: str = "save", refuse: Callable[[ProjectState], None] | None = None, session_id: str = "",
) -> Saved:  # fmt: skip
    """Save edits as one change. Raises NotAllowed, Mistakes, Clash, or PsoError (row_gone, reason_long, disk_refused).

    `refuse` raises what else stands against it in the state that the change will follow. `session_id`: the meeting that decided it.
    """
    store = office.store
    edits, unread = _read(named(edits))
    base = looking_at(office, project_id, seen)
    people = store.people.all()
    planned: dict[str, Any] = {}

    def plan(now: ProjectState) -> list[Write]:
        """Runs on the state that the commit will follow, mostly the one that was planned on already; of another
        state costly checks are done only where other bodies come of it."""
        if refuse:
            refuse(now)
        if planned.get("on") is now:
            return planned["writes"]
        rebased = rebase(edits, base, now)
        _require_permission(actor, rebased, now, action)
        standard = standard_of(now)
        if planned.get("bodies") != rebased.bodies:
            _refuse_mistakes(rebased, now, standard, unread)
        _refuse_clashes(office, project_id, rebased, now)
        writes = [_write(rebased, entity_id, now) for entity_id in rebased.bodies]
        _refuse_slips_without_reason(office, writes, now, reason)
        after = Review(standard, _after(now, writes), people, office.today(), partial(store.as_of, project_id), now)
        _refuse_mistakes_between(writes, now, after, action)
        planned.update(on=now, writes=writes, bodies=rebased.bodies, merged=rebased.merged)
        return writes

    reason = reason_if_any(reason)
    now = store.state(project_id)
    if not plan(now):
        return Saved(now.seq, ())
    seq = store.commit(project_id, plan, person_id=actor.id, action=action, reason=reason, session_id=session_id)
    with suppress(PsoError):  # what was saved is saved, also when the disk is full now; the clock comes by again
        watch(office, project_id)
    return Saved(seq, tuple(planned["bodies"]), tuple(planned["merged"]))


def looking_at(office: Office, project_id: str, seen: int) -> ProjectState:
    """The project as somebody sees it to whom change `seen` is the newest."""
    now = office.store.state(project_id)
    return now if seen >= now.seq else office.store.as_of(project_id, seen)


def _read(edits: Sequence[Edit | Removal]) -> tuple[list[Edit | Removal], list[Problem]]:
    """The edits with their values read, without those that cannot be, and why these cannot."""
    problems: list[Problem] = []
    read = [replace(edit, values=dict(_values_read(edit, problems))) if isinstance(edit, Edit) else edit for edit in edits]
    return read, problems


def _values_read(edit: Edit, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    kind = KINDS[edit.kind]
    for name, raw in edit.values.items():
        path = (kind.name, edit.entity_id, name)
        if name not in kind.field:
            problems.append(Problem("unknown_field", path, {"field": str(name)[:40]}))
            continue
        try:
            yield name, read_value(kind.field[name], raw)
        except Unreadable as reason:
            problems.append(Problem(reason.code, path, reason.facts))


def _require_permission(actor: Person, rebased: Rebased, now: ProjectState, action: str) -> None:
    for entity_id, body in rebased.bodies.items():
        kind, before = KINDS[rebased.kinds[entity_id]], now.get(entity_id)
        goes_along = _goes_with_its_owner(kind, before, body, rebased) or (action == "restore" and _comes_with_its_owner(kind, before, body, rebased, now))
        if kind.actions is not None and action not in kind.actions and not goes_along:
            raise NotAllowed("written_otherwise", kind=kind.name)
        if is_approved(now, STEP_OF_KIND[kind.name].key) and action not in DESPITE_APPROVAL and not kind.despite_approval:
            raise PsoError("step_approved", step=STEP_OF_KIND[kind.name].key)
        if goes_along:
            continue
        verb = VERBS.get(action, kind.verb)
        if not may(actor.role, verb):
            raise NotAllowed("not_allowed", role=actor.role, verb=verb)
        if kind.own and not may(actor.role, "decide"):
            owners = {row[kind.own] for row in (before, body) if row is not None}
            if owners != {actor.id}:
                raise NotAllowed("only_own_rows", kind=kind.name)


def _goes_with_its_owner(kind: Kind, before: Row | None, body: Mapping | None, rebased: Rebased) -> bool:
    """Whether this row is removed only because a row that owns it is: whoever may remove that one may."""
    if body is not None or before is None:
        return False
    owners = {before[field.name] for field in kind.fields if field.owned}
    return any(owner in rebased.bodies and rebased.bodies[owner] is None for owner in owners)


def _comes_with_its_owner(kind: Kind, before: Row | None, body: Mapping | None, rebased: Rebased, now: ProjectState) -> bool:
    """Whether this row comes back only because a row that owns it does: whoever may bring that one back may."""
    if before is not None or body is None:
        return False
    owners = {body[field.name] for field in kind.fields if field.owned}
    return any(rebased.bodies.get(owner) and now.get(owner) is None for owner in owners)


def _refuse_slips_without_reason(office: Office, writes: list[Write], now: ProjectState, reason: str) -> None:
    """A due date that was approved moves, or goes with its row or to an open end, only with a reason; the history then is the ledger of slips.

    Back on the approved day is reason enough. One reason settles a whole change: what lacks it is told once.
    """
    if reason:
        return
    past = cache(partial(office.store.as_of, now.project_id))  # read once, and only where a due date moves
    moved = [
        write for write in writes
        if KINDS[write.kind].slips and (row := now.get(write.entity_id)) and (due := due_in(write.body)) != due_in(row.body)
        and approved_due(now, write.entity_id, past) not in (None, due)
    ]  # fmt: skip
    if len(moved) > 1:
        raise Mistakes([Problem("slips_without_reason", (), {"count": len(moved)})], _headline(writes))
    if moved:
        raise Mistakes([Problem("slip_without_reason", (moved[0].kind, moved[0].entity_id, "due"))], _headline(writes))


def may_edit(actor: Person, kind_name: str, row: Row | None = None, state: ProjectState | None = None, action: str = "save") -> bool:
    """Whether this person may edit this row (or add one) by this action as the project stands: what a page asks before it offers a button."""
    kind = KINDS[kind_name]
    if not may(actor.role, VERBS.get(action, kind.verb)) or (kind.actions is not None and action not in kind.actions):
        return False
    if state and is_approved(state, STEP_OF_KIND[kind_name].key) and action not in DESPITE_APPROVAL and not kind.despite_approval:
        return False
    return not (kind.own and row and row[kind.own] != actor.id) or may(actor.role, "decide")


def _refuse_mistakes(rebased: Rebased, now: ProjectState, standard: Standard, unread: Sequence[Problem]) -> None:
    """`unread`: what is wrong with values that could not be read; the others are told of together with them."""
    by_kind: dict[str, dict[str, Mapping]] = {}
    for entity_id, body in rebased.bodies.items():
        if body is not None:
            by_kind.setdefault(rebased.kinds[entity_id], {})[entity_id] = body
    before = {entity_id: row.body for entity_id in rebased.bodies if (row := now.get(entity_id))}
    holes: dict[str, set[str]] = {}
    for _, entity_id, field in (problem.path for problem in unread):
        holes.setdefault(entity_id, set()).add(field)
    problems = [p for name, bodies in by_kind.items() for p in (*mistakes_in(KINDS[name], bodies, standard, before, holes), *misnamed(KINDS[name], bodies, holes))]
    if unread or problems:
        raise Mistakes(_as_in_the_rows([*unread, *problems], rebased))


def _as_in_the_rows(problems: Sequence[Problem], rebased: Rebased) -> list[Problem]:
    places = [(entity_id, field) for entity_id, name in rebased.kinds.items() for field in KINDS[name].field]
    return sorted(problems, key=lambda problem: places.index(problem.path[1:]) if problem.path[1:] in places else len(places))


def _refuse_mistakes_between(writes: list[Write], now: ProjectState, review: Review, action: str) -> None:
    """`review` looks at the project as it would be after these writes, `now` is before. Another owner or day is given
    also to what could not be saved as it is today."""
    touched = {write.kind for write in writes}
    kinds = KINDS.values() if any(write.body is None for write in writes) else [KINDS[name] for name in touched]
    written = {write.entity_id for write in writes}
    across = [p for p in mistakes_across(kinds, review.state) if p.code != "already_used" or p.path[1] in written]  # who had it first is right
    problems = [_still_refers(p) if p.code == "reference_gone" and p.path[1] not in written else p for p in across]
    known = {person.id for person in review.people}
    for write in writes:
        kind = KINDS[write.kind]
        if write.body is None:
            problems += kind.against_removal(review, write.entity_id, now.rows[write.entity_id]) if kind.against_removal else ()
            continue
        problems += _unknown_people(kind, write, known)
        for rule in (kind.holds, None if action in DESPITE_APPROVAL | kind.allowed_by else kind.against):
            if rule and not problems:
                problems += rule(review, write.entity_id, write.body)
    if problems:
        raise Mistakes(problems, _headline(writes))


def _headline(writes: list[Write]) -> str:
    """Whoever only removes has typed nothing that could be put right."""
    return "removal_mistakes" if all(write.body is None for write in writes) else "mistakes"


def _still_refers(problem: Problem) -> Problem:
    """Said of a row that nobody wrote now: what it refers to would go."""
    return Problem("still_refers", problem.path, {"kind": problem.path[0]})


def _unknown_people(kind: Any, write: Write, known: set[str]) -> list[Problem]:
    fields = [field.name for field in kind.fields if field.type == "person"]
    wrong = [name for name in fields if write.body[name] is not None and write.body[name] not in known]
    return [Problem("person_unknown", (kind.name, write.entity_id, name)) for name in wrong]


def _after(now: ProjectState, writes: list[Write]) -> ProjectState:
    rows = dict(now.rows)
    for write in writes:
        if write.body is None:
            rows.pop(write.entity_id, None)
        else:
            rows[write.entity_id] = Row(write.entity_id, write.kind, write.base_revision + 1, now.seq + 1, write.body)
    return ProjectState(now.project_id, now.seq + 1, rows)


def _write(rebased: Rebased, entity_id: str, now: ProjectState) -> Write:
    return Write(entity_id, rebased.kinds[entity_id], now.revision_of(entity_id), rebased.bodies[entity_id])


def _refuse_clashes(office: Office, project_id: str, rebased: Rebased, now: ProjectState) -> None:
    if rebased.overlaps:
        raise Clash([_clashing(office, project_id, overlap) for overlap in rebased.overlaps], now.seq)


def _clashing(office: Office, project_id: str, o: Overlap) -> Clashing:
    change = office.store.history(project_id, before_seq=o.theirs_seq + 1, limit=1)[0]
    when = change.occurred_at.isoformat()
    return Clashing(o.entity_id, o.kind, o.field, o.base, o.mine, o.theirs, change.person_id, when)


__all__ = ["Edit", "PsoError", "Removal", "Saved", "empty", "may_edit", "save_rows", "standard_of"]
