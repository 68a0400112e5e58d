"""Step 3: tasks in three tiers, their order and points; each tier makes its quota and all make 100."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pso_core.charts.tasks import tasks_chart
from pso_core.domain.rows import Row
from pso_core.steps.tasks import points_of, tasks_of
from pso_core.ui import resolutions, show, tasks
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.form import Form
from pso_core.ui.frame import step_page
from pso_core.ui.naming import name_of, row_name, shown_value


@st.fragment
def editor() -> None:
    """All points in one form: they are saved together because together they make 100."""
    desk = open_desk()
    form = Form(desk, "tasks")
    parts = tasks.tier_parts(desk, form)
    form.messages()
    if desk.state.of("task"):
        with st.container(key="sticky-meters"):
            tasks.meters(desk, parts)
    for part in parts:
        tasks.section(part)
    if desk.state.of("task"):
        with st.container(key="stay-save", horizontal=True, vertical_alignment="center"):
            form.save_button(desk.say("page_tasks.save"))
            if form.dirty:
                st.button(desk.say("page_tasks.discard"), key="tasks/discard", on_click=form.discard)
                show.quiet(desk.say("page_tasks.unsaved", count=len(form.memory.typed)))


def reading(desk: Desk) -> None:
    """For those who may only look: the meters and a table for each tier."""
    tasks.meters(desk, tasks.tier_parts(desk, Form(desk, "tasks")))
    head = [desk.say(f"fields.task.{name}.label") for name in ("name", "division", "points")]
    for tier in desk.standard.tiers:
        show.heading(name_of(desk, "tiers", tier.key))
        show.table(head, [_line(desk, row) for row in tasks_of(desk.state, tier.key)], numbers=(2,))


def _line(desk: Desk, task: Row) -> tuple[str, str, str]:
    division, points = (shown_value(desk, "task", name, task[name]) for name in ("division", "points"))
    return "\n".join(filter(None, (row_name(task, desk), task["basis"], resolutions.sentence(desk, task.id)))), division, points


def picture(desk: Desk) -> None:
    """A bar for each tier, made of its tasks."""
    frame = _frame(desk)
    if not frame["points"].sum():
        return
    head = [desk.say(f"fields.task.{name}.label") for name in ("tier", "name", "points")]
    rows = frame[["tier", "name", "points"]].itertuples(index=False)
    show.picture(desk, _finding(desk, frame), tasks_chart(frame, show.is_dark()), head, rows, key="tasks", numbers=(2,))


def _frame(desk: Desk) -> pd.DataFrame:
    lines = []
    for tier in desk.standard.tiers:
        found = tasks_of(desk.state, tier.key)
        name, facts = name_of(desk, "tiers", tier.key), {"points": points_of(found), "quota": tier.quota, "count": len(found)}
        label = desk.say("page_tasks.tier_label", tier=name, **facts)
        lines += [
            {"tier": name, "label": label, "quota": tier.quota, "code": row["code"], "name": row_name(row, desk), "points": row["points"] or 0, "place": place}
            for place, row in enumerate(found)
        ]  # fmt: skip
    return pd.DataFrame(lines, columns=["tier", "label", "quota", "code", "name", "points", "place"])


def _finding(desk: Desk, frame: pd.DataFrame) -> str:
    total = sum(tier.quota for tier in desk.standard.tiers)
    first = frame[frame["points"] == frame["points"].max()]
    if len(first) == 1:
        return desk.say("page_tasks.finding_top", task=first["name"].iloc[0], points=int(first["points"].iloc[0]), total=total)
    sums = frame.groupby("tier", sort=False)["points"].agg(["sum", "count"])
    top = sums["sum"].idxmax()
    return desk.say("page_tasks.finding_tier", tier=top, count=int(sums.loc[top, "count"]), points=int(sums.loc[top, "sum"]), total=total)


with step_page("tasks", layouts={"task": tasks.task_fields}, in_place=("tier_rule",)) as desk:
    if desk.may_edit("task"):
        editor()
    elif desk.state.of("task"):
        reading(desk)
    picture(desk)
