"""What the picture of the schedule draws: a bar for each phase, for the activities of the plan, for each milestone."""

from __future__ import annotations

from collections.abc import Iterable
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
    """`table`: what stands in the picture besides the phases, as rows of the table; `undated`: names of activities that have no day to be drawn at."""

    bars: tuple[Bar, ...]
    calendar: Calendar
    table: tuple[list[object], ...]
    undated: tuple[str, ...]


def drawn(desk: Desk, found: Outlook, everything: bool) -> Drawn:
    """`everything`: all activities of the plan, else those that are late or due within two weeks."""
    shown = [pace for pace in reports.paces(desk) if everything or _soon(pace)]
    dated, undated = ([pace for pace in shown if bool(_last(pace.activity)) is has_days] for has_days in (True, False))
    calendar, milestones = _calendar(desk, found, [pace.activity for pace in dated]), desk.state.of("milestone")
    approved = _approved(desk)
    bars = {pace.activity.id: _activity(desk, pace, approved, calendar) for pace in dated}
    points = [_milestone(desk, row) for row in milestones]
    under = next((step for step in UNDER if found.of(step)), None)
    if len(found.lines) + len(bars) + len(points) > LONG:  # then the list is scrolled, and the phases are to be seen together
        heading: Bar = {"part": "group", "name": desk.say("page_schedule.activities")}
        placed = [*(_phase(desk, line, approved) for line in found.lines), *points, heading, *bars.values()]
    else:
        placed = [bar for line in found.lines for bar in (_phase(desk, line, approved), *(bars.values() if line.step == under else ()))] + points
    table = [_row(desk, pace) for pace in dated] + [_milestone_row(desk, row) for row in milestones]
    return Drawn(tuple(placed), calendar, tuple(table), tuple(row_name(pace.activity, desk) for pace in undated))


def _soon(pace: Pace) -> bool:
    return pace.state == "late" or (pace.state != "done" and pace.days is not None and pace.days <= SOON)


def _last(activity: Row) -> date | None:
    """The last day known of it; None where there is none at all."""
    return due_of(activity) or day_of(activity["start"])


def _calendar(desk: Desk, found: Outlook, activities: Iterable[Row]) -> Calendar:
    """From the first day to the last that anything of the schedule has, and after that today while something is left to do, and the ends of activities."""
    days = [day for line in found.lines for day in line.lay]
    days += [day_of(row["day"]) for row in desk.state.of("milestone")]
    days += [day for row in _approved(desk).values() for day in (day_of(row["start"]), day_of(row["due"])) if day and row.kind == "phase"]
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


def _activity(desk: Desk, pace: Pace, approved: dict[str, Row], calendar: Calendar) -> Bar:
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
