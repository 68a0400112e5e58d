"""What people in a room answer: kept as sent, hidden until the leader reveals it, and then shown without names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pso_core.actions.workshop_joining import MISTAKEN, Presence, present
from pso_core.domain.workshop.ballots import key_of, read_ballot
from pso_core.domain.workshop.room import Question, Room, enough
from pso_core.errors import NotFound, PsoError
from pso_core.office import Office
from pso_core.store.workshops import Ballot


@dataclass(frozen=True)
class Count:
    """How many have answered a round, of how many who are in."""

    sent: int
    present: int


@dataclass(frozen=True)
class Answers:
    """What was answered in a round that is revealed. `hidden`: too few to be shown together, then `ballots` is empty."""

    ballots: tuple[Mapping[str, Any], ...]
    count: Count
    hidden: bool


def send(office: Office, token: str, question_id: str, round_: int, sent: Mapping[str, Any]) -> None:
    """Answer a question, or answer it anew while it is open.

    Refuses as `present`, workshop_not_admitted, workshop_ended, ballot_closed, ballot_old_round, ballot_counted (whoever was let go and
    came back has answered this round already: whose answer is whose is not known, so it cannot be taken back), and as `read_ballot` does.
    """
    here = present(office, token)
    if here.participant.state != "in":
        raise PsoError("workshop_not_admitted")

    def plan(room: Room) -> Ballot:
        present(office, token)  # still: who waited here may have been let go, or their name freed
        question = room.questions.get(question_id)
        if room.ended_at:
            raise PsoError("workshop_ended")
        if question is None or question.phase != "open":
            raise PsoError("ballot_closed")
        if question.round != round_:
            raise PsoError("ballot_old_round")
        if office.store.workshops.sent_before(room.id, question_id, round_, here.participant):
            raise PsoError("ballot_counted")
        return Ballot(question_id, round_, key_of(token, question), read_ballot(question, sent))

    office.store.workshops.send(here.room.id, here.participant, plan)


def take_back(office: Office, token: str) -> None:
    """What was sent under a name that was taken by mistake counts no longer where answers are still taken: then its owner may answer.

    Whose answer is whose is known to the phone that sent it alone, so it is taken back whenever that phone asks for anything: a round that was
    closed then may be open again later.
    """
    here = office.store.workshops.participant(token) if token else None
    if here is not None and here.state == MISTAKEN:
        office.store.workshops.take_back(here, lambda room: [(one.id, one.round, key_of(token, one)) for one in room.questions.values() if one.phase == "open"])


def still_counted(office: Office, room: Room) -> tuple[str, ...]:
    """Names that were freed and whose answer to an open round is not taken back yet: their owners cannot answer. For the leader."""
    freed = [one for one in office.store.workshops.participants(room.id) if one.state == MISTAKEN]
    open_ = [one for one in room.questions.values() if one.phase == "open"] if freed else []
    sent = {id_ for question in open_ for id_ in office.store.workshops.sent(room.id, question.id, question.round)}
    return tuple(dict.fromkeys(one.name for one in freed if one.id in sent))


def own_answer(office: Office, here: Presence, question: Question) -> Mapping[str, Any] | None:
    """What this person sent in this round; None before."""
    return office.store.workshops.own_ballot(here.room.id, question.id, question.round, key_of(here.token, question))


def counted(office: Office, room: Room, question: Question) -> Count:
    return Count(*office.store.workshops.count(room.id, question.id, question.round))


def not_yet(office: Office, room: Room, question: Question) -> tuple[str, ...]:
    """Names of those in the room who have not answered this round: for the leader."""
    people, sent = office.store.workshops.participants(room.id), office.store.workshops.sent(room.id, question.id, question.round)
    have = {one.who for one in people if one.id in sent}
    return tuple(one.name for one in people if one.state == "in" and one.who not in have)


def answers(office: Office, room_id: str, question_id: str, round_: int | None = None) -> Answers:
    """What was answered, once it is revealed: the round shown now, or an earlier one. Refuses workshop_gone, not_revealed."""
    room = office.store.workshops.room(room_id)
    question = room.questions.get(question_id)
    if question is None:
        raise NotFound("workshop_gone")
    wanted = question.round if round_ is None else round_
    if wanted > question.round or wanted < 1 or (wanted == question.round and not question.shown):
        raise PsoError("not_revealed")
    ballots = office.store.workshops.ballots(room_id, question_id, wanted)
    count = Count(*office.store.workshops.count(room_id, question_id, wanted))
    hidden = not enough(room, office.store.workshops.senders(room_id, question_id, wanted))
    return Answers(() if hidden else ballots, count, hidden)
