"""One look for every chart: the page's font, few colours, large labels, zero on the axis."""

from __future__ import annotations

import altair as alt

FONT = "Sarabun, sans-serif"
NAVY, GOLD, DONE, LATE, QUIET, INK, LINE = "#1B3A5C", "#A9740A", "#0B6E4F", "#9C1C28", "#595959", "#1F2933", "#D5DAE1"
LEVELS = ("#A63603", "#E6A65D", "#6BAED6", "#08519C")
DARK = {NAVY: "#A9C9EC", GOLD: "#E9B949", DONE: "#6FD3AE", LATE: "#FF9AA2", QUIET: "#B8C0CA", INK: "#E8EDF2", LINE: "#3A4654"}
APART = "\u2003"  # between two facts on one line
ROW = 34  # pixels for one bar with its label: stacked Thai vowels need the room


def colour(name: str, dark: bool) -> str:
    """The colour for this ground."""
    return DARK.get(name, name) if dark else name


def themed(chart: alt.Chart | alt.LayerChart, dark: bool = False) -> alt.Chart | alt.LayerChart:
    """The chart with the program's fonts and quiet axes; no background, so that it sits on either ground.

    Marks and axes without `aria`: the picture is said as one thing, its finding; the table beside it has the numbers.
    Under the pointer stands what a chart itself asks for: Streamlit would show the names of our columns.
    """
    ink, quiet, line = colour(INK, dark), colour(QUIET, dark), colour(LINE, dark)
    return chart.configure(
        mark=alt.MarkConfig(aria=False, tooltip=None), font=FONT, background="transparent", padding={"left": 12, "top": 10, "right": 12, "bottom": 8},
        axis=alt.AxisConfig(aria=False, labelFontSize=15, titleFontSize=14, labelColor=ink, titleColor=quiet, gridColor=line, domainColor=line, tickColor=line, labelLimit=260),
        legend=alt.LegendConfig(labelFontSize=15, titleFontSize=14, labelColor=ink, titleColor=quiet, orient="top"),
        view=alt.ViewConfig(stroke=None), text=alt.MarkConfig(font=FONT, fontSize=15, color=ink),
    )  # fmt: skip
