"""Bringing back a row as it was: an earlier version, or one that was removed, with what went with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pso_core.actions.rebase import Edit, owned_by
from pso_core.actions.rows import Saved, looking_at, save_rows
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import Mistakes, NotFound, Problem
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.steps.indicators import in_version
from pso_core.steps.values import empty

_ON_RETURN = {"already_used": "used_since", "reference_gone": "reference_comes_first"}  # there is no field in which to choose another


def restore_row(office: Office, actor: Person, project_id: str, entity_id: str, seq: int, seen: int, reason: str = "") -> Saved:
    """Write the row again as it was after change `seq`; `reason` where an approved due date moves with it.

    With one that was removed since come the rows it owned, as they were when they went with it; those that cannot stand now stay away.
    Refuses what save_rows does, with Mistakes that say of a version, not of something typed, that it cannot stand.
    """
    now, version = office.store.state(project_id), office.store.as_of(project_id, seq)
    then = version.get(entity_id)
    if then is None or not then.body:  # not there, or its text was erased
        raise NotFound("row_not_found")
    if looking_at(office, project_id, seen).get(entity_id) is None:
        seen = now.seq
    went = () if now.get(entity_id) else _went_with(office, now, entity_id)
    along = [row for row in went if row.body]
    while True:
        try:
            saved = save_rows(office, actor, project_id, [_as_it_was(row) for row in (then, *along)], seen, reason, action="restore")
        except Mistakes as refusal:
            wrong = {id_ for problem in refusal.problems for id_ in problem.path[1:2]}
            staying = [row for row in along if row.id not in wrong]
            if len(staying) == len(along):
                raise Mistakes([_of_version(problem, version) for problem in refusal.problems], "restore_mistakes") from None
            along = staying
        else:
            return replace(saved, along=len(along), left=len(went) - len(along))


def _went_with(office: Office, now: ProjectState, entity_id: str) -> Sequence[Row]:
    """The rows that this one owned and that were removed with it, as they were then; those that are back already aside."""
    removed = office.store.history(now.project_id, entity_id=entity_id, limit=1)[0].seq
    return [row for row in _owned(office.store.as_of(now.project_id, removed - 1), entity_id) if now.get(row.id) is None]


def _owned(state: ProjectState, entity_id: str) -> Iterator[Row]:
    for id_ in owned_by(state, entity_id):
        yield state.rows[id_]
        yield from _owned(state, id_)


def _as_it_was(row: Row) -> Edit:
    """With every field that the kind has now: what was not there, or was left out, is empty again."""
    return Edit(row.kind, row.id, {name: row.body.get(name, nothing) for name, nothing in empty(KINDS[row.kind]).items()})


def _of_version(problem: Problem, version: ProjectState) -> Problem:
    return in_version(replace(problem, code=_ON_RETURN.get(problem.code, problem.code)), version)
