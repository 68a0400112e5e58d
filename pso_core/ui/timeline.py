"""The plan in time on its page: who is at work when, and which month is the fullest."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.charts.days import ticks
from pso_core.charts.forms import LONGEST_NAME
from pso_core.charts.timeline import timeline_chart
from pso_core.domain.timeline import Span, busiest_month, spans
from pso_core.text.thaidate import say_date
from pso_core.ui import planning, show
from pso_core.ui.desk import Desk
from pso_core.ui.naming import row_name

TICKS = 4  # as many as a phone has room for


def timeline(desk: Desk, by: str) -> None:
    """The activities that have dates, group under group; how many have none."""
    rows = desk.state.of("activity")
    drawn = {span.activity.id: span for span in spans(rows)}
    if drawn:
        _picture(desk, drawn, by)
    if len(drawn) < len(rows):
        show.quiet(desk.say("page_plan.undrawn", count=len(rows) - len(drawn)))


def _picture(desk: Desk, drawn: dict[str, Span], by: str) -> None:
    lines = list(_lines(desk, drawn, by))
    month, count = busiest_month(drawn.values())
    finding = desk.say("page_plan.timeline", month=say_date(month, desk.say, "month"), count=count)
    first, last = min(span.start for span in drawn.values()), max(span.end for span in drawn.values())
    labels = {day: say_date(day, desk.say, "tick") for day in ticks(first, last, TICKS)}
    chart = timeline_chart(lines, labels, (desk.today, desk.say("page_plan.today")), show.is_dark())
    head = [desk.say("page_plan.column_activity"), desk.say("fields.activity.owner.label"), desk.say("page_plan.column_when")]
    table = [[line["name"], line.get("owner", ""), line.get("when", "")] for line in lines]
    marks = desk.say("page_plan.marks") if any(span.open for span in drawn.values()) else ""
    show.picture(desk, finding, chart, head, table, key="timeline", marks=marks)


def _lines(desk: Desk, drawn: dict[str, Span], by: str) -> Iterator[dict]:
    """A line for each group that has something to draw, then one for each of its activities, the earliest first."""
    for name, members in planning.grouped(desk, desk.state.of("activity"), by):
        placed = sorted((drawn[row.id] for row in members if row.id in drawn), key=lambda span: (span.start, span.end))
        if placed:
            yield {"part": "group", "name": name}
        for span in placed:
            owner = span.activity["owner"]
            yield {
                "part": "activity", "name": row_name(span.activity, desk, LONGEST_NAME), "when": planning.when(desk, span.activity),
                "owner": desk.person_name(owner) if owner else desk.say("page_plan.no_owner"),
                "start": span.start.toordinal(), "end": span.end.toordinal(), "open": span.open,
            }  # fmt: skip
