"""The activities of the plan, how each goes, and its reports: the newest first, a new one written where it stands."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.progress import Pace, pace, reports_by_activity
from pso_core.domain.rows import Row
from pso_core.steps.execution import place_of_report
from pso_core.text.thaidate import say_date, say_days_left
from pso_core.ui import asked, listing, show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.form import Form
from pso_core.ui.naming import amount, row_name
from pso_core.ui.navigation import step_file
from pso_core.ui.plain import as_html

MARKS = {"done": "●", "late": "▲", "behind": "△", "on_time": "◑", "waiting": "○", "undated": "–"}


@st.fragment
def activities() -> None:
    """Every activity of the plan, in its order, each with its reports one tap away."""
    desk = open_desk()
    found = paces(desk)
    if not found:
        show.quiet(desk.say("page_execution.no_activity"))
        st.page_link(step_file("plan"), label=desk.say("page_execution.to_plan"))
        return
    _summary(desk, found)
    wanted = asked.newly("reports")
    for one in found:
        _activity(desk, one, wanted)


def paces(desk: Desk) -> list[Pace]:
    reports = reports_by_activity(desk.state.of("progress"))
    return [pace(activity, reports.get(activity.id, ()), desk.today) for activity in desk.state.of("activity")]


def _summary(desk: Desk, found: list[Pace]) -> None:
    """How many are done, late, behind: only what there is."""
    counts = {state: sum(one.state == state for one in found) for state in MARKS}
    boxes = (
        f"<div><p class='quiet'>{MARKS[state]} {as_html(desk.say(f'page_execution.state.{state}'))}</p>"
        f"<p class='big'>{count}<small> / {len(found)}</small></p></div>"
        for state, count in counts.items()
        if count or state == "done"
    )
    st.html(f"<div class='counts'>{''.join(boxes)}</div>")


def _activity(desk: Desk, one: Pace, wanted: str | None) -> None:
    activity, place = one.activity, place_of_report(one.activity)
    reports = sorted(desk.state.where("progress", activity=activity.id), key=lambda row: (row["reported_on"], row.seq), reverse=True)
    with st.container(border=True):
        asked.mark(place)
        st.html(_card(desk, one, len(reports)))
        key = f"reports/{activity.id}"
        if wanted == place:
            st.session_state[key] = True
        label = "report" if desk.may_edit("progress") else "history"
        drawer = st.expander(desk.say(f"page_execution.{label}"), key=key, on_change="rerun", type="compact")  # another label would fold it
        if drawer.open:
            with drawer:
                _quick_report(desk, activity)
                _history(desk, reports)


def _card(desk: Desk, one: Pace, reports: int) -> str:
    """Name, bar with the expected place marked, and the same in words."""
    say, activity = desk.say, one.activity
    percent = as_html(say("page_execution.percent", percent=amount(one.percent, desk)))
    expected = f"<u style='left:{float(min(one.expected, 100)):.1f}%'></u>" if one.expected and one.state != "done" else ""
    owner = desk.person_name(activity["owner"]) if activity["owner"] else say("page_execution.no_owner")
    facts = [*_dates(desk, one), owner, say("page_execution.reported", count=reports)]
    reason = one.last["obstacle"] if one.last and one.state in ("late", "behind") else None
    because = f"<p class='row'>{as_html(say('page_execution.because', reason=reason))}</p>" if reason else ""
    if one.state == "late" and not reason:
        because = f"<p class='row late'>{as_html(say('page_execution.no_reason'))}</p>"
    return (
        f"<div class='meter pace is-{one.state}'><p class='row'><b>{as_html(row_name(activity, desk))}</b></p>"
        f"<p class='row'><b class='percent'>{percent}</b> <span class='word'>{as_html(_state(desk, one))}</span></p>"
        f"<div class='bar'><i style='width:{float(one.percent):.1f}%'></i>{expected}</div>"
        f"<p class='quiet detail'>{as_html(' · '.join(facts))}</p>{because}</div>"
    )


def _state(desk: Desk, one: Pace) -> str:
    words = f"{MARKS[one.state]} {desk.say(f'page_execution.state.{one.state}')}"
    if one.state == "late":
        return f"{MARKS[one.state]} {say_days_left(one.days, desk.say)}"
    if one.state == "behind":
        return f"{words} {desk.say('page_execution.should_be', percent=amount(one.expected, desk))}"
    return words


def _dates(desk: Desk, one: Pace) -> list[str]:
    activity, say = one.activity, desk.say
    start = say_date(activity["start"], say)
    if activity["open_ended"] or not activity["due"]:
        return [say("page_execution.open_end" if activity["open_ended"] else "page_execution.no_due", start=start)]
    left = [say_days_left(one.days, say)] if one.state in ("behind", "on_time", "waiting") else []
    return [say("page_execution.from_to", start=start, due=say_date(activity["due"], say)), *left]


def _quick_report(desk: Desk, activity: Row) -> None:
    """Five fields where the activity stands; who reports is who is signed in."""
    if not desk.may_edit("progress"):
        return
    form = Form(desk, f"report/{activity.id}")
    defaults = {"activity": activity.id, "reported_on": desk.today.isoformat(), "person": desk.person.id}
    row = form.row("progress", None, defaults)
    form.messages()
    for pair in (("percent", "reported_on"), ("done",), ("obstacle", "evidence")):
        for column, name in zip(st.columns(len(pair)), pair, strict=True):
            with column:
                row.input(name, **({} if name in ("percent", "reported_on") else {"lines": 2}))
    form.save_button(desk.say("page_execution.save_report"))


def _history(desk: Desk, reports: list[Row]) -> None:
    """Every report of one activity, the newest first."""
    if not reports:
        show.quiet(desk.say("page_execution.no_report"))
    for report in reports:
        when = say_date(report["reported_on"], desk.say)
        percent = desk.say("page_execution.percent", percent=report["percent"])
        title = f"{when} · {percent}" + (f" · {report['done']}" if report["done"] else "")
        listing.item(desk, report, ["person", "obstacle", "evidence"], title=title)
