"""What the picture of the schedule draws: a bar for each phase, for the activities of the plan, for each milestone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pso_core.actions.schedule_reading import Line, Outlook
from pso_core.charts.days import fiscal_ticks
from pso_core.charts.forms import LONGEST_NAME
from pso_core.charts.gantt import LONG, Bar, Calendar
from pso_core.domain.calendar import day_of, fiscal_quarter, fiscal_year
from pso_core.domain.progress import Pace, due_of
from pso_core.domain.rows import Row
from pso_core.steps.schedule import newest_baseline
from pso_core.text.thaidate import say_date, say_fiscal_year
from pso_core.ui import cached, planning, reports, schedule_words
from pso_core.ui.desk import Desk
from pso_core.ui.naming import row_name
from pso_core.ui.schedule_words import MARKS, span, step_name

SOON = 14  # days
AROUND = 3  # days of paper on both sides
UNDER = ("execution", "plan")  # the phase under which the activities stand
STATES = {"done": "done", "late": "late", "behind": "running", "on_time": "running", "waiting": "waiting", "undated": "waiting"}


@dataclass(frozen=True)
class Drawn:
    """`table`: what stands in the picture besides the phases, as rows of the table; `left_out`: activities without a place in it."""

    bars: tuple[Bar, ...]
    calendar: Calendar
    table: tuple[list[object], ...]
    left_out: int


def drawn(desk: Desk, found: Outlook, everything: bool) -> Drawn:
    """`everything`: all activities of the plan, else those that are late or due within two weeks."""
    calendar, milestones = _calendar(desk, found), desk.state.of("milestone")
    approved = _approved(desk)
    paces = reports.paces(desk)
    shown = [pace for pace in paces if everything or _soon(pace)]
    bars = {pace.activity.id: bar for pace in shown if (bar := _activity(desk, pace, approved, calendar))}
    points = [_milestone(desk, row) for row in milestones]
    under = next((step for step in UNDER if found.of(step)), None)
    if len(found.lines) + len(bars) + len(points) > LONG:  # then the list is scrolled, and the phases are to be seen together
        heading: Bar = {"part": "group", "name": desk.say("page_schedule.activities")}
        placed = [*(_phase(desk, line, approved) for line in found.lines), *points, heading, *bars.values()]
    else:
        placed = [bar for line in found.lines for bar in (_phase(desk, line, approved), *(bars.values() if line.step == under else ()))] + points
    table = [_row(desk, pace) for pace in shown if pace.activity.id in bars] + [_milestone_row(desk, row) for row in milestones]
    return Drawn(tuple(placed), calendar, tuple(table), len(shown) - len(bars))


def _soon(pace: Pace) -> bool:
    return pace.state == "late" or (pace.state != "done" and pace.days is not None and pace.days <= SOON)


def _calendar(desk: Desk, found: Outlook) -> Calendar:
    """From the first day to the last that anything of the schedule has, and today while something is left to do."""
    days = [day for line in found.lines for day in line.lay]
    days += [day_of(row["day"]) for row in desk.state.of("milestone")]
    days += [day for row in _approved(desk).values() for day in (day_of(row["start"]), day_of(row["due"])) if day and row.kind == "phase"]
    first, last = min(days), max(days)
    if found.current and first <= desk.today <= last + (last - first):
        last = max(last, desk.today)
    first, last = first - timedelta(AROUND), last + timedelta(AROUND)
    ticks = tuple((day, every, say_date(day, desk.say, "tick"), _heading(desk, day)) for day, every in fiscal_ticks(first, last))
    today = desk.say("page_schedule.today", date=say_date(desk.today, desk.say))
    return Calendar(first, last, ticks, say_fiscal_year(fiscal_year(first), desk.say), (desk.today, today))


def _heading(desk: Desk, day: date) -> str:
    """The fiscal year on its first day, else the quarter that begins."""
    quarter = fiscal_quarter(day)
    return say_fiscal_year(fiscal_year(day), desk.say) if quarter == 1 else desk.say("page_schedule.quarter", quarter=quarter)


def _approved(desk: Desk) -> dict[str, Row]:
    """The rows of the newest approved plan."""
    baseline = newest_baseline(desk.state)
    return dict(cached.as_of(desk.project_id, baseline.seq).rows) if baseline else {}


def _phase(desk: Desk, line: Line, approved: dict[str, Row]) -> Bar:
    """Where it is planned; one that is done where it was done, over the plan as approved."""
    said = f"{MARKS[line.standing.state]} {step_name(desk, line.step)} · {schedule_words.standing(desk, line.standing)}"
    start, end = line.lay
    return {
        "part": "phase", "state": line.standing.state, "name": said, "when": span(desk, (start, end)),
        "start": start.toordinal(), "end": end.toordinal(), **_was(approved.get(f"phase:{line.step}")),
    }  # fmt: skip


def _was(row: Row | None) -> dict[str, Any]:
    start, due = (day_of(row["start"]), day_of(row["due"])) if row else (None, None)
    return {"was_start": start.toordinal(), "was_end": due.toordinal()} if start and due else {}


def _activity(desk: Desk, pace: Pace, approved: dict[str, Row], calendar: Calendar) -> Bar | None:
    """Cut where the picture ends, with an arrow; nothing for one that has no dates or lies outside."""
    row, first, last = pace.activity, calendar.first, calendar.last
    start, due = day_of(row["start"]), due_of(row)
    start, end = start or due, due or (last if row["open_ended"] else start)
    if start is None or end is None or start > last or end < first:
        return None
    state = STATES[pace.state]
    said = f"{MARKS[state]} {row_name(row, desk, LONGEST_NAME)} · {desk.say(f'page_execution.state.{pace.state}')}"
    return {
        "part": "activity", "state": state, "name": said, "when": planning.when(desk, row),
        "start": max(start, first).toordinal(), "end": min(end, last).toordinal(), "began_before": start < first,
        "goes_on": end > last or bool(row["open_ended"]), **_was_within(_was(approved.get(row.id)), calendar),
    }  # fmt: skip


def _was_within(was: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    if not was or was["was_start"] > calendar.last.toordinal() or was["was_end"] < calendar.first.toordinal():
        return {}
    return {"was_start": max(was["was_start"], calendar.first.toordinal()), "was_end": min(was["was_end"], calendar.last.toordinal())}


def _milestone(desk: Desk, row: Row) -> Bar:
    day = day_of(row["day"]).toordinal()
    said = f"◆ {row_name(row, desk, LONGEST_NAME)}"
    return {"part": "milestone", "shape": "diamond", "name": said, "when": say_date(row["day"], desk.say), "start": day + 0.5}


def _row(desk: Desk, pace: Pace) -> list[object]:
    row, nothing = pace.activity, desk.say("app.nothing")
    owner = desk.person_name(row["owner"]) if row["owner"] else desk.say("page_plan.no_owner")
    return [
        row_name(row, desk), nothing, say_date(row["start"], desk.say), say_date(row["due"], desk.say),
        desk.say(f"page_execution.state.{pace.state}"), nothing, nothing, owner,
    ]  # fmt: skip


def _milestone_row(desk: Desk, row: Row) -> list[object]:
    nothing = desk.say("app.nothing")
    return [row_name(row, desk), nothing, nothing, say_date(row["day"], desk.say), nothing, nothing, nothing, nothing]
