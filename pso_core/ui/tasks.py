"""Step 3's parts: a tier with its tasks, the buttons that fill in points, the order, the drawer of a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pso_core.actions.tasks import add_tasks, order_tasks
from pso_core.domain.apportion import scale_to, share_equally
from pso_core.domain.rows import Row
from pso_core.domain.standard import Tier
from pso_core.steps import KINDS
from pso_core.steps.tasks import mode_of, next_codes, tasks_of
from pso_core.ui import anew, asked, drawer, resolutions, sections, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.drag_list import Item, drag_list
from pso_core.ui.filling import fill
from pso_core.ui.form import Form, FormRow
from pso_core.ui.form_row import summed
from pso_core.ui.naming import choice_name, name_of, row_name, shown_value
from pso_core.ui.plain import as_html

POINTS, ORDER = "points", "order"


@dataclass(frozen=True)
class TierPart:
    """A tier of tasks inside the one form that holds all points."""

    desk: Desk
    form: Form
    tier: Tier
    tasks: list[Row]
    rows: list[FormRow]

    @property
    def name(self) -> str:
        return name_of(self.desk, "tiers", self.tier.key)

    @property
    def points(self) -> list[int]:
        return [row.known("points") or 0 for row in self.rows]


def tier_parts(desk: Desk, form: Form) -> list[TierPart]:
    """Every tier with its tasks as they are now; a task that others added since is shown as they left it."""
    return [
        TierPart(desk, form, tier, tasks, [form.row("task", task.id, task.body) for task in tasks])
        for tier in desk.standard.tiers
        for tasks in [tasks_of(desk.state, tier.key)]
    ]


def meters(desk: Desk, parts: Sequence[TierPart]) -> None:
    """Each tier's quota and the whole, as typed so far."""
    sums = [summed(part.rows, "points") for part in parts]
    found = [(part.name, value, part.tier.quota, sound) for part, (value, sound) in zip(parts, sums, strict=True)]
    whole = summed([row for part in parts for row in part.rows], "points")
    show.meters(desk, [*found, (desk.say("page_tasks.total"), whole[0], sum(part.tier.quota for part in parts), whole[1])])


def section(part: TierPart) -> None:
    desk, tier = part.desk, part.tier
    with st.container(border=True):
        asked.mark(f"tier_rule:{tier.key}")
        about = desk.say("page_tasks.about" if part.tasks else "page_tasks.none_yet", count=len(part.tasks), quota=tier.quota)
        with st.container(horizontal=True, key=f"head-{tier.key}"):
            st.html(f"<div class='head'><h2>{as_html(part.name)}</h2><p class='quiet'>{as_html(about)}</p></div>", width="stretch")
            if part.tasks:
                _mode(part)
        if part.tasks:
            _view(part)
        _additions(part)


def _mode(part: TierPart) -> None:
    """Ranked or equal: the facilitator decides, the others read it."""
    desk, mode = part.desk, mode_of(part.desk.state, part.desk.standard, part.tier.key)
    if desk.may_edit("tier_rule"):
        part.form.row("tier_rule", f"tier_rule:{part.tier.key}", {"tier": part.tier.key, "mode": mode}).input("mode", help=None, label_visibility="collapsed")
    else:
        show.quiet(choice_name(desk, KINDS["tier_rule"].field["mode"], mode))


def _view(part: TierPart) -> None:
    desk, key = part.desk, f"tasks/{part.tier.key}"
    with st.container(horizontal=True):
        view = sections.way(
            desk.say("page_tasks.view", tier=part.name), [POINTS, ORDER], f"{key}/view",
            lambda view: desk.say(f"page_tasks.show_{view}"), label_visibility="collapsed",
        )  # fmt: skip
        {POINTS: _fill_buttons, ORDER: _order_button}[view](part, key)
    {POINTS: _points, ORDER: _order}[view](part, key)


def _fill_buttons(part: TierPart, key: str) -> None:
    desk, quota = part.desk, part.tier.quota
    rules = {"share": lambda held: share_equally(len(held), quota), "scale": lambda held: scale_to(held, quota)}
    for name, rule in rules.items():
        words = {"label": desk.say(f"page_tasks.{name}", quota=quota), "help": desk.say(f"page_tasks.{name}_help")}
        st.button(**words, key=f"{key}/{name}", on_click=fill, args=(part.form, part.rows, "points", rule))


