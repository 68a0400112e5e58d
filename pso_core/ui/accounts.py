"""The forms of the people page. Each button is one action; a refusal stands where the button is, the fields keep their text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import streamlit as st

from pso_core.actions import people
from pso_core.actions.sign_in import sign_out_everywhere
from pso_core.domain.people import ROLES, Person
from pso_core.office import office
from pso_core.steps.naming import Told, person_name
from pso_core.store.person_events import PersonEvent
from pso_core.text.phrases import Phrases
from pso_core.text.thaidate import say_moment
from pso_core.ui import anew, asked, doing, messages, show
from pso_core.ui.plain import as_label

_PLACE = "people"
PROFILE = ("name", "position", "division")
LOGGED = 30


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
        everybody = {one.id: one for one in office().store.people.all() if not one.anonymised}
        names = _names(say, tuple(everybody.values()))
        chosen = st.selectbox(
            say("page_people.whom"), list(everybody), index=None, key="people/whom",
            format_func=lambda id_: names[id_], placeholder=say("app.choose"),
        )  # fmt: skip
        if chosen:
            _manage_one(actor, say, everybody[chosen])


def _names(say: Phrases, everybody: tuple[Person, ...]) -> dict[str, str]:
    """id → name; with the login where two are called alike, since a list tells its lines apart by their text alone."""
    names = {one.id: person_name(Told(say, people=everybody), one.id) for one in everybody}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    return {one.id: f"{names[one.id]} ({one.login})" if names[one.id] in shared else names[one.id] for one in everybody}


def _manage_one(actor: Person, say: Phrases, one: Person) -> None:
    here, place = office(), one.id
    _details(actor, say, "page_people.save_details", place, one)
    role = _role(say, place, one.role)
    _button(say, "page_people.change_role", f"role/{place}", lambda: people.change_role(here, actor, one.id, role))
    if one.id != actor.id:  # one's own needs the old one, and is changed below
        password = _password(say, "new_password", place)
        _button(say, "page_people.set_password", f"password/{place}", lambda: people.set_password(here, actor, one.id, password))
    verb = people.disable if one.active else people.enable
    _button(say, f"page_people.{'close' if one.active else 'reopen'}", f"active/{place}", lambda: verb(here, actor, one.id))
    if not one.active:
        _forget(actor, say, one)


def _forget(actor: Person, say: Phrases, one: Person) -> None:
    """Of somebody who has left: the name goes for good, what they did stays."""
    with st.popover(say("page_people.forget")):
        st.write(as_label(say("page_people.forget_sure", name=person_name(Told(say, people=(one,)), one.id))))
        _button(say, "page_people.forget_yes", f"forget/{one.id}", lambda: people.anonymise(office(), actor, one.id))


def own(actor: Person, say: Phrases) -> None:
    """One's own name, password and open visits."""
    show.heading(say("page_people.own"))
    with st.expander(say("page_people.profile"), key="people/profile"):
        _details(actor, say, "page_people.save_profile", f"own/{actor.id}", actor)
    with st.expander(say("page_people.own_password"), key="people/password"):
        old, new = _password(say, "old_password", "own"), _password(say, "new_password", "own")
        _button(
            say, "page_people.set_password", "own",
            lambda: people.set_password(office(), actor, actor.id, new, old_password=old, address=st.context.ip_address or ""),
        )  # fmt: skip
    _button(say, "page_people.everywhere", "everywhere", lambda: sign_out_everywhere(office(), actor))


def log(say: Phrases) -> None:
    """Who did what to whose account, the newest first; folded, and read only when opened."""
    drawer = st.expander(say("page_people.log"), key="people/log", on_change="rerun")
    if not drawer.open:
        return
    told = Told(say, people=office().store.people.all())
    with drawer:
        show.table(
            [say(f"page_people.log_{column}") for column in ("when", "who", "what", "whom")],
            [_logged(told, event) for event in office().store.person_events.newest(limit=LOGGED)],
        )


def _logged(told: Told, event: PersonEvent) -> tuple[str, ...]:
    """The columns of one entry: when, who, what, whom."""
    what = told.say(f"page_people.event.{event.action}", **{fact: _fact(told.say, fact, value) for fact, value in event.detail.items()})
    return say_moment(event.occurred_at, told.say), person_name(told, event.actor_id), what, person_name(told, event.person_id)


def _fact(say: Phrases, fact: str, value: Any) -> str:
    """What the log keeps as words of the program: names of fields, else a role."""
    return ", ".join(say(f"page_people.{field}") for field in value) if fact == "fields" else say(f"choices.role.{value}")


def _details(actor: Person, say: Phrases, label: str, place: str, one: Person) -> None:
    seen = _seen(place, one)
    values = {name: _text(say, name, place, getattr(seen, name)) for name in PROFILE}
    _button(say, label, f"profile/{place}", lambda: people.edit_profile(office(), actor, seen, **values))


def _seen(place: str, one: Person) -> Person:
    """The person as these fields first showed them: what others save meanwhile must not pass for typed here."""
    key = _key(place, "seen")
    if _key(place, PROFILE[0]) not in st.session_state:  # the fields are new, or were gone
        st.session_state[key] = one
    return st.session_state[key]


def _text(say: Phrases, name: str, place: str, value: str = "") -> str:
    return st.text_input(say(f"page_people.{name}"), value, key=_key(place, name))


def _password(say: Phrases, name: str, place: str) -> str:
    return st.text_input(say(f"page_people.{name}"), key=_key(place, name), type="password", autocomplete="new-password")


def _role(say: Phrases, place: str, value: str) -> str:
    return st.selectbox(
        say("page_people.role"), ROLES, ROLES.index(value), key=_key(place, "role"), format_func=lambda role: say(f"choices.role.{role}"),
        placeholder=say("app.choose"),
    )  # fmt: skip


def _key(place: str, name: str) -> str:
    """New after every success, so that no password and no name stays behind for the next account."""
    return f"people/{place}/{name}/{anew.turn(_PLACE)}"


def _button(say: Phrases, label: str, key: str, action: Callable[[], Any]) -> None:
    if not st.button(say(label), key=f"people/do/{key}"):
        return
    with doing.refusals_shown(say):
        action()
        anew.begin(_PLACE)
        messages.say_later(say("app.saved"))
        st.rerun()
