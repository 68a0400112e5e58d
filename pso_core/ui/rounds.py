"""The round of assessment that is looked at: choosing, opening, closing and opening again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pso_core.actions.assessment import close_round, is_open, open_round, reopen_round
from pso_core.actions.rows import Saved
from pso_core.domain.rows import Row
from pso_core.text.thaidate import say_date
from pso_core.ui import asked, drawer, fields, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.form import Form, FormRow
from pso_core.ui.plain import as_html, as_label

CHOSEN = "assessment/round"


def chosen_round(desk: Desk) -> Row | None:
    """Draws the bar of rounds; the round this visit looks at, the newest unless another is chosen."""
    rounds = desk.state.of("round")
    if not rounds:
        _first_round(desk)
        return None
    round_ = _choose(desk, rounds)
    sentence = "page_assessment.opened" if is_open(round_) else "page_assessment.closed"
    when = desk.say(sentence, date=say_date(round_["opened_on"] if is_open(round_) else round_["closed_on"], desk.say))
    mark = "●" if is_open(round_) else "■"
    st.html(f"<p class='round'><b>{as_html(round_['name'])}</b> <span class='chip'>{mark} {as_html(when)}</span></p>")
    if desk.may_edit("round"):
        _buttons(desk, round_, len(rounds))
    return round_


def layout(desk: Desk, form: Form, row: FormRow) -> None:
    """A round's drawer: whether it is open is the business of the buttons."""
    row.input("name")
    row.input("opened_on")


def _choose(desk: Desk, rounds: tuple[Row, ...]) -> Row:
    ids = [row.id for row in rounds]
    if st.session_state.get(CHOSEN) not in ids:
        st.session_state[CHOSEN] = ids[-1]
    if len(ids) > 1:
        names = {row.id: row["name"] for row in rounds}
        draw = st.segmented_control if len(ids) <= fields.FEW else st.selectbox
        how = {"required": True, "wrap": True} if len(ids) <= fields.FEW else {}
        label = as_label if len(ids) <= fields.FEW else str
        draw(desk.say("page_assessment.which_round"), ids, key=CHOSEN, format_func=lambda id_: label(names[id_]), **how)
    return desk.state.get(st.session_state[CHOSEN])


def _first_round(desk: Desk) -> None:
    if not desk.may_edit("round"):
        show.quiet(desk.say("page_assessment.wait_for_round"))
        return
    for place in ("round", *(f"target:{key}" for key in desk.standard.choices("criteria"))):  # targets are set inside a round
        asked.mark(place)
    show.heading(desk.say("page_assessment.open_first"))
    _opening(desk, desk.say("page_assessment.name_first"), 0)


def _buttons(desk: Desk, round_: Row, count: int) -> None:
    say = desk.say
    with st.container(horizontal=True):
        with st.popover(say("page_assessment.open"), key=f"opening/{count}"):
            show.quiet(say("page_assessment.open_note"))
            _opening(desk, say("page_assessment.name_next", number=count), count)
        if is_open(round_):
            with st.popover(say("page_assessment.close"), key=f"closing/{round_.id}/{round_.revision}"):
                _closing(desk, round_)
            drawer.edit_button(desk, "round", round_.id, label=say("page_assessment.edit_round"))
        else:
            with st.popover(say("page_assessment.reopen"), key=f"reopening/{round_.id}/{round_.revision}"):
                _reopening(desk, round_)


def _opening(desk: Desk, suggested: str, count: int) -> None:
    key = f"assessment/open/{count}"
    st.text_input(desk.say("fields.round.name.label"), value=suggested, key=key, help=desk.say("fields.round.name.hint"))
    st.button(desk.say("page_assessment.open_yes"), key=f"{key}/yes", type="primary", on_click=_open, args=(desk, key))


def _closing(desk: Desk, round_: Row) -> None:
    show.quiet(desk.say("page_assessment.close_note"))
    score = desk.review.score_of(round_)
    left = sum(i.applicable and i.level is None for c in score.criteria for i in c.indicators)
    if left:
        st.html(f"<p class='missing'>▢ {as_html(desk.say('page_assessment.close_left', count=left))}</p>")
    st.button(desk.say("page_assessment.close_yes"), key=f"close/{round_.id}", type="primary", on_click=_do, args=(desk, close_round, round_.id))


def _reopening(desk: Desk, round_: Row) -> None:
    key = f"reopen/{round_.id}/{round_.revision}"
    st.text_input(desk.say("page_assessment.reopen_reason"), key=key)
    st.button(desk.say("page_assessment.reopen_yes"), key=f"{key}/yes", type="primary", on_click=_reopen, args=(desk, round_.id, key))


def _open(desk: Desk, key: str) -> None:
    saved = _do(desk, open_round, st.session_state[key])
    if saved and saved.ids:
        st.session_state[CHOSEN] = saved.ids[0]


def _reopen(desk: Desk, round_id: str, key: str) -> None:
    _do(desk, reopen_round, round_id, reason=st.session_state[key])


def _do(desk: Desk, action: Callable[..., Saved], about: str, **more: str) -> Saved | None:
    """The action on what this page shows."""
    return do(desk, lambda: action(desk.office, visit.actor(), desk.project_id, about, desk.state.seq, **more))
