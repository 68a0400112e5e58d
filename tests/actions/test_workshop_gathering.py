"""Grouping what a room wrote: only its leader, only what is shown; in the log, so that nothing is lost; and the agenda before anybody is asked."""

from __future__ import annotations


import pytest

from pso_core.actions.workshop_answers import answers, send
from pso_core.actions.workshop_decisions import Decided, begin, decide
from pso_core.actions.workshop_gathering import group, take_out, word
from pso_core.actions.workshops import Asked, Opening, ask, hand_over, put_before, take_off
from pso_core.domain.workshop.gathering import phrase_id
from pso_core.domain.workshop.outcome import outcome
from pso_core.domain.workshop.room import room_of, to_decide
from pso_core.errors import NotAllowed, NotFound
from pso_core.office import Office
from tests.actions.workshop_rooms import LEADER, Held, code_of, held
from tests.actions.peopled import office, project
from tests.building import PEOPLE, an_empty_project, an_office, contents, person, write

PHRASES = Asked("phrases", "พันธกิจของเรา", (), {"names": {}, "writes": "texts", "step": "mission"})
RIGHT, EXACT, FAST = "ข้อมูลถูกต้อง", "ข้อมูลแม่นยำ", "บริการรวดเร็ว"
A, B, C = map(phrase_id, (RIGHT, EXACT, FAST))


def written(office: Office, project: str, phase: str = "revealed", **more) -> Held:
    """Three texts of five people."""
    here = held(office, project, PHRASES, phase="open", **more)
    here.all_send({"text": RIGHT}, {"text": f"{EXACT}\n{FAST}"}, {"text": FAST})
    for one in ("closed", "revealed")[: ("open", "closed", "revealed").index(phase)]:
        here.to(one)
    return here


def texts_of(office: Office, here: Held) -> list[tuple[str, ...]]:
    """(what stands for the group, what was written) of each."""
    found = outcome(here.room.questions["q1"], answers(office, here.id, "q1").ballots)
    return [(one.text, *one.originals) for one in found.groups]


def test_phrases_are_put_together_reworded_and_taken_out_and_every_text_stays(office, project):
    here = written(office, project)
    group(office, LEADER, here.id, "q1", [A], B)
    word(office, LEADER, here.id, "q1", B, " ข้อมูลถูกต้อง\nแม่นยำ ")
    assert texts_of(office, here) == [("ข้อมูลถูกต้อง แม่นยำ", EXACT, RIGHT), (FAST,)]
    group(office, LEADER, here.id, "q1", [B], C)
    assert texts_of(office, here) == [(FAST, RIGHT, EXACT)]
    take_out(office, LEADER, here.id, "q1", B)
    word(office, LEADER, here.id, "q1", B, "")
    assert texts_of(office, here) == [(EXACT, RIGHT), (FAST,)]


def test_the_groups_are_there_after_a_restart_and_after_the_lead_was_handed_over(tmp_path):
    database = tmp_path / "nine.duckdb"
    with an_office(database) as office:
        here = written(office, an_empty_project(office))
        group(office, LEADER, here.id, "q1", [A], B)
        hand_over(office, LEADER, here.id, person("head"))
        assert code_of(lambda: group(office, LEADER, here.id, "q1", [C], B)) == "workshop_not_leader"
        word(office, person("head"), here.id, "q1", B, "ถูกต้อง")
        before = texts_of(office, here)
    with an_office(database) as again:
        assert texts_of(again, Held(again, here.id, here.tokens)) == before == [("ถูกต้อง", EXACT, RIGHT), (FAST,)]
        assert room_of(here.id, here.room.project_id, again.store.workshops.events(here.id)) == again.store.workshops.room(here.id)


def test_only_the_leader_groups_and_orders(office, project):
    here = written(office, project)
    ask(office, LEADER, here.id, [PHRASES, PHRASES])
    before = here.room
    for other in map(person, ("head", "member", "viewer", "administrator")):
        for act, *said in ((group, "q1", [A], B), (take_out, "q1", A), (word, "q1", A, "ก"), (take_off, "q2"), (put_before, "q3", "q2")):
            with pytest.raises(NotAllowed):
                act(office, other, here.id, *said)
            assert (other.role, act, here.room) == (other.role, act, before)


