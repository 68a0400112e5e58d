"""Step 4: the nine weights, heaviest first, grouped by importance or by subject."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pso_core.charts.theme import INK, NAVY, ROW, colour, themed


def weights_chart(frame: pd.DataFrame, dark: bool = False) -> alt.LayerChart:
    """`frame`: name, weight (0–100), group, label; one row per criterion, drawn in the order given, a band per group."""
    order = list(frame["name"])
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False))
    x = alt.X("weight:Q", title=None, scale=alt.Scale(domain=[0, max(25, int(frame["weight"].max() or 0) + 3)]), axis=None)
    base = alt.Chart(frame).encode(y=y, x=x, tooltip=[alt.Tooltip("name:N"), alt.Tooltip("weight:Q")])
    bars = base.mark_bar(color=colour(NAVY, dark), height=20)
    labels = base.mark_text(align="left", dx=6, color=colour(INK, dark)).encode(text=alt.Text("label:N"))
    rows = alt.Row("group:N", sort=list(dict.fromkeys(frame["group"])), title=None, header=alt.Header(labelAngle=0, labelAlign="left", labelFontSize=15, labelOrient="top", labelColor=colour(INK, dark), labelFontWeight="bold"))
    layered = alt.layer(bars, labels, data=frame).properties(width="container", height=alt.Step(ROW))
    return themed(layered.facet(row=rows, spacing=8).resolve_scale(y="independent"), dark)
