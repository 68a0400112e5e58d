"""A workshop room: nothing is seen before it is revealed, and only its leader moves it on."""

from __future__ import annotations

import json
import logging
from threading import Barrier, Thread

import pytest

from pso_core.actions.project_file import file_of_rows
from pso_core.actions.workshop_answers import Count, answers, counted, not_yet, own_answer, send
from pso_core.actions.workshop_joining import admit, come_as_guest, come_in, let_go, present
from pso_core.actions.workshop_hands import count_hands
from pso_core.actions.workshops import Asked, Opening, ask, extend, hand_over, look_at, move, open_room, take_over
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import opened
from tests.actions.workshop_rooms import LEADER, SCORING, code_of, held, score, without_phones
from tests.actions.peopled import office, project
from tests.building import an_empty_project, an_office, person

HEAD, MEMBER, VIEWER = person("head"), person("member"), person("viewer")
HERE = "10.0.0.1"
SECRET = "ความลับของฉัน"


@pytest.mark.parametrize("who", ["member", "viewer"])
def test_who_may_not_lead_opens_no_room(office, project, who):
    with pytest.raises(NotAllowed):
        open_room(office, person(who), project, Opening("weights", "น้ำหนัก"))
    assert office.store.workshops.of(project) == ()


BAD = [
    ({"title": " "}, "workshop_title_missing"), ({"title": "ก" * 301}, "workshop_text_long"), ({"expected": -1}, "workshop_expected"), ({"expected": 501}, "workshop_expected"),
    ({"expected": 5, "quorum": 6}, "workshop_quorum"), ({"called": (HEAD.id, "p-nobody")}, "workshop_called_unknown"), ({"called": (HEAD.id,), "expected": 5, "quorum": 3}, "workshop_quorum"),
    ({"pin": "123"}, "workshop_pin"), ({"pin": "๑๒๓๔"}, "workshop_pin"), ({"pin": "abcd"}, "workshop_pin"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "code"), BAD)
def test_a_room_opened_wrongly_is_refused_and_not_there(office, project, said, code):
    assert code_of(lambda: open_room(office, LEADER, project, Opening(**{"step": "weights", "title": "น้ำหนัก", **said}))) == code
    assert office.store.workshops.of(project) == ()


def test_no_view_is_of_what_was_sent(tmp_path):
    with opened(tmp_path / "new.duckdb") as office:
        views = [name for (name,) in office.store.engine.read("SELECT view_name FROM duckdb_views() WHERE NOT internal")]
    assert "current_task" in views
    assert not [view for view in views if "ballot" in view or "workshop" in view]


def test_nothing_that_was_sent_is_readable_by_anybody_before_it_is_revealed(office, project, caplog):
    caplog.set_level(logging.DEBUG)
    here = held(office, project, phase="open")
    here.all_send(score(3, SECRET))
    seen = [here.room, here.room.question, office.store.workshops.events(here.id), office.store.workshops.participants(here.id), counted(office, here.room, here.room.question)]
    assert SECRET not in repr(seen) + caplog.text + file_of_rows(office.store.state(project), office.store.people.all()).decode()
    for phase in ("open", "closed"):
        assert here.room.question.phase == phase
        assert code_of(lambda: answers(office, here.id, "q1")) == "not_revealed"
        if phase == "open":
            here.to("closed")
    here.to("revealed")
    assert [one["reason"] for one in answers(office, here.id, "q1").ballots] == [SECRET] * 5


def test_an_answer_lies_apart_from_whoever_sent_it_and_its_place_tells_nothing(office, project):
    here = held(office, project, phase="open")
    here.all_send(*(score(level) for level in (0, 1, 2, 3, 3)))
    here.to("closed")
    kept = office.store.engine.read("SELECT ballot_key, body FROM workshop_ballot WHERE workshop_id = $1", [here.id])
    assert [key for key, _ in kept] == sorted(key for key, _ in kept)
    everything = json.dumps(kept)
    people = office.store.workshops.participants(here.id)
    assert not [one for one in people if one.id in everything or one.name in everything or one.person_id in everything]
    assert {column for (column,) in office.store.engine.read("SELECT column_name FROM information_schema.columns WHERE table_name = 'workshop_ballot'")} == {
        "workshop_id", "question", "round", "ballot_key", "body",
    }  # fmt: skip


def test_one_finds_ones_own_answer_and_nobody_elses(office, project):
    here = held(office, project, phase="open")
    send(office, here.tokens[MEMBER.id], "q1", 1, score(2, "ของฉัน"))
    own = {who: own_answer(office, present(office, token), here.room.question) for who, token in here.tokens.items()}
    assert {who for who, answer in own.items() if answer} == {MEMBER.id}


