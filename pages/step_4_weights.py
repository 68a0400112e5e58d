"""Step 4: nine weights that make 100, each with its importance and reason."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pso_core.charts.weights import weights_chart
from pso_core.steps.weights import TOTAL
from pso_core.ui import asked, resolutions, sections, sensitivity, show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.form import Form
from pso_core.ui.form_row import summed
from pso_core.ui.frame import step_page
from pso_core.ui.naming import name_of
from pso_core.ui.plain import as_label


@st.fragment
def editor() -> None:
    """Nine rows in one form: they are saved together because together they make 100."""
    desk = open_desk()
    form = Form(desk, "weights")
    rows = [form.row("weight", f"weight:{c.key}", {"criterion": c.key}) for c in desk.standard.criteria]
    form.messages()
    asked.mark("weight")
    with st.container(key="sticky-meter"):
        value, sound = summed(rows, "weight")
        show.meter(desk, desk.say("page_weights.total"), value, TOTAL, sound)
    for criterion, row in zip(desk.standard.criteria, rows, strict=True):
        with st.container(border=True):
            asked.mark(row.entity_id)
            name, weight, importance = st.columns([4, 2, 6])
            name.markdown(f"**{as_label(criterion.name[desk.language])}**  \n{as_label(criterion.question[desk.language])}")
            with weight:
                row.input("weight", help=None)
            with importance:
                row.input("importance", help=None)
            row.input("reason", lines=2, help=None)
            resolutions.link(desk, row.entity_id)
    form.save_button(desk.say("page_weights.save"))


def picture(desk: Desk) -> None:
    """The weights by importance (this step's grouping) or by subject (the upgrade plan's)."""
    weights = {row["criterion"]: row for row in desk.state.of("weight")}
    if not weights:
        return
    by = sections.way(desk.say("page_weights.group_by"), ["importance", "subject"], "weights/by", lambda which: desk.say(f"page_weights.by_{which}"))
    frame = _frame(desk, weights, by)
    head = [desk.say("fields.weight.criterion.label"), desk.say("fields.weight.weight.label")]
    rows = [(line.name, "" if line.heading else int(line.weight)) for line in frame.itertuples(index=False, name="Line")]
    show.picture(desk, _finding(desk, frame), weights_chart(frame, show.is_dark()), head, rows, key="weights", numbers=(1,))


def _frame(desk: Desk, weights: dict, by: str) -> pd.DataFrame:
    """A heading for each group with its total, and its criteria under it, heaviest first."""
    of = {"importance": "importances", "subject": "subjects"}[by]
    groups: dict[str | None, list] = {key: [] for key in (*desk.standard.choices(of), None)}
    for criterion in desk.standard.criteria:
        row = weights.get(criterion.key)
        key = criterion.subject if by == "subject" else row and row["importance"]
        groups[key].append((criterion.name[desk.language], (row and row["weight"]) or 0))
    lines = []
    for key, members in groups.items():
        if members:
            lines.append({"name": _group(desk, of, key, sum(weight for _, weight in members)), "weight": None, "heading": True})
            lines += [{"name": name, "weight": weight, "heading": False} for name, weight in sorted(members, key=lambda one: -one[1])]
    return pd.DataFrame(lines)


def _group(desk: Desk, of: str, key: str | None, total: int) -> str:
    name = name_of(desk, of, key) if key else desk.say("page_weights.no_importance")
    if key and of == "importances":
        return desk.say("page_weights.importance_total", name=name, total=total)
    return desk.say("page_weights.group_total", name=name, total=total)


def _finding(desk: Desk, frame: pd.DataFrame) -> str:
    top = frame.loc[frame["weight"].idxmax()]
    return desk.say("page_weights.finding", name=top["name"], weight=int(top["weight"]))


with step_page("weights", in_place=("weight",)) as desk:
    editor()
    picture(desk)
    sensitivity.show_swaps(desk)
