"""Meetings of the team in a workshop room, and what each of them decided."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.steps import columns as column
from pso_core.steps.columns import LINE, PARAGRAPHS, STEP_KEYS, Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table

METHODS = ("score", "swing", "points", "rank", "tier", "support", "dots", "phrases", "stance", "best_worst")
MOST_PEOPLE = 1_000
WRITTEN_BY = frozenset({"hold_meeting", "decide_together"})


class Meeting(Table):
    title: str = column.text(required=True)
    place: str = column.text()
    step: str = column.choice(STEP_KEYS, required=True)
    held_on: str = column.day(required=True)
    began_at: str = column.moment(required=True)
    ended_at: str = column.moment()
    led_by: str = column.person(required=True)
    expected: Whole = column.whole(ge=0, le=MOST_PEOPLE)
    attended: Whole = column.whole(ge=0, le=MOST_PEOPLE)
    quorum: Whole = column.whole(ge=0, le=MOST_PEOPLE)
    attendance: str = column.text(limit=60_000)
    absent: str = column.text(limit=60_000, inside=True)  # told in the minutes


class Resolution(Table):
    meeting: str = column.reference("meeting", required=True, owned=True)
    number: Whole = column.whole(ge=1, required=True)
    title: str = column.text(required=True)
    method: str = column.choice(METHODS, required=True)
    decided: str = column.text(limit=PARAGRAPHS, required=True)
    proposed: str = column.text(limit=PARAGRAPHS)
    answered: Whole = column.whole(ge=0, le=MOST_PEOPLE)
    present: Whole = column.whole(ge=0, le=MOST_PEOPLE)
    rounds: Whole = column.whole(ge=1)
    spread: str = column.text(limit=PARAGRAPHS)
    rationale: str = column.text(limit=PARAGRAPHS)
    dissent: str = column.text(limit=PARAGRAPHS)
    reopened_because: str = column.text(limit=LINE)
    decided_by: str = column.person(required=True)
    decided_at: str = column.moment(required=True)


def gaps(review: Review) -> Iterator[Gap]:
    """A meeting that came to no decision is worth a look, once it is over: it may have been left in the middle."""
    decided, today = {row["meeting"] for row in review.state.of("resolution")}, review.today.isoformat()
    for meeting in review.state.of("meeting"):
        if meeting.id not in decided and (meeting["ended_at"] or meeting["held_on"] < today):
            yield Gap("meeting_without_decision", meeting.id, {"title": meeting["title"], "date": meeting["held_on"]}, warning=True)


MEETING = Kind("meeting", Meeting, actions=WRITTEN_BY)
RESOLUTION = Kind("resolution", Resolution, actions=frozenset({"decide_together"}))
STEP = Step("meetings", 0, (MEETING, RESOLUTION), gaps)
