"""What the head approved, and every due date that moved since: who, from, to, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

import streamlit as st

from pso_core.actions.rows import Edit, Removal, Saved
from pso_core.actions.schedule import Slip, approve_schedule, approved_as_it_is, baseline_phases
from pso_core.domain.rows import Row
from pso_core.steps.schedule import newest_baseline
from pso_core.text.thaidate import say_date, say_moment, thai_day
from pso_core.ui import asked, cached, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.form import Form
from pso_core.ui.naming import slip_reason
from pso_core.ui.plain import as_html
from pso_core.ui.schedule_words import slip, step_name

SHOWN = 10  # slips; earlier ones are one tap away
BASELINE = "baseline"


def approval(desk: Desk) -> None:
    """Whether the schedule as it stands is approved; for the head a note and a button; all that were approved."""
    asked.mark("schedule")  # once it is there, what it lacks is the head's approval
    show.heading(desk.say("page_schedule.approval"))
    newest = newest_baseline(desk.state)
    same = approved_as_it_is(desk.office, desk.state) is not None
    word = "not_approved" if newest is None else "as_approved" if same else "changed_since_approval"
    show.quiet(desk.say(f"page_schedule.{word}", number=newest["number"] if newest else 0))
    if not same:
        _approve(desk)
    for baseline in sorted(desk.state.of(BASELINE), key=lambda row: row["number"], reverse=True):
        st.html(_approved(desk, baseline))


def _approve(desk: Desk) -> None:
    form = Form(desk, "approve", "approve_schedule", lambda edits, seen, _: _save(desk, edits, seen))
    row = form.row(BASELINE)
    if not row.may_edit:
        show.quiet(desk.say("page_schedule.who_approves"))
        return
    form.messages()
    row.input("note")
    form.save_button(desk.say("page_schedule.approve"))


def _save(desk: Desk, edits: Sequence[Edit | Removal], seen: int) -> Saved:
    note = edits[0].values.get("note") if edits else ""
    return approve_schedule(desk.office, visit.actor(), desk.project_id, seen, note or "")


def _approved(desk: Desk, baseline: Row) -> str:
    say = desk.say
    end = max((phase.due for phase in baseline_phases(desk.office, desk.project_id, baseline)), default=None)  # a project file may have an approval alone
    who = desk.person_name(baseline["approved_by"])
    if baseline["approved_position"]:
        who = say("page_schedule.with_position", name=who, position=baseline["approved_position"])
    when = say_moment(datetime.fromisoformat(baseline["approved_at"]), say)
    facts = {"number": baseline["number"], "who": who, "when": when}
    line = say("page_schedule.approved_line", **facts, end=say_date(end, say)) if end else say("page_schedule.approved_line_bare", **facts)
    note = f"<p class='quiet detail'>{as_html(baseline['note'])}</p>" if baseline["note"] else ""
    return f"<p class='row'>✓ {as_html(line)}</p>{note}"


def slips(desk: Desk) -> None:
    """The ledger: totals for each phase and for the activities, then every move, the newest first."""
    if not desk.state.of(BASELINE):
        return
    show.heading(desk.say("page_schedule.slips"))
    found = cached.ledger_of(desk.state)
    if not found:
        show.quiet(desk.say("page_schedule.no_slips"))
        return
    _totals(desk, found)
    _table(desk, found[:SHOWN])
    if len(found) > SHOWN:
        with st.expander(desk.say("page_schedule.earlier_slips", count=len(found) - SHOWN)):
            _table(desk, found[SHOWN:])


def _totals(desk: Desk, found: tuple[Slip, ...]) -> None:
    by: dict[str, list[Slip]] = defaultdict(list)
    for one in found:
        by[step_name(desk, one.name) if one.kind == "phase" else desk.say("page_schedule.activities")].append(one)
    st.html("".join(f"<p class='row'>{as_html(said)}</p>" for name in sorted(by) for said in _total(desk, name, by[name])))


def _total(desk: Desk, name: str, found: Sequence[Slip]) -> Iterator[str]:
    """By how much in all; days that were taken away are no number of days."""
    moved = [one.working_days for one in found if one.after]
    if moved:
        word = "slip_total" if sum(moved) else "slip_total_same"
        yield desk.say(f"page_schedule.{word}", name=name, days=slip(desk, sum(moved)), count=len(moved))
    if gone := len(found) - len(moved):
        yield desk.say("page_schedule.slip_gone", name=name, count=gone)


def _table(desk: Desk, found: Sequence[Slip]) -> None:
    head = [desk.say(f"page_schedule.column.{name}") for name in ("what", "from", "to", "moved", "reason")]
    show.table(head, [_line(desk, one) for one in found], numbers=(3,), dates=(1, 2), names=(0,))


def _line(desk: Desk, one: Slip) -> list[str]:
    name = step_name(desk, one.name) if one.kind == "phase" else one.name
    day = thai_day(one.occurred_at)
    why = desk.say("page_schedule.slip_reason", reason=slip_reason(desk, one), who=desk.person_name(one.person_id), date=say_date(day, desk.say))
    to = (say_date(one.after, desk.say), slip(desk, one.working_days)) if one.after else (desk.say("page_schedule.no_due_any_more"), desk.say("app.nothing"))
    return [name, say_date(one.before, desk.say), *to, why]