def test_the_last_answer_of_a_round_counts_and_a_double_tap_is_one(office, project):
    here = held(office, project, phase="open")
    for answer in (score(1), score(2), score(2)):
        send(office, here.tokens[MEMBER.id], "q1", 1, answer)
    assert counted(office, here.room, here.room.question).sent == 1
    here.to("closed"), here.to("revealed")
    assert [one["level"] for one in answers(office, here.id, "q1").ballots] == [2]


def test_an_answer_after_closing_is_refused_and_not_kept(office, project):
    here = held(office, project, phase="closed")
    assert code_of(lambda: send(office, here.tokens[MEMBER.id], "q1", 1, score(2))) == "ballot_closed"
    here.to("revealed")
    assert answers(office, here.id, "q1").ballots == ()


def test_answers_at_the_instant_of_closing_are_all_in_or_all_refused(office, project):
    """Whoever was told that it was sent is counted, whoever was refused is not."""
    here, start, said = held(office, project, phase="open"), Barrier(6), []

    def answer(token: str) -> None:
        start.wait()
        try:
            send(office, token, "q1", 1, score(2))
            said.append("sent")
        except PsoError as refusal:
            said.append(refusal.code)

    threads = [Thread(target=answer, args=(token,)) for token in here.tokens.values()]
    for thread in threads:
        thread.start()
    start.wait()
    here.to("closed")
    for thread in threads:
        thread.join()
    here.to("revealed")
    assert set(said) <= {"sent", "ballot_closed"}
    assert answers(office, here.id, "q1").count.sent == said.count("sent")


def test_fewer_than_five_stay_hidden_unless_all_agreed(office, project):
    hidden, shown = held(office, project, few_shown=False, phase="open"), held(office, project, few_shown=True, phase="open")
    for here in (hidden, shown):
        for token in list(here.tokens.values())[:4]:
            send(office, token, "q1", 1, score(2))
        here.to("closed"), here.to("revealed")
    assert [(len(answers(office, here.id, "q1").ballots), answers(office, here.id, "q1").hidden) for here in (hidden, shown)] == [(0, True), (4, False)]


def test_whoever_is_let_go_and_comes_back_has_one_answer_a_round_and_counts_once(office, project):
    """Five answers of four people would show what four people answered."""
    here = held(office, project, few_shown=False, phase="open")
    four = dict(list(here.tokens.items())[:4])
    for token in four.values():
        send(office, token, "q1", 1, score(2))
    id_, token = next(iter(four.items()))
    let_go(office, LEADER, here.id, present(office, token).participant.id)
    assert counted(office, here.room, here.room.question) == Count(4, 5), "whoever has answered is still one of the people"
    again = come_in(office, here.room, id_, "", HERE)
    assert code_of(lambda: send(office, again, "q1", 1, score(3))) == "ballot_counted"
    assert (counted(office, here.room, here.room.question), len(not_yet(office, here.room, here.room.question))) == (Count(4, 5), 1)
    here.to("closed"), here.to("revealed")
    assert answers(office, here.id, "q1").hidden
    here.to("open")
    send(office, again, "q1", 2, score(3))


def test_a_guest_who_was_let_go_is_not_counted_among_the_five(office, project):
    """The same guest may stand there under another name."""
    here = held(office, project, few_shown=False, phase="open")
    guests = [come_as_guest(office, here.room, "ผู้แทนสำนักงานสถิติ") for _ in "ab"]
    for guest in guests:
        admit(office, LEADER, here.id, office.store.workshops.participant(guest).id)
    for token in (*list(here.tokens.values())[:3], *guests):
        send(office, token, "q1", 1, score(2))
    let_go(office, LEADER, here.id, present(office, guests[0]).participant.id)
    here.to("closed"), here.to("revealed")
    assert answers(office, here.id, "q1").hidden


def test_a_new_round_leaves_the_old_one_as_it_was(office, project):
    here = held(office, project, phase="open")
    here.all_send(score(1))
    here.to("closed"), here.to("revealed"), here.to("open")
    assert code_of(lambda: send(office, here.tokens[MEMBER.id], "q1", 1, score(3))) == "ballot_old_round"
    assert code_of(lambda: answers(office, here.id, "q1")) == "not_revealed"
    here.all_send(score(3))
    here.to("closed"), here.to("revealed")
    assert [{one["level"] for one in answers(office, here.id, "q1", round_).ballots} for round_ in (1, 2)] == [{1}, {3}]
    assert code_of(lambda: here.to("open")) == "workshop_moved_on"


