"""The schedule in time: phases, activities and milestones, a text over each bar, approved plans as thin bars below it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import altair as alt

from pso_core.charts.days import MONTH
from pso_core.charts.drawn import drawn
from pso_core.charts.forms import BOLD, IN_LINES, LINE_HEIGHT, PHONE, SHOWN, WIDE, in_both, told, y_of
from pso_core.charts.theme import APART, DONE, GOLD, INK, LATE, LINE, NAVY, QUIET, colour, themed

HEIGHTS = {"phase": 62, "activity": 46, "milestone": 46, "group": 40, "calendar": 30}  # pixels, with one line of text
TEXT = {"phase": 15, "activity": 12, "milestone": 13, "group": 24, "calendar": 17}  # pixels from the top to the middle of its first line
BAR = {"phase": (28, 46), "activity": (24, 35), "milestone": (23, 39)}
APPROVED = {"phase": (48, 53), "activity": (37, 41)}  # the bar of an approved plan
FIRST = {"phase": (56, 61), "activity": (44, 49)}  # that of the first one
LOWER = 8  # pixels that it takes
SIZE, SIZE_OF_PHASE = 15, 16  # pixels of the letters
PLACES = ("lines", "text", "top", "bottom", "middle", "was_top", "was_bottom", "first_top", "first_bottom")  # what stands elsewhere on a phone
HEAD, LINE_OF_YEARS, LINE_OF_MONTHS, LINE_OF_TODAY = 74, 11, 34, 57
LONG, REPEATED = 40, 14  # rows from which on a list is scrolled, and under which the months are then said again
CROSS = "M-1,-.6L-.6,-1L0,-.4L.6,-1L1,-.6L.4,0L1,.6L.6,1L0,.4L-.6,1L-1,.6L-.4,0Z"  # thick enough to be seen from the back of a room
CROSS_SIZE = 24**2  # pixels
GROUND = {False: "#FFFFFF", True: "#1A222B"}
LETTER, BESIDE = 8, 14  # pixels
YEAR_LABEL = 22 * LETTER
QUARTER, YEAR = 3, 12  # months

Bar = Mapping[str, Any]
Channel = Callable[[str], alt.X]  # a field in the scale that all layers share


@dataclass(frozen=True)
class Calendar:
    """What stands along the top. `ticks`: (day, months apart as in `fiscal_ticks`, its month said, the fiscal year or quarter
    that begins said); `edge`: the fiscal year in which the picture begins; `today` and its label, drawn where it lies inside."""

    first: date
    last: date
    ticks: tuple[tuple[date, int, str, str], ...]
    edge: str
    today: tuple[date, str]


@drawn
def gantt_chart(bars: Sequence[Bar], calendar: Calendar, dark: bool = False) -> dict[str, Any]:
    """`bars` from the top: part (phase, activity, milestone; group: a heading without days), state (done, running, late, waiting), name, when,
    start and end (ordinal numbers of days, both counted), was_start and was_end (as approved; None when not), first_start
    and first_end (as first approved, where that is something else), goes_on (beyond the picture or without an end), began_before,
    lost (a phase that loses the target). A bar's `name` begins with the mark and says the state: colour only repeats it."""
    wide, narrow = (_placed(bars, calendar, room) for room in (WIDE, PHONE))
    first, last = calendar.first.toordinal(), calendar.last.toordinal() + 1
    x = partial(alt.X, title=None, axis=None, scale=alt.Scale(domain=[first, last], zero=False, nice=False))
    (ground, texts), labels = _texts(dark), _labels(x, last - first, dark)
    today = min(calendar.today[0], calendar.last)
    under = [_rules(x, dark), *labels, ground, _approved(x, dark), _first(x, dark), _overdue(x, today, dark)]
    layers = [*under, _bars(x, dark), *(_lost(x, dark) if any(bar.get("lost") for bar in bars) else ()), _points(x, dark), texts]
    chart = alt.layer(*layers).resolve_scale(color="independent", fill="independent", stroke="independent")
    spec = themed(chart, dark).to_dict(validate=False)
    return in_both(spec, wide, narrow, PLACES)  # the rows last: Altair would go through every value of every one


def _placed(bars: Sequence[Bar], calendar: Calendar, room: int) -> tuple[list[dict[str, Any]], int]:
    """Each bar with its places in pixels from the top, what stands in the calendar, and how high all of it is."""
    rows: list[dict[str, Any]] = []
    lines, at, since = [], HEAD, 0
    for bar in bars:
        if since >= REPEATED and len(bars) > LONG:
            lines, at, since = [*lines, at], at + HEIGHTS["calendar"], 0
        row, height = _row(bar, at, room)
        rows += [row, *_arrows(row)]
        at, since = at + height, since + 1
    return [*_marks(calendar, lines), *rows], at


