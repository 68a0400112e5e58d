"""Step 8: how far each activity is, the head's visits, the file register and the data linkages."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Finding, Heading, Line, Remark, Table
from pso_core.documents.case import Case
from pso_core.documents.records import cells, figure, grid, kind_title, nothing_yet, step_heading, table
from pso_core.domain.progress import expected_percent, is_late, percent_on, reports_by_activity
from pso_core.domain.rows import Row
from pso_core.domain.scoring import coverage_of_tasks
from pso_core.steps.naming import field_label, row_name
from pso_core.text.thaidate import say_date

REPORT = {"reported_on": 2, "percent": 1.9, "done": 4.3, "person": 2.4, "evidence": 2.7, "obstacle": 2.7}
VISIT = {"visited_on": 2.3, "person": 3, "found": 5.7, "instructed": 5}
FILE = {"category": 2.3, "file_code": 1.6, "media_code": 1.7, "work_code": 1.5, "title": 3, "place": 2.1, "dated": 1.9, "task": 1.9}
LINKAGE = {"network": 3, "partner": 3.2, "purpose": 4.3, "since": 2.1, "activity": 3.4}


def progress(case: Case) -> Iterator[Block]:
    yield step_heading(case, "execution")
    yield from _standing(case)
    yield Heading(kind_title(case, "progress"), 3)
    yield _reports(case)
    for kind, widths in (("supervision", VISIT), ("file", FILE), ("linkage", LINKAGE)):
        yield Heading(kind_title(case, kind), 3)
        yield from _covered(case) if kind == "file" else ()
        yield table(case, kind, _in_order(case, kind), widths)


def _standing(case: Case) -> Iterator[Block]:
    """Each activity today: done, what should be done, and whether it is late."""
    activities, today = case.state.of("activity"), case.review.today
    if not activities:
        yield nothing_yet(case, "activity")
        return
    reports = reports_by_activity(case.state.of("progress"))
    percents = {a.id: percent_on(reports.get(a.id, ()), today) for a in activities}
    late = [a for a in activities if is_late(a, percents[a.id], today)]
    done = sum(1 for percent in percents.values() if percent >= 100)
    facts = {"day": say_date(today, case.say, "long"), "count": len(activities), "done": done, "late": len(late)}
    yield Finding(case.say("documents.progress.found", **facts))
    head = tuple(case.say(f"documents.progress.columns.{word}") for word in ("activity", "due", "percent", "expected", "state"))
    yield Table(head, tuple(_line(case, a, percents[a.id]) for a in activities), (6.4, 2.6, 2.2, 2.2, 2.6), frozenset({2, 3}))


def _line(case: Case, activity: Row, percent: object) -> tuple[str, ...]:
    state = "done" if percent >= 100 else "late" if is_late(activity, percent, case.review.today) else "going" if percent else "not_begun"
    due = field_label(case, "activity", "open_ended") if activity["open_ended"] else say_date(activity["due"], case.say)
    expected = figure(case, expected_percent(activity, case.review.today))
    return (row_name(activity, case), due, figure(case, percent), expected, case.say(f"documents.progress.{state}"))


def _reports(case: Case) -> Table | Remark:
    """Every report under its activity, oldest first."""
    lines: list[Line] = []
    for activity in case.state.of("activity"):
        found = sorted(case.state.where("progress", activity=activity.id), key=lambda row: (row["reported_on"], row.seq))
        lines += [row_name(activity, case), *(cells(case, row, REPORT) for row in found)] if found else []
    return grid(case, "progress", lines, REPORT) if lines else nothing_yet(case, "progress")


def _in_order(case: Case, kind: str) -> list[Row]:
    day = {"supervision": "visited_on", "file": "file_code", "linkage": "since"}[kind]
    return sorted(case.state.of(kind), key=lambda row: row[day] or "")


def _covered(case: Case) -> Iterator[Block]:
    coverage = coverage_of_tasks(case.state)
    if case.state.of("file") and coverage.points:
        facts = {"covered": figure(case, coverage.covered), "points": figure(case, coverage.points)}
        yield Finding(case.say("documents.progress.covered", **facts))
