"""The schedule of one project for `status`: its phases, who is late, and when the end can be expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pso_core.actions.holidays import workdays
from pso_core.actions.reminder_text import item_data, slip_data
from pso_core.actions.reminders import digest_of
from pso_core.actions.schedule import Slip, ledger
from pso_core.actions.schedule_reading import Line, Outlook, actuals, outlook
from pso_core.domain.owed import Digest
from pso_core.domain.rows import ProjectState, Row
from pso_core.office import Office
from pso_core.steps.naming import Told, person_name
from pso_core.steps.owing import left_text, owed_name, step_name
from pso_core.text.phrases import below
from pso_core.text.thaidate import say_date, say_working_days_left

Data = dict[str, Any]
FRAME = ("direction", "start", "target", "target_of", "decision_days")


def schedule_of(office: Office, told: Told) -> tuple[list[str], Data]:
    """Lines for a person; "schedule" and "forecast" (None while nothing is planned) and "lateness" for a program."""
    state = told.state
    found = outlook(state, workdays(office), actuals(office, state.project_id, state), office.today())
    digest = digest_of(office, state)
    data = {
        "schedule": found and _schedule(told, state, found),
        "lateness": _lateness(told, found, digest, ledger(office, state.project_id)),
        "forecast": found and _forecast(found),
    }
    return [*_lines(told, found), *_certificate(told, digest)], data


def _schedule(told: Told, state: ProjectState, found: Outlook) -> Data:
    frame = state.only("schedule") or Row("", "schedule", 0, 0, {})
    return {
        **{name: frame[name] for name in FRAME},
        "due": found.target.isoformat(),
        "baselines": len(state.of("baseline")),
        "phases": [_phase(told, line) for line in found.lines],
        "milestones": [{"id": row.id, "name": row["name"], "day": row["day"]} for row in state.of("milestone")],
    }


def _phase(told: Told, line: Line) -> Data:
    phase, standing = line.phase, line.standing
    return {
        "step": line.step, "name": step_name(told, line.step), "start": _iso(phase.start), "due": _iso(phase.due), "days": phase.days,
        "state": standing.state, "working_days": standing.days, "owner_id": line.owner,
        "owner": person_name(told, line.owner) if line.owner else None, "pinned_start": phase.pinned_start, "pinned_due": phase.pinned_due,
        "started": _iso(standing.actual.started), "finished": _iso(standing.actual.finished),
    }  # fmt: skip


def _lateness(told: Told, found: Outlook | None, digest: Digest, slips: Sequence[Slip]) -> Data:
    """`working_days`: those by which the last day expected comes after the target, at the least and at the most."""
    return {
        "working_days": list(found.behind) if found else None,
        "phases": [{"step": line.step, "working_days": -line.standing.days} for line in (found.late if found else ())],
        "overdue": [item_data(told, one) for one in digest.overdue],
        "expiring": [item_data(told, one) for one in digest.expiring],
        "slips": [slip_data(told, one) for one in slips],
    }


def _forecast(found: Outlook) -> Data:
    return {
        "target": found.target.isoformat(),
        "earliest": found.end[0].isoformat(),
        "latest": found.end[1].isoformat(),
        "phases": [
            {
                "step": line.step, "earliest": line.expected[0].isoformat(), "latest": line.expected[1].isoformat(),
                "latest_start": line.latest_start.isoformat(), "latest_due": line.latest_due.isoformat(), "slack": line.slack,
                "loses_target": line.loses_target,
            }
            for line in found.lines
        ],
    }  # fmt: skip


def _lines(told: Told, found: Outlook | None) -> Iterator[str]:
    say = told.say
    if found is None:
        yield say("cli.status.no_schedule")
        return
    days = {"target": found.target, "earliest": found.end[0], "latest": found.end[1]}
    yield say("cli.status.schedule", **{name: say_date(day, say) for name, day in days.items()})
    for line in found.lines:
        yield below(_phase_line(told, line))


def _phase_line(told: Told, line: Line) -> str:
    say, standing = told.say, line.standing
    facts = {"name": step_name(told, line.step), "start": say_date(line.phase.start, say), "due": say_date(line.phase.due, say)}
    if standing.state == "done":
        return say("cli.status.phase_done", finished=say_date(standing.actual.finished, say), **facts)
    over = standing.state == "late" and not standing.days
    left = say("reminders.just_over") if over else say_working_days_left(standing.days, say, standing.on_days_off)
    return say(f"cli.status.{'phase_lost' if line.loses_target else 'phase'}", left=left, **facts)


def _certificate(told: Told, digest: Digest) -> Iterator[str]:
    """One that ends within a year, or that has ended."""
    for one in (*digest.overdue, *digest.expiring):
        if one.kind == "certificate":
            yield told.say("cli.status.certificate", name=owed_name(told, one), left=left_text(told, one))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
