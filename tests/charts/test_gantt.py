"""The picture of a schedule: valid by the schema, every bar with its words, nothing drawn upon another, quick to make."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import altair
import jsonschema
import pytest

from pso_core.charts.days import fiscal_ticks
from pso_core.charts.forms import LINE_HEIGHT, NARROW, WIDE
from pso_core.charts.gantt import BAR, CROSS, HEAD, Calendar, gantt_chart
from pso_core.charts.theme import APART

SCHEMA = jsonschema.Draft7Validator(altair.load_schema())
FIRST, LAST = date(2026, 8, 1), date(2027, 12, 31)
STATES = ("done", "late", "running", "waiting")


def calendar(today: date = date(2026, 11, 23), first: date = FIRST, last: date = LAST) -> Calendar:
    ticks = tuple((day, every, f"{day.month}/{day.year + 543}", f"ปี {day.year}" if every >= 12 else "ไตรมาส") for day, every in fiscal_ticks(first, last))
    return Calendar(first, last, ticks, "ปีงบประมาณ พ.ศ. 2569", (today, "วันนี้"))


def bar(number: int, part: str = "activity", state: str = "running", **more: Any) -> dict[str, Any]:
    start = FIRST + timedelta(number * 37 % 400)
    return {
        "part": part, "state": state, "name": f"◐ {number}", "when": "เมื่อ", "start": start.toordinal(), "end": (start + timedelta(30)).toordinal(),
        "was_start": start.toordinal(), "was_end": (start + timedelta(20)).toordinal(), **more,
    }  # fmt: skip


def schedule(activities: int) -> list[dict[str, Any]]:
    phases = [bar(number, "phase", STATES[number % 4]) for number in range(9)]
    plan = [bar(number, state=STATES[number % 4], goes_on=number % 5 == 0, began_before=number % 7 == 0) for number in range(activities)]
    milestone = {"part": "milestone", "shape": "diamond", "name": "◆ ประชุม", "when": "1 ม.ค. 2570", "start": date(2027, 1, 1).toordinal() + 0.5}
    return [*phases[:8], *plan, phases[8], {"part": "group", "name": "หมุดหมาย"}, milestone]


def rows(spec: dict[str, Any], *parts: str) -> list[dict[str, Any]]:
    return [row for row in spec["data"]["values"] if row["part"] in parts]


@pytest.mark.parametrize(("activities", "dark"), [(0, False), (200, True)])
def test_the_picture_is_valid_vega_lite_and_holds_every_bar(activities, dark):
    spec = gantt_chart(schedule(activities), calendar(), dark)
    assert [error.message for error in SCHEMA.iter_errors(spec)] == []
    assert len(rows(spec, "phase", "activity", "milestone")) == 9 + activities + 1


@pytest.mark.parametrize("form", ["", NARROW])
def test_no_two_bars_and_no_label_of_the_calendar_lie_upon_each_other(form):
    found = rows(gantt_chart(schedule(200), calendar()), "phase", "activity", "milestone", "group")
    tops = [row[f"{form}text"] for row in found]
    assert tops == sorted(set(tops)) and tops[0] > HEAD
    for above, below in zip(found, found[1:], strict=False):
        assert max(above.get(f"{form}was_bottom", 0), above.get(f"{form}bottom", 0)) < below[f"{form}text"]


LONG = "◐ ทบทวนแผนปฏิบัติราชการร่วมกับภาคีเครือข่ายระดับอำเภอและตำบล · ตามกำหนด"


@pytest.mark.parametrize("part", ["phase", "activity", "milestone"])
def test_on_a_phone_a_text_takes_the_lines_it_needs_and_its_bar_comes_after_them(part):
    first, second = rows(gantt_chart([bar(1, part, name=LONG), bar(2, part)], calendar()), part)
    assert first["lines"].split("\n") == [first["said"]] and second["narrow_lines"] == second["said"]
    said = first["narrow_lines"].split("\n")
    assert len(said) > 1 and _letters("".join(said)) == _letters(LONG + APART + first["when"])
    more = (len(said) - 1) * LINE_HEIGHT
    assert all(first[f"narrow_{place}"] == first[place] + more for place in ("top", "bottom", "middle", "was_top", "was_bottom") if place in first)
    assert first["narrow_text"] == first["text"] and second["narrow_text"] == second["text"] + more


def _letters(text: str) -> str:
    return "".join(text.split()).replace("·", "")


def test_the_picture_is_as_high_as_the_form_that_the_browser_chooses():
    spec = gantt_chart([bar(1, "phase", name=LONG)], calendar())
    (row,) = rows(spec, "phase")
    more = row["narrow_lines"].count("\n") * LINE_HEIGHT
    assert spec["params"] == [{"name": "height", "expr": f"width < {WIDE} ? {spec['height'] + more} : {spec['height']}"}]
    assert {"calculate": f"width < {WIDE} ? datum.narrow_lines : datum.lines", "as": "shown_lines"} in spec["transform"]


def test_a_bar_spans_whole_days_and_the_approved_plan_is_drawn_under_it():
    (row,) = rows(gantt_chart([bar(3)], calendar()), "activity")
    assert (row["end"] - row["start"], row["was_end"] - row["was_start"]) == (31, 21)
    assert row["top"] < row["bottom"] < row["was_top"] < row["was_bottom"]


@pytest.mark.parametrize("part", ["phase", "activity"])
def test_the_plan_as_first_approved_is_drawn_hollow_below_that_where_it_is_something_else(part):
    days = {"first_start": FIRST.toordinal(), "first_end": FIRST.toordinal() + 6}
    spec = gantt_chart([bar(1, part, **days), bar(2, part)], calendar())
    assert [error.message for error in SCHEMA.iter_errors(spec)] == []
    above, below = rows(spec, part)
    assert above["first_end"] - above["first_start"] == 7
    for form in ("", NARROW):
        assert above[f"{form}was_bottom"] < above[f"{form}first_top"] < above[f"{form}first_bottom"] < below[f"{form}text"] - 8  # half the height of a letter
    assert "first_end" not in below and "first_top" not in below
    (layer,) = [one for one in spec["layer"] if one.get("encoding", {}).get("x", {}).get("field") == "first_start"]
    assert layer["mark"]["fillOpacity"] == 0 and layer["mark"]["stroke"]


def test_what_is_said_stands_in_words_not_in_colour_alone():
    found = rows(gantt_chart(schedule(8), calendar()), "phase", "activity", "milestone")
    assert all(row["said"].startswith(row["name"]) and row["when"] in row["said"] for row in found)


def test_a_long_list_says_its_months_again():
    months = rows(gantt_chart(schedule(200), calendar()), "months")
    assert len({row["text"] for row in months}) > 10
    assert len({row["text"] for row in rows(gantt_chart(schedule(0), calendar()), "months")}) == 1


@pytest.mark.parametrize(("today", "drawn"), [(FIRST, 1), (LAST, 1), (FIRST - timedelta(1), 0), (LAST + timedelta(1), 0)])
def test_today_is_drawn_where_it_lies_inside(today, drawn):
    assert len(rows(gantt_chart(schedule(0), calendar(today)), "today")) == drawn


def test_fiscal_years_begin_in_october_and_quarters_between():
    spec = gantt_chart(schedule(0), calendar())
    assert [date.fromordinal(row["start"]) for row in rows(spec, "year")] == [date(2026, 10, 1), date(2027, 10, 1)]
    assert [date.fromordinal(row["start"]) for row in rows(spec, "quarter")] == [date(2027, month, 1) for month in (1, 4, 7)]


@pytest.mark.parametrize(("after", "pixels", "named"), [(40, 700, True), (4, 700, False), (40, 312, False)])
def test_every_quarter_has_its_line_and_the_last_its_name_where_that_has_room(after, pixels, named):
    first, quarter = date(2026, 10, 15), date(2027, 7, 1)
    spec = gantt_chart([bar(1, "phase")], calendar(first=first, last=quarter + timedelta(after)))
    assert quarter.toordinal() in [row["start"] for row in rows(spec, "quarter")]
    (name,) = [row for row in rows(spec, "years") if row["start"] == quarter.toordinal()]
    days = (quarter + timedelta(after) - first).days + 1
    assert (name["room"], name["before"]) == (after, (quarter - first).days)
    assert (name["room"] / days * pixels >= name["need"]) is named
    rules = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "rule")
    assert "need" not in json.dumps(rules["transform"])


def test_the_year_that_begins_soon_after_the_edge_keeps_its_name():
    spec = gantt_chart([bar(1, "phase")], calendar())
    assert ["before" in row for row in rows(spec, "years") if date.fromordinal(row["start"]).month == 10] == [False, False]


def test_a_bar_that_goes_on_has_an_arrow_at_its_end_and_one_that_began_before_at_its_start():
    spec = gantt_chart([bar(1, goes_on=True), bar(2, began_before=True), bar(3)], calendar())
    bars, arrows = rows(spec, "activity"), rows(spec, "arrow")
    assert [(row["shape"], row["start"]) for row in arrows] == [("triangle-right", bars[0]["end"]), ("triangle-left", bars[1]["start"])]


def marked(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers drawn only on a phase that loses the target."""
    return [layer for layer in spec["layer"] if {"filter": "datum.lost === true"} in layer.get("transform", ())]


