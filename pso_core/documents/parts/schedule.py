"""When each step was to be done, the schedules that were approved, what moved since, and who signed which step off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pso_core.documents.blocks import Block, Facts, Finding, Heading, Remark, Table
from pso_core.documents.case import Case
from pso_core.documents.records import facts, kind_title, nothing_yet, shown, table
from pso_core.domain.rows import Row
from pso_core.domain.schedule import Slip
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.naming import field_label, person_name, shown_value, slip_reason
from pso_core.text.thaidate import say_date, thai_day

PHASE = {"step": 2.6, "days": 1.6, "start": 2.8, "due": 2.8, "after": 2.2, "overlap": 1.8, "owner": 2.2}
MILESTONE = {"day": 2.6, "name": 6.4, "note": 7}
BASELINE = {"number": 1.4, "approved_at": 3.6, "approved_by": 3.6, "approved_position": 3.6, "note": 3.8}
SLIP = (2.5, 2.4, 2.4, 1.7, 4.2, 2.8)
SIGNATURES = ("submitted", "endorsed", "approved")
NOTES = ("reason", "warnings", "digest", "broken_at", "broken")


def schedule(case: Case) -> Iterator[Block]:
    yield Heading(case.say("documents.schedule.title"), 2)
    frame = case.state.only("schedule")
    yield facts(case, frame) if frame else nothing_yet(case, "schedule")
    yield Heading(kind_title(case, "phase"), 3)
    yield _phases(case)
    yield Heading(kind_title(case, "milestone"), 3)
    yield table(case, "milestone", sorted(case.state.of("milestone"), key=lambda row: row["day"]), MILESTONE)
    yield Heading(kind_title(case, "baseline"), 3)
    yield table(case, "baseline", sorted(case.state.of("baseline"), key=lambda row: row["number"]), BASELINE)
    if case.state.of("baseline"):
        yield Heading(case.say("page_schedule.slips"), 3)
        yield _slips(case)
    yield Heading(kind_title(case, "sign_off"), 3)
    yield from _sign_offs(case)


def _phases(case: Case) -> Table | Remark:
    found = _by_step(case, "phase")
    if not found:
        return nothing_yet(case, "phase")
    head = tuple(field_label(case, "phase", name) for name in PHASE)
    return Table(head, tuple(tuple(_cell(case, row, name) for name in PHASE) for row in found), tuple(PHASE.values()), frozenset({1, 5}))


def _cell(case: Case, phase: Row, name: str) -> str:
    """A date that a person set says so."""
    pinned = f"pinned_{name}"
    return "\n".join([shown(case, phase, name), *([field_label(case, "phase", pinned)] if phase[pinned] else [])])


def _slips(case: Case) -> Table | Remark:
    """Every due date that moved once it was approved, the newest first."""
    found = case.slips()
    if not found:
        return Remark(case.say("page_schedule.no_slips"))
    return Table(slip_head(case)[: len(SLIP)], tuple(_slip(case, one) for one in found), SLIP, frozenset({3}))


def _slip(case: Case, one: Slip) -> tuple[str, ...]:
    """When it was moved stands below who did."""
    *cells, who, when = (_said(case, cell) for cell in slip_line(case, one))
    return (*cells, f"{who}\n{when}")


def slip_head(case: Case) -> tuple[str, ...]:
    return tuple(case.say(f"documents.schedule.slip.{name}") for name in ("what", "from", "to", "moved", "reason", "who", "when"))


def slip_line(case: Case, one: Slip) -> tuple[str | date | int | None, ...]:
    """What it is, from which day to which, by how many working days, why, by whom and when."""
    name = shown_value(case, "phase", "step", one.name) if one.kind == "phase" else one.name
    to = (one.after, one.working_days) if one.after else (case.say("page_schedule.no_due_any_more"), None)
    return (name, one.before, *to, slip_reason(case, one), person_name(case, one.person_id), thai_day(one.occurred_at))


def _said(case: Case, cell: str | date | int | None) -> str:
    if isinstance(cell, date):
        return say_date(cell, case.say)
    if isinstance(cell, int):
        return f"{cell:+,}".replace("-", "−") if cell else "0"
    return cell or case.say("app.nothing")


def _sign_offs(case: Case) -> Iterator[Block]:
    found = _by_step(case, "sign_off")
    if not found:
        yield nothing_yet(case, "sign_off")
        return
    yield Remark(case.say("sign_off.internal"))
    head = tuple(field_label(case, "sign_off", name) for name in ("step", "state", *(f"{which}_by" for which in SIGNATURES)))
    rows = tuple((shown(case, row, "step"), shown(case, row, "state"), *(_signature(case, row, which) for which in SIGNATURES)) for row in found)
    yield Table(head, rows, (2.4, 2.2, 3.8, 3.8, 3.8))
    for row in found:
        if any(row[name] for name in NOTES):
            yield Finding(shown(case, row, "step"))
            yield Facts(tuple((field_label(case, "sign_off", name), shown(case, row, name)) for name in NOTES if row[name]))


def _signature(case: Case, row: Row, which: str) -> str:
    """Who, as what, when."""
    given = [f"{which}_{part}" for part in ("by", "position", "at") if row[f"{which}_{part}"]]
    return "\n".join(shown(case, row, name) for name in given) or case.say("app.nothing")


def _by_step(case: Case, kind: str) -> list[Row]:
    return [row for step in STEP_KEYS if (row := case.state.get(f"{kind}:{step}"))]
