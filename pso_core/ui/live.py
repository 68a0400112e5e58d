"""What others do at this page now, told in one part of it: who is here, who writes where, and what was saved since it was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pso_core.domain.presence import Place, others, people_of, writing_at
from pso_core.domain.rows import Row
from pso_core.office import office
from pso_core.steps import KINDS, Step
from pso_core.steps.signing import pages_showing
from pso_core.store.history import Change
from pso_core.text.thaidate import say_moment, say_time, thai_day
from pso_core.ui import live_script, messages, present, visit
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.form import look_again
from pso_core.ui.naming import row_name
from pso_core.ui.plain import as_html

SLOWLY = 25.0  # seconds between looks where scripts or what is pushed are held back, by a proxy say
NAMED = 4  # people, or rows of one person; the rest are counted
LETTERS = 40  # of a row's name
CHANGES = 50  # looked at to say what was saved
_DRAWN, _TOLD = "live/drawn", "live/told"


@dataclass(frozen=True)
class Drawn:
    """The page as this visit last drew it whole. `told`: what it says of having done so by itself."""

    project_id: str
    page: str
    seq: int
    told: str


def show(desk: Desk, step: Step) -> None:
    """At the head of a page. While a line to this tab is open it need not look by itself."""
    heard = desk.office.store.presence.is_heard(visit.tab())
    present.arrive(desk, step.key)
    st.session_state[_DRAWN] = Drawn(desk.project_id, step.key, desk.state.seq, st.session_state.pop(_TOLD, ""))
    with st.container(gap=None):
        st.fragment(_others, run_every=None if heard else SLOWLY)()


def _others() -> None:
    drawn: Drawn = st.session_state[_DRAWN]
    store, tab = office().store, visit.tab()
    number = store.presence.number(drawn.project_id, drawn.page)  # before the rows are read: what comes in between is told once more
    desk = open_desk()
    if store.state(drawn.project_id).seq != desk.state.seq:
        number = 0
    answer = live_script.listen(drawn.project_id, drawn.page, tab, number, SLOWLY, partial(present.type_in, desk))
    store.presence.seen(tab)
    news = _news(desk, drawn)
    if news and answer.changed == live_script.CALM and not present.unsaved(desk):
        st.session_state[_TOLD] = desk.say("live.shown", news=news)
        st.rerun()
    there = others(store.presence.screens(desk.project_id), drawn.page, desk.person.id, desk.office.clock())
    writing = writing_at(there)
    writers = {one for people in writing.values() for one in people}
    others_here = [one for one in people_of(there) if one not in writers]
    parts = [*([drawn.told] if drawn.told and not news else []), *_where(desk, writing), *_who(desk, others_here)]
    said = f"<p tabindex='0'>{as_html(' · '.join(parts))}</p>" if parts else ""
    st.html(f"<div class='live quiet' role='status'>{said}</div>{_marks(desk, writing)}")
    if news:
        with st.container(key="live-news", horizontal=True, vertical_alignment="center"):
            st.html(f"<p role='status'>{as_html(news)}</p>", width="stretch")
            st.button(desk.say("live.show"), key="live/show", on_click=_look_again, args=(desk,))


def _look_again(desk: Desk) -> None:
    look_again(desk)
    st.rerun()


def _who(desk: Desk, people: Sequence[str]) -> Iterable[str]:
    if people:
        names = [desk.person_name(one) for one in people[:NAMED]]
        yield desk.say("live.here", names=_listed(desk, names, len(people), "people"))


def _where(desk: Desk, writing: Mapping[Place, Sequence[str]]) -> Iterable[str]:
    """A line for each person: the rows in which they write."""
    rows: dict[str, dict[str, None]] = {}
    for (entity_id, _), people in writing.items():
        for one in people:
            rows.setdefault(one, {})[_name(desk, entity_id)] = None
    for one, names in rows.items():
        shown = [desk.say("live.row", name=name) for name in list(names)[:NAMED]]
        yield desk.say("live.writing", who=desk.person_name(one), rows=_listed(desk, shown, len(names), "rows"))


def _name(desk: Desk, entity_id: str) -> str:
    """What a row is called; one not yet there by its key, else by its kind."""
    kind, _, key = entity_id.partition(":")
    if KINDS[kind].single:
        return desk.say(f"fields.{kind}.one")
    if row := messages.row_in_mind(desk, kind, entity_id):
        return row_name(row, desk, limit=LETTERS)
    if KINDS[kind].key:
        return row_name(Row(entity_id, kind, 0, 0, dict(zip(KINDS[kind].key, key.split("/"), strict=False))), desk, limit=LETTERS)
    return desk.say("live.new_row", kind=desk.say(f"fields.{kind}.one"))


def _listed(desk: Desk, shown: Sequence[str], count: int, of: str) -> str:
    names = ", ".join(shown)
    return desk.say(f"live.more_{of}", names=names, count=count - len(shown)) if count > len(shown) else names


def _marks(desk: Desk, writing: Mapping[Place, Sequence[str]]) -> str:
    said = {place: desk.say("live.mark", who=", ".join(map(desk.person_name, people))) for place, people in writing.items()}
    return live_script.marks(desk.project_id, said)


def _news(desk: Desk, drawn: Drawn) -> str:
    """What was saved since the page was drawn, of all that it shows; "" when nothing was."""
    if desk.state.seq == drawn.seq:
        return ""
    changes = [change for change in desk.office.store.history(desk.project_id, limit=CHANGES) if change.seq > drawn.seq and _touched(change, drawn.page)]
    if not changes:
        return ""
    rows = {entity_id for change in changes for entity_id in _touched(change, drawn.page)}
    people = tuple(dict.fromkeys(change.person_id for change in changes))
    who = _listed(desk, [desk.person_name(one) for one in people[:NAMED]], len(people), "people")
    when = changes[0].occurred_at
    said = say_time if thai_day(when) == desk.today else say_moment
    return desk.say("live.saved", who=who, count=len(rows), when=said(when, desk.say))


def _touched(change: Change, page: str) -> set[str]:
    return {row.entity_id for row in change.rows if page in pages_showing(row.kind, row.entity_id)}