def test_nothing_is_grouped_before_it_is_shown_nor_after_it_was_decided(office, project):
    here = written(office, project, "open")
    decided = {"question": "q1", "decision": {"decided": "ก", "by": LEADER.id, "resolution": None}}
    for phase in ("open", "closed", "decided"):
        if phase == "closed":
            here.to("closed")
        elif phase == "decided":
            here.to("revealed")
            office.store.workshops.append(here.id, LEADER.id, office.clock(), lambda now: ("decide", decided))
        assert (phase, code_of(lambda: group(office, LEADER, here.id, "q1", [A], B))) == (phase, "workshop_moved_on")
        assert (phase, code_of(lambda: word(office, LEADER, here.id, "q1", A, "ก"))) == (phase, "workshop_moved_on")


def test_what_too_few_wrote_is_not_shown_and_cannot_be_grouped(office, project):
    here = held(office, project, PHRASES, phase="open", few_shown=False)
    send(office, next(iter(here.tokens.values())), "q1", 1, {"text": f"{RIGHT}\n{EXACT}"})
    here.to("closed"), here.to("revealed")
    with pytest.raises(NotFound):
        group(office, LEADER, here.id, "q1", [A], B)


REFUSED = [
    (lambda office, id_: group(office, LEADER, id_, "q1", [B], A), "merged_in_circle"), (lambda office, id_: group(office, LEADER, id_, "q1", [C, "x"], A), "row_gone"),
    (lambda office, id_: group(office, LEADER, id_, "q1", [C], "x"), "row_gone"), (lambda office, id_: take_out(office, LEADER, id_, "q1", "x"), "row_gone"),
    (lambda office, id_: word(office, LEADER, id_, "q1", "x", "ก"), "row_gone"), (lambda office, id_: word(office, LEADER, id_, "q1", A, "ก" * 301), "workshop_text_long"),
    (lambda office, id_: group(office, LEADER, id_, "q9", [C], A), "workshop_gone"),
]  # fmt: skip


def test_what_cannot_be_grouped_is_refused_and_the_log_is_as_it_was(office, project):
    here = written(office, project)
    group(office, LEADER, here.id, "q1", [A], B)
    before = here.room
    for number, (attempt, code) in enumerate(REFUSED):
        assert (number, code_of(lambda: attempt(office, here.id)), here.room) == (number, code, before)  # noqa: B023


def test_a_new_round_begins_without_the_groups_of_the_old_one(office, project):
    here = written(office, project)
    group(office, LEADER, here.id, "q1", [A], B)
    here.to("open")
    here.all_send({"text": RIGHT}, {"text": EXACT})
    here.to("closed"), here.to("revealed")
    assert texts_of(office, here) == [(RIGHT,), (EXACT,)]


def test_the_log_of_the_groups_names_nobody_who_wrote(office, project):
    here = written(office, project)
    group(office, LEADER, here.id, "q1", [A], B)
    told = repr([one.body for one in office.store.workshops.events(here.id) if one.what != "open"])
    assert not [one for one in office.store.workshops.participants(here.id) if one.id in told or one.name in told or one.person_id in told]


# Dots

DOTS = Asked("dots", "ข้อใดสำคัญ", (A, B, C), {"names": {A: RIGHT, B: EXACT, C: FAST}, "each": 5, "on_one": 3, "writes": "texts", "step": "mission"})


def test_a_ballot_made_by_hand_is_refused_and_not_kept(office, project):
    here = held(office, project, DOTS, phase="open")
    for sent, code in (
        ({A: "3", B: "3"}, "dots_too_many"), ({A: "4"}, "dots_on_one"), ({A: "-1", B: "2"}, "ballot_not_offered"), ({A: "สอง"}, "ballot_not_offered"), ({}, "dots_none"), ({A: "0"}, "dots_none"),
    ):  # fmt: skip
        assert (sent, code_of(lambda: here.all_send(sent))) == (sent, code)  # noqa: B023
    here.to("closed"), here.to("revealed")
    assert answers(office, here.id, "q1").ballots == ()


