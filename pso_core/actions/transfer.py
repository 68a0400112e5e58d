"""Transfer day: all that a person still has to do gets another owner, as one change in each project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pso_core.actions.reasons import given_reason
from pso_core.actions.reminders import morning_of, mornings
from pso_core.actions.rows import Edit, Saved, looking_at, save_rows
from pso_core.domain.handing_over import HELD, held_by
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.store import Change
from pso_core.text.thaidate import thai_day

ACTION = "transfer"
Held = dict[str, str]  # {entity id: kind} of what goes from one to the other


@dataclass(frozen=True)
class Transferred:
    """What went from one person to another on one day: `count` things, in projects as they stood before ({project: newest change})."""

    from_id: str
    to_id: str
    at: datetime
    count: int
    before: Mapping[str, int]

    @property
    def day(self) -> date:
        return thai_day(self.at)


def transfer_work(office: Office, actor: Person, project_id: str, from_id: str, to_id: str, seen: int, reason: str) -> Saved:
    """Everything that `from_id` held when change `seen` was the newest goes to `to_id`, also in approved steps.

    Refuses not_allowed, same_person, person_not_found, person_has_left and receiver_only_reads (who is to get it),
    reason_missing, reason_long, nothing_to_transfer, and work_changed_since when it is no longer what was shown.
    """
    reason = _refuse_unfit(office, actor, from_id, to_id, reason)
    return _transfer(office, actor, project_id, from_id, to_id, seen, reason)


def transfer_everywhere(office: Office, actor: Person, from_id: str, to_id: str, seen: Mapping[str, int], reason: str) -> list[Saved]:
    """The same in every project where they hold something; `seen`: {project: the newest change shown}. Nothing is written
    unless all that is held is what was shown. Refuses as `transfer_work` does."""
    reason = _refuse_unfit(office, actor, from_id, to_id, reason)
    states = {morning.state.project_id: morning.state for morning in mornings(office)}
    for project_id, state in states.items():
        shown = _held(office, looking_at(office, project_id, seen[project_id]), from_id) if project_id in seen else {}
        _unless_changed(office, from_id, shown)(state)
    holding = [project_id for project_id, state in states.items() if _held(office, state, from_id)]
    if not holding:
        raise PsoError("nothing_to_transfer", person=from_id)
    return [_transfer(office, actor, project_id, from_id, to_id, seen[project_id], reason) for project_id in holding]


def transferred(office: Office, project_ids: Iterable[str], from_id: str | None = None) -> tuple[Transferred, ...]:
    """The transfers that were made in these projects, by one person or by all, the newest first."""
    found: dict[tuple[str, str, date], list[tuple[str, Change, int]]] = {}
    for project_id in project_ids:
        changes = office.store.history(project_id, kinds=tuple(HELD), limit=None)
        for change in (one for one in changes if one.action == ACTION):
            owners = [(row.before["owner"], row.after["owner"]) for row in change.rows if row.before and row.after]
            for (giver, receiver), count in Counter(owners).items():
                if from_id in (None, giver):
                    found.setdefault((giver, receiver, thai_day(change.occurred_at)), []).append((project_id, change, count))
    made = [_made(giver, receiver, together) for (giver, receiver, _), together in found.items()]
    return tuple(sorted(made, key=lambda one: one.at, reverse=True))


def _made(giver: str, receiver: str, together: list[tuple[str, Change, int]]) -> Transferred:
    """Of several in one project the first is looked at: before it all was still the giver's."""
    before = {project_id: min(change.seq for id_, change, _ in together if id_ == project_id) - 1 for project_id, _, _ in together}
    return Transferred(giver, receiver, max(change.occurred_at for _, change, _ in together), sum(count for *_, count in together), before)


def _transfer(office: Office, actor: Person, project_id: str, from_id: str, to_id: str, seen: int, reason: str) -> Saved:
    held = _held(office, looking_at(office, project_id, seen), from_id)
    refuse = _unless_changed(office, from_id, held)
    refuse(office.store.state(project_id))
    if not held:
        raise PsoError("nothing_to_transfer", person=from_id)
    edits = [Edit(kind, entity_id, {"owner": to_id}) for entity_id, kind in held.items()]
    return save_rows(office, actor, project_id, edits, seen, reason, ACTION, refuse)


def _refuse_unfit(office: Office, actor: Person, from_id: str, to_id: str, reason: str) -> str:
    """The reason, cleaned."""
    if not may(actor.role, "supervise"):
        raise NotAllowed("not_allowed", role=actor.role, verb="supervise")
    if from_id == to_id:
        raise PsoError("same_person", person=to_id)
    receiver = office.store.people.get(to_id)
    if not receiver.active:
        raise PsoError("person_has_left", person=to_id)
    if not may_receive(receiver):
        raise PsoError("receiver_only_reads", person=to_id)
    return given_reason(reason)


def may_receive(person: Person) -> bool:
    """Whoever is here and may do the work."""
    return person.active and may(person.role, "edit_content")


def _held(office: Office, state: ProjectState, person_id: str) -> Held:
    return {one.entity_id: one.kind for one in held_by(morning_of(office, state), person_id)}


def _unless_changed(office: Office, person_id: str, shown: Collection[str]) -> Callable[[ProjectState], None]:
    """Refuses when the person by now holds something else than what was shown to move."""

    def refuse(now: ProjectState) -> None:
        if set(_held(office, now, person_id)) != set(shown):
            raise PsoError("work_changed_since", person=person_id)

    return refuse
