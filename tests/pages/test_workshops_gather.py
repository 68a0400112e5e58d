"""Grouping what was written on the leader's desk, letting the room choose among the groups, and rows that come of it."""

from __future__ import annotations

import pytest

from pso_core.actions.workshop_joining import let_go
from pso_core.domain.workshop.gathering import phrase_id
from pso_core.text.phrases import phrases
from tests.building import PEOPLE, person, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.test_workshops import PAGE, asked, fields_of, revealed, save, section
from tests.pages.workshop_rooms import TH, answered, box, go_on, open_room, people_in, question, tap, the_room, ticks

WRITTEN = ("ข้อมูลถูกต้อง", "ข้อมูลแม่นยำ", "บริการรวดเร็ว", "เปิดเผยข้อมูล", "ข้อมูล *เชื่อถือ* ได้")


def gathered(visit, office, project: str, step: str = "mission", language: str = "th"):
    """A room of this step whose phrases are revealed, and its leader's desk."""
    at = visit(PAGE, language=language)
    open_room(at, step)
    asked(at, office, project, "phrases", "phrases")
    return revealed(at, office, project, lambda number: {"text": WRITTEN[number]})


def tick(at, *texts: str):
    for text in texts:
        next(one for one in at.checkbox if "/tick/" in one.key and one.key.endswith(f"/{phrase_id(text)}")).set_value(True).run()
    return at


def put_together(at, *texts: str, into: str):
    tick(at, *texts)
    box(at.selectbox, "into").set_value(phrase_id(into)).run()
    return tap(at, next(one.key for one in at.button if (one.key or "").endswith("/together")))


def test_the_leader_puts_two_together_both_are_still_read_and_others_cannot_change_it(office, empty, visit):
    at = gathered(visit, office, empty)
    put_together(at, *WRITTEN[:2], into=WRITTEN[1])
    assert (fault(at), errors(at), dict(question(office, empty).under)) == ([], [], {phrase_id(WRITTEN[0]): phrase_id(WRITTEN[1])})
    assert (ticks(at)[0], len(ticks(at)), WRITTEN[0] in shown(at)) == (WRITTEN[1], 4, True)
    assert TH("page_workshop.tick_to_group") in shown(at)  # nothing is ticked any more
    assert box(at.text_area, "decided").value == "\n".join((WRITTEN[1], *sorted(set(WRITTEN) - set(WRITTEN[:2]))))
    other = visit(PAGE, role="member", language="en")
    tap(other, "workshop/look/")
    assert (fault(other), ticks(other), f"<b>{WRITTEN[1]}</b><ul class='originals'><li>{WRITTEN[0]}</li></ul>" in shown(other)) == ([], [], True)


def test_nothing_stays_ticked_also_where_the_page_asked_again_before_it_heard_that_they_are_together(office, empty, visit):
    at = tick(gathered(visit, office, empty), *WRITTEN[:2])
    told = fields_of(at)  # what the page knows until it is answered
    tap(at, next(one.key for one in at.button if (one.key or "").endswith("/together")))
    at._run(told)
    assert (fault(at), len(ticks(at)), [one.label for one in at.checkbox if "/tick/" in one.key and one.value]) == ([], 4, [])


def test_a_page_that_tells_of_no_choice_where_one_is_always_made_is_shown_the_first(office, empty, visit):
    at = visit(PAGE)
    open_room(at, "weights")
    told = fields_of(at)
    for one in told.widgets:
        if "workshop/kind/" in one.id or "workshop/weighing/" in one.id:
            one.ClearField(one.WhichOneof("value"))
            one.string_array_value.SetInParent()
    at._run(told)
    assert (fault(at), TH("page_workshop.add_weights") in [button.label for button in at.button]) == ([], True)


def test_a_group_gets_other_words_and_is_taken_apart_again_while_what_was_typed_as_the_decision_stays(office, empty, visit):
    at = gathered(visit, office, empty)
    box(at.text_area, "decided").set_value("พันธกิจที่พิมพ์เอง").run()
    put_together(at, *WRITTEN[:2], into=WRITTEN[1])
    assert box(at.text_area, "decided").value == "พันธกิจที่พิมพ์เอง"
    tick(at, WRITTEN[1])
    next(one for one in at.text_input if "/words/" in one.key).set_value("ข้อมูลถูกต้องแม่นยำ").run()
    press(at, TH("page_workshop.use_wording"))
    assert (ticks(at)[0], all(text in shown(at) for text in WRITTEN[:2])) == ("ข้อมูลถูกต้องแม่นยำ", True)
    press(at, TH("page_workshop.take_out"))
    assert (fault(at), sorted(ticks(at))) == ([], sorted(("ข้อมูลถูกต้องแม่นยำ", *WRITTEN[:1], *WRITTEN[2:])))
    next(one for one in at.text_input if "/words/" in one.key).set_value("").run()
    press(at, TH("page_workshop.use_wording"))
    assert (fault(at), sorted(ticks(at)), dict(question(office, empty).wordings)) == ([], sorted(WRITTEN), {})


