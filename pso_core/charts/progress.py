"""Step 8: what the plan expects by each day against what is done; both lines named at their ends, today marked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import altair as alt
import pandas as pd

from pso_core.charts.days import days_axis
from pso_core.charts.drawn import drawn
from pso_core.charts.theme import APART, GOLD, INK, NAVY, QUIET, colour, themed

HEIGHT = 300
BESIDE = 0.6  # of the width: a name needs the rest
NEAR = 15  # per cent: no room for a name between the lines
TOP = 112  # per cent: a line's name stands above its end


@drawn
def progress_chart(frame: pd.DataFrame, names: Mapping[str, str], labels: Mapping[date, str], today: date, dark: bool = False) -> alt.LayerChart:
    """`frame`: day (date), said (the day in words), expected and actual (0–100; actual missing after today).

    `names`: what stands at the ends of the lines `expected` and `actual`, and at the line `today`, which is drawn
    when it lies among the days.
    """
    first, last = frame["day"].iloc[0], frame["day"].iloc[-1]
    frame = frame.assign(day=[day.toordinal() for day in frame["day"]])
    x = days_axis(labels, first, last)
    layers = [_line(frame, "expected", x, colour(QUIET, dark), [7, 5]), _line(frame, "actual", x, colour(NAVY, dark), [1, 0])]
    layers += _ends(frame, names, x, dark)
    if first <= today <= last:
        layers += _today(today, names["today"], x, today > first + (last - first) / 2, dark)
    return themed(alt.layer(*layers).properties(width="container", height=HEIGHT), dark)


def _line(frame: pd.DataFrame, field: str, x: alt.X, ink: str, dash: list[int]) -> alt.Chart:
    known = frame.dropna(subset=[field])
    known = known.assign(said=[f"{said}{APART}{round(percent, 2):g}%" for said, percent in zip(known["said"], known[field], strict=True)])
    line = alt.Chart(known).mark_line(color=ink, strokeWidth=4, strokeDash=dash)
    return line.encode(x=x, y=_percent(field), tooltip=alt.Tooltip("said:N"))


def _ends(frame: pd.DataFrame, names: Mapping[str, str], x: alt.X, dark: bool) -> list[alt.Chart]:
    """Each line's name at its last point: beside it where the picture goes on, else above it; below where that is near under the other."""
    ends = {field: frame.dropna(subset=[field]).tail(1).assign(name=names[field]) for field in ("expected", "actual")}
    drawn = []
    for field, ink in (("expected", QUIET), ("actual", NAVY)):
        point = alt.Chart(ends[field]).encode(x=x, y=_percent(field))
        drawn.append(point.mark_circle(size=90, opacity=1, color=colour(ink, dark)))
        text = point.mark_text(**_place(frame, ends, field), fontSize=16, fontWeight="bold", color=colour(ink, dark))
        drawn.append(text.encode(text=alt.Text("name:N")))
    return drawn


def _place(frame: pd.DataFrame, ends: Mapping[str, pd.DataFrame], field: str) -> dict[str, object]:
    end, first, last = ends[field], frame["day"].iloc[0], frame["day"].iloc[-1]
    if len(end) and end["day"].iloc[0] <= first + (last - first) * BESIDE:
        return {"align": "left", "dx": 12, "dy": 14}
    under = ends["expected"]["expected"].iloc[0] - end["actual"].iloc[0] if field == "actual" and len(end) else None
    above = under is None or not 0 <= under < NEAR
    return {"align": "right", "dy": -14 if above else 20}


def _today(today: date, name: str, x: alt.X, late: bool, dark: bool) -> list[alt.Chart]:
    """Named at the top beside its line; where that is `late`, before it and at the bottom, as the other lines' names stand above."""
    one = alt.Chart(pd.DataFrame([{"day": today.toordinal(), "name": name}])).encode(x=x)
    rule = one.mark_rule(color=colour(GOLD, dark), strokeWidth=2)
    place = {"align": "right", "baseline": "bottom", "dx": -6, "dy": -4} if late else {"align": "left", "baseline": "top", "dx": 6}
    text = one.mark_text(**place, fontSize=14, color=colour(INK, dark)).encode(y=alt.datum(0) if late else alt.value(2), text=alt.Text("name:N"))
    return [rule, text]


def _percent(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", title=None, scale=alt.Scale(domain=[0, TOP], nice=False), axis=alt.Axis(values=[0, 25, 50, 75, 100]))
