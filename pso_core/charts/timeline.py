"""The plan in time: a text over a bar for each activity, group under group, open ends drawn as arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from pso_core.charts.drawn import drawn
from pso_core.charts.forms import BOLD, IN_LINES, LINE_HEIGHT, PHONE, SHOWN, WIDE, Placed, in_both, lines, width_of, y_of
from pso_core.charts.theme import APART, GOLD, INK, LINE, NAVY, QUIET, colour, themed

BAND, TEXT, BAR = 50, 16, 35  # pixels: an activity or a group with one line of text; from its top to the middle of the first line, and of the bar
MONTHS, TODAY, HEAD = 15, 35, 50  # pixels from the top of the picture
DX, LABEL = 5, 14  # pixels: from a line of the calendar to its label, and of the letters
SIZES = {"activity": 15, "group": 16}  # pixels of the letters
PLACES = ("lines", "text", "middle")  # what stands elsewhere on a phone

Bar = Mapping[str, Any]


@drawn
def timeline_chart(bars: Sequence[Bar], labels: Mapping[date, str], today: tuple[date, str], dark: bool = False) -> dict[str, Any]:
    """`bars` from the top: name, when, part ("group" for the name of a group, which has no days, else "activity"), start and
    end (ordinal numbers of days), open. `labels` are said of their days; `today` is drawn where it lies within the plan."""
    first, last = min(bar["start"] for bar in bars if "start" in bar), max(bar["end"] for bar in bars if "end" in bar)
    shown = {"month": labels, "today": dict([today]) if first <= today[0].toordinal() <= last else {}}
    calendar = [
        {"part": part, "name": said, "start": day.toordinal(), "text": MONTHS if part == "month" else TODAY} for part, days in shown.items() for day, said in days.items()
    ]
    x = alt.X("start:Q", title=None, axis=None, scale=alt.Scale(domain=[first, last], range=[0, _end(labels, first, last)], zero=False, nice=False))
    activities = alt.Chart().transform_filter("datum.part == 'activity'").encode(tooltip=alt.Tooltip("said:N"), y=y_of("middle"))
    open_ends = activities.transform_filter("datum.open").mark_point(shape="triangle-right", size=480, filled=True, opacity=1, color=colour(NAVY, dark))
    layers = [
        *_calendar(x, today[0].toordinal() > (first + last) / 2, dark),
        activities.mark_bar(height=11, cornerRadius=3, color=colour(NAVY, dark)).encode(x=x, x2=alt.X2("end:Q")),
        open_ends.encode(x=alt.X("end:Q")),
        *(_texts(part, dark) for part in SIZES),
    ]
    wide, narrow = (_placed(bars, calendar, room) for room in (WIDE, PHONE))
    return in_both(themed(alt.layer(*layers), dark).to_dict(validate=False), wide, narrow, PLACES)


def _end(labels: Mapping[date, str], first: int, last: int) -> alt.ExprRef:
    """How far the days go to the right: the last month's label has room beside its line."""
    day, said = max(labels.items())
    need, along = width_of(said, LABEL) + 2 * DX, (day.toordinal() - first) / max(1, last - first)
    return alt.ExprRef(f"min(width, (width - {need:.0f}) / {max(along, 0.01):.3f})")


def _placed(bars: Sequence[Bar], calendar: Sequence[Bar], room: int) -> Placed:
    """Each bar with its places in pixels from the top, after what stands in the calendar."""
    rows, at = [*calendar], HEAD
    for bar in bars:
        said = tuple(lines(bar["name"], room, SIZES[bar["part"]] * (BOLD if bar["part"] == "group" else 1)))
        below = (len(said) - 1) * LINE_HEIGHT
        top = TEXT if bar["part"] == "activity" else BAR - 4  # a group stands near what is below it
        whole = APART.join(filter(None, (bar["name"], bar.get("when"))))
        rows.append({**bar, "said": whole, "lines": "\n".join(said), "text": at + top, "middle": at + below + BAR})
        at += BAND + below
    return rows, at


def _texts(part: str, dark: bool) -> alt.Chart:
    """The name from the left edge over its bar, in its lines."""
    how = {**IN_LINES, "fontSize": SIZES[part], "fontWeight": "bold" if part == "group" else "normal", "color": colour(INK, dark)}
    rows = alt.Chart().transform_filter(f"datum.part == '{part}'")
    return rows.mark_text(**how).encode(x=alt.value(0), y=y_of("text"), text=alt.Text(f"{SHOWN}lines:N"))


def _calendar(x: alt.X, late: bool, dark: bool) -> tuple[alt.Chart, alt.Chart]:
    """A line through the whole height for each month, and for today, with its label at the top: today's below the months', before its line when that is `late`."""
    is_today = "datum.part == 'today'"
    days = alt.Chart().transform_filter(f"datum.part == 'month' || {is_today}")
    line, ink = (alt.condition(is_today, alt.value(colour(GOLD, dark)), alt.value(colour(other, dark))) for other in (LINE, QUIET))
    before = f"{is_today} && {str(late).lower()}"
    side = {"align": alt.ExprRef(f"{before} ? 'right' : 'left'"), "dx": alt.ExprRef(f"{before} ? {-DX} : {DX}")}
    labels = days.mark_text(**side, baseline="middle", fontSize=LABEL).encode(x=x, y=y_of("text"), color=ink, text=alt.Text("name:N"))
    return days.mark_rule(strokeWidth=1.5).encode(x=x, color=line), labels
