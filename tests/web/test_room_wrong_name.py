"""A name taken by mistake: freed by the leader, its owner answers in that round, and each name has one answer all the while."""

from __future__ import annotations

import pytest

from pso_core.actions.workshop_answers import still_counted
from pso_core.actions.workshop_joining import free_name, let_go
from pso_core.errors import PsoError
from pso_core.text.phrases import phrases
from tests.web.rooms import LEADER, STAFF, Phone, Workshop, ballots_of, house, opening, workshop  # noqa: F401

TH = phrases("th")
COUNTED, FREED = TH("refusals.ballot_counted"), TH("refusals.workshop_name_freed")


def second(workshop: Workshop) -> str:  # noqa: F811
    """Id of who came in under the name of the second of the staff."""
    return next(one.id for one in workshop.office.store.workshops.participants(workshop.id) if one.person_id == STAFF[1].id)


def score(level: int) -> dict[str, str]:
    return {"level": str(level), "reason": "ตามหลักฐาน"}


def levels(workshop: Workshop, round_: int = 1) -> list[int]:  # noqa: F811
    return sorted(one["level"] for one in ballots_of(workshop, round_=round_))


def count(workshop: Workshop) -> tuple[int, int]:  # noqa: F811
    return workshop.office.store.workshops.count(workshop.id, "q1", workshop.room.questions["q1"].round)


@pytest.fixture
def taken(workshop: Workshop) -> tuple[Workshop, Phone]:  # noqa: F811
    """Somebody answered 0 under the name of the second of the staff; the first answered 3 under their own."""
    opening(workshop)
    workshop.send(workshop.phone(1), score(3))
    wrong = workshop.phone(2)
    workshop.send(wrong, score(0))
    return workshop, wrong


@pytest.mark.parametrize("path", ["/room/here", "/room/here?part=1", "door", "/room", "sending again"])
def test_the_owner_answers_once_the_wrong_phone_has_taken_back_its_answer(taken: tuple[Workshop, Phone], path: str):
    workshop, wrong = taken  # noqa: F811
    free_name(workshop.office, LEADER, workshop.id, second(workshop))
    owner = workshop.phone(2)
    assert (COUNTED in workshop.send(owner, score(2)).text, levels(workshop)) == (True, [0, 3])
    workshop.send(wrong, score(1)) if path == "sending again" else wrong.get(workshop.door if path == "door" else path)
    assert (levels(workshop), count(workshop)) == ([3], (1, 2))
    for _ in range(2):
        assert COUNTED not in workshop.send(owner, score(2)).text
    assert (levels(workshop), count(workshop)) == ([2, 3], (2, 2))
    wrong.get("/room/here")
    workshop.send(wrong, score(1))
    assert levels(workshop) == [2, 3]


def test_the_wrong_one_comes_in_under_their_own_name_and_answers_too(taken: tuple[Workshop, Phone]):
    workshop, wrong = taken  # noqa: F811
    free_name(workshop.office, LEADER, workshop.id, second(workshop))
    wrong.get(workshop.door)
    assert wrong.post(workshop.door, {"as": "own", "person": STAFF[2].id}).leads_to == "/room/here"
    workshop.send(wrong, score(1))
    workshop.send(workshop.phone(2), score(2))
    assert (levels(workshop), count(workshop)) == ([1, 2, 3], (3, 3))


def test_whoever_is_only_let_go_leaves_what_they_sent(taken: tuple[Workshop, Phone]):
    workshop, wrong = taken  # noqa: F811
    let_go(workshop.office, LEADER, workshop.id, second(workshop))
    wrong.get("/room/here")
    assert (levels(workshop), COUNTED in workshop.send(workshop.phone(2), score(2)).text) == ([0, 3], True)


def test_what_was_closed_before_stays_as_it_was(taken: tuple[Workshop, Phone]):
    """Nothing that everybody saw closed changes any more, nor does an earlier round."""
    workshop, wrong = taken  # noqa: F811
    for phase in ("closed", "revealed", "open"):
        workshop.move(phase)
    workshop.send(wrong, score(1))
    free_name(workshop.office, LEADER, workshop.id, second(workshop))
    workshop.move("closed")
    wrong.get("/room/here")
    assert (levels(workshop), levels(workshop, 2)) == ([0, 3], [1])


