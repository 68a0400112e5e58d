"""Step 4: nine weights that make 100, each with its importance and reason."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pso_core.charts.weights import weights_chart
from pso_core.domain.sensitivity import swaps
from pso_core.steps.weights import TOTAL
from pso_core.ui import show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.form import Form
from pso_core.ui.frame import step_page
from pso_core.ui.naming import amount, name_of
from pso_core.ui.plain import as_html, as_label


@st.fragment
def editor() -> None:
    """Nine rows in one form: they are saved together because together they make 100."""
    desk = open_desk()
    form = Form(desk, "weights")
    rows = [form.row("weight", f"weight:{c.key}", {"criterion": c.key}) for c in desk.standard.criteria]
    form.messages()
    with st.container(key="sticky-meter"):
        show.meter(desk, desk.say("page_weights.total"), sum(row.value("weight") or 0 for row in rows), TOTAL)
    for criterion, row in zip(desk.standard.criteria, rows, strict=True):
        with st.container(border=True):
            name, importance, weight, reason = st.columns([3, 3, 1.4, 4], vertical_alignment="top")
            name.markdown(f"**{as_label(criterion.name[desk.language])}**", help=as_label(criterion.question[desk.language]))
            with importance:
                row.input("importance")
            with weight:
                row.input("weight")
            with reason:
                row.input("reason", lines=2)
    form.save_button(desk.say("page_weights.save"))


def picture(desk: Desk) -> None:
    """The weights by importance (this step's grouping) or by subject (the upgrade plan's)."""
    weights = {row["criterion"]: row for row in desk.state.of("weight")}
    if not weights:
        return
    by = st.segmented_control(
        desk.say("page_weights.group_by"), ["importance", "subject"], default="importance", required=True,
        format_func=lambda which: desk.say(f"page_weights.by_{which}"), key="weights/by",
    )  # fmt: skip
    frame = _frame(desk, weights, by)
    head = [desk.say("page_weights.group"), desk.say("fields.weight.criterion.label"), desk.say("fields.weight.weight.label")]
    rows = frame[["group", "name", "weight"]].itertuples(index=False)
    show.picture(desk, _finding(desk, frame), weights_chart(frame, show.is_dark()), head, rows, key="weights", numbers=(2,))


def _frame(desk: Desk, weights: dict, by: str) -> pd.DataFrame:
    of = {"importance": "importances", "subject": "subjects"}[by]
    order = [*desk.standard.choices(of), None]
    found = []
    for criterion in desk.standard.criteria:
        row = weights.get(criterion.key)
        key = (row["importance"] if row else None) if by == "importance" else criterion.subject
        found.append((order.index(key), -((row and row["weight"]) or 0), key, criterion, (row and row["weight"]) or 0))
    found.sort(key=lambda one: one[:2])
    totals = {key: sum(weight for *_, other, _, weight in found if other == key) for key in order}
    return pd.DataFrame(
        [
            {"name": criterion.name[desk.language], "weight": weight, "label": str(weight), "group": _group(desk, of, key, totals[key])}
            for *_, key, criterion, weight in found
        ]
    )


def _group(desk: Desk, of: str, key: str | None, total: int) -> str:
    name = name_of(desk, of, key) if key else desk.say("page_weights.no_importance")
    return desk.say("page_weights.group_total", name=name, total=total)


def _finding(desk: Desk, frame: pd.DataFrame) -> str:
    top = frame.loc[frame["weight"].idxmax()]
    return desk.say("page_weights.finding", name=top["name"], weight=int(top["weight"]))


def sensitivity(desk: Desk) -> None:
    """Which weight, moved by how little, would change what to improve first."""
    score = desk.review.score
    if score is None or not score.started:
        return
    show.heading(desk.say("page_weights.sensitivity"))
    found = swaps(score)
    if not found:
        return show.quiet(desk.say("page_weights.firm"))
    sentences = [
        desk.say(
            f"page_weights.{'more' if swap.change > 0 else 'less'}", name=name_of(desk, "criteria", swap.criterion),
            other=name_of(desk, "criteria", swap.other), change=amount(abs(swap.change), desk), weight=amount(swap.weight, desk),
        )
        for swap in found[:3]
    ]  # fmt: skip
    return st.html(f"<ul>{''.join(f'<li>{as_html(sentence)}</li>' for sentence in sentences)}</ul>")


with step_page("weights") as desk:
    editor()
    picture(desk)
    sensitivity(desk)