@pytest.mark.parametrize(("method", "language"), [("dots", "th"), ("support", "en")])
def test_the_room_chooses_among_the_groups_and_the_best_become_rows(office, empty, visit, language, method):
    say, at = phrases(language), gathered(visit, office, empty, language=language)
    put_together(at, *WRITTEN[:2], into=WRITTEN[1])
    tap(at, f"workshop/follow/{the_room(office, empty).id}/q1/1/{method}")
    follow = question(office, empty)
    assert (fault(at), follow.id, follow.method, sorted(follow.settings["names"].values())) == ([], "q2", method, sorted(WRITTEN[1:]))
    go_on(at)
    first, second, *others = follow.about
    given = {"dots": {first: 1, second: 3}, "support": {first: 2, second: 3, **dict.fromkeys(others, 0)}}[method]
    answered(office, empty, _tokens(office, empty), lambda number: given)
    go_on(at)
    go_on(at)
    names = follow.settings["names"]
    lines = box(at.text_area, "decided").value.splitlines()
    assert (fault(at), lines[:2]) == ([], [names[second], names[first]])
    assert len(lines) == (2 if method == "dots" else 4)
    box(at.text_area, "decided").set_value("\n".join(lines[:2])).run()
    save(at)
    assert sorted(row["text"] for row in office.store.state(empty).of("mission")) == sorted(lines[:2])
    taken = office.store.state(empty).of("resolution")[-1]
    assert (taken["method"], TH("page_workshop.gathered_under", text=WRITTEN[1], originals=WRITTEN[0]) in taken["spread"]) == (method, True)
    section(at, office, empty, "people")
    assert say("page_workshop.undecided", count=1) not in shown(at)  # the phrases are done with


def _tokens(office, project: str) -> list[str]:
    """Of everybody, who come in anew with another phone."""
    room = the_room(office, project)
    for one in office.store.workshops.participants(room.id):
        let_go(office, person("facilitator"), room.id, one.id)
    return people_in(office, project)


def test_pressed_twice_the_groups_are_asked_about_once_and_of_the_vision_the_text_with_most_dots_is_proposed(office, empty, visit):
    at = gathered(visit, office, empty, "vision")
    room = the_room(office, empty)
    for look_at in ("q1", "q2"):
        tap(at, f"workshop/follow/{room.id}/q1/1/dots")
        section(at, office, empty, "agenda")
        tap(at, f"workshop/look-at/{room.id}/{look_at}")
    assert list(the_room(office, empty).questions) == ["q1", "q2"]
    go_on(at)
    answered(office, empty, _tokens(office, empty), lambda number: {phrase_id(WRITTEN[2]): 3, phrase_id(WRITTEN[3]): 2})
    go_on(at)
    go_on(at)
    save(at)
    assert (fault(at), errors(at), office.store.state(empty).only("vision")["text"]) == ([], [], WRITTEN[2])


def test_problems_of_a_work_system_are_written_into_its_worksheet_each_once(office, empty, visit):
    write(office, empty, "worksheet", "worksheet:a", person=PEOPLE["member"].id, work_system="งานทะเบียน", problems=f"ไม่มีงบประมาณ\n{WRITTEN[0]}")
    at = visit(PAGE)
    open_room(at, "vision")
    asked(at, office, empty, "problems", "problems")
    assert question(office, empty).title == TH("page_workshop.problems_title", system="งานทะเบียน")
    revealed(at, office, empty, lambda number: {"text": WRITTEN[number]})
    put_together(at, *WRITTEN[1:], into=WRITTEN[2])
    save(at)
    (row,) = office.store.state(empty).of("worksheet")
    assert (fault(at), errors(at), row["problems"].splitlines()) == ([], [], ["ไม่มีงบประมาณ", WRITTEN[0], WRITTEN[2]])


def test_without_a_worksheet_there_is_nowhere_to_write_problems_and_it_is_said(office, empty, visit):
    at = visit(PAGE)
    open_room(at, "vision")
    at.button_group(key=f"workshop/kind/{the_room(office, empty).id}").set_value("problems").run()
    assert (fault(at), TH("page_workshop.no_worksheet") in shown(at)) == ([], True)


def test_a_question_that_nobody_was_asked_is_moved_and_taken_off(office, empty, visit):
    at = visit(PAGE)
    open_room(at, "vision")
    room = the_room(office, empty)
    for _ in range(3):
        at.button_group(key=f"workshop/kind/{room.id}").set_value("phrases").run()
        tap(at, f"workshop/ask/{room.id}/phrases")
    tap(at, f"workshop/up/{room.id}/q3")
    tap(at, f"workshop/down/{room.id}/q1")
    assert (fault(at), list(the_room(office, empty).questions)) == ([], ["q3", "q1", "q2"])
    tap(at, f"workshop/take-off/{room.id}/q1")
    assert (fault(at), list(the_room(office, empty).questions), the_room(office, empty).current) == ([], ["q3", "q2"], "q2")


def test_a_text_that_was_there_already_names_the_resolution_that_decided_it(office, empty, visit):
    write(office, empty, "mission", text=WRITTEN[0], position=1)
    write(office, empty, "mission", text="ไม่ได้พิจารณา", position=2)
    at = gathered(visit, office, empty)
    save(at)
    assert (fault(at), errors(at), len(office.store.state(empty).of("mission"))) == ([], [], len(WRITTEN) + 1)
    told = shown(visit("step_2_mission"))
    assert told.count(TH("page_workshop.by_resolution", date="23 พ.ย. 2569")) == len(WRITTEN)
    assert TH("page_workshop.changed_since") not in told
