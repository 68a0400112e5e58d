"""Step 4: the nine weights, heaviest first, under a heading for each group."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pso_core.charts.drawn import drawn
from pso_core.charts.theme import INK, NAVY, ROW, colour, themed


@drawn
def weights_chart(frame: pd.DataFrame, dark: bool = False) -> alt.LayerChart:
    """`frame`: name, weight (0–100; missing for a group's heading), heading (bool); drawn in the order given."""
    order, headings = list(frame["name"]), list(frame.loc[frame["heading"], "name"])
    bold = alt.condition(alt.FieldOneOfPredicate(field="value", oneOf=headings), alt.value("bold"), alt.value("normal"))
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelFontWeight=bold))
    most = frame["weight"].max() or 0
    x = alt.X("weight:Q", title=None, axis=None, scale=alt.Scale(domain=[0, max(10, int(most)) * 1.1]))
    base = alt.Chart(frame[["name", "weight"]]).encode(y=y, x=x)
    bars = base.mark_bar(color=colour(NAVY, dark), height=20)
    labels = base.mark_text(align="left", dx=6, color=colour(INK, dark)).encode(text=alt.Text("weight:Q"))
    return themed(alt.layer(bars, labels).properties(height=alt.Step(ROW)), dark)
