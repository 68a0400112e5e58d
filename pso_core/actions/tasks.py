"""Step 3's own verbs: put a tier's tasks in order, add many tasks at once."""

from __future__ import annotations

from collections.abc import Sequence

from pso_core.actions.rows import Edit, Saved, save_rows, standard_of
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import Mistakes, PsoError
from pso_core.office import Office
from pso_core.steps.tasks import next_codes, tasks_of

_MOVED_MEANWHILE = ("clash", "row_gone")
TRIES = 20


def order_tasks(office: Office, actor: Person, project_id: str, tier: str, order: Sequence[str], seen: int) -> Saved:
    """One tier's tasks in this order of ids; tasks that `order` leaves out follow, ids of other rows are passed over.

    Refuses not_allowed, and order_changed_since when somebody moved or removed the same tasks after change `seen`.
    """
    tasks = tasks_of(office.store.as_of(project_id, seen), tier)
    place = {task_id: number for number, task_id in enumerate(order)}
    wanted = sorted(tasks, key=lambda task: place.get(task.id, len(place)))
    edits = [Edit("task", task.id, {"position": position}) for task, position in zip(wanted, _positions(tasks), strict=True)]
    try:
        return save_rows(office, actor, project_id, edits, seen, action="order")
    except PsoError as refusal:
        if refusal.code in _MOVED_MEANWHILE:
            raise PsoError("order_changed_since") from None
        raise


def add_tasks(office: Office, actor: Person, project_id: str, tier: str, names: Sequence[str], seen: int) -> Saved:
    """A new task of this tier for each name, with the next codes, without points. Refuses not_allowed and too_long names."""
    for tries_left in reversed(range(TRIES)):
        try:
            return save_rows(office, actor, project_id, _new_tasks(office.store.state(project_id), tier, names), seen)
        except Mistakes as refusal:
            if not tries_left or any(problem.code != "already_used" for problem in refusal.problems):
                raise  # a code taken meanwhile is nothing that this person typed: the next ones are tried
    raise AssertionError("the last try returns or raises")


def _new_tasks(state: ProjectState, tier: str, names: Sequence[str]) -> list[Edit]:
    codes, first = next_codes(state, standard_of(state), tier, len(names)), state.next_position("task")
    return [
        Edit("task", None, {"tier": tier, "code": code, "name": name, "position": first + number})
        for number, (code, name) in enumerate(zip(codes, names, strict=True))
    ]


def _positions(tasks: Sequence[Row]) -> list[int]:
    """The places these tasks hold between them; new ones where some have none or share one."""
    held = sorted(task["position"] or 0 for task in tasks)
    return held if len(set(held)) == len(held) else list(range(held[0], held[0] + len(held)))
