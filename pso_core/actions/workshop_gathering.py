"""Grouping what a room wrote: every step of it in the room's log, so that all screens show it and nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pso_core.actions.workshop_answers import answers
from pso_core.actions.workshops import led_question
from pso_core.domain.people import Person
from pso_core.domain.workshop.ballots import PHRASE, clean_line
from pso_core.domain.workshop.gathering import Phrases, merged, phrases_of, standing_for, taken_out
from pso_core.domain.workshop.room import Room
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.store.workshops import Done


def group(office: Office, actor: Person, room_id: str, question: str, phrases: Sequence[str], into: str) -> Room:
    """Put phrases, each with all that stand under it, under another one.

    Refuses not_allowed, workshop_gone, workshop_ended, workshop_not_leader (leader), workshop_moved_on (not revealed, or decided),
    row_gone, merged_in_circle (text).
    """

    def plan(room: Room) -> Done:
        written = _written(office, room, actor, question)
        for phrase in phrases:
            written = merged(written, phrase, into)
        return "group", {"question": question, "phrases": list(phrases), "into": into}

    return office.store.workshops.append(room_id, actor.id, office.clock(), plan)


def take_out(office: Office, actor: Person, room_id: str, question: str, phrase: str) -> Room:
    """Let a phrase stand for itself again, with those that were put under it. Refuses as `group`."""

    def plan(room: Room) -> Done:
        taken_out(_written(office, room, actor, question), phrase)
        return "take_out", {"question": question, "phrase": phrase}

    return office.store.workshops.append(room_id, actor.id, office.clock(), plan)


def word(office: Office, actor: Person, room_id: str, question: str, phrase: str, wording: str) -> Room:
    """Say in other words what a group says; "" for what was written. Refuses as `group`, and workshop_text_long (limit)."""
    wording = clean_line(wording)

    def plan(room: Room) -> Done:
        standing_for(_written(office, room, actor, question), phrase)
        if len(wording) > PHRASE:
            raise PsoError("workshop_text_long", limit=PHRASE)
        return "word", {"question": question, "phrase": phrase, "wording": wording}

    return office.store.workshops.append(room_id, actor.id, office.clock(), plan)


def _written(office: Office, room: Room, actor: Person, question: str) -> Phrases:
    """The phrases as they are grouped now; none where too few wrote for theirs to be shown."""
    one = led_question(room, actor, question)
    if one.method != "phrases" or one.phase != "revealed":
        raise PsoError("workshop_moved_on")
    return phrases_of(_texts(answers(office, room.id, question).ballots), one.under)


def _texts(ballots: Sequence[Mapping]) -> list[str]:
    return sorted({text for one in ballots for text in one["phrases"]})
