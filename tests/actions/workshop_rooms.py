"""Rooms for tests: one that is open, with people in it and a question that is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pso_core.actions.workshop_answers import send
from pso_core.actions.workshop_joining import come_in, seat_guest
from pso_core.actions.workshops import Asked, Opening, ask, move, open_room
from pso_core.domain.people import Person
from pso_core.domain.workshop.room import Room
from pso_core.errors import PsoError
from pso_core.office import Office
from tests.building import PEOPLE, person

LEADER = person("facilitator")
SCORING = {"levels": [0, 1, 2, 3], "conditions": {}, "evidence": {"evidence:a": "1-01 บัญชี"}, "names": {}}
STEPS_TO = {"draft": (), "open": ("open",), "closed": ("open", "closed"), "revealed": ("open", "closed", "revealed")}


@dataclass
class Held:
    """A room with everybody of the office in it. `tokens`: {person id: token}."""

    office: Office
    id: str
    tokens: dict[str, str]

    @property
    def room(self) -> Room:
        return self.office.store.workshops.room(self.id)

    def to(self, phase: str, question: str = "q1", by: Person = LEADER, because: str = "") -> Room:
        return move(self.office, by, self.id, question, self.room.questions[question].phase, phase, because)

    def all_send(self, *sent: Any, question: str = "q1") -> None:
        """One answer of each person, in the order of their coming; the last for all who are left."""
        for place, token in enumerate(self.tokens.values()):
            send(self.office, token, question, self.room.questions[question].round, sent[min(place, len(sent) - 1)])


def score(level: int, reason: str = "ตามหลักฐาน") -> dict[str, str]:
    """An answer to a question on which levels are given."""
    return {"level": str(level), "reason": reason}


def without_phones(office: Office, room_id: str, number: int, leader: Person = LEADER) -> None:
    """So many guests come, whose hands can be counted."""
    for one in range(number):
        seat_guest(office, leader, room_id, f"แขก {one}")


def code_of(attempt: Callable[[], object]) -> str:
    """Of the refusal that it meets."""
    with pytest.raises(PsoError) as refusal:
        attempt()
    return refusal.value.code


def held(office: Office, project_id: str, *asked: Asked, phase: str = "draft", few_shown: bool = True, room_id: str | None = None) -> Held:
    """A room in this project (a new one unless named), the first question taken to `phase`."""
    opening = Opening("assessment", "ประชุมทดสอบ", "ห้องประชุม 1", 5, 3, few_shown)
    room = office.store.workshops.room(room_id) if room_id else open_room(office, LEADER, project_id, opening)
    ask(office, LEADER, room.id, asked or (Asked("score", "ความครอบคลุม", ("indicator:x",), SCORING),))
    here = Held(office, room.id, {one.id: come_in(office, room, one.id, "", "127.0.0.1") for one in PEOPLE.values()})
    for one in STEPS_TO[phase]:
        here.to(one)
    return here
