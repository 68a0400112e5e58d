"""Step 8: what has been done: progress reports, the head's visits, the file register, data linkages."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.domain.progress import is_late, reports_by_activity, workload
from pso_core.domain.projection import unfinished
from pso_core.domain.rows import Row
from pso_core.steps import columns as column
from pso_core.steps.columns import Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.rules import not_in_the_future
from pso_core.steps.table import Kind, Step, Table

NETWORKS = ("lan", "intranet", "internet")
SUPERVISION_DAYS = 31  # a month without a visit by the head is warned of


class Progress(Table):
    activity: str = column.reference("activity", required=True, owned=True)
    reported_on: str = column.day(required=True)
    percent: Whole = column.whole(ge=0, le=100, required=True)
    done: str = column.text(limit=2_000)
    person: str = column.person()
    evidence: str = column.text(limit=1_000)
    obstacle: str = column.text(limit=1_000)


class Supervision(Table):
    visited_on: str = column.day(required=True)
    person: str = column.person()
    found: str = column.text(limit=2_000, required=True)
    instructed: str = column.text(limit=2_000)


class File(Table):
    category: str = column.text(limit=100)
    file_code: str = column.text(limit=40, required=True)
    media_code: str = column.text(limit=40)
    work_code: str = column.text(limit=40)
    title: str = column.text(required=True)
    place: str = column.text()
    dated: str = column.day()
    task: str = column.reference("task")


class Linkage(Table):
    network: str = column.choice(NETWORKS, required=True)
    partner: str = column.text(required=True)
    purpose: str = column.text(limit=1_000)
    since: str = column.day()
    activity: str = column.reference("activity")


def gaps(review: Review) -> Iterator[Gap]:
    activities = review.state.of("activity")
    if not activities:
        yield Gap("no_activity", "activity")
    elif not review.state.of("progress"):
        yield Gap("no_progress", "progress")
    reports = reports_by_activity(review.state.of("progress"))
    for activity in activities:
        last = reports.get(activity.id, (None,))[-1]
        if is_late(activity, last["percent"] if last else 0, review.today) and not (last and last["obstacle"]):
            yield Gap("late_without_reason", place_of_report(activity), {"activity": activity["name"]})
    for load in workload(unfinished(review.state, review.today)):
        if load.heavy:
            yield Gap("one_person_carries_most", "activity", {"person": load.owner, "count": load.activities}, warning=True)
    if review.state.of("progress") and not _visited_lately(review):
        yield Gap("month_without_supervision", "supervision", {}, warning=True)


def place_of_report(activity: Row) -> str:
    """Where this activity's next report is written."""
    return f"progress:{activity.id}"


def _visited_lately(review: Review) -> bool:
    days = [_days_ago(review, row["visited_on"]) for row in review.state.of("supervision")]
    return any(0 <= ago <= SUPERVISION_DAYS for ago in days)


def _days_ago(review: Review, iso: str) -> int:
    return (review.today - type(review.today).fromisoformat(iso)).days


PROGRESS = Kind("progress", Progress, holds=not_in_the_future("reported_on"))
SUPERVISION = Kind("supervision", Supervision, verb="supervise", holds=not_in_the_future("visited_on"))
FILE = Kind("file", File, unique=("file_code",))
LINKAGE = Kind("linkage", Linkage)
STEP = Step("execution", 8, (PROGRESS, SUPERVISION, FILE, LINKAGE), gaps)
