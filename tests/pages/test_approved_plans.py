"""Approved plans below today's bars: the newest, the first where it says other days, and of several any that is chosen; the table has their days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from pso_core.actions.schedule import move_phase
from pso_core.text.thaidate import say_date
from tests.building import person, write
from tests.pages.conftest import fault, shown
from tests.pages.scheduling import PAGE, TH, approve, dates, has, now, plan

FIRST_BAR = TH("page_schedule.first_bar", number=1)


@pytest.fixture
def thrice(office, empty) -> list[dict[str, tuple[date, date]]]:
    """The days as they were approved three times, `plan` and what waits for it later each time."""
    write(office, empty, "activity", name="ทำบัญชี", start="1/12/2569", due="30/12/2569")
    plan(office, empty)
    found = []
    for days in (None, 20, 26):
        if days:
            move_phase(office, person("facilitator"), empty, "plan", {"days": days}, now(office, empty), "รอข้อมูล")
        approve(office, empty)
        found.append(dates(office, empty))
    return found


def bars(at) -> dict[str, dict[str, Any]]:
    """The bars of the picture by their words, with whole days."""
    (chart,) = at.get("vega_lite_chart")
    rows = convert_arrow_bytes_to_pandas_df(chart.proto.data.data).to_dict("records")
    return {row["name"]: row for row in rows if row["part"] in ("phase", "activity")}


def bar(at, name: str) -> dict[str, Any]:
    return next(row for said, row in bars(at).items() if name in said)


def days(row: dict[str, Any], which: str) -> tuple[date, date] | None:
    start, end = row.get(f"{which}_start"), row.get(f"{which}_end")
    return (date.fromordinal(int(start)), date.fromordinal(int(end) - 1)) if end == end and end is not None else None


def test_the_first_approved_plan_is_drawn_below_the_newest_where_it_says_other_days(office, empty, visit, thrice):
    at = visit(PAGE)
    assert fault(at) == []
    moved, same = bar(at, "7 "), bar(at, "1 ")
    assert thrice[0]["plan"] != thrice[2]["plan"] and thrice[0]["vision"] == thrice[2]["vision"]
    assert (days(moved, "was"), days(moved, "first")) == (thrice[2]["plan"], thrice[0]["plan"])
    assert (days(same, "was"), days(same, "first")) == (thrice[2]["vision"], None)
    assert days(bar(at, "ทำบัญชี"), "was") == (date(2026, 12, 1), date(2026, 12, 30)) and days(bar(at, "ทำบัญชี"), "first") is None
    assert has(at, TH("page_schedule.approved_bar", number=3)) and has(at, FIRST_BAR)


def test_any_of_several_approved_plans_can_be_drawn(office, empty, visit, thrice):
    at = visit(PAGE)
    (choice,) = [one for one in at.selectbox if one.label == TH("page_schedule.which_approved")]
    assert choice.value == 3 and [option.split()[1] for option in choice.options] == ["3", "2", "1"]
    choice.set_value(2).run()
    assert (days(bar(at, "7 "), "was"), days(bar(at, "7 "), "first")) == (thrice[1]["plan"], thrice[0]["plan"])
    assert has(at, TH("page_schedule.approved_bar", number=2)) and has(at, FIRST_BAR)
    choice.set_value(1).run()
    assert (days(bar(at, "7 "), "was"), days(bar(at, "7 "), "first")) == (thrice[0]["plan"], None)
    assert not has(at, FIRST_BAR)


def test_the_table_has_the_days_of_the_plans_that_are_drawn(office, empty, visit, thrice):
    text = shown(visit(PAGE))
    for number, approved in ((3, thrice[2]), (1, thrice[0])):
        start, due = (say_date(day, TH) for day in approved["plan"])
        label = TH("page_schedule.column.approved", number=number)
        assert f"data-label='{label}'>{TH('page_schedule.from_to', start=start, due=due)}<" in text
    assert TH("page_schedule.column.approved", number=2) not in text


def test_of_one_approved_plan_there_is_no_choice_and_no_second_line(office, empty, visit):
    plan(office, empty)
    assert not has(visit(PAGE), TH("page_schedule.column.approved", number=1))
    approve(office, empty)
    at = visit(PAGE)
    assert [one.label for one in at.selectbox if one.label == TH("page_schedule.which_approved")] == []
    assert has(at, TH("page_schedule.approved_bar", number=1)) and not has(at, FIRST_BAR)


def test_an_approval_that_moved_nothing_draws_no_second_line(office, empty, visit):
    plan(office, empty)
    approve(office, empty)
    write(office, empty, "milestone", name="ประชุม", day="3/12/2569")
    approve(office, empty)
    at = visit(PAGE)
    assert has(at, TH("page_schedule.approved_bar", number=2)) and not has(at, FIRST_BAR)
