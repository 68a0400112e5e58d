"""Raised hands: one for each person who attends without a phone, and no more."""

from __future__ import annotations


import pytest

from pso_core.actions.workshop_hands import count_hands, without_phone
from pso_core.actions.workshop_joining import attending, come_in, let_go, seat, seat_guest
from pso_core.actions.workshops import Asked, Opening, ask, hand_over, move, open_room
from pso_core.domain.workshop.room import Room
from pso_core.errors import PsoError
from pso_core.office import Office
from tests.actions.workshop_rooms import LEADER, SCORING, code_of, without_phones
from tests.actions.peopled import office
from tests.building import an_empty_project, person

ADMIN, HEAD, MEMBER = person("administrator"), person("head"), person("member")
HERE = "10.0.0.1"


@pytest.fixture
def room(office: Office) -> Room:
    """With the leader alone in it, and a question that is open."""
    room = open_room(office, LEADER, an_empty_project(office), Opening("assessment", "ประชุม", few_shown=True))
    ask(office, LEADER, room.id, [Asked("score", "ความครอบคลุม", ("indicator:x",), SCORING)])
    return move(office, LEADER, room.id, "q1", "draft", "open")


def test_no_more_hands_than_people_without_a_phone_and_it_is_said_how_many_there_are(office, room):
    seat(office, LEADER, room.id, HEAD.id)
    come_in(office, room, MEMBER.id, "", HERE)
    with pytest.raises(PsoError) as refusal:
        count_hands(office, LEADER, room.id, "q1", {"2": 2, "abstain": 1})
    assert (refusal.value.code, refusal.value.facts) == ("workshop_hands_many", {"raised": 3, "without": 2})
    assert dict(office.store.workshops.room(room.id).question.hands) == {}
    count_hands(office, LEADER, room.id, "q1", {"2": 1, "abstain": 1})
    assert dict(office.store.workshops.room(room.id).question.hands) == {"2": 1, "abstain": 1}


def test_whoever_comes_in_with_a_phone_after_all_raises_no_hand(office, room):
    seat(office, LEADER, room.id, HEAD.id)
    come_in(office, room, HEAD.id, "", HERE), come_in(office, room, LEADER.id, "", HERE)
    assert without_phone(office, room) == 0
    assert code_of(lambda: count_hands(office, LEADER, room.id, "q1", {"2": 1})) == "workshop_hands_many"


def test_whoever_led_before_may_raise_a_hand_too(office, room):
    assert without_phone(office, room) == 1
    assert without_phone(office, hand_over(office, LEADER, room.id, ADMIN)) == 2


def test_a_guest_without_a_phone_attends_once_and_may_leave(office, room):
    for _ in range(2):
        seat_guest(office, LEADER, room.id, " นายแขก ")
    assert [(one.name, one.person_id) for one in attending(office, room)] == [(LEADER.name, LEADER.id), ("นายแขก", "")]
    assert without_phone(office, room) == 2
    let_go(office, LEADER, room.id, attending(office, room)[1].id)
    assert without_phone(office, room) == 1


def test_only_the_leader_seats_a_guest_and_by_a_name(office, room):
    assert [code_of(lambda name=name: seat_guest(office, LEADER, room.id, name)) for name in (" ", "ก" * 101)] == ["workshop_name_missing", "workshop_text_long"]
    assert code_of(lambda: seat_guest(office, MEMBER, room.id, "นายแขก")) == "not_allowed"
    without_phones(office, room.id, 3)
    assert len(attending(office, room)) == 4
