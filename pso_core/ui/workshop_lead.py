"""Leading a question: where it is, the one button that takes it on, the time, and the ways back. Others see the same without the buttons."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from pso_core.actions import workshops
from pso_core.actions.workshop_answers import counted, not_yet
from pso_core.domain.workshop.room import PHASES, Question, Room, follows
from pso_core.errors import PsoError
from pso_core.text.thaidate import BANGKOK
from pso_core.ui import show, visit, workshop_agenda, workshop_check, workshop_decide, workshop_hands, workshop_outcome, workshop_people
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html, as_label
from pso_core.ui.workshop_doing import attempt
from pso_core.ui.workshop_words import phase_word

NEXT = {"draft": "open", "open": "closed", "closed": "revealed", "decided": "locked"}  # what the large button does
MINUTES = (0, 2, 5, 10, 15)
MORE = 2  # minutes
SHORTCUT = "Alt+N"


def leading(desk: Desk, room: Room, leads: bool) -> None:
    """The question that the room looks at."""
    if leads:
        workshop_people.waiting(desk, room)
    question = room.question
    if question is None:
        show.quiet(desk.say("page_workshop.no_question"))
        return
    _question(desk, question)
    _phases(desk, question)
    _counters(desk, room, question)
    if leads:
        _buttons(desk, room, question)
        _not_sent(desk, room, question)
        workshop_hands.tally(desk, room, question)
    if question.shown:
        found = workshop_outcome.found(desk, room, question)
        workshop_outcome.outcome(desk, room, question, found, leads)
        if found:
            workshop_check.beside(desk, room, question, found)
            if leads:
                workshop_outcome.hints(desk, room, question, found)
        if leads and question.phase == "revealed":
            workshop_decide.deciding(desk, room, question, found)
        workshop_decide.decided(desk, room, question)
    if leads:
        _reopening(desk, room, question)
    workshop_agenda.others(desk, room, leads)


def _question(desk: Desk, question: Question) -> None:
    say = desk.say
    chips = [say(f"choices.method.{question.method}")]
    if question.round > 1:
        chips.append(say("page_workshop.round", number=question.round))
    chips += [say("page_workshop.practice")] if question.practice else []
    shown = " ".join(f"<span class='chip'>{as_html(chip)}</span>" for chip in chips)
    because = f"<p class='quiet detail'>{as_html(say('page_workshop.because', reason=question.because))}</p>" if question.because else ""
    st.html(f"<h3 class='asked'>{as_html(question.title)}</h3><p class='row'>{shown}</p>{because}")


def _phases(desk: Desk, question: Question) -> None:
    items = "".join(
        f"<li{' aria-current=step' if phase == question.phase else ''}>{as_html(phase_word(desk, phase))}</li>" for phase in PHASES
    )
    st.html(f"<ol class='phases' aria-label='{as_html(desk.say('page_workshop.phases'))}'>{items}</ol>")


def _counters(desk: Desk, room: Room, question: Question) -> None:
    say, count = desk.say, counted(desk.office, room, question)
    boxes = [(say("page_workshop.sent"), count.sent, count.present), (say("page_workshop.present"), count.present, room.expected or None)]
    if question.hands:
        boxes.append((say("page_workshop.hands"), sum(question.hands.values()), None))
    show.figures(boxes)
    if question.phase == "open" and question.ends_at:
        show.quiet(time_left(desk, question))


def time_left(desk: Desk, question: Question) -> str:
    """The server's clock decides; a time that has run out closes nothing by itself."""
    left, until = question.ends_at - desk.office.clock(), f"{question.ends_at.astimezone(BANGKOK):%H:%M}"
    if left <= timedelta(0):
        return desk.say("page_workshop.time_over", until=until)
    return desk.say("page_workshop.time_left", minutes=-(-left // timedelta(minutes=1)), until=until)


def _buttons(desk: Desk, room: Room, question: Question) -> None:
    """One large button forward; beside it what else may be done now."""
    say, place = desk.say, f"{room.id}/{question.id}/{question.round}/{question.phase}"
    with st.container(key="lead-buttons", horizontal=True, vertical_alignment="bottom"):
        if question.phase == "draft":
            _minutes(desk, room)
        if (to := NEXT.get(question.phase)) is not None:
            st.button(
                say(f"page_workshop.to.{to}"), key=f"workshop/next/{place}", type="primary", shortcut=SHORTCUT, on_click=_move, args=(desk, room, question, to),
            )  # fmt: skip
        if question.phase == "open":
            st.button(say("page_workshop.more_time", minutes=MORE), key=f"workshop/more/{place}", on_click=_extend, args=(desk, room, question))
        if question.phase == "closed":
            st.button(say("page_workshop.undo_close"), key=f"workshop/undo/{place}", on_click=_move, args=(desk, room, question, "open"))
        if question.phase == "revealed":
            _again(desk, room, question, place)
        if (question.phase in ("decided", "locked") or question.practice and question.shown) and (after := workshop_agenda.next_one(desk, room)):
            st.button(
                say("page_workshop.next_question"), key=f"workshop/after/{place}", type="primary" if question.phase == "locked" else "secondary",
                help=as_label(after.title), on_click=workshop_agenda.look, args=(desk, room, after.id),
            )  # fmt: skip


def _minutes(desk: Desk, room: Room) -> None:
    key = f"workshop/minutes/{room.id}"
    st.segmented_control(
        desk.say("page_workshop.minutes"), MINUTES, default=MINUTES[0], key=key, required=True, wrap=True, format_func=lambda n: as_label(_minutes_word(desk, n)),
    )  # fmt: skip


def _minutes_word(desk: Desk, minutes: int) -> str:
    return desk.say("page_workshop.minutes_of", minutes=minutes) if minutes else desk.say("page_workshop.no_minutes")


def _again(desk: Desk, room: Room, question: Question, place: str) -> None:
    if follows(question, "open"):
        st.button(desk.say("page_workshop.again"), key=f"workshop/again/{place}", on_click=_move, args=(desk, room, question, "open"))
    else:
        show.quiet(desk.say("page_workshop.no_more_rounds"))


def _move(desk: Desk, room: Room, question: Question, to: str, because: str = "") -> None:
    """Pressed twice it is done once, and nothing need be said about it."""
    minutes = int(st.session_state.get(f"workshop/minutes/{room.id}") or 0) if question.phase == "draft" else 0

    def go_on() -> None:
        try:
            workshops.move(desk.office, visit.actor(), room.id, question.id, question.phase, to, because, minutes)
        except PsoError as refusal:
            now = desk.office.store.workshops.room(room.id).questions.get(question.id)
            if refusal.code != "workshop_moved_on" or now is None or now.phase != to:
                raise

    attempt(room, go_on)


def _extend(desk: Desk, room: Room, question: Question) -> None:
    attempt(room, lambda: workshops.extend(desk.office, visit.actor(), room.id, question.id, MORE))


def _not_sent(desk: Desk, room: Room, question: Question) -> None:
    """Names, never what anybody answered."""
    if question.phase not in ("open", "closed"):
        return
    names = not_yet(desk.office, room, question)
    with st.expander(desk.say("page_workshop.not_sent", count=len(names)) if names else desk.say("page_workshop.all_sent"), key=f"workshop/not-sent/{room.id}"):
        st.html(f"<ul class='names'>{''.join(f'<li>{as_html(name)}</li>' for name in names)}</ul>")


def _reopening(desk: Desk, room: Room, question: Question) -> None:
    """What was decided is taken up again only with a reason, as a new round; the earlier one stays as it was."""
    if question.phase not in ("decided", "locked"):
        return
    with st.expander(desk.say("page_workshop.reopen"), key=f"workshop/reopen/{room.id}/{question.id}"):
        show.quiet(desk.say("page_workshop.reopen_about"))
        key = f"workshop/because/{room.id}/{question.id}/{question.round}"
        st.text_input(desk.say("page_workshop.reopen_reason"), key=key)
        st.button(desk.say("page_workshop.reopen_yes"), key=f"{key}/yes", on_click=_reopen, args=(desk, room, question, key))


def _reopen(desk: Desk, room: Room, question: Question, key: str) -> None:
    _move(desk, room, question, "open", st.session_state.get(key) or "")
