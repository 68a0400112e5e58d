"""What a revealed round comes to: worked out once, however many look at it, and kept while its question stands as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from pso_core.actions.workshop_answers import answers
from pso_core.domain.workshop.outcome import Outcome, outcome
from pso_core.domain.workshop.room import Question, Room
from pso_core.office import Office

KEPT = 256  # of the rounds looked at last


def come_to(office: Office, room: Room, question: Question, unit: int = 1) -> Outcome | None:
    """Of the question's present round; weights are proposed in multiples of `unit`. None while too few have answered for that to be shown.

    Refuses as `answers`.
    """
    with _working:  # a hundred phones ask within a second: the first one's question is answered while the others wait for it
        return _worked_out(_Round(office, room.id, question, unit))


@dataclass(frozen=True)
class _Round:
    """The same one as long as nothing about its question has changed."""

    office: Office = field(compare=False)
    room_id: str
    question: Question
    unit: int

    def __hash__(self) -> int:
        return hash((self.room_id, self.question.id, self.question.round, self.unit))


_working = Lock()


@lru_cache(maxsize=KEPT)
def _worked_out(of: _Round) -> Outcome | None:
    shown = answers(of.office, of.room_id, of.question.id, of.question.round)
    return None if shown.hidden else outcome(of.question, shown.ballots, of.unit)