def test_dots_are_counted_together_and_what_has_none_is_not_proposed(office, project):
    here = held(office, project, DOTS, phase="open")
    here.all_send({A: "1", B: "3"}, {B: "2", "other": "9"})
    here.to("closed"), here.to("revealed")
    found = outcome(here.room.question, answers(office, here.id, "q1").ballots)
    assert (dict(found.dots), found.proposed, found.counts[B]) == ({A: 1, B: 11, C: 0}, (B, A), {"1": 0, "2": 4, "3": 1})


def test_phrases_that_another_question_decided_on_are_done_with(office, project):
    room = begin(office, LEADER, project, Opening("mission", "พันธกิจ", few_shown=True))
    here = written(office, project, room_id=room.id)
    ask(office, LEADER, here.id, [Asked("dots", DOTS.title, DOTS.about, {**DOTS.settings, "gathered_by": ["q1", 1]})])
    assert [one.id for one in to_decide(here.room)] == ["q1", "q2"]
    for phase in ("open", "closed", "revealed"):
        here.to(phase, "q2")
    decide(office, LEADER, here.id, "q2", Decided([RIGHT], RIGHT))
    assert ([row["text"] for row in office.store.state(project).of("mission")], to_decide(here.room)) == ([RIGHT], ())
    here.to("open")  # the phrases are asked for once more
    assert [one.id for one in to_decide(here.room)] == ["q1"]


# Problems of a work system


def test_problems_go_into_the_worksheet_below_what_stands_there(office, project):
    write(office, project, "worksheet", "worksheet:a", person=PEOPLE["member"].id, work_system="งานทะเบียน", problems=RIGHT)
    here = problems(office, project)
    decide(office, LEADER, here.id, "q1", Decided([FAST, RIGHT, FAST], "ปัญหา"))
    assert office.store.state(project).get("worksheet:a")["problems"] == f"{RIGHT}\n{FAST}"


def test_a_worksheet_that_is_gone_is_not_made_anew(office, project):
    here = problems(office, project)
    before = contents(office.store, project)
    assert code_of(lambda: decide(office, LEADER, here.id, "q1", Decided([FAST], FAST))) == "row_gone"
    assert (contents(office.store, project), here.room.question.phase) == (before, "revealed")


def problems(office: Office, project: str) -> Held:
    room = begin(office, LEADER, project, Opening("vision", "ปัญหา", few_shown=True))
    return held(office, project, Asked("phrases", "ปัญหา", (), {"names": {}, "writes": "problems", "worksheet": "worksheet:a"}), phase="revealed", room_id=room.id)


# The agenda


def test_a_question_that_nobody_was_asked_is_moved_and_taken_off_and_its_id_never_comes_again(office, project):
    here = held(office, project, PHRASES, PHRASES, PHRASES)
    put_before(office, LEADER, here.id, "q3", "q1")
    put_before(office, LEADER, here.id, "q1", "")
    assert list(here.room.questions) == ["q3", "q2", "q1"]
    take_off(office, LEADER, here.id, "q3")
    take_off(office, LEADER, here.id, "q1")
    assert here.room.current == "q2"  # q1 was looked at
    take_off(office, LEADER, here.id, "q2")
    assert here.room.question is None
    ask(office, LEADER, here.id, [PHRASES])
    assert (list(here.room.questions), here.room.current) == (["q4"], "q4")


def test_a_question_that_was_opened_stays_where_it_is(office, project):
    here = held(office, project, PHRASES, PHRASES)
    for phase in ("open", "closed", "revealed"):
        here.to(phase)
        refused = [code_of(lambda: take_off(office, LEADER, here.id, "q1")), code_of(lambda: put_before(office, LEADER, here.id, "q1", ""))]
        assert (phase, refused) == (phase, ["workshop_moved_on"] * 2)
    assert code_of(lambda: put_before(office, LEADER, here.id, "q2", "q2")) == "workshop_moved_on"
    put_before(office, LEADER, here.id, "q2", "q1")
    assert list(here.room.questions) == ["q2", "q1"]


def test_an_answer_to_a_question_that_was_taken_off_is_refused(office, project):
    here = held(office, project, PHRASES)
    take_off(office, LEADER, here.id, "q1")
    assert code_of(lambda: send(office, next(iter(here.tokens.values())), "q1", 1, {"text": RIGHT})) == "ballot_closed"
