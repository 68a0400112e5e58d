"""How the whole plan goes: what is done against what was expected by each day, and who carries how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from pso_core.charts.days import ticks
from pso_core.charts.progress import progress_chart
from pso_core.domain.progress import Curve, CurvePoint, Load, curve, days_of_plan, workload
from pso_core.domain.projection import unfinished
from pso_core.text.thaidate import say_date
from pso_core.ui import show
from pso_core.ui.desk import Desk
from pso_core.ui.naming import amount
from pso_core.ui.plain import as_html


def expected_and_actual(desk: Desk) -> None:
    """The plan as a whole: what should be done by each day, and what is."""
    plan, reports = desk.state.of("activity"), desk.state.of("progress")
    days = days_of_plan(plan, reports)
    if not days:
        return
    labelled = ticks(days[0], days[-1])
    within = [desk.today] if days[0] <= desk.today <= days[-1] else []
    drawn = curve(plan, reports, sorted({*days, *labelled, *within}), desk.today)
    now = curve(plan, reports, [desk.today], desk.today).points[0]
    chart = progress_chart(
        _frame(desk, drawn), _names(desk, drawn), {day: _tick(desk, day) for day in labelled}, desk.today, show.is_dark()
    )
    told = {*labelled, *within, days[-1]}
    rows = [_line(desk, point) for point in drawn.points if point.day in told]
    head = [desk.say(f"page_execution.column.{name}") for name in ("day", "expected", "actual")]
    show.picture(desk, _finding(desk, now, days[0] + timedelta(1)), chart, head, rows, key="progress", numbers=(1, 2))
    if drawn.left_out:
        show.quiet(desk.say("page_execution.left_out", count=len(drawn.left_out)))


def _frame(desk: Desk, drawn: Curve) -> pd.DataFrame:
    def number(value):
        return None if value is None else float(value)

    lines = [(point.day, say_date(point.day, desk.say), number(point.expected), number(point.actual)) for point in drawn.points]
    return pd.DataFrame(lines, columns=["day", "said", "expected", "actual"]).astype({"expected": float, "actual": float})


def _names(desk: Desk, drawn: Curve) -> dict[str, str]:
    """What stands at the end of each line."""
    done = [point.actual for point in drawn.points if point.actual is not None]
    return {
        "expected": desk.say("page_execution.line.expected"), "today": desk.say("page_execution.line.today"),
        "actual": desk.say("page_execution.line.actual", percent=amount(done[-1] if done else 0, desk)),
    }  # fmt: skip


def _tick(desk: Desk, day: date) -> str:
    """A round month by its name, another day in full."""
    return say_date(day, desk.say, "month_short" if day.day == 1 else "short")


def _line(desk: Desk, point: CurvePoint) -> tuple[str, str, str]:
    return say_date(point.day, desk.say), amount(point.expected, desk), amount(point.actual, desk)


def _finding(desk: Desk, now: CurvePoint, first: date) -> str:
    if desk.today < first:
        return desk.say("page_execution.finding.not_begun", date=say_date(first, desk.say))
    actual, expected = amount(now.actual, desk), amount(now.expected, desk)
    word = "level" if actual == expected else "behind" if now.actual < now.expected else "ahead"
    return desk.say(f"page_execution.finding.{word}", actual=actual, expected=expected)


def who_carries_what(desk: Desk, first: int | None = None, load: str = "page_execution.load") -> None:
    """Each owner's part of what is unfinished in the plan, said so; above two fifths it is said to be too much. `first`: so many are shown, the others folded."""
    plan = unfinished(desk.state, desk.today)
    loads = workload(plan)
    without = sum(not activity["owner"] for activity in plan)
    if not desk.state.of("activity"):
        return
    show.heading(desk.say("page_execution.workload"))
    if not plan:
        show.quiet(desk.say("page_monday.none.load"))
    show.folding(desk, loads, len(loads) if first is None else first, partial(_carry, desk, len(plan), load), key="carrying")
    if without:
        show.quiet(desk.say("page_execution.unowned", count=without, all=len(plan)))


def _carry(desk: Desk, all_: int, sentence: str, loads: Sequence[Load]) -> None:
    for load in loads:
        said = desk.say(sentence, count=load.activities, all=all_, percent=amount(load.share * 100, desk))
        warning = f" <span class='missing'>△ {as_html(desk.say('page_execution.too_much'))}</span>" if load.heavy else ""
        st.html(
            f"<div class='meter'><span>{as_html(desk.person_name(load.owner))}</span> <span class='quiet'>{as_html(said)}</span>{warning}"
            f"<div class='bar'><i style='width:{float(load.share * 100):.1f}%'></i></div></div>"
        )
