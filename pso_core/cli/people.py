"""Accounts on the command line. A password comes from the terminal unseen or from standard input, never as a word."""

from __future__ import annotations

import getpass
import sys
from dataclasses import asdict

from pso_core.actions import people
from pso_core.cli.command import Answer, Command, answer
from pso_core.domain.people import COMMAND_LINE, Person
from pso_core.errors import NotFound, PsoError
from pso_core.office import Office


def add(command: Command) -> Answer:
    words = command.words
    with command.office() as office:
        person = people.add_person(
            office, COMMAND_LINE, login=words.login, name=words.name, role=words.role, position=words.position,
            division=words.division, password=_password(command),
        )  # fmt: skip
        return _about(command, person, "cli.person.added")


def change_role(command: Command) -> Answer:
    with command.office() as office:
        person = _person(office, command.words.login)
        people.change_role(office, COMMAND_LINE, person.id, command.words.role)
        return _about(command, office.store.people.get(person.id), "cli.person.role_changed")


def set_password(command: Command) -> Answer:
    with command.office() as office:
        person = _person(office, command.words.login)
        people.set_password(office, COMMAND_LINE, person.id, _password(command))
        return _about(command, person, "cli.person.password_set")


def disable(command: Command) -> Answer:
    with command.office() as office:
        person = _person(office, command.words.login)
        people.disable(office, COMMAND_LINE, person.id)
        return _about(command, office.store.people.get(person.id), "cli.person.disabled")


def enable(command: Command) -> Answer:
    with command.office() as office:
        person = _person(office, command.words.login)
        people.enable(office, COMMAND_LINE, person.id)
        return _about(command, office.store.people.get(person.id), "cli.person.enabled")


def _person(office: Office, login: str) -> Person:
    person = office.store.people.by_login(login)
    if person is None:
        raise NotFound("person_not_found")
    return person


def _about(command: Command, person: Person, sentence: str) -> Answer:
    role = command.say(f"choices.role.{person.role}")
    return answer(command.say(sentence, login=person.login, name=person.name, role=role), {"person": asdict(person)})


def _password(command: Command) -> str:
    """Refuses password_unasked without a terminal, passwords_differ, password_missing."""
    if command.words.stdin:
        return _piped()
    if not sys.stdin.isatty():
        raise PsoError("password_unasked")
    try:
        first, again = (getpass.getpass(command.say(f"cli.password.{which}") + " ") for which in ("first", "again"))
    except EOFError:
        raise PsoError("password_missing") from None
    if first != again:
        raise PsoError("passwords_differ")
    return first


def _piped() -> str:
    """The first line of standard input, in UTF-8 whatever the console thinks."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise PsoError("password_missing")
    return line
