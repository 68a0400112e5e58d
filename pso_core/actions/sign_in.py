"""Coming in and going out: a password buys a random token, and the token is looked up again at every step."""

from __future__ import annotations

import math
import secrets
from contextlib import suppress
from datetime import timedelta

from pso_core.actions.passwords import matches
from pso_core.domain.guessing import FORGOTTEN_AFTER, FREE_PER_ADDRESS, FREE_PER_LOGIN, wait_after
from pso_core.domain.people import Person
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.store.people import login_key
from pso_core.store.sessions import Session

LASTS = timedelta(hours=12)  # a working day, so that nobody stays signed in on a shared desk overnight
NOTED_EVERY = timedelta(minutes=10)  # being seen costs a write


def sign_in(office: Office, login: str, password: str, address: str) -> str:
    """The token of a new session. Refuses sign_in_wrong whatever was wrong, sign_in_wait (minutes) after too many tries."""
    return begin_session(office, prove(office, login, password, address).id)


def prove(office: Office, login: str, password: str, address: str) -> Person:
    """The active person of this login and password. Refuses as `sign_in` does; an unknown login costs the same work."""
    about_login, about_address = f"login:{login_key(login)[:100]}", f"address:{address}"
    _count_attempt(office, {about_login: FREE_PER_LOGIN, about_address: FREE_PER_ADDRESS})
    credential = office.store.people.credential(login)
    right = matches(credential.password_hash if credential else "", password)
    person = office.store.people.get(credential.person_id) if right and credential else None
    if person is None or not person.active:
        raise PsoError("sign_in_wrong")
    office.store.sign_in_failures.forgive(about_login, about_address)
    return person


def begin_session(office: Office, person_id: str) -> str:
    """A token nobody can guess; whoever holds it is this person until the session ends."""
    token, now = secrets.token_urlsafe(32), office.clock()
    office.store.sessions.start(token, person_id, now, now + LASTS)
    return token


def visiting(office: Office, token: str) -> Person | None:
    """Who holds this token now: nobody once the session ended or expired or the person was disabled."""
    session = session_of(office, token)
    return session.person if session else None


def session_of(office: Office, token: str) -> Session | None:
    if not token:
        return None
    now = office.clock()
    session = office.store.sessions.find(token, now)
    if session and now - session.last_seen_at > NOTED_EVERY:
        with suppress(PsoError):  # a full disk keeps nobody from reading
            office.store.sessions.seen(token, now)
    return session


def sign_out(office: Office, token: str) -> None:
    office.store.sessions.end(token)


def sign_out_everywhere(office: Office, actor: Person) -> None:
    """Ends all sessions of the person, this one too."""
    office.store.sessions.end_all(actor.id, actor.id, office.clock())


def _count_attempt(office: Office, abouts: dict[str, int]) -> None:
    wait = office.store.sign_in_failures.attempt(
        abouts,
        office.clock(),
        forgotten_after=FORGOTTEN_AFTER,
        wait_after=lambda about, failures: wait_after(failures, abouts[about]),
    )
    if wait:
        raise PsoError("sign_in_wait", minutes=math.ceil(wait / timedelta(minutes=1)))