def _row(bar: Bar, at: int, room: int) -> tuple[dict[str, Any], int]:
    """With how high it is."""
    part, state = bar["part"], bar.get("state") or bar["part"]
    name, when = bar["name"], bar.get("when")
    said = told(name, when, room, BOLD * SIZE_OF_PHASE if part in ("phase", "group") else SIZE)
    below = (len(said) - 1) * LINE_HEIGHT
    row = {**bar, "ink": state, "said": APART.join(filter(None, (name, when))), "lines": "\n".join(said), "text": at + TEXT[part]}
    first = bool(bar.get("first_end"))
    for places, names in ((BAR, ("top", "bottom")), (APPROVED, ("was_top", "was_bottom")), (FIRST if first else {}, ("first_top", "first_bottom"))):
        row |= {name: at + below + pixels for name, pixels in zip(names, places.get(part, ()), strict=False)}
    row |= {"middle": at + below + sum(BAR.get(part, ())) / 2} | {name: bar[name] + 1 for name in ("end", "was_end", "first_end") if bar.get(name)}
    return row, HEIGHTS[part] + below + LOWER * first


def _arrows(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for where, shape, place in (("goes_on", "triangle-right", "end"), ("began_before", "triangle-left", "start")):
        if row.get(where):
            yield {"part": "arrow", "shape": shape, "ink": row["ink"], "start": row[place], "middle": row["middle"], "said": row["said"]}


def _marks(calendar: Calendar, lines: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Labels of the calendar, each with the days of room it has and the pixels it needs; its lines; today."""
    first, last = calendar.first, calendar.last
    year = next((day for day, every, *_ in calendar.ticks if every >= YEAR), last)
    newest = max((day for day, every, *_ in calendar.ticks if every >= QUARTER), default=None)
    yield _label("years", first, calendar.edge, (year - first).days, LINE_OF_YEARS)
    for day, every, month, heading in calendar.ticks:
        left, room = (last - day).days, every * MONTH
        for line in (LINE_OF_MONTHS, *(line + TEXT["calendar"] for line in lines)):
            yield _label("months", day, month, min(left, room), line)
        if every >= QUARTER:
            part = "year" if every >= YEAR else "quarter"
            yield {"part": part, "ink": part, "start": day.toordinal()}
            label = _label("years", day, heading, min(left, room if every >= YEAR else QUARTER * MONTH), LINE_OF_YEARS)
            before = {} if every >= YEAR else {"before": (day - first).days}
            yield {**label, **before, **({"room": left, "need": _width(heading)} if day == newest else {})}  # no label comes after it
    day, said = calendar.today
    if first <= day <= last:
        yield {**_label("today", day, said, (last - day).days, LINE_OF_TODAY), "start": day.toordinal() + 0.5}


def _label(part: str, day: date, said: str, room: int, line: int) -> dict[str, Any]:
    least = YEAR_LABEL if part == "years" else 0  # a quarter's name must not meet that of the year
    return {"part": part, "ink": part, "start": day.toordinal(), "name": said, "room": room, "need": max(least, _width(said)), "text": line}


def _width(said: str) -> int:
    """About how many pixels a label takes: Thai vowels and tone marks above and below take none."""
    return LETTER * sum(unicodedata.category(letter) != "Mn" for letter in said) + BESIDE


def _rules(x: Channel, dark: bool) -> alt.Chart:
    """Lines through the whole height: quarters thin, fiscal years stronger, today in gold."""
    width = alt.ExprRef("datum.part == 'today' ? 2.5 : datum.part == 'year' ? 1.5 : 1")
    return _only("quarter", "year", "today").mark_rule(strokeWidth=width).encode(x=x("start:Q"), color=_ink(dark, quarter=LINE, year=QUIET, today=GOLD))


def _labels(x: Channel, span: int, dark: bool) -> tuple[alt.Chart, alt.Chart]:
    """Fiscal years and quarters over months over today; a label stands where there is room, today's beside its line on either side."""
    pixels = f"datum.room / {span} * width"
    after_first = f"(!isValid(datum.before) || datum.before / {span} * width >= {YEAR_LABEL})"  # where the year's label is that the picture begins in
    fits = _only("years", "months", "today").transform_filter(f"datum.part == 'today' || {pixels} >= datum.need && {after_first}")
    other_side = f"{pixels} < datum.need"
    how = {"align": alt.ExprRef(f"{other_side} ? 'right' : 'left'"), "dx": alt.ExprRef(f"{other_side} ? -6 : 6"), "fontSize": 14, "fontWeight": _bold("years", "today")}
    labels = fits.encode(x=x("start:Q"), y=y_of("text"), text=alt.Text("name:N"))
    return labels.mark_text(**how, **_ground(dark)), labels.mark_text(**how).encode(color=_ink(dark, years=QUIET, months=QUIET, today=INK))


def _approved(x: Channel, dark: bool) -> alt.Chart:
    """The plan as it was approved, thin and grey under today's."""
    bars = alt.Chart().transform_filter("datum.was_end != null").mark_rect(color=colour(QUIET, dark))
    return bars.encode(x=x("was_start:Q"), x2=alt.X2("was_end:Q"), y=y_of("was_top"), y2=alt.Y2(f"{SHOWN}was_bottom:Q"))


def _first(x: Channel, dark: bool) -> alt.Chart:
    """The plan as it was first approved, where that is something else: hollow, so that nobody has to tell two greys apart."""
    bars = alt.Chart().transform_filter("isValid(datum.first_end)").mark_rect(fillOpacity=0, stroke=colour(QUIET, dark), strokeWidth=1.5)
    return bars.encode(x=x("first_start:Q"), x2=alt.X2("first_end:Q"), y=y_of("first_top"), y2=alt.Y2(f"{SHOWN}first_bottom:Q"))


def _overdue(x: Channel, today: date, dark: bool) -> alt.Chart:
    """The days since a late bar was due."""
    late = alt.Chart().transform_filter("datum.state == 'late'").transform_calculate(today=str(today.toordinal() + 1))
    return late.mark_rule(strokeDash=[5, 4], strokeWidth=3, color=colour(LATE, dark)).encode(x=x("end:Q"), x2=alt.X2("today:Q"), y=y_of("middle"))


def _bars(x: Channel, dark: bool) -> alt.Chart:
    fill, stroke = (_ink(dark, channel, done=DONE, running=NAVY, late=LATE, waiting=waiting) for channel, waiting in ((alt.Fill, LINE), (alt.Stroke, NAVY)))
    return _only("phase", "activity").mark_rect(cornerRadius=3, strokeWidth=1.5).encode(
        x=x("start:Q"), x2=alt.X2("end:Q"), y=y_of("top"), y2=alt.Y2(f"{SHOWN}bottom:Q"), fill=fill, stroke=stroke, tooltip=alt.Tooltip("said:N"),
    )  # fmt: skip


def _lost(x: Channel, dark: bool) -> Iterator[alt.Chart]:
    """A phase that loses the target: struck through, with a cross at its end, on whatever colour its state has."""
    lost = alt.Chart().transform_filter("datum.lost === true")
    for width, ink in ((6, GROUND[dark]), (2, colour(INK, dark))):
        yield lost.mark_rule(strokeWidth=width, color=ink).encode(x=x("start:Q"), x2=alt.X2("end:Q"), y=y_of("middle"))
    cross = lost.mark_point(shape=CROSS, size=CROSS_SIZE, filled=True, opacity=1, fill=colour(LATE, dark), stroke=GROUND[dark], strokeWidth=3)
    yield cross.encode(x=x("end:Q"), y=y_of("middle"), tooltip=alt.Tooltip("said:N"))


def _points(x: Channel, dark: bool) -> alt.Chart:
    """Milestones as diamonds; arrows where a bar goes on beyond the picture or has no end."""
    points = _only("milestone", "arrow").mark_point(shape=alt.ExprRef("datum.shape"), size=alt.ExprRef("datum.part == 'arrow' ? 330 : 240"), filled=True, opacity=1)
    return points.encode(x=x("start:Q"), y=y_of("middle"), color=_ink(dark, milestone=GOLD, done=DONE, running=NAVY, late=LATE, waiting=NAVY), tooltip=alt.Tooltip("said:N"))


def _texts(dark: bool) -> tuple[alt.Chart, alt.Chart]:
    """Each text from the left edge, in its lines."""
    lines = _only("phase", "activity", "milestone", "group").encode(x=alt.value(0), y=y_of("text"), text=alt.Text(f"{SHOWN}lines:N"))
    size = alt.ExprRef(f"{_is('phase', 'group')} ? {SIZE_OF_PHASE} : {SIZE}")
    how = {**IN_LINES, "fontSize": size, "fontWeight": _bold("phase", "group")}
    return lines.mark_text(**how, **_ground(dark)), lines.mark_text(**how).encode(color=_ink(dark, late=LATE, done=INK, running=INK, waiting=INK, milestone=INK, group=INK))


def _ground(dark: bool) -> dict[str, Any]:
    """What lies under a text, so that no rule runs through it."""
    return {"color": GROUND[dark], "stroke": GROUND[dark], "strokeWidth": 8, "strokeJoin": "round"}


def _only(*parts: str) -> alt.Chart:
    return alt.Chart().transform_filter(_is(*parts))


def _bold(*parts: str) -> alt.ExprRef:
    return alt.ExprRef(f"{_is(*parts)} ? 'bold' : 'normal'")


def _is(*parts: str) -> str:
    return " || ".join(f"datum.part == '{part}'" for part in parts)


def _ink(dark: bool, channel: type = alt.Color, **inks: str) -> Any:
    """A colour for each state, or where a row has none for its part, in a scale of this layer alone."""
    return channel("ink:N", legend=None, scale=alt.Scale(domain=list(inks), range=[colour(ink, dark) for ink in inks.values()]))
