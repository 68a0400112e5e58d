"""Step 8: what has been done: progress reports, the head's visits, the file register, data linkages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..domain.progress import is_late, latest_report, overloaded
from ..errors import Problem
from . import columns as column
from .columns import Whole
from .review import Gap, Review
from .table import Kind, Step, Table

NETWORKS = ("lan", "intranet", "internet")
HEAVY_LOAD = (2, 5)  # one person carrying over 40 % of the activities is warned of
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
    if activities and not review.state.of("progress"):
        yield Gap("no_progress", "progress")
    for activity in activities:
        report = latest_report(review.state, activity.id, review.today)
        if is_late(activity, report["percent"] if report else 0, review.today) and not (report and report["obstacle"]):
            yield Gap("late_without_reason", activity.id, {"activity": activity["name"]})
    for person_id in overloaded(review.state, HEAVY_LOAD):
        yield Gap("one_person_carries_most", "activity", {"person": person_id}, warning=True)
    if review.state.of("progress") and not _visited_lately(review):
        yield Gap("month_without_supervision", "supervision", {}, warning=True)


def _visited_lately(review: Review) -> bool:
    days = [_days_ago(review, row["visited_on"]) for row in review.state.of("supervision")]
    return any(0 <= ago <= SUPERVISION_DAYS for ago in days)


def _days_ago(review: Review, iso: str) -> int:
    return (review.today - type(review.today).fromisoformat(iso)).days


def _not_in_the_future(field: str) -> Callable[[Review, str, Mapping[str, Any]], Iterator[Problem]]:
    def against(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
        if body[field] > review.today.isoformat():
            yield Problem("date_in_future", (entity_id.split(":")[0], entity_id, field), {"date": body[field]})

    return against


PROGRESS = Kind("progress", Progress, against=_not_in_the_future("reported_on"))
SUPERVISION = Kind("supervision", Supervision, verb="supervise", against=_not_in_the_future("visited_on"))
FILE = Kind("file", File, unique=("file_code",))
LINKAGE = Kind("linkage", Linkage)
STEP = Step("execution", 8, (PROGRESS, SUPERVISION, FILE, LINKAGE), gaps)
