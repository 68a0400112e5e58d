"""How the schedule is said: the state of a phase with its mark, from when to when, what a change moves, what to look out for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pso_core.actions.holidays import workdays
from pso_core.actions.schedule import Planned
from pso_core.actions.schedule_reading import Line, Warned, warnings
from pso_core.domain.schedule import Move, Standing, forecast
from pso_core.steps import STEPS
from pso_core.steps.schedule import phases_of
from pso_core.text.thaidate import say_date, say_working_days_left
from pso_core.ui import cached, show
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html

MARKS = {"done": "●", "late": "▲", "running": "◐", "waiting": "○"}
LOST = "×"  # beside the mark of a state, for it is none: a phase that is overdue may hold the target, one that has not begun may lose it
NUMBERS = {step.key: step.number for step in STEPS}


def step_name(desk: Desk, step: str) -> str:
    """Its number and short name."""
    return f"{NUMBERS[step]} {desk.say(f'steps.{step}.short')}"


def working_days(desk: Desk, days: int) -> str:
    """'1 working day', '6 working days'; the sign is said by the sentence around it."""
    return desk.say("page_schedule.days_one") if abs(days) == 1 else desk.say("page_schedule.days", days=f"{abs(days):,}")


def standing(desk: Desk, standing: Standing) -> str:
    """The state and how long is left, how long it is overdue, or when it was finished and how that was beside the plan."""
    say = desk.say
    if standing.state == "done":
        finished = say("page_schedule.finished", date=say_date(standing.actual.finished, say))
        return say("page_schedule.both", first=finished, second=_beside_plan(desk, standing.days)) if standing.days else finished
    left = say_working_days_left(standing.days, say, standing.on_days_off)
    if standing.state == "late":
        return left if standing.days else say("page_schedule.just_late")
    return say("page_schedule.both", first=say(f"page_schedule.state.{standing.state}"), second=left)


def standing_of(desk: Desk, line: Line) -> str:
    """The same of a phase of the schedule, and that it loses the target."""
    return " · ".join((standing(desk, line.standing), *lost(desk, line)))


def lost(desk: Desk, line: Line) -> tuple[str, ...]:
    """That a phase loses the target, with the mark that the picture has for it; nothing while the target holds."""
    return (f"{LOST} {desk.say('page_schedule.lost')}",) if line.loses_target else ()


def marks(line: Line) -> str:
    """The mark of its state, with the cross where it loses the target: for a row that has no room for the words."""
    return f"{MARKS[line.standing.state]} {LOST}" if line.loses_target else MARKS[line.standing.state]


def _beside_plan(desk: Desk, days: int) -> str:
    return desk.say(f"page_schedule.{'early' if days > 0 else 'overrun'}", days=working_days(desk, days))


def span(desk: Desk, days: tuple[date, date]) -> str:
    """From when to when; one day alone where both are the same."""
    first, last = (say_date(day, desk.say) for day in days)
    return first if first == last else desk.say("page_schedule.from_to", start=first, due=last)


def pinned(desk: Desk, line: Line) -> str:
    """Which of its dates a person typed, with a mark; nothing when the program computed both."""
    phase = line.phase
    if not (phase.pinned_start or phase.pinned_due):
        return ""
    which = "start_and_due" if phase.pinned_start and phase.pinned_due else "start" if phase.pinned_start else "due"
    return f"■ {desk.say(f'page_schedule.pinned.{which}')}"


def slip(desk: Desk, days: int) -> str:
    """'+6', '−2': working days by which something becomes due later or earlier, with a real minus."""
    return desk.say("page_schedule.no_shift") if not days else f"{'+' if days > 0 else '−'}{abs(days):,}"


def moves(desk: Desk, found: Iterable[Move]) -> None:
    """What a change moves: each phase from which dates to which."""
    head = [desk.say(f"page_schedule.column.{name}") for name in ("step", "from", "to", "moved")]
    rows = [[step_name(desk, move.step), span(desk, _was(move)), _becoming(desk, move), slip(desk, move.working_days)] for move in found]
    if not rows:
        show.quiet(desk.say("page_schedule.nothing_moves"))
        return
    show.table(head, rows, numbers=(3,))


def _was(move: Move) -> tuple[date, date]:
    return move.start[0], move.due[0]


def _becoming(desk: Desk, move: Move) -> str:
    """Its new dates, and that it becomes shorter or longer: a due date set by hand may leave it one day."""
    before, after = move.days
    dates = span(desk, _becomes(move))
    return dates if before == after else desk.say("page_schedule.other_length", dates=dates, before=f"{before:,}", after=f"{after:,}")


def _becomes(move: Move) -> tuple[date, date]:
    return move.start[1], move.due[1]


def against_target(desk: Desk, planned: Planned) -> None:
    """Whether the target typed still holds, by the plan and from today on; nothing where there is none."""
    if planned.target is None:
        return
    calendar, target = workdays(desk.office), say_date(planned.target, desk.say)
    beyond = calendar.between(planned.target, max(phase.due for phase in planned.phases))
    soonest = max(days[0] for days in forecast(planned.phases, cached.actuals_of(desk.state), calendar, desk.today).values())
    missed = calendar.between(planned.target, soonest)
    if beyond > 0:
        _missing(desk.say("page_schedule.target_lost", target=target, days=working_days(desk, beyond)))
    elif missed > 0:  # laid back from the target, a plan always ends in time, but it may have to begin in the past
        _missing(desk.say("page_schedule.target_missed", target=target, date=say_date(soonest, desk.say), days=working_days(desk, missed)))
    else:
        show.quiet(desk.say("page_schedule.target_holds", target=target, days=working_days(desk, beyond)))


def _missing(sentence: str) -> None:
    st.html(f"<p class='missing'>△ {as_html(sentence)}</p>")


def look_out(desk: Desk, planned: Planned, step: str | None = None) -> None:
    """What stands against these dates, before they are saved; with `step` only what is new, and what concerns it."""
    found, actual = cached.actuals_of(desk.state), phases_of(desk.state)
    known = warnings(desk.office, actual, found, desk.today) if step else ()
    said = warnings(desk.office, planned.phases, found, desk.today)
    say_warnings(desk, [one for one in said if one not in known or one.facts.get("step") == step])


def say_warnings(desk: Desk, found: Sequence[Warned]) -> None:
    if found:
        st.html("".join(f"<p class='missing'>△ {as_html(sentence)}</p>" for sentence in _sentences(desk, found)))


def _sentences(desk: Desk, found: Sequence[Warned]) -> Iterable[str]:
    """One each; several starts that are over are told together, as they are when a project was laid out long ago."""
    over = [one for one in found if one.code == "start_past"]
    if len(over) > 1:
        steps = ", ".join(desk.say("page_schedule.start_of", **_said(desk, one)) for one in over)
        yield desk.say("page_schedule.starts_past", count=len(over), steps=steps)
        found = [one for one in found if one.code != "start_past"]
    yield from (desk.say(f"page_schedule.warning.{one.code}", **_said(desk, one)) for one in found)


def _said(desk: Desk, one: Warned) -> dict[str, Any]:
    """What it is about, in the reader's words."""
    facts = dict(one.facts)
    for name in ("step", "other_step"):
        if name in facts:
            facts[name] = desk.say(f"steps.{facts[name]}.short")
    for name in ("date", "before"):
        if name in facts:
            facts[name] = say_date(facts[name], desk.say)
    if "holiday" in facts:
        facts["holiday"] = facts["holiday"][desk.language]
    return {"what": facts.get("step"), **facts}
