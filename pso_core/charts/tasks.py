"""Step 3: a bar for each tier, made of its tasks' points, against the tier's quota."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pso_core.charts.drawn import drawn
from pso_core.charts.theme import APART, GOLD, INK, NAVY, colour, themed

BAND, BAR = 92, 44  # pixels for a tier with its label, and for its bar
GROUND = {False: "#FFFFFF", True: "#1A222B"}


@drawn
def tasks_chart(frame: pd.DataFrame, dark: bool = False) -> alt.LayerChart:
    """`frame`: tier, label, quota, code, name, points, place (the order within the tier); one row per task."""
    widest = int(max(frame["quota"].max(), frame.groupby("tier")["points"].sum().max()))
    y = alt.Y("label:N", sort=list(dict.fromkeys(frame["label"])), axis=None)
    tiers = frame.drop_duplicates("tier")
    scale = alt.Scale(domain=[0, widest], nice=False)
    ends = frame.assign(end=frame.groupby("tier")["points"].cumsum())
    ends["start"] = ends["end"] - ends["points"]
    ends["said"] = ends["name"] + APART + ends["points"].astype(str)
    task = alt.Chart(ends).encode(y=y, tooltip=alt.Tooltip("said:N"))
    bars = task.mark_bar(color=colour(NAVY, dark), stroke=GROUND[dark], strokeWidth=2, height=BAR, yOffset=14).encode(
        x=alt.X("start:Q", scale=scale, axis=None), x2=alt.X2("end:Q")
    )
    inside = task.transform_calculate(middle="(datum.start + datum.end) / 2").transform_filter(f"datum.points / {widest} * width > 34")
    codes = inside.mark_text(color=GROUND[dark], dy=5, fontSize=13).encode(x=alt.X("middle:Q"), text=alt.Text("code:N"))
    points = inside.mark_text(color=GROUND[dark], dy=23, fontSize=16, fontWeight="bold").encode(x=alt.X("middle:Q"), text=alt.Text("points:Q"))
    tier = alt.Chart(tiers).encode(y=y)
    names = tier.mark_text(align="left", baseline="bottom", dy=-14, fontSize=16, color=colour(INK, dark)).encode(x=alt.value(0), text=alt.Text("label:N"))
    quota = tier.mark_tick(color=colour(GOLD, dark), thickness=4, size=BAR + 12, yOffset=14, orient="vertical").encode(x=alt.X("quota:Q"))
    return themed(alt.layer(bars, codes, points, names, quota).properties(width="container", height=alt.Step(BAND)), dark)
