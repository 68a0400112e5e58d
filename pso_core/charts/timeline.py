"""The plan in time: a line of text over a bar for each activity, group under group, open ends drawn as arrows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import altair as alt
import pandas as pd

from pso_core.charts.drawn import drawn
from pso_core.charts.theme import GOLD, INK, LINE, NAVY, QUIET, colour, themed

BAND = 44  # pixels for one activity: its line of text above its bar
BAR = 13  # how far below the band's middle the bar lies
TICKS = 6
CALENDAR = -1  # the place of the line of months, above all activities
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between ticks


@drawn
def timeline_chart(frame: pd.DataFrame, months: Mapping[date, str], today: tuple[date, str], dark: bool = False) -> alt.LayerChart:
    """`frame`: place (0, 1, … from the top), name, when, part ("group" for the line of a group, which has no dates, else "activity"),
    start, end (milliseconds, UTC), open. `months`: the labels of the calendar by first day; `today` is drawn where it lies within."""
    first, last = milliseconds(min(months)), max(milliseconds(max(months)), float(frame["end"].max()))
    shown = {"month": months, "today": dict([today]) if first <= milliseconds(today[0]) <= last else {}}
    calendar = [{"place": CALENDAR, "part": part, "name": label, "start": milliseconds(day)} for part, days in shown.items() for day, label in days.items()]
    everything = pd.concat([frame, pd.DataFrame(calendar)]).astype({"place": int, "open": "boolean"})
    x = alt.X("start:Q", title=None, axis=None, scale=alt.Scale(domain=[first, last], zero=False, nice=False))
    y = alt.Y("place:O", axis=None, sort=[CALENDAR, *frame["place"]])
    base = alt.Chart(everything).encode(y=y)
    bars = base.transform_filter("datum.part == 'activity'").encode(tooltip=[alt.Tooltip("name:N"), alt.Tooltip("when:N")])
    groups = base.transform_filter("datum.part == 'group'")
    layers = [
        *_calendar(base, x, dark),
        bars.mark_bar(height=11, cornerRadius=3, color=colour(NAVY, dark), yOffset=BAR).encode(x=x, x2=alt.X2("end:Q")),
        bars.transform_filter("datum.open").mark_point(shape="triangle-right", size=480, filled=True, opacity=1, color=colour(NAVY, dark), yOffset=BAR).encode(x=alt.X("end:Q")),
        _text(bars, dark, dy=-8, fontSize=15),
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


def ticks(first: date, last: date) -> list[date]:
    """First days of months from the one before `first` on, evenly spread, no more than fit side by side on a phone."""
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in STEPS if length // step < TICKS), STEPS[-1])
    month, found = first.replace(day=1), []
    while month <= last:
        found.append(month)
        for _ in range(step):
            month = (month + timedelta(32)).replace(day=1)
    return found


def milliseconds(day: date) -> float:
    """Midnight of the day in UTC, as charts count time."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000
