"""The plan in time: a line of text over a bar for each activity, group under group, open ends drawn as arrows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from pso_core.charts.drawn import drawn
from pso_core.charts.theme import APART, GOLD, INK, LINE, NAVY, QUIET, colour, themed

BAND = 50  # pixels for one activity: its line of text above its bar
BAR = 10  # how far below the band's middle the bar lies
CALENDAR = -1  # the place of the line of months, above all activities


@drawn
def timeline_chart(frame: pd.DataFrame, labels: Mapping[date, str], today: tuple[date, str], dark: bool = False) -> alt.LayerChart:
    """`frame`: place (0, 1, … from the top), name, when, part ("group" for the line of a group, which has no days, else "activity"),
    start and end (ordinal numbers of days), open. `labels` are said of their days; `today` is drawn where it lies within the plan."""
    first, last = int(frame["start"].min()), int(frame["end"].max())
    shown = {"month": labels, "today": dict([today]) if first <= today[0].toordinal() <= last else {}}
    calendar = [{"place": CALENDAR, "part": part, "name": said, "start": day.toordinal()} for part, days in shown.items() for day, said in days.items()]
    everything = pd.concat([frame, pd.DataFrame(calendar)]).astype({"place": int, "open": "boolean"})
    everything["said"] = everything["name"] + APART + everything["when"]
    x = alt.X("start:Q", title=None, axis=None, scale=alt.Scale(domain=[first, last], zero=False, nice=False))
    y = alt.Y("place:O", axis=None, sort=[CALENDAR, *frame["place"]])
    base = alt.Chart(everything).encode(y=y)
    bars = base.transform_filter("datum.part == 'activity'").encode(tooltip=alt.Tooltip("said:N"))
    groups = base.transform_filter("datum.part == 'group'")
    layers = [
        *_calendar(base, x, dark),
        bars.mark_bar(height=11, cornerRadius=3, color=colour(NAVY, dark), yOffset=BAR).encode(x=x, x2=alt.X2("end:Q")),
        bars.transform_filter("datum.open").mark_point(shape="triangle-right", size=480, filled=True, opacity=1, color=colour(NAVY, dark), yOffset=BAR).encode(x=alt.X("end:Q")),
        _text(bars, dark, dy=-9, fontSize=15),
        _text(groups, dark, dy=6, fontSize=16, fontWeight="bold"),
    ]
    return themed(alt.layer(*layers, data=everything).properties(width="container", height=alt.Step(BAND)), dark)


def _text(rows: alt.Chart, dark: bool, **how: Any) -> alt.Chart:
    """The name at the left edge, over its bar, cut at the right edge."""
    marked = rows.mark_text(align="left", baseline="middle", color=colour(INK, dark), limit=alt.ExprRef("width"), **how)
    return marked.encode(x=alt.value(0), text=alt.Text("name:N"))


def _calendar(base: alt.Chart, x: alt.X, dark: bool) -> tuple[alt.Chart, alt.Chart]:
    """A line through the whole height for each month, and for today, with its label at the top: today's below the months'."""
    is_today = "datum.part == 'today'"
    days = "datum.part == 'month' || " + is_today
    line, ink = (alt.condition(is_today, alt.value(colour(GOLD, dark)), alt.value(colour(other, dark))) for other in (LINE, QUIET))
    rules = alt.Chart(base.data).transform_filter(days).mark_rule(strokeWidth=1.5).encode(x=x, color=line)
    labels = base.transform_filter(days).mark_text(align="left", dx=5, dy=alt.ExprRef(is_today + " ? 10 : -10"), fontSize=14)
    return rules, labels.encode(x=x, color=ink, text=alt.Text("name:N"))
