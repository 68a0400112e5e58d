"""Workshops: the log of each room, who is in it, who has answered, and, kept apart from that, what was answered."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pso_core.domain.workshop.room import Event, Room, after, room_of
from pso_core.errors import NotFound
from pso_core.store.engine import Engine, Transaction
from pso_core.store.moments import as_read, as_stored
from pso_core.store.sessions import digest

Done = tuple[str, Mapping[str, Any]]  # what was done, and its facts
Subscriber = Callable[[str], None]


@dataclass(frozen=True)
class Keys:
    """What opens a room: six digits to type, and a secret that its QR code carries."""

    code: str
    secret: str


@dataclass(frozen=True)
class Participant:
    """Somebody in a room: of the office (`person_id`) or a guest (""). `state`: waiting for the leader's nod, in, out, seated: there without a phone,
    or mistaken for ever: came in under a name that is not theirs, which the leader has freed."""

    room_id: str
    id: str
    person_id: str
    name: str
    state: str
    joined_at: datetime

    @property
    def who(self) -> str:
        """One for whoever came twice; a guest is known by nothing else than having come."""
        return self.person_id or self.id


@dataclass(frozen=True)
class Ballot:
    """An answer to a round, under a key that only its sender can find again."""

    question: str
    round: int
    key: str
    body: Mapping[str, Any]


class Workshops:
    """Rooms as they stand are kept in memory: this process alone writes them."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._rooms: dict[str, Room] = {}
        self._filling = threading.Lock()
        self._writing = threading.Lock()  # until the room in memory is the one that was written
        self._subscribers: list[Subscriber] = []

    def subscribe(self, told: Subscriber) -> Callable[[], None]:
        """`told(room_id)` after everything that changes what a screen shows, in the thread that did it; what is returned ends it."""
        self._subscribers.append(told)
        return lambda: self._subscribers.remove(told)

    def open(self, room_id: str, project_id: str, keys: Keys, person_id: str, now: datetime, body: Mapping[str, Any]) -> Room:
        """A new room with its first event. `keys` must open no other: ask `opened_by` first."""
        first = Event(1, now, person_id, "open", body)
        with self._engine.transaction() as transaction:
            transaction.execute(
                "INSERT INTO workshop (workshop_id, project_id, code, secret, opened_at) VALUES ($1, $2, $3, $4, $5)",
                [room_id, project_id, keys.code, keys.secret, as_stored(now)],
            )
            _keep(transaction, room_id, first)
        return self.room(room_id)

    def room(self, room_id: str) -> Room:
        """Refuses workshop_gone."""
        found = self._rooms.get(room_id)
        if found is None:
            with self._filling:
                found = self._rooms.setdefault(room_id, self._read(room_id))
        return found

    def keys(self, room_id: str) -> Keys:
        """What opens a room; empty once it has ended. Refuses workshop_gone."""
        rows = self._engine.read("SELECT code, secret FROM workshop WHERE workshop_id = $1", [room_id])
        if not rows:
            raise NotFound("workshop_gone")
        return Keys(*rows[0])

    def opened_by(self, key: str) -> str | None:
        """The id of the room that a code or a secret opens."""
        rows = self._engine.read("SELECT workshop_id FROM workshop WHERE code = $1 OR secret = $1", [key]) if key else []
        return rows[0][0] if rows else None

    def of(self, project_id: str) -> tuple[Room, ...]:
        """The newest first."""
        rows = self._engine.read("SELECT workshop_id FROM workshop WHERE project_id = $1 ORDER BY opened_at DESC, workshop_id", [project_id])
        return tuple(self.room(room_id) for (room_id,) in rows)

    def events(self, room_id: str) -> tuple[Event, ...]:
        rows = self._engine.read("SELECT number, happened_at, person_id, what, body FROM workshop_event WHERE workshop_id = $1 ORDER BY number", [room_id])
        return tuple(Event(number, as_read(at), person_id, what, json.loads(body)) for number, at, person_id, what, body in rows)

    def append(self, room_id: str, person_id: str, now: datetime, plan: Callable[[Room], Done]) -> Room:
        """One more event. `plan` sees the room that it will follow, refuses by raising, and says what is done."""
        with self._writing:
            before = self.room(room_id)
            what, body = plan(before)
            event = Event(before.number + 1, now, person_id, what, body)
            room = after(before, event)
            with self._engine.transaction() as transaction:
                _keep(transaction, room_id, event)
                if what == "move" and body["to"] == "closed":
                    _shuffle(transaction, room_id, body["question"], room.questions[body["question"]].round)
                if what == "free_name":
                    transaction.execute("UPDATE workshop_participant SET state = 'mistaken' WHERE workshop_id = $1 AND participant_id = $2", [room_id, body["participant"]])
                if what == "end":
                    transaction.execute("UPDATE workshop SET code = '', secret = '' WHERE workshop_id = $1", [room_id])
            self._rooms[room_id] = room
        self._tell(room_id)
        return room

    def send(self, room_id: str, participant: Participant, plan: Callable[[Room], Ballot]) -> None:
        """Keep an answer and that this participant has answered; the last one of a round counts. `plan` as in `append`."""
        with self._writing, self._engine.transaction() as transaction:
            ballot = plan(self.room(room_id))
            place = [room_id, ballot.question, ballot.round]
            transaction.execute(
                "INSERT INTO workshop_ballot (workshop_id, question, round, ballot_key, body) VALUES ($1, $2, $3, $4, $5)"
                " ON CONFLICT (workshop_id, question, round, ballot_key) DO UPDATE SET body = excluded.body",
                [*place, ballot.key, json.dumps(ballot.body, ensure_ascii=False)],
            )
            transaction.execute(
                "INSERT INTO workshop_sent (workshop_id, question, round, participant_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                [*place, participant.id],
            )
        self._tell(room_id)

    def take_back(self, participant: Participant, plan: Callable[[Room], Iterable[tuple[str, int, str]]]) -> None:
        """Drop a participant's answers, each with the note that they answered; a second time does nothing. `plan`: (question, round, key of the answer)."""
        dropped = False
        with self._writing, self._engine.transaction() as transaction:
            for question, round_, key in plan(self.room(participant.room_id)):
                place = [participant.room_id, question, round_]
                where = "workshop_id = $1 AND question = $2 AND round = $3"
                if transaction.read(f"SELECT 1 FROM workshop_sent WHERE {where} AND participant_id = $4", [*place, participant.id]):
                    transaction.execute(f"DELETE FROM workshop_ballot WHERE {where} AND ballot_key = $4", [*place, key])
                    transaction.execute(f"DELETE FROM workshop_sent WHERE {where} AND participant_id = $4", [*place, participant.id])
                    dropped = True
        if dropped:
            self._tell(participant.room_id)

    def ballots(self, room_id: str, question: str, round_: int) -> tuple[Mapping[str, Any], ...]:
        """What was answered, in an order that tells nothing. Only for what may be shown: the caller looks at the phase."""
        rows = self._engine.read("SELECT body FROM workshop_ballot WHERE workshop_id = $1 AND question = $2 AND round = $3 ORDER BY ballot_key", [room_id, question, round_])
        return tuple(json.loads(body) for (body,) in rows)

    def own_ballot(self, room_id: str, question: str, round_: int, key: str) -> Mapping[str, Any] | None:
        where = "workshop_id = $1 AND question = $2 AND round = $3 AND ballot_key = $4"
        rows = self._engine.read(f"SELECT body FROM workshop_ballot WHERE {where}", [room_id, question, round_, key])
        return json.loads(rows[0][0]) if rows else None

    def sent(self, room_id: str, question: str, round_: int) -> frozenset[str]:
        """Ids of the participants who have answered."""
        rows = self._engine.read("SELECT participant_id FROM workshop_sent WHERE workshop_id = $1 AND question = $2 AND round = $3", [room_id, question, round_])
        return frozenset(id_ for (id_,) in rows)

    def count(self, room_id: str, question: str, round_: int) -> tuple[int, int]:
        """How many answers there are, and how many people are in or have answered; somebody who came twice is one.

        One look, because after a reveal every phone asks for it at once.
        """
        answered = "SELECT participant_id FROM workshop_sent WHERE workshop_id = $1 AND question = $2 AND round = $3"
        people = f"SELECT {_PEOPLE} FROM workshop_participant WHERE workshop_id = $1 AND (state = 'in' OR participant_id IN ({answered}))"
        return self._engine.read(f"SELECT (SELECT count(*) FROM ({answered}) AS a), ({people})", [room_id, question, round_])[0]

    def senders(self, room_id: str, question: str, round_: int) -> int:
        """How many people certainly answered: somebody who came twice is one, and a guest who was let go may be any of the others."""
        rows = self._engine.read(
            f"SELECT {_PEOPLE} FROM workshop_participant JOIN workshop_sent USING (workshop_id, participant_id)"
            " WHERE workshop_id = $1 AND question = $2 AND round = $3 AND (person_id <> '' OR state <> 'out')",
            [room_id, question, round_],
        )
        return rows[0][0]

    def sent_before(self, room_id: str, question: str, round_: int, participant: Participant) -> bool:
        """Whether this person of the office answered the round when they were in before."""
        rows = self._engine.read(
            "SELECT 1 FROM workshop_participant JOIN workshop_sent USING (workshop_id, participant_id)"
            " WHERE workshop_id = $1 AND question = $2 AND round = $3 AND person_id = $4 AND person_id <> '' AND participant_id <> $5",
            [room_id, question, round_, participant.person_id, participant.id],
        )
        return bool(rows)

    def join(self, participant: Participant, token: str, refuse: Callable[[tuple[Participant, ...]], None]) -> None:
        """Let somebody in, once for each token. `refuse` sees who is there and raises."""
        one = participant
        with self._engine.transaction() as transaction:
            if transaction.read("SELECT 1 FROM workshop_participant WHERE digest = $1", [digest(token)]):
                return
            refuse(_participants(transaction, one.room_id))
            transaction.execute(
                f"INSERT INTO workshop_participant ({_COLUMNS}, digest) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                [one.room_id, one.id, one.person_id, one.name, one.state, as_stored(one.joined_at), digest(token)],
            )
        self._tell(one.room_id)

    def participant(self, token: str) -> Participant | None:
        """Whose token this is, those who are out too."""
        rows = self._engine.read(f"SELECT {_COLUMNS} FROM workshop_participant WHERE digest = $1", [digest(token)])
        return _participant(rows[0]) if rows else None

    def participants(self, room_id: str) -> tuple[Participant, ...]:
        """In the order of coming."""
        return _participants(self._engine, room_id)

    def set_state(self, room_id: str, participant_id: str, state: str) -> None:
        """Of anybody but those whose name was freed: they stay mistaken."""
        where = "workshop_id = $1 AND participant_id = $2 AND state <> 'mistaken'"
        with self._writing, self._engine.transaction() as transaction:
            transaction.execute(f"UPDATE workshop_participant SET state = $3 WHERE {where}", [room_id, participant_id, state])
        self._tell(room_id)

    def _read(self, room_id: str) -> Room:
        rows = self._engine.read("SELECT project_id FROM workshop WHERE workshop_id = $1", [room_id])
        if not rows:
            raise NotFound("workshop_gone")
        return room_of(room_id, rows[0][0], self.events(room_id))

    def _tell(self, room_id: str) -> None:
        for told in tuple(self._subscribers):
            told(room_id)