def test_a_stranger_takes_nothing_back(taken: tuple[Workshop, Phone]):
    workshop, _ = taken  # noqa: F811
    free_name(workshop.office, LEADER, workshop.id, second(workshop))
    Phone().get("/room/here"), workshop.phone(4).get("/room/here")
    assert levels(workshop) == [0, 3]


@pytest.mark.parametrize("path", ["/room/here", "/room/here?part=1", "sending again"])
def test_the_wrong_phone_is_told_that_its_answer_does_not_count(taken: tuple[Workshop, Phone], path: str):
    workshop, wrong = taken  # noqa: F811
    free_name(workshop.office, LEADER, workshop.id, second(workshop))
    for _ in "twice":
        assert FREED in (workshop.send(wrong, score(1)) if path == "sending again" else wrong.get(path)).text


def test_a_round_that_was_closed_meanwhile_and_is_open_again_gives_the_answer_back_too(taken: tuple[Workshop, Phone]):
    workshop, wrong = taken  # noqa: F811
    workshop.move("closed")
    free_name(workshop.office, LEADER, workshop.id, second(workshop))
    wrong.get("/room/here")
    assert levels(workshop) == [0, 3]
    workshop.move("open")
    wrong.get("/room/here")
    assert (COUNTED in workshop.send(workshop.phone(2), score(2)).text, levels(workshop)) == (False, [2, 3])


def test_an_answer_on_its_way_when_the_name_is_freed_is_not_kept(taken: tuple[Workshop, Phone], monkeypatch: pytest.MonkeyPatch):
    """It looked at who is in before the leader freed the name, and is written after."""
    workshop, wrong = taken  # noqa: F811
    rooms = workshop.office.store.workshops
    write, mistaken = rooms.send, second(workshop)

    def after_freeing(*given):
        free_name(workshop.office, LEADER, workshop.id, mistaken)
        write(*given)

    monkeypatch.setattr(rooms, "send", after_freeing)
    assert (FREED in workshop.send(wrong, score(1)).text, levels(workshop)) == (True, [3])


def test_the_log_says_that_a_name_was_freed_and_nothing_of_the_answer(taken: tuple[Workshop, Phone]):
    workshop, wrong = taken  # noqa: F811
    mistaken = second(workshop)
    free_name(workshop.office, LEADER, workshop.id, mistaken)
    wrong.get("/room/here")
    last = workshop.office.store.workshops.events(workshop.id)[-1]
    assert (last.what, last.person_id, last.body) == ("free_name", LEADER.id, {"participant": mistaken})


def test_the_screens_are_told_once_that_an_answer_is_taken_back(taken: tuple[Workshop, Phone]):
    workshop, wrong = taken  # noqa: F811
    free_name(workshop.office, LEADER, workshop.id, second(workshop))
    told: list[str] = []
    end = workshop.office.store.workshops.subscribe(told.append)
    for _ in range(3):
        wrong.get("/room/here")
    end()
    assert told == [workshop.id]


def test_the_leader_sees_whose_name_waits_for_the_phone_that_took_it(taken: tuple[Workshop, Phone]):
    workshop, wrong = taken  # noqa: F811
    free_name(workshop.office, LEADER, workshop.id, second(workshop))
    assert still_counted(workshop.office, workshop.room) == (STAFF[1].name,)
    wrong.get("/room/here")
    assert still_counted(workshop.office, workshop.room) == ()


def test_a_freed_name_is_freed_once_and_nobody_is_let_go_out_of_it(taken: tuple[Workshop, Phone]):
    workshop, wrong = taken  # noqa: F811
    mistaken = second(workshop)
    free_name(workshop.office, LEADER, workshop.id, mistaken)
    let_go(workshop.office, LEADER, workshop.id, mistaken)
    with pytest.raises(PsoError, match="workshop_name_not_in"):
        free_name(workshop.office, LEADER, workshop.id, mistaken)
    wrong.get("/room/here")
    assert levels(workshop) == [3]
