"""A workshop room from its opening to its end: only its leader moves it on."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.workshop.room import Question, Room, begins_round, follows, never_opened
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.steps.columns import LINE
from pso_core.steps.tasks import tasks_of
from pso_core.steps.values import clean
from pso_core.store.workshops import Done, Keys

DIGITS = 6
MOST_EXPECTED = 500
MOST_QUESTIONS = 100


@dataclass(frozen=True)
class Opening:
    """What a room is opened with. `pin`: four digits that those of the office must know, "" for none;
    `few_shown`: all agreed that answers of fewer than five people are shown; `called`: people of the office who were asked to come;
    then as many are expected as they and the leader are."""

    step: str
    title: str
    place: str = ""
    expected: int = 0
    quorum: int = 0
    few_shown: bool = False
    pin: str = ""
    called: tuple[str, ...] = ()


def expected_of(called: Collection[str], leader: str) -> int:
    """How many are expected where people are called by name: they and who leads, who is there in any case."""
    return len({*called, leader})


@dataclass(frozen=True)
class Asked:
    """A question to put to the room; see `domain.workshop.room.Question`."""

    method: str
    title: str
    about: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)


def open_room(office: Office, actor: Person, project_id: str, opening: Opening) -> Room:
    """A new room, led by who opens it.

    Refuses not_allowed, project_not_found, workshop_title_missing, workshop_text_long (limit), workshop_called_unknown,
    workshop_expected (most), workshop_quorum, workshop_pin.
    """
    require_leader(actor)
    office.store.state(project_id)
    title, place = clean(opening.title), clean(opening.place)
    if not title:
        raise PsoError("workshop_title_missing")
    if max(len(title), len(place)) > LINE:
        raise PsoError("workshop_text_long", limit=LINE)
    if not set(opening.called) <= {person.id for person in office.store.people.all() if person.active}:
        raise NotFound("workshop_called_unknown")
    expected = expected_of(opening.called, actor.id) if opening.called else opening.expected
    if not 0 <= expected <= MOST_EXPECTED:
        raise PsoError("workshop_expected", most=MOST_EXPECTED)
    if not 0 <= opening.quorum <= expected:
        raise PsoError("workshop_quorum")
    if opening.pin and not (len(opening.pin) == 4 and opening.pin.isascii() and opening.pin.isdigit()):
        raise PsoError("workshop_pin")
    body = {
        "step": opening.step, "title": title, "place": place, "expected": expected, "quorum": opening.quorum,
        "few_shown": opening.few_shown, "pin": opening.pin, "called": sorted(set(opening.called)),
    }  # fmt: skip
    return office.store.workshops.open(secrets.token_hex(8), project_id, Keys(_free_code(office), secrets.token_urlsafe(16)), actor.id, office.clock(), body)


def ask(office: Office, actor: Person, room_id: str, asked: Sequence[Asked]) -> Room:
    """Put questions on the agenda, after those that are there. Refuses as `move`, and workshop_questions (most)."""
    for one in asked:

        def plan(room: Room, one: Asked = one) -> Done:
            require_leads(room, actor)
            if len(room.questions) >= MOST_QUESTIONS:
                raise PsoError("workshop_questions", most=MOST_QUESTIONS)
            question = {"question": f"q{room.asked + 1}", "method": one.method, "title": one.title[:LINE], "about": list(one.about), "settings": dict(one.settings)}
            return "ask", question

        _append(office, actor, room_id, plan)
    return office.store.workshops.room(room_id)


def take_off(office: Office, actor: Person, room_id: str, question: str) -> Room:
    """Take a question that nobody was asked yet off the agenda. Refuses as `move`: workshop_moved_on once it was opened."""

    def plan(room: Room) -> Done:
        return "take_off", {"question": _never_opened(room, actor, question).id}

    return _append(office, actor, room_id, plan)


def put_before(office: Office, actor: Person, room_id: str, question: str, before: str) -> Room:
    """Put a question that nobody was asked yet before another on the agenda, or ("") at its end. Refuses as `take_off`."""

    def plan(room: Room) -> Done:
        one = _never_opened(room, actor, question)
        if before and led_question(room, actor, before).id == one.id:
            raise PsoError("workshop_moved_on")
        return "put_before", {"question": question, "before": before}

    return _append(office, actor, room_id, plan)


def look_at(office: Office, actor: Person, room_id: str, question: str) -> Room:
    """Turn every screen to this question. Refuses as `move`."""
    return _append(office, actor, room_id, lambda room: ("look_at", {"question": led_question(room, actor, question).id}))


def move(office: Office, actor: Person, room_id: str, question: str, seen: str, to: str, because: str = "", minutes: int = 0) -> Room:
    """Take a question from the phase in which the leader saw it to the next; with `minutes` a time by which to answer.

    Asked twice it is done once. Refuses not_allowed, workshop_gone, workshop_ended, workshop_not_leader (leader),
    workshop_moved_on, workshop_reason_missing (a new round after a decision says why), workshop_text_long (limit),
    workshop_tasks_changed as `require_its_tasks`.
    """
    because = clean(because)

    def plan(room: Room) -> Done:
        one = led_question(room, actor, question)
        if one.phase != seen or not follows(one, to):
            raise PsoError("workshop_moved_on")
        if begins_round(one, to) and one.phase != "revealed" and not because:
            raise PsoError("workshop_reason_missing")
        if len(because) > LINE:
            raise PsoError("workshop_text_long", limit=LINE)
        if to == "open":
            require_its_tasks(office, room, one)
        ends = (office.clock() + timedelta(minutes=minutes)).isoformat() if minutes and to == "open" else None
        return "move", {"question": question, "to": to, "because": because, "ends_at": ends}

    return _append(office, actor, room_id, plan)


def extend(office: Office, actor: Person, room_id: str, question: str, minutes: int = 2) -> Room:
    """More time: from now when it has run out or none was set. Refuses as `move`."""

    def plan(room: Room) -> Done:
        one, now = led_question(room, actor, question), office.clock()
        if one.phase != "open":
            raise PsoError("workshop_moved_on")
        return "extend", {"question": question, "ends_at": (max(now, one.ends_at or now) + timedelta(minutes=minutes)).isoformat()}

    return _append(office, actor, room_id, plan)


def hand_over(office: Office, actor: Person, room_id: str, to: Person) -> Room:
    """Somebody else leads from now on. Refuses as `move`, and workshop_cannot_lead."""

    def plan(room: Room) -> Done:
        require_leads(room, actor)
        if not (to.active and may(to.role, "lead_workshop")):
            raise PsoError("workshop_cannot_lead")
        return "hand_over", {"to": to.id}

    return _append(office, actor, room_id, plan)


def take_over(office: Office, actor: Person, room_id: str) -> Room:
    """Lead a room whose leader cannot go on; the log says who took it. Refuses not_allowed, workshop_gone, workshop_ended."""
    require_leader(actor)

    def plan(room: Room) -> Done:
        _require_not_ended(room)
        return "hand_over", {"to": actor.id}

    return _append(office, actor, room_id, plan)


def require_leader(actor: Person) -> None:
    """Refuses not_allowed whoever may lead no workshop."""
    if not may(actor.role, "lead_workshop"):
        raise NotAllowed("not_allowed", role=actor.role, verb="lead_workshop")


def _append(office: Office, actor: Person, room_id: str, plan: Any) -> Room:
    return office.store.workshops.append(room_id, actor.id, office.clock(), plan)


def led_question(room: Room, actor: Person, question: str) -> Question:
    """Refuses as `require_leads`, and workshop_gone."""
    require_leads(room, actor)
    if question not in room.questions:
        raise NotFound("workshop_gone")
    return room.questions[question]


def require_its_tasks(office: Office, room: Room, question: Question) -> None:
    """Refuses workshop_tasks_changed where points are shared out in a tier that has other tasks by now: its quota would not be met."""
    tier = question.settings.get("tier")
    if tier and {task.id for task in tasks_of(office.store.state(room.project_id), tier)} != set(question.about):
        raise PsoError("workshop_tasks_changed")


def _never_opened(room: Room, actor: Person, question: str) -> Question:
    one = led_question(room, actor, question)
    if not never_opened(one):
        raise PsoError("workshop_moved_on")
    return one


def require_leads(room: Room, actor: Person) -> None:
    """Refuses not_allowed, workshop_ended, workshop_not_leader (leader)."""
    require_leader(actor)
    _require_not_ended(room)
    if room.leader != actor.id:
        raise NotAllowed("workshop_not_leader", person=room.leader)


def _require_not_ended(room: Room) -> None:
    if room.ended_at:
        raise PsoError("workshop_ended")


def _free_code(office: Office) -> str:
    """Six digits that open no other room."""
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if office.store.workshops.opened_by(code) is None:
            return code
