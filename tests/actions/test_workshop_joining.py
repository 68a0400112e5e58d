"""Coming into a workshop room: by its code or its QR code, under a name that is free, as a guest that the leader admits."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from pso_core.actions.workshop_answers import counted, send
from pso_core.actions.workshop_joining import admit, attending, come_as_guest, come_in, find_room, free_name, let_go, present, roster, seat, seat_guest
from pso_core.actions.workshops import Opening, hand_over, open_room
from pso_core.errors import NotAllowed, PsoError
from tests.actions.workshop_rooms import LEADER, code_of, held, score
from tests.actions.peopled import office, project
from tests.building import person

HEAD, MEMBER = person("head"), person("member")
HERE, THERE = "10.0.0.1", "10.0.0.9"  # nobody comes from there any more after the guesses


def test_six_digits_or_the_qr_code_open_the_room_until_it_ends(office, project):
    room = open_room(office, LEADER, project, Opening("weights", "น้ำหนัก"))
    keys = office.store.workshops.keys(room.id)
    assert (len(keys.code), keys.code.isdecimal()) == (6, True)
    assert find_room(office, f" {keys.code} ", HERE) == find_room(office, keys.secret, HERE) == room
    office.store.workshops.append(room.id, LEADER.id, office.clock(), lambda now: ("end", {}))
    for key in (keys.code, keys.secret, ""):
        assert code_of(lambda key=key: find_room(office, key, HERE)) in ("workshop_code_wrong", "workshop_wait")


def test_a_hundred_guesses_get_nowhere_while_the_qr_code_still_opens(office, project):
    """A thousand are tried at the door itself."""
    room = open_room(office, LEADER, project, Opening("weights", "น้ำหนัก"))
    keys = office.store.workshops.keys(room.id)
    wrong = (f"{number:06}" for number in range(100) if f"{number:06}" != keys.code)
    said = [code_of(lambda guess=guess: find_room(office, guess, THERE)) for guess in wrong]
    assert said.count("workshop_code_wrong") < 40
    assert code_of(lambda: find_room(office, keys.code, THERE)) == "workshop_wait"
    assert find_room(office, keys.secret, HERE) == room
    assert find_room(office, keys.code, "10.0.0.2") == room


def test_a_name_is_taken_once_until_the_leader_frees_it(office, project):
    here = held(office, project)
    assert code_of(lambda: come_in(office, here.room, MEMBER.id, "", HERE)) == "workshop_name_taken"
    assert all(taken for _, taken in roster(office, here.room))
    first = here.tokens[MEMBER.id]
    let_go(office, LEADER, here.id, present(office, first).participant.id)
    assert code_of(lambda: present(office, first)) == "workshop_not_in"
    assert present(office, come_in(office, here.room, MEMBER.id, "", HERE)).participant.name == MEMBER.name


def test_only_a_name_of_the_office_that_is_in_with_a_phone_is_freed_and_only_by_the_leader(office, project):
    room = open_room(office, LEADER, project, Opening("weights", "น้ำหนัก"))
    seat(office, LEADER, room.id, HEAD.id), seat_guest(office, LEADER, room.id, "นายแขก"), come_as_guest(office, room, "นางแขก")
    token, gone = come_in(office, room, MEMBER.id, "", HERE), come_in(office, room, LEADER.id, "", HERE)
    admit(office, LEADER, room.id, next(one.id for one in office.store.workshops.participants(room.id) if one.state == "waiting"))
    here = present(office, token).participant.id
    let_go(office, LEADER, room.id, present(office, gone).participant.id)
    for one in [*(one.id for one in office.store.workshops.participants(room.id) if one.id != here), "nobody"]:
        assert code_of(lambda one=one: free_name(office, LEADER, room.id, one)) == "workshop_name_not_in"
    assert code_of(lambda: free_name(office, MEMBER, room.id, here)) == "not_allowed"
    free_name(office, LEADER, room.id, here)
    assert code_of(lambda: present(office, token)) == "workshop_name_freed"


def test_two_who_pick_the_same_name_at_once_are_one_in_and_one_refused(office, project):
    room, start, came = open_room(office, LEADER, project, Opening("weights", "น้ำหนัก")), Barrier(2), []

    def pick() -> None:
        start.wait()
        try:
            came.append(come_in(office, room, MEMBER.id, "", HERE))
        except PsoError as refusal:
            came.append(refusal.code)

    threads = [Thread(target=pick) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "workshop_name_taken" in came
    assert len(office.store.workshops.participants(room.id)) == 1


def test_a_room_with_a_number_of_its_own_wants_it_and_guessing_it_is_slowed(office, project):
    room = open_room(office, LEADER, project, Opening("weights", "น้ำหนัก", pin="0427"))
    assert code_of(lambda: come_in(office, room, MEMBER.id, "", HERE)) == "workshop_pin_wrong"
    assert present(office, come_in(office, room, MEMBER.id, "0427", HERE)).participant.state == "in"
    said = {code_of(lambda guess=guess: come_in(office, room, HEAD.id, f"{guess:04}", HERE)) for guess in range(100)}
    assert said == {"workshop_pin_wrong", "workshop_wait"}


def test_a_guest_says_who_they_are(office, project):
    room = open_room(office, LEADER, project, Opening("weights", "น้ำหนัก"))
    said = {name: code_of(lambda name=name: come_as_guest(office, room, name)) for name in (" ", "\u200b", "ก" * 101)}
    assert said == {" ": "workshop_name_missing", "\u200b": "workshop_name_missing", "ก" * 101: "workshop_text_long"}


def test_a_guest_waits_until_the_leader_admits_them(office, project):
    here = held(office, project, phase="open")
    token = come_as_guest(office, here.room, "ผู้แทนอำเภอ")
    assert code_of(lambda: send(office, token, "q1", 1, score(2))) == "workshop_not_admitted"
    guest = present(office, token).participant
    with pytest.raises(NotAllowed):
        admit(office, HEAD, here.id, guest.id)
    admit(office, LEADER, here.id, guest.id)
    send(office, token, "q1", 1, score(2))
    assert counted(office, here.room, here.room.question).sent == 1


def test_the_leader_and_whoever_came_without_a_phone_attend_each_once(office, project):
    room = open_room(office, LEADER, project, Opening("weights", "น้ำหนัก", expected=5, quorum=3))
    come_in(office, room, MEMBER.id, "", HERE)
    come_as_guest(office, room, "ผู้แทนสำนักงานสถิติ")
    for _ in "twice":
        seat(office, LEADER, room.id, HEAD.id)
    seat(office, LEADER, room.id, MEMBER.id)
    assert [one.name for one in attending(office, room)] == [LEADER.name, MEMBER.name, HEAD.name]
    assert sum(1 for one in office.store.workshops.participants(room.id) if one.state == "in") == 1  # who has no phone is not waited for
    come_in(office, room, HEAD.id, "", HERE)  # found one after all
    come_in(office, room, LEADER.id, "", HERE)
    assert sorted((one.name, one.state) for one in attending(office, room)) == sorted((one.name, "in") for one in (LEADER, MEMBER, HEAD))  # all came at one moment
    with pytest.raises(NotAllowed):
        seat(office, MEMBER, room.id, HEAD.id)
    assert code_of(lambda: seat(office, LEADER, room.id, "p-nobody")) == "workshop_name_unknown"


def test_whoever_led_before_the_meeting_was_handed_over_still_attends(office, project):
    room = open_room(office, LEADER, project, Opening("weights", "น้ำหนัก", expected=5, quorum=3))
    hand_over(office, LEADER, room.id, person("administrator"))
    assert {one.name for one in attending(office, office.store.workshops.room(room.id))} == {LEADER.name, person("administrator").name}