def _points(part: TierPart, key: str) -> None:
    desk = part.desk
    with st.container(gap=None):
        for task, row in zip(part.tasks, part.rows, strict=True):
            with st.container(horizontal=True, vertical_alignment="center", key=f"line-{task.id}"):
                st.html(f"<p class='row'>{as_html(row_name(task, desk))}</p>{_detail(desk, task)}", width="stretch")
                label = desk.say("page_tasks.points_of", task=row_name(task, desk))
                row.input("points", label=label, help=None, label_visibility="collapsed", width=130)
                drawer.edit_button(desk, "task", task.id)
    if changes := _changes(part):
        st.html(f"<p class='quiet' role='status'>{as_html(desk.say('page_tasks.will_change', changes=changes))}</p>")


def _changes(part: TierPart) -> str:
    """'1.1 from 15 to 12, …' for the points that Save would change."""
    desk = part.desk
    typed = [(task["code"], task["points"], row.value("points")) for task, row in zip(part.tasks, part.rows, strict=True)]
    shown = [(code, *(shown_value(desk, "task", "points", points) for points in pair)) for code, *pair in typed if pair[0] != pair[1]]
    return ", ".join(desk.say("page_tasks.change", code=code, old=old, new=new) for code, old, new in shown)


def _detail(desk: Desk, task: Row) -> str:
    parts = [shown_value(desk, "task", name, task[name]) for name in ("division", "basis") if task[name]]
    said = f"<p class='quiet detail'>{as_html(' · '.join(parts))}</p>" if parts else ""
    return said + resolutions.detail(desk, task.id)


def _order_button(part: TierPart, key: str) -> None:
    desk = part.desk
    by_points = [task.id for task, _ in sorted(zip(part.tasks, part.points, strict=True), key=lambda pair: -pair[1])]
    if by_points != [task.id for task in part.tasks]:
        st.button(desk.say("page_tasks.by_points"), key=f"{key}/by-points", on_click=_reorder, args=(part, by_points))


def _order(part: TierPart, key: str) -> None:
    desk = part.desk
    items = [Item(task.id, row_name(task, desk), _note(desk, points)) for task, points in zip(part.tasks, part.points, strict=True)]
    drag_list(desk.say, items, key=f"{key}/drag", on_order=lambda order: _reorder(part, order))


def _note(desk: Desk, points: int) -> str:
    return desk.say("page_tasks.points_short", points=points) if points else desk.say("page_tasks.no_points")


def _reorder(part: TierPart, order: Sequence[str]) -> bool:
    desk = part.desk
    saved = do(desk, lambda: order_tasks(desk.office, visit.actor(), desk.project_id, part.tier.key, order, desk.state.seq))
    return saved is not None


def _additions(part: TierPart) -> None:
    desk, key = part.desk, part.tier.key
    if not desk.may_edit("task"):
        return
    new = {"tier": key, "code": next_codes(desk.state, desk.standard, key)[0], "position": desk.state.next_position("task")}
    with st.container(horizontal=True):
        drawer.add_button(desk, "task", new, label=desk.say("page_tasks.add", tier=part.name))
        with st.popover(desk.say("page_tasks.add_many"), key=f"tasks/{key}/many"):
            place = f"tasks/{key}/names"
            names = anew.key(place)
            st.text_area(desk.say("page_tasks.add_many_label"), key=names, height=220, help=desk.say("page_tasks.add_many_help"))
            st.button(desk.say("page_tasks.add_many_save", tier=part.name), key=f"{names}/save", type="primary", on_click=_add_many, args=(part, place, names))


def _add_many(part: TierPart, place: str, typed: str) -> None:
    desk = part.desk
    names = [line.strip() for line in st.session_state[typed].splitlines() if line.strip()]
    if names and do(desk, lambda: add_tasks(desk.office, visit.actor(), desk.project_id, part.tier.key, names, desk.state.seq)):
        anew.begin(place)


def task_fields(desk: Desk, form: Form, row: FormRow) -> None:
    """The drawer of a task."""
    for name in ("code", "name", "tier", "division", "basis", "points"):
        row.input(name)
