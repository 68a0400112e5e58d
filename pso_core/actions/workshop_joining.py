"""Coming into a workshop room without an account: by its code or its QR code, under a name of the office or as a guest."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from pso_core.actions.secret_addresses import guessed
from pso_core.actions.workshops import require_leads
from pso_core.domain.people import Person
from pso_core.domain.workshop.ballots import clean_line
from pso_core.domain.workshop.room import Room
from pso_core.errors import NotFound, PsoError
from pso_core.office import Office
from pso_core.store.workshops import Done, Participant

MOST_PEOPLE = 300  # in one room, with those who wait and those who left
NAME = 100  # characters
HERE = ("waiting", "in")
MISTAKEN = "mistaken"  # for ever: came in under a name that is another's; what they sent is taken back when their phone asks again
SEATED = "seated"  # came to the meeting without a phone: attends, and sends nothing


@dataclass(frozen=True)
class Presence:
    """Somebody in a room that goes on."""

    participant: Participant
    room: Room
    token: str


def find_room(office: Office, key: str, address: str) -> Room:
    """The room that six digits or a QR code open. Refuses workshop_code_wrong, workshop_wait (seconds) after too many wrong ones.

    A QR code is too long to be guessed: it always opens, also where somebody else at this address guesses.
    """
    key = key.strip()
    find = partial(office.store.workshops.opened_by, key)
    digits = key.isdecimal()
    found = guessed(office, f"workshop:{address}", find, lambda seconds: PsoError("workshop_wait", seconds=seconds)) if digits else find()
    if found is None:
        raise NotFound("workshop_code_wrong")
    return office.store.workshops.room(found)


def roster(office: Office, room: Room) -> tuple[tuple[Person, bool], ...]:
    """(person, whether they are in already): everybody of the office, to find one's own name in."""
    taken = {one.person_id for one in office.store.workshops.participants(room.id) if one.state in HERE}
    return tuple((person, person.id in taken) for person in sorted(office.store.people.all(), key=lambda one: one.name) if person.active and person.name)


def come_in(office: Office, room: Room, person_id: str, pin: str, address: str, token: str = "") -> str:
    """The token of somebody of the office. With a `token` of their own, asked twice they are in once.

    Refuses workshop_ended, workshop_name_unknown, workshop_pin_wrong, workshop_wait, workshop_name_taken, workshop_full (most).
    """
    person = next((person for person, _ in roster(office, room) if person.id == person_id), None)
    if person is None:
        raise NotFound("workshop_name_unknown")
    if room.pin:
        right = guessed(office, f"workshop-pin:{room.id}:{address}", lambda: pin == room.pin or None, lambda seconds: PsoError("workshop_wait", seconds=seconds))
        if not right:
            raise PsoError("workshop_pin_wrong")
    return _join(office, room, person.id, person.name, "in", token)


def come_as_guest(office: Office, room: Room, name: str, token: str = "") -> str:
    """The token of a guest, who waits until the leader admits them. Refuses workshop_ended, workshop_name_missing, workshop_text_long (limit), workshop_full (most)."""
    return _join(office, room, "", _name_of_guest(name), "waiting", token)


def present(office: Office, token: str) -> Presence:
    """Who this token is and where. Refuses workshop_not_in: never there, let go by the leader, or the room is gone; and workshop_name_freed."""
    participant = office.store.workshops.participant(token) if token else None
    if participant is not None and participant.state == MISTAKEN:
        raise NotFound("workshop_name_freed")
    if participant is None or participant.state not in HERE:
        raise NotFound("workshop_not_in")
    return Presence(participant, office.store.workshops.room(participant.room_id), token)


def admit(office: Office, actor: Person, room_id: str, participant_id: str) -> None:
    """Let a guest in. Refuses not_allowed, workshop_gone, workshop_ended, workshop_not_leader (leader)."""
    _set(office, actor, room_id, participant_id, "in")


def let_go(office: Office, actor: Person, room_id: str, participant_id: str) -> None:
    """Turn a guest away, or let somebody go; what they have sent stays. Whose name was freed stays so. Refuses as `admit`."""
    _set(office, actor, room_id, participant_id, "out")


