"""The upgrade plan on its page: what to lift first, the activities in groups, and the drawer of one of them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import streamlit as st

from pso_core.domain.exact import exact
from pso_core.domain.projection import Advice, advice, not_yet_in, room_above
from pso_core.domain.rows import Row
from pso_core.domain.scoring import Score
from pso_core.text.thaidate import say_date
from pso_core.ui import days_off, drawer, resolutions, sections, show, slips, taken_up
from pso_core.ui.desk import Desk
from pso_core.ui.form import Form, FormRow
from pso_core.ui.naming import amount, baht, name_of, row_name
from pso_core.ui.plain import as_html, as_label

GROUPS = {"term": "terms", "sub_plan": "sub_plans"}


def totals(desk: Desk, score: Score, planned: Score) -> None:
    """Now → after the plan → target, and whether the plan is enough."""
    whole = amount(score.maximum, desk)
    named = (("now", score.total), ("planned", planned.total), ("target", score.target_total))
    show.figures([(desk.say(f"page_plan.{key}"), amount(value, desk), whole) for key, value in named])
    if score.provisional:
        st.html(f"<p class='missing'>△ {as_html(desk.say('page_plan.provisional'))}</p>")


def first_things(desk: Desk, score: Score, round_id: str) -> None:
    """Every criterion below its target, widest gap first, with what the plan does about it and a button to do more."""
    show.heading(desk.say("page_plan.advice"))
    found = advice(desk.state, score, round_id)
    if not found:
        show.quiet(desk.say("page_plan.nothing_to_lift"))
        return
    left = sum((one.left for one in found), Fraction(0))
    sentence = desk.say("page_plan.falls_short", left=amount(left, desk)) if left else desk.say("page_plan.reaches")
    st.html(f"<p class='finding'>{as_html(sentence)}</p>")
    for number, one in enumerate(found, 1):
        _advice_line(desk, score, one, number)


def _advice_line(desk: Desk, score: Score, one: Advice, number: int) -> None:
    c, name = score.of(one.criterion), name_of(desk, "criteria", one.criterion)
    facts = {"gap": one.gap, "level": c.level, "target": c.target, "weight": c.weight}
    distance = desk.say("page_plan.advice_line", **{key: amount(value, desk) for key, value in facts.items()})
    line = f"<p class='row'>{number}. <b>{as_html(name)}</b> {as_html(distance)}</p>{_done_about(desk, one, name)}"
    if not (one.left and desk.may_edit("activity")):
        st.html(line)
        return
    text, button = st.columns([3, 1], vertical_alignment="center")
    text.html(line)
    wanted = {"lifts": {one.criterion: ceil(one.left / c.weight)}, "sub_plan": _sub_plan(desk, one.criterion), "position": desk.state.next_position("activity")}
    with button:
        drawer.add_button(desk, "activity", wanted, help=as_label(desk.say("page_plan.add_for", name=name)), width="stretch")


def _done_about(desk: Desk, one: Advice, name: str) -> str:
    if not one.activities:
        return f"<p class='missing'>▢ {as_html(desk.say('page_plan.bare', name=name))}</p>"
    facts = {"count": len(one.activities), "lift": amount(one.lift, desk)}
    if one.left:
        return f"<p class='missing'>△ {as_html(desk.say('page_plan.lifted_short', left=amount(one.left, desk), **facts))}</p>"
    return f"<p class='row done'>✓ {as_html(desk.say('page_plan.lifted_enough', **facts))}</p>"


def _sub_plan(desk: Desk, criterion: str) -> str | None:
    """The sub-plan of the criterion's subject, where the standard has one of that name."""
    subject = desk.standard.criterion(criterion).subject
    return subject if subject in desk.standard.choices("sub_plans") else None


def grouping(desk: Desk) -> str:
    """By term or by sub-plan, for the list and the timeline alike."""
    return sections.way(desk.say("page_plan.group_by"), list(GROUPS), "plan/by", lambda by: desk.say(f"page_plan.by_{by}"))


def grouped(desk: Desk, activities: tuple[Row, ...], by: str) -> list[tuple[str, list[Row]]]:
    """(name of the group, its activities) in the standard's order, those without one last; no empty groups."""
    keys = [*desk.standard.choices(GROUPS[by]), None]
    named = {key: name_of(desk, GROUPS[by], key) if key else desk.say(f"page_plan.no_{by}") for key in keys}
    groups = [(named[key], [row for row in activities if row[by] == key]) for key in keys]
    return [(name, rows) for name, rows in groups if rows]


