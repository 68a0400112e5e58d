"""What the picture of the schedule draws: a bar for each phase, for the activities of the plan, for each milestone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pso_core.actions.schedule_reading import Line, Outlook
from pso_core.charts.days import fiscal_ticks
from pso_core.charts.forms import LONGEST_NAME
from pso_core.charts.gantt import LONG, Bar, Calendar
from pso_core.domain.calendar import day_of, fiscal_quarter, fiscal_year
from pso_core.domain.progress import Pace, due_of
from pso_core.domain.rows import Row
from pso_core.text.thaidate import say_date, say_fiscal_year
from pso_core.ui import planning, reports, schedule_words
from pso_core.ui.approved_plans import Approved
from pso_core.ui.desk import Desk
from pso_core.ui.naming import row_name
from pso_core.ui.schedule_words import MARKS, span, step_name

SOON = 14  # days
AROUND = 3  # days of paper on both sides
UNDER = ("execution", "plan")  # the phase under which the activities stand
STATES = {"done": "done", "late": "late", "behind": "running", "on_time": "running", "waiting": "waiting", "undated": "waiting"}


@dataclass(frozen=True)
class Drawn:
    """`table`: what stands in the picture besides the phases, as rows of the table; `activities`: those of them that are drawn;
    `undated`: names of activities that have no day to be drawn at."""

    bars: tuple[Bar, ...]
    calendar: Calendar
    table: tuple[list[object], ...]
    activities: tuple[Row, ...]
    undated: tuple[str, ...]


def drawn(desk: Desk, found: Outlook, approved: Approved, everything: bool) -> Drawn:
    """`everything`: all activities of the plan, else those that are late or due within two weeks."""
    shown = [pace for pace in reports.paces(desk) if everything or _soon(pace)]
    dated, undated = ([pace for pace in shown if bool(_last(pace.activity)) is has_days] for has_days in (True, False))
    calendar, milestones = _calendar(desk, found, approved, [pace.activity for pace in dated]), sorted(desk.state.of("milestone"), key=lambda row: row["day"])
    bars = {pace.activity.id: _activity(desk, pace, approved, calendar) for pace in dated}
    points = [_milestone(desk, row) for row in milestones]
    under = next((step for step in UNDER if found.of(step)), None)
    if len(found.lines) + len(bars) + len(points) > LONG:  # then the list is scrolled, and the phases are to be seen together
        heading: Bar = {"part": "group", "name": desk.say("page_schedule.activities")}
        placed = [*(_phase(desk, line, approved, calendar) for line in found.lines), *points, heading, *bars.values()]
    else:
        placed = [bar for line in found.lines for bar in (_phase(desk, line, approved, calendar), *(bars.values() if line.step == under else ()))] + points
    table = [_row(desk, pace) for pace in dated] + [_milestone_row(desk, row) for row in milestones]
    return Drawn(tuple(placed), calendar, tuple(table), tuple(pace.activity for pace in dated), tuple(row_name(pace.activity, desk) for pace in undated))


def _soon(pace: Pace) -> bool:
    return pace.state == "late" or (pace.state != "done" and pace.days is not None and pace.days <= SOON)


def _last(activity: Row) -> date | None:
    """The last day known of it; None where there is none at all."""
    return due_of(activity) or day_of(activity["start"])


def _calendar(desk: Desk, found: Outlook, approved: Approved, activities: Iterable[Row]) -> Calendar:
    """From the first day to the last that anything of the schedule has, and after that today while something is left to do, and the ends of activities."""
    days = [day for line in found.lines for day in line.lay]
    days += [day_of(row["day"]) for row in desk.state.of("milestone")]
    days += [day for plan in approved.plans for span_ in plan.phases for day in span_]
    first, last = min(days), max(days)
    length = last - first
    farthest = last + 2 * length  # a year typed wrong, or work of long ago, must not make the phases too small to see
    ends = [day for row in activities if (day := _last(row))]
    if found.current and first <= desk.today <= last + length:
        ends.append(desk.today)
    last = max(last, min(farthest, max(ends, default=last)))
    first, last = first - timedelta(AROUND), last + timedelta(AROUND)
    ticks = tuple((day, every, say_date(day, desk.say, "tick"), _heading(desk, day)) for day, every in fiscal_ticks(first, last))
    today = desk.say("page_schedule.today", date=say_date(desk.today, desk.say))
    return Calendar(first, last, ticks, say_fiscal_year(fiscal_year(first), desk.say), (desk.today, today))


def _heading(desk: Desk, day: date) -> str:
    """The fiscal year on its first day, else the quarter that begins."""
    quarter = fiscal_quarter(day)
    return say_fiscal_year(fiscal_year(day), desk.say) if quarter == 1 else desk.say("page_schedule.quarter", quarter=quarter)


def _phase(desk: Desk, line: Line, approved: Approved, calendar: Calendar) -> Bar:
    """Where it is planned; one that is done where it was done, over the plan as approved."""
    said = f"{MARKS[line.standing.state]} {step_name(desk, line.step)} · {schedule_words.standing_of(desk, line)}"
    start, end = line.lay
    return {
        "part": "phase", "state": line.standing.state, "lost": line.loses_target, "name": said, "when": span(desk, (start, end)),
        "start": start.toordinal(), "end": end.toordinal(), **approved.below(f"phase:{line.step}", calendar.first, calendar.last),
    }  # fmt: skip


def _activity(desk: Desk, pace: Pace, approved: Approved, calendar: Calendar) -> Bar:
    """Cut where the picture begins and ends, with an arrow; one that lies outside is an arrow at its edge."""
    row, first, last = pace.activity, calendar.first, calendar.last
    end = _last(row)
    start = day_of(row["start"]) or end
    end = last if row["open_ended"] else end
    state = STATES[pace.state]
    said = f"{MARKS[state]} {row_name(row, desk, LONGEST_NAME)} · {desk.say(f'page_execution.state.{pace.state}')}"
    return {
        "part": "activity", "state": state, "name": said, "when": planning.when(desk, row),
        "start": min(max(start, first), last).toordinal(), "end": max(min(end, last), first).toordinal(), "began_before": start < first,
        "goes_on": end > last or bool(row["open_ended"]), **approved.below(row.id, first, last),
    }  # fmt: skip


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
