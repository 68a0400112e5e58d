"""One person's work in all projects: the one next thing, what they owe and by when, what waits for their decision, what reaches them as head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pso_core.actions.reminders import Share, escalated_to, escalation, shares_of
from pso_core.domain.expiry import is_new
from pso_core.domain.owed import Owed, in_order, next_thing
from pso_core.steps.naming import person_name
from pso_core.steps.owing import left_text, owed_name
from pso_core.ui import show
from pso_core.ui.desk import Desk
from pso_core.ui.leading import lead_away, place_of
from pso_core.ui.plain import as_html

SHOWN = 10  # lines; the rest is one tap away
DECISION = "sign_off"


@dataclass(frozen=True)
class Work:
    """What one owes, in order, and in which project each of it is."""

    shares: dict[str, Share]
    items: tuple[Owed, ...]

    def of(self, *, decisions: bool) -> list[Owed]:
        return [one for one in self.items if (one.kind == DECISION) is decisions]

    def project(self, one: Owed) -> str:
        return self.shares[one.project_id].project


def work_of(desk: Desk) -> Work:
    return _work(shares_of(desk.office, desk.person, desk.say))


def _work(shares: Sequence[Share]) -> Work:
    return Work({share.told.state.project_id: share for share in shares}, in_order(one for share in shares for one in share.items))


def head(desk: Desk, work: Work) -> None:
    """The one next thing, large, with the way to it."""
    one = next_thing(work.items)
    whose = as_html(desk.say("page_my_work.whose", name=desk.person.name))
    if one is None:
        st.html(f"<header class='step'><p class='quiet'>{whose}</p><h1>{as_html(desk.say('page_my_work.nothing'))}</h1><p class='purpose'>{as_html(desk.say('page_my_work.about'))}</p></header>")
        return
    told, late = work.shares[one.project_id].told, " late" if one.overdue else ""
    said = " · ".join([left_text(told, one), *([work.project(one)] if len(work.shares) > 1 else [])])
    st.html(
        f"<header class='step'><p class='quiet'>{whose} · {as_html(desk.say('page_my_work.next'))}</p><h1>{as_html(owed_name(told, one))}</h1>"
        f"<p class='purpose{late}'>{as_html(said)}</p></header>"
    )
    lead_away(desk, one.project_id, desk.say(f"page_my_work.go.{'decide' if one.kind == DECISION else 'do'}"), place_of(one), "my_work/next", type="primary")


def owes(desk: Desk, work: Work) -> None:
    _list(desk, work, work.of(decisions=False), "owed")


def escalated(desk: Desk) -> None:
    """To the head what others have overdue for long, also where no mail server tells it; to anybody else nothing."""
    others = _work(escalated_to(desk.office, desk.person, desk.say))
    if others.items:
        show.heading(desk.say("reminders.mail.escalated", count=len(others.items), days=escalation(desk.office)))
        _folding(desk, others, others.items, "escalated")


def decides(desk: Desk, work: Work) -> None:
    _list(desk, work, work.of(decisions=True), "decisions")


def _list(desk: Desk, work: Work, items: Sequence[Owed], name: str) -> None:
    if not items:
        show.quiet(desk.say(f"page_my_work.none.{name}"))
        return
    show.heading(desk.say(f"page_my_work.{name}", count=len(items)))
    _folding(desk, work, items, name)


def _folding(desk: Desk, work: Work, items: Sequence[Owed], name: str) -> None:
    with st.container(gap="xxsmall", key=f"monday-my-{name}"):
        show.folding(desk, items, SHOWN, partial(_lines, desk, work), key=f"my_work/{name}")


def _lines(desk: Desk, work: Work, items: Sequence[Owed]) -> None:
    for one in items:
        told = work.shares[one.project_id].told
        parts = [owed_name(told, one), *_whose(desk, work, one), left_text(told, one), *([work.project(one)] if len(work.shares) > 1 else [])]
        key = f"my_work/{one.project_id}/{one.kind}/{one.entity_id}"
        lead_away(desk, one.project_id, f"{_mark(desk, one)} {' · '.join(parts)}", place_of(one), key)


def _whose(desk: Desk, work: Work, one: Owed) -> Iterator[str]:
    """Who owes it; nothing for what is one's own."""
    if one.owner is None:
        yield desk.say("reminders.no_owner")
    elif one.owner != desk.person.id:
        yield person_name(work.shares[one.project_id].told, one.owner)


def _mark(desk: Desk, one: Owed) -> str:
    if one.overdue:
        return "▲"
    return "△" if is_new(one, desk.today) else "▢"