def free_name(office: Office, actor: Person, room_id: str, participant_id: str) -> None:
    """Free a name of the office that somebody with a phone took by mistake: whose it is comes in, and answers after `take_back`.

    The log has it, without a word of what was sent. Refuses as `admit`, and workshop_name_not_in.
    """

    def plan(room: Room) -> Done:
        require_leads(room, actor)
        one = next((one for one in office.store.workshops.participants(room_id) if one.id == participant_id), None)
        if one is None or not may_be_freed(one):
            raise PsoError("workshop_name_not_in")
        return "free_name", {"participant": participant_id}

    office.store.workshops.append(room_id, actor.id, office.clock(), plan)


def may_be_freed(one: Participant) -> bool:
    """Whether somebody holds a name of the office with a phone: a guest's name is nobody else's, and who came without one sends nothing."""
    return bool(one.person_id) and one.state == "in"


def seat(office: Office, actor: Person, room_id: str, person_id: str) -> None:
    """Somebody of the office who came without a phone attends. Refuses as `admit`, and workshop_name_unknown, workshop_full (most).

    Later they may still come in with a phone; they attend once.
    """
    room = office.store.workshops.room(room_id)
    require_leads(room, actor)
    person = next((person for person, _ in roster(office, room) if person.id == person_id), None)
    if person is None:
        raise NotFound("workshop_name_unknown")
    if person.id not in {one.person_id for one in attending(office, room)}:
        _join(office, room, person.id, person.name, SEATED, "")


def seat_guest(office: Office, actor: Person, room_id: str, name: str) -> None:
    """A guest who came without a phone attends, each name once. Refuses as `admit`, and as `come_as_guest`."""
    room = office.store.workshops.room(room_id)
    require_leads(room, actor)
    name = _name_of_guest(name)
    if not any((one.person_id, one.name, one.state) == ("", name, SEATED) for one in office.store.workshops.participants(room_id)):
        _join(office, room, "", name, SEATED, "")


def attending(office: Office, room: Room) -> tuple[Participant, ...]:
    """Who is at the meeting, each person once: who leads it or has led it (id "" without a phone), those who are in with a phone, and
    those who came without one."""
    here = office.store.workshops.participants(room.id)
    found = {one.id: Participant(room.id, "", one.id, one.name, SEATED, room.opened_at) for one in office.store.people.all() if one.id in room.led}
    for one in sorted((one for one in here if one.state in ("in", SEATED)), key=lambda one: one.state == SEATED):
        if found.get(one.person_id) is None or not found[one.person_id].id:
            found[one.who] = one
    return tuple(found.values())


def attended(room: Room, here: Iterable[Participant]) -> int:
    """How many of those who are here count against the number expected: where people were called by name, guests do not stand in for them."""
    return sum(1 for one in here if one.person_id or not room.called)


def _name_of_guest(name: str) -> str:
    name = clean_line(name)
    if not name:
        raise PsoError("workshop_name_missing")
    if len(name) > NAME:
        raise PsoError("workshop_text_long", limit=NAME)
    return name


def _join(office: Office, room: Room, person_id: str, name: str, state: str, token: str) -> str:
    token = token or secrets.token_urlsafe(32)

    def refuse(there: tuple[Participant, ...]) -> None:
        if office.store.workshops.room(room.id).ended_at:
            raise PsoError("workshop_ended")
        if person_id and any(one.person_id == person_id and one.state in HERE for one in there):
            raise PsoError("workshop_name_taken", name=name)
        if len(there) >= MOST_PEOPLE:
            raise PsoError("workshop_full", most=MOST_PEOPLE)

    office.store.workshops.join(Participant(room.id, secrets.token_hex(6), person_id, name, state, office.clock()), token, refuse)
    return token


def _set(office: Office, actor: Person, room_id: str, participant_id: str, state: str) -> None:
    require_leads(office.store.workshops.room(room_id), actor)
    office.store.workshops.set_state(room_id, participant_id, state)
