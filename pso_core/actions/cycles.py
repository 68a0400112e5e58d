"""The next cycle: a new project that begins with the texts and registers of the last one, and with nothing done in it.

What goes on from cycle to cycle is copied; what was judged, measured, decided or signed in the last one is of then and stays there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from pso_core.actions.cycle_reading import cycle_of
from pso_core.actions.holidays import workdays
from pso_core.actions.projects import new_id, project_title, require_manager
from pso_core.actions.renewal import frame_of, renewal_of
from pso_core.actions.rows import standard_of
from pso_core.domain.people import Person
from pso_core.domain.progress import percent_on, reports_by_activity
from pso_core.domain.renewal import Renewal
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.schedule import lay_out
from pso_core.errors import Mistakes, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.steps.profile import PROJECT
from pso_core.steps.rules import mistakes_in
from pso_core.steps.schedule import as_values
from pso_core.steps.values import empty
from pso_core.store import Write

COPIED: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "agency": (), "division": (),
    "vision": ("adopted_on",),  # the text, to be adopted anew
    "mission": (), "goal": (), "task": (), "tier_rule": (), "weight": (), "indicator": (), "condition": (), "target": (),
    "activity": ("start", "due"),  # those that are not finished; their dates were of the last plan
    "file": (), "linkage": (),
    "evidence": (), "support": (), "attachment": (),  # nobody has accepted it for this cycle yet; the contents are kept once
    "word_template": (),
})  # fmt: skip
"""{kind: the fields that are emptied}; the kinds that stay behind: `LEFT`"""

ANEW = ("project", "schedule", "phase")  # written for the new cycle

ACTION = "begin_cycle"


def copied(state: ProjectState, today: date) -> dict[str, tuple[Row, ...]]:
    """{kind: the rows that the next cycle begins with}, as they will stand in it; kinds without any are left out.

    A reference to what is left behind is emptied, and a row that is nothing without it stays behind too.
    """
    finished = _finished(state, today)
    rows = _standing([row for name in COPIED for row in state.of(name) if row.id not in finished])
    known = {row.id for row in rows}
    anew = [Row(row.id, row.kind, 0, 0, _body(row, known)) for row in rows]
    return {name: found for name in COPIED if (found := tuple(row for row in anew if row.kind == name))}


def begin_cycle(office: Office, actor: Person, project_id: str, title: str) -> str:
    """The id of the new project, whose schedule is a draft laid back from the day on which the certificate ends.

    Without a certificate it has no schedule yet. Refuses not_allowed, project_not_found, a title that is empty or too long,
    and cycle_begun when the project has a next cycle already.
    """
    require_manager(actor)
    state = office.store.state(project_id)
    _refuse_begun(office, project_id)
    about = {**_whole(state.only("project")), "title": project_title(title), "previous": project_id}
    if problems := mistakes_in(PROJECT, {PROJECT.name: about}, standard_of(state)):
        raise Mistakes(problems)
    writes = [Write("project", "project", 0, about)]
    writes += [Write(row.id, row.kind, 0, dict(row.body)) for rows in copied(state, office.today()).values() for row in rows]
    if plan := renewal_of(office, state):
        writes += _schedule(office, state, plan)
    new = new_id(office)
    office.store.commit(new, writes, person_id=actor.id, action=ACTION, check=lambda before, after: _refuse_begun(office, project_id))
    return new


def _refuse_begun(office: Office, project_id: str) -> None:
    """Asked once more while other writers wait: two may press the button at the same moment."""
    if cycle_of(office, project_id).next:
        raise PsoError("cycle_begun")


def _schedule(office: Office, state: ProjectState, plan: Renewal) -> Iterator[Write]:
    """A draft: nobody has approved it. Whoever had a step has it again, while they are there."""
    frame, today = frame_of(plan, office.today()), office.today()
    phases = lay_out(plan.phases, workdays(office), today) if frame["direction"] == "from_start" else plan.phases
    there = {person.id for person in office.store.people.all() if person.active}
    yield Write("schedule", "schedule", 0, {**empty(KINDS["schedule"]), **frame})
    for phase in phases:
        was = state.get(f"phase:{phase.step}")
        owner = was["owner"] if was and was["owner"] in there else None
        yield Write(f"phase:{phase.step}", "phase", 0, {**empty(KINDS["phase"]), **as_values(phase), "owner": owner})


def _finished(state: ProjectState, today: date) -> set[str]:
    """The activities that are done, but for those without an end."""
    reports = reports_by_activity(state.of("progress"))
    return {row.id for row in state.of("activity") if not row["open_ended"] and percent_on(reports.get(row.id, ()), today) >= 100}


def _standing(rows: list[Row]) -> list[Row]:
    """Those of which everything comes along that they cannot be without."""
    known = {row.id for row in rows}
    kept = [row for row in rows if all(row[field.name] in known for field in KINDS[row.kind].fields if field.type == "reference" and field.required)]
    return rows if len(kept) == len(rows) else _standing(kept)


def _body(row: Row, known: set[str]) -> dict[str, Any]:
    body = _whole(row)
    gone = [field.name for field in KINDS[row.kind].fields if field.type == "reference" and body[field.name] not in known]
    return {**body, **dict.fromkeys((*gone, *COPIED[row.kind]))}


def _whole(row: Row) -> dict[str, Any]:
    """With every field that the kind has now and no other."""
    blank = empty(KINDS[row.kind])
    return {**blank, **{name: value for name, value in row.body.items() if name in blank}}
