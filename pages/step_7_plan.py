"""Step 7: the upgrade plan: what to lift first, the activities, the total they lead to, and the plan in time."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pso_core.charts.timeline import milliseconds, ticks, timeline_chart
from pso_core.domain.projection import after_plan
from pso_core.domain.timeline import busiest_month, spans
from pso_core.text.thaidate import say_date
from pso_core.ui import drawer, planning, results, show
from pso_core.ui.desk import Desk
from pso_core.ui.frame import step_page
from pso_core.ui.naming import row_name
from pso_core.ui.navigation import step_file


def towards_the_target(desk: Desk) -> None:
    """What the plan does about the gaps; before there are scores, where to get them."""
    score, round_ = desk.review.score, desk.review.current_round
    if score is None or not score.started or score.total is None:
        show.quiet(desk.say("page_plan.no_score"))
        st.page_link(step_file("assessment"), label=desk.say("page_plan.to_assessment"))
        return
    planned = after_plan(desk.state, score, round_.id)
    planning.totals(desk, score, planned)
    planning.first_things(desk, score, round_.id)
    results.gaps(desk, score, planned)


def activities(desk: Desk) -> None:
    show.heading(desk.say("page_plan.activities"))
    rows = desk.state.of("activity")
    drawer.add_button(desk, "activity", {"position": planning.next_position(desk)})
    if not rows:
        return
    by = planning.grouping(desk)
    planning.activities(desk, by)
    timeline(desk, by)


def timeline(desk: Desk, by: str) -> None:
    """The activities that have dates, group under group; how many have none."""
    rows = desk.state.of("activity")
    drawn = {span.activity.id: span for span in spans(rows)}
    if not drawn:
        return
    lines = []
    for name, members in planning.grouped(desk, rows, by):
        placed = sorted((drawn[row.id] for row in members if row.id in drawn), key=lambda span: span.start)
        if placed:
            lines.append({"name": name, "part": "group"})
        lines += [{"name": row_name(s.activity, desk), "when": planning.when(desk, s.activity), "start": milliseconds(s.start), "end": milliseconds(s.end), "open": s.open, "part": "activity", "owner": desk.person_name(s.activity["owner"]) if s.activity["owner"] else desk.say("page_plan.no_owner")} for s in placed]
    frame = pd.DataFrame(lines).reset_index(names="place")
    month, count = busiest_month(drawn.values())
    finding = desk.say("page_plan.timeline", month=say_date(month, desk.say, "month"), count=count)
    labels = {day: say_date(day, desk.say, "tick") for day in ticks(min(s.start for s in drawn.values()), max(s.end for s in drawn.values()))}
    head = [desk.say("page_plan.column_activity"), desk.say("fields.activity.owner.label"), desk.say("page_plan.column_when")]
    table = [[line["name"], line.get("owner", ""), line.get("when", "")] for line in lines]
    chart = timeline_chart(frame, labels, (desk.today, desk.say("page_plan.today")), show.is_dark())
    show.picture(desk, finding, chart, head, table, key="timeline", marks=desk.say("page_plan.marks") if any(s.open for s in drawn.values()) else "")
    if len(drawn) < len(rows):
        show.quiet(desk.say("page_plan.undrawn", count=len(rows) - len(drawn)))


with step_page("plan", layouts={"activity": planning.layout}) as desk:
    towards_the_target(desk)
    activities(desk)
