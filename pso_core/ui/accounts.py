"""The forms of the people page. Each button is one action; a refusal stands where the button is, the fields keep their text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pso_core.actions import people
from pso_core.actions.sign_in import sign_out_everywhere
from pso_core.domain.people import ROLES, Person
from pso_core.errors import PsoError
from pso_core.office import office
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.text.phrases import Phrases
from pso_core.ui import asked, messages, show
from pso_core.ui.plain import as_label

_TURN = "people/turn"
PROFILE = ("name", "position", "division")


def add(actor: Person, say: Phrases) -> None:
    """A new account. The first password is told to its owner, who changes it."""
    if asked.newly("people"):
        st.session_state["people/add"] = True
    with st.expander(say("page_people.add"), key="people/add", on_change="rerun"):
        asked.mark("people")
        values = {name: _text(say, name, "add") for name in (*PROFILE, "login")}
        password = _password(say, "password", "add")
        role = _role(say, "add", "member")
        _button(say, "page_people.add", "add", lambda: people.add_person(office(), actor, **values, password=password, role=role))


def manage(actor: Person, say: Phrases) -> None:
    """Details, role, password and closing of one account."""
    with st.expander(say("page_people.manage"), key="people/manage"):
        everybody = {one.id: one for one in office().store.people.all()}
        chosen = st.selectbox(
            say("page_people.whom"), list(everybody), index=None, key="people/whom",
            format_func=lambda id_: everybody[id_].name, placeholder=say("app.choose"),
        )  # fmt: skip
        if chosen:
            _manage_one(actor, say, everybody[chosen])


def _manage_one(actor: Person, say: Phrases, one: Person) -> None:
    here, place = office(), one.id
    values = {name: _text(say, name, place, getattr(one, name)) for name in PROFILE}
    _button(say, "page_people.save_details", f"profile/{place}", lambda: people.edit_profile(here, actor, one.id, **values))
    role = _role(say, place, one.role)
    _button(say, "page_people.change_role", f"role/{place}", lambda: people.change_role(here, actor, one.id, role))
    password = _password(say, "new_password", place)
    _button(say, "page_people.set_password", f"password/{place}", lambda: people.set_password(here, actor, one.id, password))
    verb = people.disable if one.active else people.enable
    _button(say, f"page_people.{'close' if one.active else 'reopen'}", f"active/{place}", lambda: verb(here, actor, one.id))


def own(actor: Person, say: Phrases) -> None:
    """One's own name, password and open visits."""
    show.heading(say("page_people.own"))
    with st.expander(say("page_people.profile"), key="people/profile"):
        values = {name: _text(say, name, "own", getattr(actor, name)) for name in PROFILE}
        _button(say, "page_people.save_profile", "profile", lambda: people.edit_profile(office(), actor, actor.id, **values))
    with st.expander(say("page_people.own_password"), key="people/password"):
        old, new = _password(say, "old_password", "own"), _password(say, "new_password", "own")
        _button(
            say, "page_people.set_password", "own",
            lambda: people.set_password(office(), actor, actor.id, new, old_password=old, address=st.context.ip_address or ""),
        )  # fmt: skip
    _button(say, "page_people.everywhere", "everywhere", lambda: sign_out_everywhere(office(), actor))


def _text(say: Phrases, name: str, place: str, value: str = "") -> str:
    return st.text_input(say(f"page_people.{name}"), value, key=_key(place, name))


def _password(say: Phrases, name: str, place: str) -> str:
    return st.text_input(say(f"page_people.{name}"), key=_key(place, name), type="password", autocomplete="new-password")


def _role(say: Phrases, place: str, value: str) -> str:
    return st.selectbox(
        say("page_people.role"), ROLES, ROLES.index(value), key=_key(place, "role"), format_func=lambda role: say(f"choices.role.{role}")
    )


def _key(place: str, name: str) -> str:
    """New after every success, so that no password and no name stays behind for the next account."""
    return f"people/{place}/{name}/{st.session_state.get(_TURN, 0)}"


def _button(say: Phrases, label: str, key: str, action: Callable[[], Any]) -> None:
    if not st.button(say(label), key=f"people/do/{key}"):
        return
    try:
        action()
    except PsoError as refusal:
        st.error(as_label(refusal_sentence(Told(say), refusal)))
    else:
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        messages.say_later(say("app.saved"))
        st.rerun()