_PEOPLE = "count(DISTINCT CASE WHEN person_id = '' THEN participant_id ELSE person_id END)"
_COLUMNS = "workshop_id, participant_id, person_id, name, state, joined_at"


def _keep(transaction: Transaction, room_id: str, event: Event) -> None:
    transaction.execute(
        "INSERT INTO workshop_event (workshop_id, number, happened_at, person_id, what, body) VALUES ($1, $2, $3, $4, $5, $6)",
        [room_id, event.number, as_stored(event.happened_at), event.person_id, event.what, json.dumps(dict(event.body), ensure_ascii=False)],
    )


def _shuffle(transaction: Transaction, room_id: str, question: str, round_: int) -> None:
    """Write a round's answers anew in the order of their keys: the order in which they came lies in the file no longer."""
    place = [room_id, question, round_]
    where = "workshop_id = $1 AND question = $2 AND round = $3"
    rows = transaction.read(f"SELECT ballot_key, body FROM workshop_ballot WHERE {where} ORDER BY ballot_key", place)
    transaction.execute(f"DELETE FROM workshop_ballot WHERE {where}", place)
    for key, body in rows:
        transaction.execute("INSERT INTO workshop_ballot (workshop_id, question, round, ballot_key, body) VALUES ($1, $2, $3, $4, $5)", [*place, key, body])


def _participants(reader: Engine | Transaction, room_id: str) -> tuple[Participant, ...]:
    rows = reader.read(f"SELECT {_COLUMNS} FROM workshop_participant WHERE workshop_id = $1 ORDER BY joined_at, participant_id", [room_id])
    return tuple(map(_participant, rows))


def _participant(row: tuple) -> Participant:
    *texts, joined_at = row
    return Participant(*texts, as_read(joined_at))