@pytest.mark.parametrize(("state", "dark"), [("late", False), ("running", True), ("waiting", False)])
def test_a_phase_that_loses_the_target_is_struck_through_with_a_cross_whatever_its_state(state, dark):
    bars = [bar(1, "phase", state, lost=True), bar(2, "phase", state, lost=False)]
    spec = gantt_chart(bars, calendar(), dark)
    assert [error.message for error in SCHEMA.iter_errors(spec)] == []
    assert [row["lost"] for row in rows(spec, "phase")] == [True, False]
    *struck, cross = marked(spec)
    assert [one["mark"]["type"] for one in struck] == ["rule", "rule"] and struck[0]["mark"]["strokeWidth"] > struck[1]["mark"]["strokeWidth"]
    assert (cross["mark"]["type"], cross["mark"]["shape"], cross["encoding"]["tooltip"]["field"]) == ("point", CROSS, "said")
    assert cross["encoding"]["x"]["field"] == "end" and cross["mark"]["size"] ** 0.5 > BAR["phase"][1] - BAR["phase"][0]  # higher than the bar
    bars_at = next(at for at, layer in enumerate(spec["layer"]) if layer["mark"]["type"] == "rect" and "fill" in layer["encoding"])
    assert all(spec["layer"].index(layer) > bars_at for layer in marked(spec))


@pytest.mark.parametrize("state", STATES)
def test_a_phase_that_is_overdue_but_holds_the_target_has_no_cross(state):
    assert marked(gantt_chart([bar(1, "phase", state, lost=False)], calendar())) == []


def test_the_same_picture_is_built_once():
    assert gantt_chart(schedule(200), calendar()) is gantt_chart(schedule(200), calendar())
