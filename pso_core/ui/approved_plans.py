"""The approved plans that are drawn below today's bars: the newest or the one chosen, and the first where it says other days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from pso_core.domain.calendar import day_of
from pso_core.domain.rows import Row
from pso_core.steps.schedule import due_in
from pso_core.text.thaidate import say_date, thai_day
from pso_core.ui import cached, show
from pso_core.ui.desk import Desk
from pso_core.ui.schedule_words import span

BOTH = 2  # plans, which are drawn together; of more one is chosen
NAMES = (("was_start", "was_end"), ("first_start", "first_end"))  # of a bar's days, as `gantt_chart` calls them

Days = tuple[date, date]


@dataclass(frozen=True)
class Plan:
    """A plan as it was approved."""

    number: int
    rows: Mapping[str, Row]

    def days(self, entity_id: str) -> Days | None:
        """From when to when this phase or activity was; None where it was not in the plan or had no end."""
        row = self.rows.get(entity_id)
        start, due = (day_of(row["start"]), day_of(due_in(row.body))) if row else (None, None)
        return (start, due) if start and due else None

    @property
    def phases(self) -> list[Days]:
        return [self.days(row.id) for row in self.rows.values() if row.kind == "phase"]


@dataclass(frozen=True)
class Approved:
    """`plans`: none, one, or the one chosen and then the first."""

    plans: tuple[Plan, ...]

    def below(self, entity_id: str, first: date, last: date) -> dict[str, int]:
        """The days of a bar's approved plans, cut to the picture; of the first plan only where they are others."""
        found = [plan.days(entity_id) for plan in self.plans]
        shown = [days if days not in found[:place] else None for place, days in enumerate(found)]
        drawn = [(names, days) for names, days in zip(NAMES, shown, strict=False) if days and days[0] <= last and days[1] >= first]
        return {name: day.toordinal() for names, (start, due) in drawn for name, day in zip(names, (max(start, first), min(due, last)), strict=True)}


def approved(desk: Desk, number: int | None = None) -> Approved:
    """`number`: of the approval chosen, else the newest."""
    known = _baselines(desk)
    chosen = next((row for row in known if row["number"] == number), known[0] if known else None)
    shown = {row["number"]: row for row in (chosen, *known[-1:]) if row}
    return Approved(tuple(Plan(number_, cached.as_of(desk.project_id, row.seq).rows) for number_, row in shown.items()))


def choose(desk: Desk) -> int | None:
    """Which of several approved plans is drawn; the newest until another is chosen, and again after each approval."""
    known = _baselines(desk)
    if len(known) <= BOTH:
        return None
    said = {row["number"]: _said(desk, row) for row in known}
    key = f"schedule/approved/{desk.project_id}/{known[0]['number']}"
    return st.selectbox(desk.say("page_schedule.which_approved"), list(said), format_func=said.get, key=key, placeholder=desk.say("app.choose"))


def marks(desk: Desk, found: Approved, bars: Sequence[Mapping[str, object]]) -> list[str]:
    """What the thin bars mean."""
    if not found.plans:
        return []
    chosen, *first = found.plans
    said = [desk.say("page_schedule.approved_bar", number=chosen.number)]
    return said + [desk.say("page_schedule.first_bar", number=plan.number) for plan in first if any("first_end" in bar for bar in bars)]


def table(desk: Desk, found: Approved, named: Mapping[str, str]) -> None:
    """The days of these plans; nothing where there is none. `named`: what has bars, by its id."""
    if not found.plans:
        return
    head = [desk.say("page_schedule.column.what"), *(desk.say("page_schedule.column.approved", number=plan.number) for plan in found.plans)]
    days = {entity_id: [plan.days(entity_id) for plan in found.plans] for entity_id in named}
    show.table(head, [[named[id_], *(span(desk, one) if one else desk.say("app.nothing") for one in some)] for id_, some in days.items() if any(some)])


def _baselines(desk: Desk) -> list[Row]:
    """The newest first."""
    return sorted(desk.state.of("baseline"), key=lambda row: row["number"], reverse=True)


def _said(desk: Desk, baseline: Row) -> str:
    day = thai_day(datetime.fromisoformat(baseline["approved_at"]))
    return desk.say("page_schedule.approved_choice", number=baseline["number"], date=say_date(day, desk.say))
