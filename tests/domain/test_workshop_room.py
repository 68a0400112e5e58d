"""A workshop room as its log tells it: which phase follows which, when a round is new, and that a decision stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pso_core.domain.workshop.room import FEWEST, PHASES, Event, Room, after, begins_round, enough, follows, room_of

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
OPENED = {"step": "weights", "title": "น้ำหนัก", "place": "", "expected": 12, "quorum": 7, "few_shown": False, "pin": ""}


def told(*events: tuple[str, dict[str, Any]], opened: dict[str, Any] = OPENED) -> Room:
    """A room in which one question was asked, and then this happened."""
    asked = ("ask", {"question": "q1", "method": "swing", "title": "น้ำหนัก", "about": ["speed"], "settings": {}})
    log = [("open", opened), asked, *events]
    return room_of("r", "p", [Event(number, NOW + timedelta(minutes=number), "p-facilitator", what, body) for number, (what, body) in enumerate(log, 1)])


def moved(*phases: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    return tuple(("move", {"question": "q1", "to": phase}) for phase in phases)


DECIDED = ("decide", {"question": "q1", "decision": {"decided": "20", "by": "p-facilitator", "resolution": None}})


def test_who_opens_a_room_leads_it_and_its_first_question_is_looked_at():
    room = told()
    assert (room.leader, room.question.id, room.question.phase, room.question.round, room.number) == ("p-facilitator", "q1", "draft", 1, 2)


WAYS = [
    (("open",), {"closed"}),
    (("open", "closed"), {"open", "revealed"}),
    (("open", "closed", "revealed"), {"open"}),
    ((), {"open"}),
]


@pytest.mark.parametrize(("before", "next_ones"), WAYS, ids=["-".join(before) or "draft" for before, _ in WAYS])
def test_nothing_is_skipped_and_what_is_revealed_is_never_hidden_again(before: tuple[str, ...], next_ones: set[str]):
    question = told(*moved(*before)).question
    assert {phase for phase in PHASES if follows(question, phase)} == next_ones


def test_a_closed_round_that_nobody_has_seen_may_be_opened_again_and_is_the_same_round():
    question = told(*moved("open", "closed")).question
    assert not begins_round(question, "open")
    assert told(*moved("open", "closed", "open")).question.round == 1


def test_a_revealed_question_is_voted_on_again_once_only():
    again = told(*moved("open", "closed", "revealed", "open")).question
    assert (again.round, again.votes, again.shown) == (2, 2, False)
    twice = told(*moved("open", "closed", "revealed", "open", "closed", "revealed")).question
    assert not follows(twice, "open")


def test_a_decided_question_is_locked_or_taken_up_again_as_a_new_round_with_two_votes():
    decided = told(*moved("open", "closed", "revealed"), DECIDED)
    assert (decided.question.phase, decided.question.decision["decided"]) == ("decided", "20")
    assert {phase for phase in PHASES if follows(decided.question, phase)} == {"locked", "open"}
    reopened = after(decided, Event(9, NOW, "p-facilitator", "move", {"question": "q1", "to": "open", "because": "มีหลักฐานใหม่"})).question
    assert (reopened.round, reopened.votes, reopened.decision, reopened.because) == (2, 1, None, "มีหลักฐานใหม่")


def test_a_second_vote_after_it_was_taken_up_again_still_says_why():
    because = ("move", {"question": "q1", "to": "open", "because": "มีหลักฐานใหม่"})
    again = told(*moved("open", "closed", "revealed"), DECIDED, because, *moved("closed", "revealed", "open")).question
    assert (again.round, again.because) == (3, "มีหลักฐานใหม่")


def test_a_new_round_begins_without_the_hands_that_were_counted_before():
    counted = told(*moved("open"), ("count_hands", {"question": "q1", "hands": {"2": 4}}))
    assert dict(counted.question.hands) == {"2": 4}
    again = told(*moved("open"), ("count_hands", {"question": "q1", "hands": {"2": 4}}), *moved("closed", "revealed", "open"))
    assert dict(again.question.hands) == {}


def test_the_time_ends_when_the_server_says_and_is_over_with_the_phase():
    ends = (NOW + timedelta(minutes=5)).isoformat()
    room = told(("move", {"question": "q1", "to": "open", "ends_at": ends}), ("extend", {"question": "q1", "ends_at": (NOW + timedelta(minutes=7)).isoformat()}))
    assert room.question.ends_at == NOW + timedelta(minutes=7)
    assert told(("move", {"question": "q1", "to": "open", "ends_at": ends}), *moved("closed")).question.ends_at is None


@pytest.mark.parametrize(("sent", "all_agreed", "shown"), [(FEWEST, False, True), (FEWEST - 1, False, False), (1, True, True), (0, True, False)])
def test_answers_of_fewer_than_five_are_shown_only_where_all_agreed(sent: int, all_agreed: bool, shown: bool):
    assert enough(told(opened={**OPENED, "few_shown": all_agreed}), sent) is shown


def test_another_leads_and_the_room_ends():
    room = told(("hand_over", {"to": "p-head"}), ("end", {}))
    assert (room.leader, room.ended_at) == ("p-head", NOW + timedelta(minutes=4))