@pytest.mark.parametrize("who", ["head", "member", "viewer", "administrator"])
def test_only_the_leader_moves_the_room(office, project, who):
    here, other = held(office, project), person(who)
    for attempt in (
        lambda: move(office, other, here.id, "q1", "draft", "open"), lambda: look_at(office, other, here.id, "q1"), lambda: extend(office, other, here.id, "q1"),
        lambda: count_hands(office, other, here.id, "q1", {"2": 3}), lambda: ask(office, other, here.id, [Asked("score", "ก", (), SCORING)]),
        lambda: hand_over(office, other, here.id, other), lambda: let_go(office, other, here.id, "x"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            attempt()
    assert here.room.question.phase == "draft"


def test_another_takes_over_when_the_leaders_machine_has_died_and_the_log_says_so(office, project):
    here = held(office, project, phase="open")
    assert code_of(lambda: take_over(office, MEMBER, here.id)) == "not_allowed"
    take_over(office, HEAD, here.id)
    assert code_of(lambda: here.to("closed")) == "workshop_not_leader"
    assert here.to("closed", by=HEAD).question.phase == "closed"
    last = office.store.workshops.events(here.id)[-2]
    assert (last.what, last.person_id, last.body) == ("hand_over", HEAD.id, {"to": HEAD.id})


def test_who_may_not_lead_is_handed_nothing(office, project):
    assert code_of(lambda: hand_over(office, LEADER, held(office, project).id, VIEWER)) == "workshop_cannot_lead"


def test_pressed_twice_it_is_done_once(office, project):
    here = held(office, project, phase="open")
    move(office, LEADER, here.id, "q1", "open", "closed")
    assert code_of(lambda: move(office, LEADER, here.id, "q1", "open", "closed")) == "workshop_moved_on"
    assert here.room.question.phase == "closed"


def test_everything_sent_is_there_after_the_server_was_started_again(tmp_path):
    database = tmp_path / "nine.duckdb"
    with an_office(database) as office:
        project = an_empty_project(office)
        here = held(office, project, phase="open")
        here.all_send(*(score(level) for level in (0, 1, 2, 3, 3)))
    with an_office(database) as again:
        room = again.store.workshops.room(here.id)
        assert (room.question.phase, counted(again, room, room.question).sent) == ("open", 5)
        mine = (0, 1, 2, 3, 3)[list(here.tokens).index(MEMBER.id)]
        assert own_answer(again, present(again, here.tokens[MEMBER.id]), room.question)["level"] == mine
        assert not_yet(again, room, room.question) == ()


def test_a_token_opens_its_room_only(office, project):
    one, other = held(office, project, phase="open"), held(office, project, phase="open")
    send(office, one.tokens[MEMBER.id], "q1", 1, score(3, SECRET))
    assert present(office, one.tokens[MEMBER.id]).room.id == one.id
    assert [counted(office, here.room, here.room.question).sent for here in (one, other)] == [1, 0]
    for token in ("", "x", one.id, MEMBER.id):
        with pytest.raises(NotFound):
            present(office, token)


def test_two_minutes_more_are_counted_from_the_servers_clock(office, project):
    here = held(office, project)
    move(office, LEADER, here.id, "q1", "draft", "open", minutes=5)
    before = here.room.question.ends_at
    extend(office, LEADER, here.id, "q1")
    assert ((before - office.clock()).total_seconds(), (here.room.question.ends_at - before).total_seconds()) == (300, 120)


@pytest.mark.parametrize("hands", [{"2": -1}, {"2": 1_001}])
def test_hands_are_counted_within_reason(office, project, hands):
    here = held(office, project, phase="open")
    assert code_of(lambda: count_hands(office, LEADER, here.id, "q1", hands)) == "workshop_hands"
    without_phones(office, here.id, 7)
    count_hands(office, LEADER, here.id, "q1", {"2": 7, "3": 0})
    assert dict(here.room.question.hands) == {"2": 7}


def test_taking_a_locked_question_up_again_needs_a_reason(office, project):
    here = held(office, project, phase="revealed")
    office.store.workshops.append(here.id, LEADER.id, office.clock(), lambda now: ("decide", {"question": "q1", "decision": {"decided": "ระดับ 2"}}))
    here.to("locked")
    assert code_of(lambda: here.to("open")) == "workshop_reason_missing"
    assert here.to("open", because="พบหลักฐานใหม่").question.because == "พบหลักฐานใหม่"
