"""Where each criterion stands: now ● → target ▶ on the bar of its full score, and ◆ where the plan would bring it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pso_core.charts.drawn import drawn
from pso_core.charts.theme import APART, DONE, GOLD, INK, LINE, NAVY, QUIET, colour, themed

BAND = 58  # pixels for one criterion: its line of text above its bar
BAR = 12  # how far below the band's middle the bar lies


@drawn
def gaps_chart(frame: pd.DataFrame, dark: bool = False) -> alt.LayerChart:
    """`frame`: name, label, now, planned, target (weighted scores, absent where unknown), full; drawn in the order given."""
    frame = frame.assign(zero=0.0, line=frame["name"] + APART + frame["label"])
    order = list(frame["name"])
    y = alt.Y("name:N", sort=order, title=None, axis=None)
    x = alt.Scale(domain=[0, float(frame["full"].max())], nice=False)
    tooltip = alt.Tooltip("line:N")
    base = alt.Chart(frame).encode(y=y, tooltip=tooltip)
    known = base.transform_filter("isValid(datum.now) && isValid(datum.target)")
    layers = [
        base.mark_bar(height=12, cornerRadius=6, color=colour(LINE, dark), yOffset=BAR).encode(x=_x("full", x), x2=alt.X2("zero:Q")),
        known.mark_rule(strokeWidth=5, color=colour(QUIET, dark), yOffset=BAR).encode(x=_x("now", x), x2=alt.X2("target:Q")),
        _mark(base, "target", "triangle-right", 260, colour(GOLD, dark), x),
        _mark(base, "planned", "diamond", 210, colour(DONE, dark), x),
        _mark(base, "now", "circle", 200, colour(NAVY, dark), x),
        base.mark_text(align="left", baseline="middle", dy=-10, fontSize=16, color=colour(INK, dark)).encode(x=alt.value(0), text=alt.Text("line:N")),
    ]
    drawn = alt.layer(*layers, data=frame)
    return themed(drawn.properties(width="container", height=alt.Step(BAND)), dark)


def _x(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", scale=scale, title=None, axis=None)


def _mark(base: alt.Chart, field: str, shape: str, size: int, fill: str, scale: alt.Scale) -> alt.Chart:
    chosen = base.transform_filter(f"isValid(datum.{field})")
    return chosen.mark_point(shape=shape, size=size, filled=True, opacity=1, color=fill, yOffset=BAR).encode(x=_x(field, scale))