def activities(desk: Desk, by: str) -> None:
    """Each group with its count and budget, each activity with who, when and what it lifts."""
    days_off.activities(desk)
    for name, rows in grouped(desk, desk.state.of("activity"), by):
        budget = sum((exact(row["budget"]) for row in rows if row["budget"]), Fraction(0))
        facts = {"count": len(rows), "budget": baht(budget, desk)}
        said = desk.say("page_plan.group_budget", **facts) if budget else desk.say("page_plan.group_count", count=len(rows))
        st.html(f"<h3>{as_html(name)} <span class='quiet'>{as_html(said)}</span></h3>")
        for row in rows:
            _activity(desk, row)


def _activity(desk: Desk, row: Row) -> None:
    owner = f"<span class='missing'>▢ {as_html(desk.say('page_plan.no_owner'))}</span>" if not row["owner"] else as_html(desk.person_name(row["owner"]))
    parts = [owner, as_html(when(desk, row)), as_html(lifts(desk, row))]
    if row["budget"]:
        parts.append(as_html(desk.say("page_plan.baht", budget=baht(row["budget"], desk))))
    text, button = st.columns([6, 1], vertical_alignment="center")
    text.html(f"<p class='row'>{as_html(row_name(row, desk))}</p><p class='quiet detail'>{' · '.join(parts)}</p>{resolutions.detail(desk, row.id)}")
    with button:
        drawer.edit_button(desk, "activity", row.id, width="stretch")


def when(desk: Desk, row: Row) -> str:
    """From when to when, in words where an end is open or not yet known."""
    start, due = (say_date(row[name], desk.say) if row[name] else None for name in ("start", "due"))
    if row["open_ended"]:
        return desk.say("page_plan.from_on", start=start) if start else desk.say("page_plan.on_without_start")
    if start and due:
        return desk.say("page_plan.from_to", start=start, due=due)
    if start:
        return desk.say("page_plan.only_start", start=start)
    return desk.say("page_plan.only_due", due=due) if due else desk.say("page_plan.no_dates")


def lifts(desk: Desk, row: Row) -> str:
    named = [f"{desk.standard.criterion(key).short[desk.language]} +{levels}" for key, levels in (row["lifts"] or {}).items()]
    return ", ".join(named) or desk.say("page_plan.no_lifts")


def layout(desk: Desk, form: Form, row: FormRow) -> None:
    """The drawer of an activity: what it lifts with the levels before and after, who, from when to when."""
    row.input("name")
    row.input("lifts", help=None)
    _levels_after(desk, row)
    row.input("owner", help=None)
    start, due = st.columns(2)
    with start:
        row.input("start")
    with due:
        if not row.value("open_ended"):
            row.input("due")
            days_off.below(desk, row, "due")
    _open_ended(form, row)
    slips.reason_if_due_moves(desk, form, row)
    slips.move_due(desk, row.entity_id)
    row.input("sub_plan")
    row.input("term")
    row.input("expected_result")
    taken_up.came_from(desk, row.entity_id)
    budget, code = st.columns(2)
    with budget:
        row.input("budget")
    with code:
        row.input("code")


def _levels_after(desk: Desk, row: FormRow) -> None:
    """Where each chosen criterion stands and would stand; a lift that the scale has no room for is said before saving."""
    round_ = desk.review.scored_round
    if row.stored and round_ and row.stored not in not_yet_in(desk.state, round_.id):
        return  # it was finished before this round, whose levels hold its lifts already
    steps = range(1, desk.standard.top_level + 1)
    chosen = {key: levels for key, levels in (row.value("lifts") or {}).items() if key in desk.standard.choices("criteria") and levels in steps}
    for criterion, levels in chosen.items():
        c = desk.review.score.of(criterion) if desk.review.score else None
        facts = {"name": name_of(desk, "criteria", criterion)}
        if c is None or c.level is None:
            show.quiet(desk.say("page_plan.level_unknown", **facts))
            continue
        room = room_above(c.level, desk.standard.top_level)
        if levels > room:
            sentence = desk.say("page_plan.level_too_high", level=amount(c.level, desk), room=room, **facts)
            st.html(f"<p class='missing'>△ {as_html(sentence)}</p>")
            continue
        facts |= {"level": amount(c.level, desk), "after": amount(min(desk.standard.top_level, c.level + levels), desk)}
        free = c.target is None
        show.quiet(desk.say("page_plan.level_change_free", **facts) if free else desk.say("page_plan.level_change", target=c.target, **facts))


def _open_ended(form: Form, row: FormRow) -> None:
    desk, key = form.desk, row.key("open_ended")
    st.checkbox(
        desk.say("fields.activity.open_ended.label"), value=bool(row.value("open_ended")), key=key, disabled=not row.may_edit,
        on_change=_goes_on, args=(form, row, key),
    )  # fmt: skip


def _goes_on(form: Form, row: FormRow, key: str) -> None:
    """An open end and a due date exclude each other: choosing the one takes the other back."""
    goes_on = st.session_state[key]
    form.put(row.entity_id, "open_ended", goes_on)
    if goes_on:
        form.put(row.entity_id, "due", None)
