"""The renewal on the page of step 9: by when the next cycle must begin, reckoned at this project's own pace, phase by phase."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from pso_core.actions.renewal import renewal_of
from pso_core.actions.schedule_reading import warnings
from pso_core.domain.renewal import Length, Renewal
from pso_core.text.thaidate import say_date
from pso_core.ui import asked, cached, schedule_words, show
from pso_core.ui.desk import Desk
from pso_core.ui.leading import RENEWAL
from pso_core.ui.plain import as_html
from pso_core.ui.schedule_words import step_name, working_days

COLUMNS = ("step", "days", "source", "start", "due")


def renewal(desk: Desk) -> None:
    """The finding, the phases with their lengths and where these come from, and what to know about the dates; nothing without a certificate."""
    plan = renewal_of(desk.office, desk.state, cached.actuals_of(desk.state))
    if plan is None:
        return
    asked.mark(RENEWAL)
    show.heading(desk.say("page_renewal.heading"))
    _finding(desk, plan)
    show.table([desk.say(f"page_renewal.column.{name}") for name in COLUMNS], [*_phases(desk, plan), _decision(desk, plan)], numbers=(1,), dates=(3, 4))
    show.quiet(desk.say("page_renewal.how"))
    unlisted = warnings(desk.office, plan.phases, {}, desk.today)
    schedule_words.say_warnings(desk, [one for one in unlisted if one.code in ("year_without_list", "thin_list")])


def _finding(desk: Desk, plan: Renewal) -> None:
    facts = {"begin": say_date(plan.begin, desk.say), "expires": say_date(plan.expires, desk.say)}
    word = "ended" if plan.expires < desk.today else "late" if plan.passed else "begin"
    sentence = desk.say(f"page_renewal.finding.{word}", **facts, late=working_days(desk, plan.late))
    st.html(f"<p class='finding{' late' if plan.passed else ''}'>{as_html(sentence)}</p>")
    if plan.passed:
        said = desk.say("page_renewal.if_today", granted=say_date(plan.granted, desk.say))
        st.html(f"<p class='missing'>△ {as_html(said)}</p>")


def _phases(desk: Desk, plan: Renewal) -> Iterator[list[str]]:
    for phase in plan.phases:
        length = plan.lengths[phase.step]
        yield [step_name(desk, phase.step), f"{length.days:,}", _source(desk, length), say_date(phase.start, desk.say), say_date(phase.due, desk.say)]


def _decision(desk: Desk, plan: Renewal) -> list[str]:
    ready, ends = say_date(plan.ready, desk.say), say_date(plan.expires, desk.say)
    return [desk.say("page_renewal.decision"), f"{plan.decision.days:,}", _source(desk, plan.decision), ready, ends]


def _source(desk: Desk, length: Length) -> str:
    if length.measured is None:
        return desk.say(f"page_renewal.source.{length.source}")
    return desk.say("page_renewal.source.measured", span=schedule_words.span(desk, length.measured))
