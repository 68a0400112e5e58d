"""The frame that all nine steps share: what it is for, where it stands, the editor, what is missing, its history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from pso_core.steps import ALL_STEPS
from pso_core.steps.standing import Standing
from pso_core.ui import asked, drawer, history, live, sign_off
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.gaps import gap_link
from pso_core.ui.navigation import MARKS, step_file
from pso_core.ui.plain import as_html, as_label

SHOWN = 8  # gaps shown at once; the rest one tap away


@contextmanager
def step_page(
    key: str, layouts: Mapping[str, drawer.Layout] | None = None, in_place: Collection[str] = (), forms: Mapping[str, drawer.MakeForm] | None = None
) -> Iterator[Desk]:
    """Draws the frame around the body of the with statement. `layouts` are drawers drawn otherwise than field by field,
    `forms` those of kinds that only an action of their own writes, `in_place` the kinds of row edited on the page itself:
    it shows the one asked for (`asked.mark`)."""
    desk = open_desk()
    standing = next(one for one in desk.standings if one.step.key == key)
    _head(desk, standing)
    drawer.open_asked_place(desk, standing.step, in_place)
    yield desk
    _missing(desk, standing)
    sign_off.bar(desk, standing)
    history.show(desk, standing.step)
    drawer.show(desk, standing.step, layouts or {}, forms or {})


def _head(desk: Desk, standing: Standing) -> None:
    say, step, guide = desk.say, standing.step, desk.standard.guide(standing.step.key)
    number = say("app.step_number", number=step.number) if step.number else ""
    st.html(
        f"<header class='step'><p class='quiet'>{as_html(number)}</p><h1>{as_html(say(f'steps.{step.key}.name'))}</h1>"
        f"<p class='purpose'>{as_html(guide.purpose[desk.language])}</p>{_strip(desk, standing)}</header>"
    )
    live.show(desk, step)
    sign_off.notice(desk, standing)
    if standing.state == "empty":
        first_thing(desk, standing.step.key)
    for notice in guide.notices:
        st.html(f"<p class='notice'>{as_html(notice[desk.language])}</p>")
    with st.expander(say("app.guidance"), expanded=False):
        points = "".join(f"<li>{as_html(point[desk.language])}</li>" for point in guide.guidance)
        st.html(f"<ul>{points}</ul><p><b>{as_html(say('app.example'))}</b><br>{as_html(guide.example[desk.language])}</p>")


def _strip(desk: Desk, standing: Standing) -> str:
    say, missing = desk.say, len(standing.gaps)
    parts = [f"<span class='state {standing.state}'>{MARKS[standing.state]} {as_html(say(f'choices.step_state.{standing.state}'))}</span>"]
    if standing.signed != "draft":
        parts.append(f"<span class='state {standing.signed}'>{as_html(sign_off.state_word(desk, standing))}</span>")
    if standing.carried:
        parts.append(f"<span>{as_html(say('app.carried_over'))}</span>")
    if missing or not standing.carried:
        parts.append(f"<span>{as_html(say('app.missing_count', count=missing) if missing else say('app.nothing_missing'))}</span>")
    if standing.warnings:
        parts.append(f"<span>{as_html(say('app.warning_count', count=len(standing.warnings)))}</span>")
    return f"<p class='strip'>{''.join(parts)}</p>"


def first_thing(desk: Desk, key: str) -> None:
    """What to do first in a step that holds nothing yet."""
    st.info(as_label(desk.say(f"guidance.{key}.first")), title=desk.say("app.first_thing"))


def _missing(desk: Desk, standing: Standing) -> None:
    if not standing.gaps and not standing.warnings:
        return
    asked.mark(f"step:{standing.step.key}")
    st.html(f"<h2>{as_html(desk.say('app.missing' if standing.gaps else 'app.warnings'))}</h2>")
    shown = (standing.gaps or standing.warnings)[:SHOWN]
    for gap in shown:
        gap_link(desk, gap)
    rest = (*standing.gaps, *standing.warnings)[len(shown) :]
    if rest:
        with st.expander(desk.say("app.more_and_warnings", count=len(rest))):
            for gap in rest:
                gap_link(desk, gap)


def step_names(desk: Desk) -> dict[str, str]:
    return {step.key: desk.say(f"steps.{step.key}.short") for step in ALL_STEPS}


__all__ = ["first_thing", "gap_link", "step_file", "step_names", "step_page"]
