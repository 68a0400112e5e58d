"""What the picture of a schedule of nine phases and two hundred activities costs the server when it is drawn for the first time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pso_core import standards
from pso_core.actions.holidays import workdays
from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import approve_schedule, draft_schedule, move_phase
from pso_core.actions.schedule_reading import actuals, outlook
from pso_core.charts.gantt import gantt_chart
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui import approved_plans, schedule_bars
from pso_core.ui.desk import Desk
from tests.bench.measured import Measured, ratio
from tests.building import PEOPLE, an_empty_project, an_office, person

ACTIVITIES = 200
AIM = 100  # milliseconds
TIMES = 15


def measure(folder: Path) -> Iterator[Measured]:
    """From the project's state to the specification, nothing of it remembered; and how that grows with the activities."""
    with an_office(folder / "nine.duckdb") as office:
        taken = {count: _taken(_desk(office, count)) for count in (0, ACTIVITIES)}
    how = f"median of {TIMES}, shortest {min(taken[ACTIVITIES]):.0f} ms, longest {max(taken[ACTIVITIES]):.0f} ms"
    yield Measured(f"schedule of 9 phases + {ACTIVITIES} activities drawn, CPU", statistics.median(taken[ACTIVITIES]), "ms", AIM, how)
    yield ratio("the same ÷ 9 phases alone", taken[ACTIVITIES], taken[0], unit="ms")


def _desk(office: Office, activities: int) -> Desk:
    """A desk at a project whose schedule and activities are approved twice, every one with other days."""
    facilitator, project = person("facilitator"), an_empty_project(office)
    draft_schedule(office, facilitator, project, {"direction": "from_start", "start": (office.today() - timedelta(90)).isoformat()}, _seq(office, project))
    edits = [Edit("activity", None, _activity(office, number)) for number in range(activities)]
    if edits:
        save_rows(office, facilitator, project, edits, _seq(office, project))
    approve_schedule(office, person("head"), project, _seq(office, project))
    move_phase(office, facilitator, project, "vision", {"days": 20}, _seq(office, project), "รอข้อมูล")
    later = [Edit("activity", row.id, {"due": _later(row["due"])}) for row in office.store.state(project).of("activity")]
    if later:
        save_rows(office, facilitator, project, later, _seq(office, project), "รอข้อมูล")
    approve_schedule(office, person("head"), project, _seq(office, project))
    return Desk(office, facilitator, phrases(LANGUAGES[0]), office.store.state(project), standards.load(), tuple(PEOPLE.values()), office.today())


def _later(due: str) -> str:
    return (date.fromisoformat(due) + timedelta(20)).isoformat()


def _seq(office: Office, project: str) -> int:
    return office.store.state(project).seq


def _activity(office: Office, number: int) -> dict[str, object]:
    start = office.today() + timedelta(number * 41 % 300 - 60)
    return {"name": f"กิจกรรมที่ {number}", "start": start.isoformat(), "due": (start + timedelta(45)).isoformat(), "owner": "p-member", "position": number}


def _taken(desk: Desk) -> list[float]:
    """CPU milliseconds of this thread; each time another picture, as if somebody had saved in between."""
    taken = []
    for number in range(TIMES):
        began = time.thread_time()
        found = outlook(desk.state, workdays(desk.office), actuals(desk.office, desk.project_id, desk.state), desk.today)
        drawn = schedule_bars.drawn(desk, found, approved_plans.approved(desk), everything=True)
        gantt_chart((*drawn.bars[:-1], {**drawn.bars[-1], "name": str(number)}), drawn.calendar)
        taken.append((time.thread_time() - began) * 1000)
    return taken
