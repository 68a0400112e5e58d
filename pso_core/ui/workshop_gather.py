"""Grouping what the room wrote: the leader ticks what says the same and puts it together; every text stays to be read as it was written."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pso_core.actions import workshop_gathering, workshops
from pso_core.domain.workshop.ballots import PHRASE
from pso_core.domain.workshop.gathering import Group, phrase_id
from pso_core.domain.workshop.room import Question, Room, never_opened
from pso_core.ui import anew, show, visit
from pso_core.ui import workshop_questions as questions
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html, as_label
from pso_core.ui.workshop_doing import attempt

SEARCH_FROM = 12  # groups
SHOWN = 40  # groups at a time: each is a box to tick
FEW = 12  # groups that a phone can compare


def grouping(desk: Desk, room: Room, question: Question, groups: Sequence[Group]) -> None:
    """For the leader, while the question is revealed: ticks, and what can be done with what is ticked."""
    place = f"workshop/gather/{room.id}/{question.id}/{question.round}"
    if not groups:
        return
    show.quiet(desk.say("page_workshop.grouping_about"))
    with st.container():
        picked = [group for group in groups if st.session_state.get(_tick(place, group.id))]
        with st.container(key=f"sticky-gather-{question.id}"):
            _panel(desk, room, question, place, picked)
        _list(desk, place, groups, picked)
    _following(desk, room, question, groups)


def group_html(group: Group) -> str:
    """What stands for the group, and under it what was written in other words."""
    return f"<b>{as_html(group.text)}</b>{originals_html(group)}"


def originals_html(group: Group) -> str:
    written = "".join(f"<li>{as_html(text)}</li>" for text in group.originals)
    return f"<ul class='originals'>{written}</ul>" if written else ""


def _tick(place: str, phrase: str) -> str:
    return f"{place}/tick/{anew.turn(place)}/{phrase}"


def _list(desk: Desk, place: str, groups: Sequence[Group], picked: Sequence[Group]) -> None:
    """What is ticked is always there, whatever is looked for."""
    wanted = ""
    if len(groups) > SEARCH_FROM:
        wanted = st.text_input(desk.say("page_workshop.find_text"), key=f"{place}/find").strip().casefold()
    found = [group for group in groups if group in picked or any(wanted in text.casefold() for text in (group.text, *group.originals))]
    shown = [*(group for group in found if group in picked), *(group for group in found if group not in picked)][:SHOWN] if len(found) > SHOWN else found
    for group in shown:
        with st.container(key=f"line-{place.replace('/', '-')}-{group.id}", gap="small"):
            st.checkbox(as_label(group.text), key=_tick(place, group.id))
            if written := originals_html(group):
                st.html(written)
    if len(found) > len(shown):
        show.quiet(desk.say("page_workshop.more_texts", shown=len(shown), count=len(found)))


def _panel(desk: Desk, room: Room, question: Question, place: str, picked: Sequence[Group]) -> None:
    if len(picked) > 1:
        _together(desk, room, question, place, picked)
    elif picked:
        _one(desk, room, question, place, picked[0])
    else:
        show.quiet(desk.say("page_workshop.tick_to_group"))


def _together(desk: Desk, room: Room, question: Question, place: str, picked: Sequence[Group]) -> None:
    names, key = {group.id: as_label(group.text) for group in picked}, f"{place}/into"
    if st.session_state.get(key) not in names:
        st.session_state[key] = picked[0].id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(desk.say("page_workshop.stands_for"), list(names), key=key, format_func=names.get, placeholder=desk.say("app.choose"))
        st.button(
            desk.say("page_workshop.put_together", count=len(picked)), key=f"{place}/together", type="primary", on_click=_put_together, args=(desk, room, question, place, picked)
        )


def _one(desk: Desk, room: Room, question: Question, place: str, group: Group) -> None:
    """Other words for it, and what was put under it taken out again."""
    say, key = desk.say, f"{place}/words/{group.id}/{phrase_id(group.text)}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(say("page_workshop.wording"), group.text, key=key, max_chars=PHRASE)
        st.button(say("page_workshop.use_wording"), key=f"{key}/yes", on_click=_say, args=(desk, room, question, group, key))
    under = {id_: as_label(text) for id_, text in group.phrases.items() if id_ != group.id}
    if under:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            out = f"{place}/out/{group.id}/{len(under)}"
            st.selectbox(say("page_workshop.under_it"), list(under), key=out, format_func=under.get, placeholder=say("app.choose"))
            st.button(say("page_workshop.take_out"), key=f"{out}/yes", on_click=_take_out, args=(desk, room, question, out))


def _put_together(desk: Desk, room: Room, question: Question, place: str, picked: Sequence[Group]) -> None:
    into = st.session_state[f"{place}/into"]
    others = [group.id for group in picked if group.id != into]
    group = workshop_gathering.group
    attempt(room, lambda: group(desk.office, visit.actor(), room.id, question.id, others, into), after=lambda: anew.begin(place))


def _say(desk: Desk, room: Room, question: Question, group: Group, key: str) -> None:
    """The words that were written are no wording of their own."""
    wording = (st.session_state.get(key) or "").strip()
    said = "" if wording == group.phrases[group.id] else wording
    attempt(room, lambda: workshop_gathering.word(desk.office, visit.actor(), room.id, question.id, group.id, said))


def _take_out(desk: Desk, room: Room, question: Question, key: str) -> None:
    phrase = st.session_state[key]
    attempt(room, lambda: workshop_gathering.take_out(desk.office, visit.actor(), room.id, question.id, phrase))


def _following(desk: Desk, room: Room, question: Question, groups: Sequence[Group]) -> None:
    """A question about the groups, at one press; or the meeting decides now."""
    say = desk.say
    show.heading(say("page_workshop.follow"))
    show.quiet(say("page_workshop.follow_about", count=len(groups)))
    if len(groups) > FEW:
        show.quiet(say("page_workshop.many_groups", few=FEW))
    with st.container(horizontal=True):
        for method in questions.ABOUT_TEXTS:
            key = f"workshop/follow/{room.id}/{question.id}/{question.round}/{method}"
            st.button(say(f"page_workshop.follow_by.{method}"), key=key, on_click=_follow, args=(desk, room, question, groups, method))


def _follow(desk: Desk, room: Room, question: Question, groups: Sequence[Group], method: str) -> None:
    """Asked twice about the same groups it is one question."""
    asked = questions.follow_up(desk, question, groups, method)

    def ask() -> None:
        now = desk.office.store.workshops.room(room.id)
        same = [one.id for one in now.questions.values() if never_opened(one) and one.method == method and dict(one.settings) == dict(asked.settings)]
        id_ = same[0] if same else next(reversed(workshops.ask(desk.office, visit.actor(), room.id, [asked]).questions))
        workshops.look_at(desk.office, visit.actor(), room.id, id_)

    attempt(room, ask)
