"""A workshop room as its log tells it: who leads, what is asked, in which phase each question is, and what was decided.

Nothing of what people sent is in here: a room may be shown to everybody in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from types import MappingProxyType
from typing import Any

PHASES = ("draft", "open", "closed", "revealed", "decided", "locked")
ROUNDS = 2  # a question is voted on again once; after that the meeting decides
FEWEST = 5  # people whose answers are shown together, unless all agreed at the opening to be fewer

# A phase and those that may follow it. `open` again is a new round, but for one that was closed and not revealed yet.
MOVES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "draft": ("open",),
    "open": ("closed",),
    "closed": ("open", "revealed"),
    "revealed": ("open",),  # decided is reached by a decision, not by a move
    "decided": ("locked", "open"),
    "locked": ("open",),
})


@dataclass(frozen=True)
class Question:
    """One thing that is asked. `method`: how people answer; `about`: ids of the rows it is about, or keys of the standard.

    `hands`: what was counted of raised hands in this round. `under` and `wordings`: how the phrases of this round were grouped, {phrase:
    the phrase it was put under} and {phrase: what is said in its place}; see `gathering`. `decision`: what the meeting recorded.
    """

    id: str
    method: str
    title: str
    about: tuple[str, ...]
    settings: Mapping[str, Any]
    phase: str = "draft"
    round: int = 1
    votes: int = 1  # rounds since it was opened or reopened
    ends_at: datetime | None = None
    hands: Mapping[str, int] = field(default_factory=dict)
    under: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, str] = field(default_factory=dict)
    decision: Mapping[str, Any] | None = None
    because: str = ""  # why it was reopened

    @property
    def practice(self) -> bool:
        return bool(self.settings.get("practice"))

    @property
    def shown(self) -> bool:
        """Whether what was sent in this round may be looked at."""
        return self.phase in ("revealed", "decided", "locked")


@dataclass(frozen=True)
class Event:
    """Something that was done in a room. `number` counts from 1 without a gap; `body` is plain data."""

    number: int
    happened_at: datetime
    person_id: str
    what: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Room:
    """`leader`: who alone moves it on. `led`: everybody who has, in turn. `pin`: what those of the office must know to come in, "" for
    nothing. `called`: people of the office who were asked to come, none where only their number is known. `number`: of the last event in it.

    `questions`: in the order of the agenda. `asked`: how many ever were on it, so that no question has the id of one that was taken off.
    """

    id: str
    project_id: str
    step: str
    title: str
    place: str
    expected: int
    quorum: int
    few_shown: bool
    pin: str
    leader: str
    led: tuple[str, ...]
    opened_at: datetime
    called: tuple[str, ...] = ()
    ended_at: datetime | None = None
    number: int = 0
    questions: Mapping[str, Question] = field(default_factory=dict)
    current: str | None = None
    asked: int = 0

    @property
    def question(self) -> Question | None:
        """What the room is looking at."""
        return self.questions.get(self.current) if self.current else None


def room_of(room_id: str, project_id: str, events: Iterable[Event]) -> Room:
    """What the log of a room comes to. The first event opens it."""
    first, *rest = events
    body = first.body
    room = Room(
        room_id, project_id, body["step"], body["title"], body["place"], body["expected"], body["quorum"], body["few_shown"], body["pin"],
        leader=first.person_id, led=(first.person_id,), opened_at=first.happened_at, called=tuple(body.get("called", ())),
        number=first.number,
    )  # fmt: skip
    return reduce(after, rest, room)


def after(room: Room, event: Event) -> Room:
    """The room when this has happened in it too."""
    return replace(_EVENTS[event.what](room, event), number=event.number)


def follows(question: Question, phase: str) -> bool:
    """Whether a question may go on to this phase by itself."""
    return phase in MOVES[question.phase] and not (question.phase == "revealed" and question.votes >= ROUNDS)


def begins_round(question: Question, phase: str) -> bool:
    """Whether going on to this phase is a new round: what was sent before stays as it is, and is asked anew."""
    return phase == "open" and question.phase not in ("draft", "closed")


def never_opened(question: Question) -> bool:
    """Whether nobody was asked yet: it may still be taken off the agenda."""
    return question.phase == "draft"


def to_decide(room: Room) -> tuple[Question, ...]:
    """What the meeting has still to decide, in the order of the agenda: phrases that another question decided on are done with, and so is a practice
    that was revealed."""
    done = {id_ for id_, question in room.questions.items() if question.phase in ("decided", "locked")}
    followed = {tuple(room.questions[id_].settings.get("gathered_by", ())) for id_ in done}
    return tuple(one for id_, one in room.questions.items() if id_ not in done and not (one.phase == "revealed" and (one.practice or (id_, one.round) in followed)))


def enough(room: Room, sent: int) -> bool:
    """Whether so many answers may be shown together."""
    return sent >= FEWEST or (room.few_shown and sent > 0)


def _ask(room: Room, event: Event) -> Room:
    body = event.body
    question = Question(body["question"], body["method"], body["title"], tuple(body["about"]), body["settings"])
    return _with(room, question, current=room.current or question.id, asked=room.asked + 1)


def _take_off(room: Room, event: Event) -> Room:
    """A room that looked at it looks at the one after it, at the end of the agenda at the one before."""
    gone, order = event.body["question"], list(room.questions)
    left = {id_: question for id_, question in room.questions.items() if id_ != gone}
    current = next(iter([*order[order.index(gone) + 1 :], *reversed(order[: order.index(gone)])]), None) if room.current == gone else room.current
    return replace(room, questions=MappingProxyType(left), current=current)


def _put_before(room: Room, event: Event) -> Room:
    """Before no question is at the end."""
    moved, before = event.body["question"], event.body["before"]
    order = [id_ for id_ in room.questions if id_ != moved]
    order.insert(order.index(before) if before else len(order), moved)
    return replace(room, questions=MappingProxyType({id_: room.questions[id_] for id_ in order}))


def _look_at(room: Room, event: Event) -> Room:
    return replace(room, current=event.body["question"])


def _move(room: Room, event: Event) -> Room:
    question, phase = room.questions[event.body["question"]], event.body["to"]
    if begins_round(question, phase):
        again = question.phase == "revealed"
        question = replace(
            question, round=question.round + 1, votes=question.votes + 1 if again else 1, hands=MappingProxyType({}),
            under=MappingProxyType({}), wordings=MappingProxyType({}), decision=question.decision if again else None, because=event.body.get("because") or (question.because if again else ""),
        )  # fmt: skip
    ends = event.body.get("ends_at")
    return _with(room, replace(question, phase=phase, ends_at=datetime.fromisoformat(ends) if ends else None))


def _extend(room: Room, event: Event) -> Room:
    question = room.questions[event.body["question"]]
    return _with(room, replace(question, ends_at=datetime.fromisoformat(event.body["ends_at"])))


def _count_hands(room: Room, event: Event) -> Room:
    return _with(room, replace(room.questions[event.body["question"]], hands=MappingProxyType(dict(event.body["hands"]))))


def _group(room: Room, event: Event) -> Room:
    """Phrases under another, each with all that stand under it."""
    question = room.questions[event.body["question"]]
    under = {**question.under, **dict.fromkeys(event.body["phrases"], event.body["into"])}
    return _with(room, replace(question, under=MappingProxyType(under)))


def _take_out(room: Room, event: Event) -> Room:
    question = room.questions[event.body["question"]]
    return _with(room, replace(question, under=MappingProxyType({id_: into for id_, into in question.under.items() if id_ != event.body["phrase"]})))


def _word(room: Room, event: Event) -> Room:
    """Without a wording it says again what was written."""
    question, phrase, wording = room.questions[event.body["question"]], event.body["phrase"], event.body["wording"]
    others = {id_: said for id_, said in question.wordings.items() if id_ != phrase}
    return _with(room, replace(question, wordings=MappingProxyType(others | ({phrase: wording} if wording else {}))))


def _decide(room: Room, event: Event) -> Room:
    question = room.questions[event.body["question"]]
    return _with(room, replace(question, phase="decided", ends_at=None, decision=MappingProxyType(dict(event.body["decision"]))))


def _free_name(room: Room, event: Event) -> Room:
    """Who is in a room is kept beside its log: that a name was freed changes nothing that is asked."""
    return room


def _hand_over(room: Room, event: Event) -> Room:
    return replace(room, leader=event.body["to"], led=tuple(dict.fromkeys([*room.led, event.body["to"]])))


def _end(room: Room, event: Event) -> Room:
    return replace(room, ended_at=event.happened_at)


def _with(room: Room, question: Question, **more: Any) -> Room:
    return replace(room, questions=MappingProxyType({**room.questions, question.id: question}), **more)


_EVENTS = MappingProxyType({
    "ask": _ask, "look_at": _look_at, "move": _move, "extend": _extend, "count_hands": _count_hands, "decide": _decide,
    "take_off": _take_off, "put_before": _put_before, "group": _group, "take_out": _take_out, "word": _word, "free_name": _free_name,
    "hand_over": _hand_over, "end": _end,
})  # fmt: skip
