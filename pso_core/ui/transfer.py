"""Transfer day on the pages: from whom to whom, what moves, the sheet to sign, then all of it at one press."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pso_core.actions.reminder_text import item_line
from pso_core.actions.reminders import morning_of, mornings
from pso_core.actions.rows import Saved, looking_at, standard_of
from pso_core.actions.transfer import Transferred, may_receive, transfer_everywhere, transfer_work, transferred
from pso_core.documents.handover import handover_file, handover_name
from pso_core.domain.handing_over import held_by, holders
from pso_core.domain.owed import Morning, Owed
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import PsoError
from pso_core.steps.naming import Told, project_name
from pso_core.text.thaidate import say_date
from pso_core.ui import anew, messages, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.own_changes import own_change
from pso_core.ui.plain import as_html, as_label

SHOWN = 12  # of what will move
_DONE = "transfer/done"  # the last transfer of this visit: its sheet is still made from what was there before
_REFUSED = "transfer/refused"
_PLACE = "transfer"  # begun anew after every transfer, so that no reason stays for the next


@dataclass(frozen=True)
class Chosen:
    """What a press does: in these projects all that the giver holds goes to the receiver."""

    giver: Person
    receiver: Person | None
    mornings: tuple[Morning, ...]
    everywhere: bool

    @property
    def items(self) -> tuple[tuple[Morning, Owed], ...]:
        return tuple((morning, one) for morning in self.mornings for one in held_by(morning, self.giver.id))

    @property
    def seen(self) -> Mapping[str, int]:
        return {morning.state.project_id: morning.state.seq for morning in self.mornings}


def hand_over(desk: Desk, giver: Person | None = None) -> None:
    """Folded until somebody moves: of one person, or of whom one chooses. Whoever may not transfer still finds the sheet."""
    if done := st.session_state.get(_DONE):
        _done(desk, done)
    label = desk.say("page_monday.transfer.own" if giver else "page_monday.transfer.open")
    folded = st.expander(label, key="transfer/open", on_change="rerun")
    if folded.open:
        with folded:
            _choose(desk, giver)


def _choose(desk: Desk, giver: Person | None) -> None:
    show.quiet(desk.say("page_monday.transfer.purpose"))
    found = tuple(mornings(desk.office)) or (morning_of(desk.office, desk.state),)
    _past(desk, found, giver)
    giver = giver or _giver(desk, found)
    if giver is None:
        return
    holding = tuple(morning for morning in found if held_by(morning, giver.id))
    here = tuple(morning for morning in holding if morning.state.project_id == desk.project_id)
    everywhere = holding != here and st.toggle(desk.say("page_monday.transfer.everywhere", count=len(holding)), value=True, key="transfer/everywhere")
    chosen = Chosen(giver, _receiver(desk, giver), holding if everywhere else here, everywhere)
    _what_moves(desk, chosen)
    _reason(desk)
    if refusal := st.session_state.pop(_REFUSED, None):
        messages.refusal(desk, refusal)
    with st.container(horizontal=True):
        _sheet(desk, chosen, "sheet")
        _button(desk, chosen)


def _past(desk: Desk, found: Sequence[Morning], giver: Person | None) -> None:
    """The sheet of a transfer that was made, for whoever did not print it before."""
    projects = [morning.state.project_id for morning in found]
    made = {(one.from_id, one.to_id, one.day): one for one in transferred(desk.office, projects, giver and giver.id)}
    if not made:
        return
    names = _names(desk, desk.people)
    chosen = st.selectbox(
        desk.say("page_monday.transfer.past"), list(made), index=None, key="transfer/past", placeholder=desk.say("app.choose"),
        format_func=lambda key: _past_label(desk, made[key], names),
    )  # fmt: skip
    if chosen is not None:
        one = made[chosen]
        then = tuple(morning_of(desk.office, looking_at(desk.office, project_id, seq)) for project_id, seq in one.before.items())
        people = {person.id: person for person in desk.people}
        _sheet(desk, Chosen(people[one.from_id], people[one.to_id], then, everywhere=True), "sheet_of_past")


def _past_label(desk: Desk, one: Transferred, names: Mapping[str, str]) -> str:
    return desk.say("page_monday.transfer.past_one", giver=names[one.from_id], receiver=names[one.to_id], day=say_date(one.day, desk.say), count=one.count)


def _giver(desk: Desk, found: Sequence[Morning]) -> Person | None:
    counts = sum((holders(morning) for morning in found), Counter())
    names = {id_: f"{name} · {counts[id_]}" for id_, name in _names(desk, (one for one in desk.people if counts[one.id])).items()}
    if not names:
        show.quiet(desk.say("page_monday.transfer.nobody"))
    return _person(desk, "from", names) if names else None


def _receiver(desk: Desk, giver: Person) -> Person | None:
    return _person(desk, "to", _names(desk, (one for one in desk.people if one.id != giver.id and may_receive(one))))


def _person(desk: Desk, which: str, names: Mapping[str, str]) -> Person | None:
    chosen = st.selectbox(
        desk.say(f"page_monday.transfer.{which}"), list(names), index=None, key=f"transfer/{which}", placeholder=desk.say("app.choose"),
        format_func=lambda id_: names[id_],
    )  # fmt: skip
    return next((one for one in desk.people if one.id == chosen), None)


def _names(desk: Desk, people: Iterable[Person]) -> dict[str, str]:
    """{id: name}; with the login where two are called alike, since a list tells its lines apart by their text alone."""
    found = {one.id: (desk.person_name(one.id), one.login) for one in people}
    shared = Counter(name for name, _ in found.values())
    return {id_: f"{name} ({login})" if shared[name] > 1 else name for id_, (name, login) in found.items()}


def _what_moves(desk: Desk, chosen: Chosen) -> None:
    items = chosen.items
    if not items:
        show.quiet(desk.say("page_monday.transfer.nothing", name=desk.person_name(chosen.giver.id)))
        return
    show.heading(desk.say("page_monday.transfer.moves", count=len(items)))
    lines = [_line(desk, morning, one, chosen.everywhere) for morning, one in items[:SHOWN]]
    if len(items) > SHOWN:
        lines.append(desk.say("reminders.more", count=len(items) - SHOWN))
    st.html(f"<div class='moves'>{'<br>'.join(map(as_html, lines))}</div>")


def _line(desk: Desk, morning: Morning, one: Owed, everywhere: bool) -> str:
    told = Told(desk.say, standard_of(morning.state), morning.state, morning.people)
    return item_line(told, one, (project_name(morning.state) or desk.say("app.no_agency")) if everywhere else "")


def _reason(desk: Desk) -> None:
    st.text_area(desk.say("page_monday.transfer.reason"), key=_reason_key(), height=96)


def _reason_key() -> str:
    return f"transfer/reason/{anew.turn(_PLACE)}"


def _sheet(desk: Desk, chosen: Chosen, key: str) -> None:
    """The sheet of these projects as they stand in `chosen`, made when it is asked for."""
    st.download_button(
        desk.say("page_monday.transfer.sheet"), data=partial(_content, desk, chosen, visit.token()),
        file_name=handover_name(desk.say, chosen.giver, desk.today), key=f"transfer/{key}", on_click="ignore",
    )  # fmt: skip


def _content(desk: Desk, chosen: Chosen, token: str) -> bytes:
    return handover_file(desk.office, visit.holder(token), chosen.mornings, chosen.giver, chosen.receiver, desk.language)


def _button(desk: Desk, chosen: Chosen) -> None:
    allowed, ready = may(desk.person.role, "supervise"), bool(chosen.items and chosen.receiver)
    why = None if allowed and ready else desk.say(f"page_monday.transfer.{'choose_first' if allowed else 'who'}")
    st.button(
        desk.say("page_monday.transfer.do", count=len(chosen.items)), key="transfer/do", type="primary", disabled=why is not None, help=why and as_label(why),
        on_click=_press, args=(desk, chosen),
    )  # fmt: skip
    if not allowed:
        show.quiet(why)


def _press(desk: Desk, chosen: Chosen) -> None:
    """One change in each project; a refusal is said where the button is, and the reason typed stays."""
    try:
        saved = _transfer(desk, chosen, st.session_state.get(_reason_key()) or "")
    except PsoError as refusal:
        st.session_state[_REFUSED] = refusal
        return
    for project_id, one in zip(chosen.seen, saved, strict=True):
        if project_id == desk.project_id:
            own_change(desk, one)
    messages.say_later(_said(desk, chosen))
    st.session_state[_DONE] = chosen
    anew.begin(_PLACE)


def _transfer(desk: Desk, chosen: Chosen, reason: str) -> list[Saved]:
    actor, giver, receiver = visit.actor(), chosen.giver.id, chosen.receiver.id
    if chosen.everywhere:
        return transfer_everywhere(desk.office, actor, giver, receiver, chosen.seen, reason)
    return [transfer_work(desk.office, actor, desk.project_id, giver, receiver, chosen.seen[desk.project_id], reason)]


def _done(desk: Desk, chosen: Chosen) -> None:
    """What was transferred in this visit, with the sheet of what was there before."""
    st.success(as_label(_said(desk, chosen)))
    _sheet(desk, chosen, "sheet_of_done")


def _said(desk: Desk, chosen: Chosen) -> str:
    names = {"giver": desk.person_name(chosen.giver.id), "receiver": desk.person_name(chosen.receiver.id)}
    return desk.say("page_monday.transfer.done", count=len(chosen.items), **names)
