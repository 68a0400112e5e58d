"""Raised hands: what people without a phone think, counted by the leader, and never more hands than there are such people."""

from __future__ import annotations

from collections.abc import Mapping

from pso_core.actions.workshop_joining import SEATED, attending
from pso_core.actions.workshops import led_question
from pso_core.domain.people import Person
from pso_core.domain.workshop.room import Room
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.store.workshops import Done

MOST_HANDS = 1_000


def without_phone(office: Office, room: Room) -> int:
    """How many attend without a phone; whoever leads is one of them, unless they came in with theirs."""
    return sum(1 for one in attending(office, room) if one.state == SEATED)


def count_hands(office: Office, actor: Person, room_id: str, question: str, hands: Mapping[str, int]) -> Room:
    """How many hands were raised for which answer, each person once.

    Refuses as `move`, workshop_hands (most), and workshop_hands_many (raised, without) where more hands were raised than people attend
    without a phone.
    """

    def plan(room: Room) -> Done:
        one = led_question(room, actor, question)
        if one.phase not in ("open", "closed"):
            raise PsoError("workshop_moved_on")
        if any(not 0 <= count <= MOST_HANDS for count in hands.values()):
            raise PsoError("workshop_hands", most=MOST_HANDS)
        raised, without = sum(hands.values()), without_phone(office, room)
        if raised > without:
            raise PsoError("workshop_hands_many", raised=raised, without=without)
        return "count_hands", {"question": question, "hands": {answer: count for answer, count in hands.items() if count}}

    return office.store.workshops.append(room_id, actor.id, office.clock(), plan)
