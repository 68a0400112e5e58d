"""Raised hands of people without a phone: counted by the leader, and added to what was sent."""

from __future__ import annotations

import streamlit as st

from pso_core.actions import workshop_hands
from pso_core.domain.workshop.room import Question, Room
from pso_core.ui import fields, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_label
from pso_core.ui.workshop_doing import attempt
from pso_core.ui.workshop_words import answer_name, answers_of


def tally(desk: Desk, room: Room, question: Question) -> None:
    if question.phase not in ("open", "closed") or not (answers := answers_of(question)):
        return
    with st.expander(desk.say("page_workshop.count_hands"), key=f"workshop/hands/{room.id}"):
        show.quiet(desk.say("page_workshop.count_hands_about"))
        show.quiet(desk.say("page_workshop.hands_there_are", count=workshop_hands.without_phone(desk.office, room)))
        place = f"workshop/hands/{room.id}/{question.id}/{question.round}"
        for answer, column in zip(answers, st.columns(len(answers)), strict=True):
            name = as_label(answer_name(desk, question, answer))
            with column:
                fields.amount_box(name, question.hands.get(answer, 0), key=f"{place}/{answer}")
        st.button(desk.say("page_workshop.save_hands"), key=f"{place}/save", on_click=_count, args=(desk, room, question, place))


def _count(desk: Desk, room: Room, question: Question, place: str) -> None:
    hands = {answer: fields.whole_typed(st.session_state.get(f"{place}/{answer}") or "", nothing=0) for answer in answers_of(question)}
    attempt(room, lambda: workshop_hands.count_hands(desk.office, visit.actor(), room.id, question.id, hands))
