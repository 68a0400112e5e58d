"""Home: how far we are, what to do next for the person looking, the last changes."""

from __future__ import annotations

from itertools import islice

import streamlit as st

from pso_core.steps import KINDS
from pso_core.steps.signing import step_of
from pso_core.steps.standing import Standing, next_for
from pso_core.text.thaidate import say_moment
from pso_core.ui import cached, evidence, show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.frame import first_thing
from pso_core.ui.gaps import gap_link
from pso_core.ui.naming import amount, project_name
from pso_core.ui.navigation import MARKS, step_file
from pso_core.ui.plain import as_html, as_label
from pso_core.ui.sign_off import state_word

NEXT = 5  # things to do shown
CHANGES = 8


def head(desk: Desk) -> None:
    name, purpose = project_name(desk.state) or desk.say("app.no_agency"), desk.say("page_home.purpose")
    st.html(f"<header class='step'><p class='quiet'>{as_html(desk.standard.code)}</p><h1>{as_html(name)}</h1><p class='purpose'>{as_html(purpose)}</p></header>")
    if desk.state.only("project")["example"]:
        st.html(f"<p class='notice'>{as_html(desk.say('page_home.example'))}</p>")
    if desk.standings[0].state == "empty":
        first_thing(desk, "profile")
        st.page_link(step_file("profile"), label=as_label(desk.say("steps.profile.name")))


def totals(desk: Desk) -> None:
    """Now → after the plan → target, out of the maximum."""
    if (found := cached.totals_of(desk.review)) is None:
        show.quiet(show.no_total(desk))
        return
    (score, planned), (_, proven) = found, cached.proven_of(desk.review)
    figures = (("now", score.total), ("proven", proven.total), ("planned", planned.total), ("target", score.target_total))
    show.figures([(desk.say(f"page_home.{key}"), amount(value, desk), amount(score.maximum, desk)) for key, value in figures])
    evidence.link(desk)
    note = desk.say("page_home.provisional") if score.provisional else desk.say("page_home.percent", percent=amount(score.percent, desk))
    show.quiet(note)
    show.whose_score(desk)


def steps(desk: Desk) -> None:
    show.heading(desk.say("page_home.steps"))
    nine = [standing for standing in desk.standings if standing.step.number]
    done = sum(standing.state == "complete" for standing in nine)
    show.meter(desk, desk.say("page_home.steps_done"), done, len(nine))
    for standing in nine:
        _step(desk, standing)


def _step(desk: Desk, standing: Standing) -> None:
    say, key = desk.say, standing.step.key
    missing = [say("app.missing_count", count=len(standing.gaps))] if standing.gaps else []
    why = [say("app.carried_over"), *missing] if standing.carried else missing
    state = " · ".join(why) if standing.state == "started" else say(f"choices.step_state.{standing.state}")
    if standing.signed != "draft":
        state += f" · {state_word(desk, standing)}"
    st.page_link(step_file(key), label=f"{MARKS[standing.state]} {standing.step.number} **{as_label(say(f'steps.{key}.name'))}** · {as_label(state)}")


def next_things(desk: Desk) -> None:
    show.heading(desk.say("page_home.next", name=desk.person.name))
    found = list(islice(next_for(desk.person, desk.standings), NEXT))
    if not found:
        show.quiet(desk.say("page_home.nothing_next"))
    for _, gap in found:
        gap_link(desk, gap)


def last_changes(desk: Desk) -> None:
    show.heading(desk.say("page_home.changes"))
    for change in cached.newest_changes(desk.state, CHANGES):
        found = dict.fromkeys(step_of(row.kind, row.entity_id) for row in change.rows if row.kind in KINDS)
        steps_ = [desk.say(f"steps.{key}.short") for key in found]
        who, what = desk.person_name(change.person_id), desk.say(f"history.{change.action}")
        line = f"{who} {what} {', '.join(steps_[:3])}"
        st.html(f"<p class='row'>{as_html(line)} <span class='quiet'>{as_html(say_moment(change.occurred_at, desk.say))}</span></p>")


desk = open_desk()
head(desk)
totals(desk)
left, right = st.columns([3, 2], gap="large")
with right:
    next_things(desk)
    last_changes(desk)
with left:
    steps(desk)
