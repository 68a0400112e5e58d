"""Accounts: who may add, change and disable whom. There is always an active administrator."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable

from pso_core.actions.passwords import hashed
from pso_core.actions.sign_in import prove
from pso_core.domain.people import ROLES, Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.steps.values import clean

LONGEST_NAME = 200
LONGEST_LOGIN = 40
_LOGIN = re.compile(r"[\w.@-]+")


def add_person(
    office: Office, actor: Person, *, login: str, name: str, password: str, role: str, position: str = "", division: str = ""
) -> Person:
    """Refuses not_allowed, login_taken and whatever `new_person` and `hashed` refuse."""
    _require_administrator(actor)
    person = new_person(login=login, name=name, role=role, position=position, division=division)
    office.store.people.add([person], actor.id, office.clock(), password_hash=hashed(password, person.login))
    return person


def new_person(*, login: str, name: str, role: str, position: str = "", division: str = "") -> Person:
    """A person as typed, cleaned. Refuses login_unfit (most), name_missing, text_long (most), role_unknown."""
    if role not in ROLES:
        raise PsoError("role_unknown")
    texts = {"name": named(name), "position": cleaned(position), "division": cleaned(division)}
    return Person(f"person:{uuid.uuid4().hex[:12]}", _fit_login(login), role=role, active=True, **texts)


def change_role(office: Office, actor: Person, person_id: str, role: str) -> None:
    """Refuses not_allowed, person_not_found, role_unknown, last_administrator."""
    _require_administrator(actor)
    if role not in ROLES:
        raise PsoError("role_unknown")
    change = {"before": office.store.people.get(person_id).role, "after": role}
    office.store.people.update(person_id, actor.id, office.clock(), "role_changed", {"role": role}, keep_administrator, **change)


def disable(office: Office, actor: Person, person_id: str) -> None:
    """Takes effect at the person's next step, everywhere. Refuses not_allowed, person_not_found, last_administrator."""
    _set_active(office, actor, person_id, False, "disabled")


def enable(office: Office, actor: Person, person_id: str) -> None:
    """Refuses not_allowed, person_not_found."""
    _set_active(office, actor, person_id, True, "enabled")


def set_password(
    office: Office, actor: Person, person_id: str, password: str, *, old_password: str = "", address: str = ""
) -> None:
    """One's own with the old one; an administrator anybody's. Ends the person's sessions.

    Refuses not_allowed, person_not_found, sign_in_wrong, sign_in_wait and whatever `hashed` refuses.
    """
    person = office.store.people.get(person_id)
    if actor.id == person.id:
        prove(office, person.login, old_password, address)
    else:
        _require_administrator(actor)
    office.store.people.set_password(person.id, hashed(password, person.login), actor.id, office.clock())


def edit_profile(office: Office, actor: Person, seen: Person, *, name: str, position: str, division: str) -> None:
    """Writes what differs from `seen`, the person as the form showed them: two people may each correct another field.

    One's own, or anybody's by an administrator. Refuses not_allowed, person_not_found, name_missing, text_long.
    """
    if actor.id != seen.id:
        _require_administrator(actor)
    typed = {"name": cleaned(name), "position": cleaned(position), "division": cleaned(division)}
    changes = {field: text for field, text in typed.items() if text != cleaned(getattr(seen, field))}
    if "name" in changes:
        named(changes["name"])
    if changes:
        office.store.people.update(seen.id, actor.id, office.clock(), "profile_edited", changes, fields=list(changes))


def anonymise(office: Office, actor: Person, person_id: str) -> None:
    """Takes the name out of everything for good; what the person did stays. Refuses not_allowed, person_not_found, last_administrator."""
    _require_administrator(actor)
    office.store.people.anonymise(person_id, actor.id, office.clock(), keep_administrator)


def keep_administrator(everybody: Iterable[Person]) -> None:
    """Refuses last_administrator when none of these is an active one."""
    if not any(person.active and person.role == "administrator" for person in everybody):
        raise PsoError("last_administrator")


def named(text: str) -> str:
    """Refuses name_missing, text_long."""
    text = cleaned(text)
    if not text:
        raise PsoError("name_missing")
    return text


def cleaned(text: str) -> str:
    """One line, one spelling of each letter, nothing invisible. Refuses text_long (most)."""
    line = " ".join(clean(text).split())
    if len(line) > LONGEST_NAME:
        raise PsoError("text_long", most=LONGEST_NAME)
    return line


def _fit_login(login: str) -> str:
    """Letters of any script, digits, . _ @ -"""
    login = clean(login)
    letters = "".join(letter for letter in login if unicodedata.category(letter) not in ("Mn", "Mc"))
    if not (_LOGIN.fullmatch(letters) and len(login) <= LONGEST_LOGIN):
        raise PsoError("login_unfit", most=LONGEST_LOGIN)
    return login


def _set_active(office: Office, actor: Person, person_id: str, active: bool, action: str) -> None:
    _require_administrator(actor)
    office.store.people.update(person_id, actor.id, office.clock(), action, {"active": active}, keep_administrator)


def _require_administrator(actor: Person) -> None:
    if not may(actor.role, "manage_people"):
        raise NotAllowed("not_allowed", role=actor.role, verb="manage_people")
