"""The schedule on its page: the finding, the picture with its table, and every phase with its dates and its button."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from pso_core.actions.schedule_reading import Line, Outlook, warnings
from pso_core.charts.gantt import LONG, gantt_chart
from pso_core.steps.schedule import phases_of
from pso_core.text.thaidate import say_date
from pso_core.ui import approved_plans, cached, days_off, drawer, schedule_bars, schedule_words, show
from pso_core.ui.desk import Desk
from pso_core.ui.naming import row_name
from pso_core.ui.plain import as_html
from pso_core.ui.schedule_bars import Drawn
from pso_core.ui.schedule_words import LOST, MARKS, pinned, span, step_name

FEW = 12  # activities that are all drawn; of more only those to look at now
SCROLLED = 680  # pixels


def finding(desk: Desk, found: Outlook) -> str:
    """What the schedule says today, in one sentence."""
    say = desk.say
    if found.current is None:
        last = max(line.standing.actual.finished for line in found.lines)
        return say("page_schedule.finding.done", date=say_date(last, say))
    if late := found.late:
        return _late(desk, late)
    facts = {"first": say_date(found.end[0], say), "last": say_date(found.end[1], say), "target": say_date(found.target, say)}
    least, most = (schedule_words.working_days(desk, days) for days in found.behind)
    if found.behind[0] > 0:
        return say("page_schedule.finding.behind" if least != most else "page_schedule.finding.behind_by", least=least, most=most, **facts)
    word = "may_be_behind" if found.behind[1] > 0 else "same_day" if found.end[0] == found.end[1] else "on_time"
    return say(f"page_schedule.finding.{word}", **facts)


def _late(desk: Desk, late: tuple[Line, ...]) -> str:
    first, more = late[0], len(late) - 1
    facts = {"step": desk.say(f"steps.{first.step}.short"), "days": schedule_words.working_days(desk, first.standing.days), "more": more}
    word = ("late_and_more" if more else "late") if first.standing.days else ("just_late_and_more" if more else "just_late")
    return desk.say(f"page_schedule.finding.{word}", **facts)


def _with_lost(desk: Desk, found: Outlook) -> str:
    """The same, and how many steps the picture marks as losing the target."""
    said = finding(desk, found)
    return desk.say("page_schedule.finding.with_lost", finding=said, count=len(found.lost)) if found.lost else said


def picture(desk: Desk, found: Outlook) -> None:
    """The phases in time, with the activities to look at now or all of them, over the same in numbers."""
    activities = desk.state.of("activity")
    everything = len(activities) <= FEW or st.toggle(desk.say("page_schedule.all_activities", count=len(activities)), key="schedule/all")
    approved = approved_plans.approved(desk, approved_plans.choose(desk))
    drawn = schedule_bars.drawn(desk, found, approved, everything)
    chart = gantt_chart(drawn.bars, drawn.calendar, show.is_dark())
    head = [desk.say(f"page_schedule.column.{name}") for name in ("what", "days", "start", "due", "state", "expected", "latest_start", "owner")]
    rows = [*(_row(desk, line) for line in found.lines), *drawn.table]
    marks = " · ".join([*_expected_end(desk, found), *_lost_mark(desk, found), *approved_plans.marks(desk, approved, drawn.bars)])
    height = SCROLLED if len(drawn.bars) > LONG else None
    show.picture(
        desk, _with_lost(desk, found), chart, head, rows, key="gantt", numbers=(1,), dates=(2, 3, 6), marks=marks, height=height,
        below=lambda: approved_plans.table(desk, approved, _named(desk, found, drawn)),
    )  # fmt: skip
    if drawn.undated:
        show.quiet(desk.say("page_schedule.undated", count=len(drawn.undated)))
        show.folding(desk, drawn.undated, FEW, lambda names: show.quiet(" · ".join(names)), key="schedule/undated")


def _named(desk: Desk, found: Outlook, drawn: Drawn) -> dict[str, str]:
    """What has bars, by its id."""
    return {f"phase:{line.step}": step_name(desk, line.step) for line in found.lines} | {row.id: row_name(row, desk) for row in drawn.activities}


def _expected_end(desk: Desk, found: Outlook) -> list[str]:
    """The range in which the end lies, where the finding tells of something late instead."""
    return [desk.say("page_schedule.expected_end", span=span(desk, found.end), target=say_date(found.target, desk.say))] if found.late else []


def _lost_mark(desk: Desk, found: Outlook) -> list[str]:
    """What the cross means, where there is one."""
    return [f"{LOST} {desk.say('page_schedule.lost_mark', target=say_date(found.target, desk.say))}"] if found.lost else []


def _row(desk: Desk, line: Line) -> list[object]:
    say, phase, done = desk.say, line.phase, line.standing.state == "done"
    return [
        step_name(desk, line.step), phase.days, say_date(phase.start, say), say_date(phase.due, say), schedule_words.standing_of(desk, line),
        say("app.nothing") if done else span(desk, line.expected), say("app.nothing") if done else say_date(line.latest_start, say), _owner(desk, line),
    ]  # fmt: skip


def _owner(desk: Desk, line: Line) -> str:
    return desk.person_name(line.owner) if line.owner else desk.say("page_schedule.no_owner")


def phases(desk: Desk, found: Outlook) -> None:
    """Every phase, with its button; what stands against the dates as they are."""
    show.heading(desk.say("page_schedule.phases"))
    schedule_words.say_warnings(desk, warnings(desk.office, phases_of(desk.state), cached.actuals_of(desk.state), desk.today))
    days_off.activities(desk)
    for line in found.lines:
        text, button = st.columns([6, 1], vertical_alignment="center")
        text.html(_card(desk, line))
        with button:
            _button(desk, line)


def _button(desk: Desk, line: Line) -> None:
    word = "app.edit" if desk.may_edit("phase", None, "move_phase") else "app.look"
    drawer.edit_button(desk, "phase", f"phase:{line.step}", desk.say(word), width="stretch")


def _card(desk: Desk, line: Line) -> str:
    state = line.standing.state
    lost = "".join(f" <b class='late'>{as_html(said)}</b>" for said in schedule_words.lost(desk, line))
    head = f"{MARKS[state]} <b>{as_html(step_name(desk, line.step))}</b> <span class='{state}'>{as_html(schedule_words.standing(desk, line.standing))}</span>{lost}"
    details = "".join(f"<p class='quiet detail'>{' · '.join(map(as_html, filter(None, parts)))}</p>" for parts in (_plan(desk, line), tuple(_outlook(desk, line))))
    return f"<p class='row'>{head}</p>{details}"


def _plan(desk: Desk, line: Line) -> tuple[str, ...]:
    phase = line.phase
    return span(desk, (phase.start, phase.due)), schedule_words.working_days(desk, phase.days), pinned(desk, line), _owner(desk, line)


def _outlook(desk: Desk, line: Line) -> Iterator[str]:
    """When it began, when it can be expected to end, how late it may begin, or by when it would have to end."""
    say, actual = desk.say, line.standing.actual
    if actual.started:
        yield say("page_schedule.began", date=say_date(actual.started, say))
    if line.standing.state == "done":
        return
    yield say("page_schedule.expected", span=span(desk, line.expected))
    lost_start = not actual.started and line.slack < 0
    if line.loses_target and not lost_start:
        yield say("page_schedule.latest_due_lost", date=say_date(line.latest_due, say))
    elif not actual.started:
        word = "latest_start_lost" if lost_start else "latest_start"
        yield say(f"page_schedule.{word}", date=say_date(line.latest_start, say), days=schedule_words.working_days(desk, line.slack))
