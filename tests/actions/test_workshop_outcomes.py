"""What a revealed round comes to: worked out once for all who look, anew when its question changes, and never before it is revealed."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread


from pso_core.actions import workshop_outcomes
from pso_core.actions.workshop_outcomes import come_to
from pso_core.actions.workshop_hands import count_hands
from pso_core.actions.workshops import Asked, ask
from pso_core.office import Office
from tests.actions.workshop_rooms import LEADER, SCORING, Held, code_of, held, score, without_phones
from tests.actions.peopled import office, project

THREE = ("a", "b", "c")
COMPARED = {"best": "a", "worst": "c", "over:b": "2", "over:c": "4", "under:b": "2"}


def revealed(office: Office, project: str, *asked: Asked, sent: object, **more: object) -> Held:
    here = held(office, project, *asked, phase="open", **more)
    here.all_send(sent)
    here.to("closed"), here.to("revealed")
    return here


def test_nothing_is_worked_out_before_the_reveal_even_for_who_says_it_was(office, project):
    here = held(office, project, phase="open")
    here.all_send(score(3))
    for phase in ("open", "closed"):
        if phase == "closed":
            here.to(phase)
        for question in (here.room.question, replace(here.room.question, phase="revealed")):
            assert code_of(lambda question=question: come_to(office, here.room, question)) == "not_revealed"


def test_it_is_worked_out_once_however_many_look(office, project):
    here = revealed(office, project, sent=score(2))
    before, start, found = workshop_outcomes._worked_out.cache_info().misses, Barrier(8), []

    def look() -> None:
        start.wait()
        found.append(come_to(office, office.store.workshops.room(here.id), office.store.workshops.room(here.id).question))

    threads = [Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (workshop_outcomes._worked_out.cache_info().misses - before, {one.proposed for one in found}, len(found)) == (1, {2}, 8)


def test_a_new_round_and_hands_that_were_counted_are_worked_out_anew(office, project):
    here = revealed(office, project, sent=score(1))
    assert come_to(office, here.room, here.room.question).proposed == 1
    here.to("open")
    here.all_send(score(3))
    here.to("closed")
    without_phones(office, here.id, 2)
    count_hands(office, LEADER, here.id, "q1", {"3": 2})
    here.to("revealed")
    found = come_to(office, here.room, here.room.question)
    assert (found.proposed, found.counts[""]["3"]) == (3, len(here.tokens) + 2)


def test_what_happens_elsewhere_in_the_room_changes_nothing_of_it(office, project):
    here = revealed(office, project, sent=score(1))
    first = come_to(office, here.room, here.room.question)
    ask(office, LEADER, here.id, [Asked("score", "อีกข้อ", ("indicator:y",), SCORING)])
    here.to("open", "q2")
    without_phones(office, here.id, 2)
    count_hands(office, LEADER, here.id, "q2", {"3": 2})
    assert come_to(office, here.room, here.room.questions["q1"]) is first


def test_too_few_come_to_nothing_that_is_shown(office, project):
    here = held(office, project, few_shown=False, phase="closed")
    here.to("revealed")
    assert come_to(office, here.room, here.room.question) is None


def test_weights_in_each_unit_make_a_hundred(office, project):
    here = revealed(office, project, Asked("best_worst", "ตรวจน้ำหนัก", THREE, {"total": 100, "writes": "weights"}), sent=COMPARED)
    found = [come_to(office, here.room, here.room.question, unit) for unit in (1, 5)]
    assert [tuple(one.proposed.values()) for one in found] == [(57, 29, 14), (55, 30, 15)]
    assert [one.consistent for one in found] == [len(here.tokens)] * 2
