"""A whole session from the page of workshops: asked, answered, revealed, decided; and what must never happen on the way."""

from __future__ import annotations

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from pso_core import standards
from pso_core.actions.workshops import take_over
from pso_core.domain.workshop.room import FEWEST
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import contents, person
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.workshop_rooms import TH, answered, box, go_on, keys, open_room, people_in, question, tap, the_room

PAGE = "meetings"
LAMPANG = (20, 15, 15, 10, 10, 10, 10, 5, 5)
SWING = (100, 75, 75, 50, 50, 50, 50, 25, 25)
CRITERIA = standards.load().choices("criteria")


def section(at, office, project: str, name: str):
    return next(one for one in at.button_group if one.key.startswith(f"workshop/section/{the_room(office, project).id}/")).set_value(name).run()


def fields_of(at) -> WidgetStates:
    """What a page tells of its fields when it asks by itself: no button is pressed."""
    return WidgetStates(widgets=[one for one in at._tree.get_widget_states().widgets if one.WhichOneof("value") != "trigger_value"])


def asked(at, office, project: str, kind: str | None = None, name: str = ""):
    """Put a question of this kind on the agenda, and look at it."""
    room = the_room(office, project)
    if kind:
        at.button_group(key=f"workshop/kind/{room.id}").set_value(kind).run()
    tap(at, f"workshop/ask/{room.id}/{name}")
    return section(at, office, project, "lead")


def revealed(at, office, project: str, answer, people: int = 5):
    """Taken, closed and shown to everybody."""
    tokens = people_in(office, project)
    go_on(at)
    answered(office, project, tokens[:people], answer)
    go_on(at)
    return go_on(at)


def save(at):
    return tap(at, next(key for key in keys(at) if "/meeting/" in key and key.endswith("/save")))


def resolution(office, project: str):
    return office.store.state(project).of("resolution")[-1]


def test_an_empty_project_is_told_what_to_do_first_and_offered_a_room(empty, visit):
    for language in LANGUAGES:
        at = visit(PAGE, language=language)
        say = phrases(language)
        assert (fault(at), say("guidance.meetings.first")[:20] in shown(at)) == ([], True)
        assert say("page_workshop.open_yes") in [button.label for button in at.button]


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_who_may_not_lead_opens_no_room(example, visit, role):
    at = visit(PAGE, role=role)
    assert (fault(at), [button.label for button in at.button if button.label == TH("page_workshop.open_yes")]) == ([], [])


def test_a_session_of_step_6_from_the_opening_to_the_score_that_stands_with_its_meeting(office, example, visit):
    say, at = TH, visit(PAGE)
    open_room(at, place="ห้องประชุม 1")
    asked(at, office, example)
    indicator = office.store.state(example).get(question(office, example).about[0])
    assert question(office, example).settings["round"] == office.store.state(example).of("round")[-1].id
    revealed(at, office, example, lambda number: {"level": 2 if number else 1, "reason": f"เหตุผล {number}"})
    text = shown(at)
    assert (fault(at), errors(at)) == ([], [])
    assert all(f"เหตุผล {number}" in text for number in range(5))
    assert say("page_workshop.agreement.agree") in text
    box(at.text_area, "rationale").set_value("มีทะเบียนครบสองปี").run()
    box(at.text_area, "dissent").set_value("หนึ่งคนเห็นว่ายังไม่ครบ").run()
    save(at)
    assert (fault(at), errors(at)) == ([], [])
    state, room = office.store.state(example), the_room(office, example)
    (score,) = state.where("score", indicator=indicator.id)
    taken = resolution(office, example)
    assert (score["level"], score["rationale"], score.seq) == (2, "มีทะเบียนครบสองปี", taken.seq)
    assert (taken["meeting"], taken["answered"], taken["present"], taken["dissent"]) == (f"meeting:{room.id}", 5, 5, "หนึ่งคนเห็นว่ายังไม่ครบ")
    assert (taken["decided"], taken["proposed"]) == (taken["proposed"], taken["decided"])
    assert room.question.phase == "decided"
    (change,) = office.store.history(example, entity_id=score.id, limit=1)
    assert (change.session_id, change.action) == (room.id, "decide_together")
    for language, date in (("th", "23 พ.ย. 2569"), ("en", "23 Nov 2026")):
        said = phrases(language)("page_workshop.by_resolution", date=date)
        links = [link.proto.label.replace("\u2060", "") for link in visit("step_6_assessment", language=language).get("page_link")]
        assert [label for label in links if said in label] != []


def test_nothing_is_shown_before_it_is_revealed(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    tokens = people_in(office, example)
    go_on(at)
    answered(office, example, tokens[:4], lambda number: {"level": 3, "reason": "ความลับ"})
    for text in (shown(at.run()), shown(go_on(at))):
        assert ("ความลับ" in text, TH("page_workshop.outcome") in text) == (False, False)
    last = office.store.workshops.participant(tokens[4]).name
    assert f"<ul class='names'><li>{last}</li></ul>" in shown(at)


def test_too_few_answers_stay_hidden_and_the_meeting_still_decides(office, example, visit):
    at = visit(PAGE)
    open_room(at, few=False)
    asked(at, office, example)
    revealed(at, office, example, lambda number: {"level": 3, "reason": "ความลับ"}, people=4)
    assert ("ความลับ" in shown(at), TH("page_workshop.hidden", fewest=FEWEST) in shown(at)) == (False, True)
    next(one for one in at.button_group if one.key.endswith("/level")).set_value(1).run()
    box(at.text_area, "rationale").set_value("หารือแล้ว").run()
    save(at)
    assert (resolution(office, example)["proposed"], resolution(office, example)["spread"]) == (None, TH("page_workshop.too_few"))


def test_a_refused_decision_says_what_is_wanted_and_loses_nothing(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    revealed(at, office, example, lambda number: {"level": 2, "reason": "ก"})
    before = contents(office.store, example)
    box(at.text_area, "dissent").set_value("เห็นต่าง").run()
    for field in ("rationale", "evidence"):
        box(at.text_area, field).set_value("").run()
    save(at)
    assert (errors(at), contents(office.store, example)) == ([TH("refusals.decision_without_rationale")], before)
    assert box(at.text_area, "dissent").value == "เห็นต่าง"
    box(at.text_area, "rationale").set_value("ครบแล้ว").run()
    save(at)
    assert (errors(at), resolution(office, example)["dissent"]) == ([], "เห็นต่าง")


def test_weights_are_decided_in_english_too_and_only_when_they_make_a_hundred(office, empty, visit):
    say, at = phrases("en"), visit(PAGE, language="en")
    open_room(at, "weights")
    asked(at, office, empty)
    revealed(at, office, empty, lambda number: {one: str(value) for one, value in zip(CRITERIA, SWING, strict=True)})
    assert [box(at.text_input, "weight").value, fault(at)] == ["20", []]
    first = box(at.text_input, "weight")
    first.set_value("19").run()
    save(at)
    assert errors(at) == [say("refusals.decision_sum", sum=99, total=100)]
    assert (office.store.state(empty).of("weight"), box(at.text_input, "weight").value) == ((), "19")
    box(at.text_input, "weight").set_value("20").run()
    save(at)
    assert (fault(at), errors(at)) == ([], [])
    decided = {row["criterion"]: row["weight"] for row in office.store.state(empty).of("weight")}
    assert decided == dict(zip(CRITERIA, LAMPANG, strict=True))
    assert sum(decided.values()) == 100
    assert {row.seq for row in office.store.state(empty).of("weight")} == {resolution(office, empty).seq}


def test_weights_proposed_in_fives(office, example, visit):
    at = visit(PAGE)
    open_room(at, "weights")
    at.button_group(key=f"workshop/weighing/{the_room(office, example).id}").set_value("points").run()
    asked(at, office, example)
    sent = ((20, 15, 15, 10, 10, 10, 10, 5, 5), (25, 15, 10, 10, 10, 10, 10, 5, 5), (30, 10, 10, 10, 10, 10, 10, 5, 5), (20, 20, 15, 10, 5, 10, 10, 5, 5), (22, 15, 14, 9, 11, 9, 8, 7, 5))
    revealed(at, office, example, lambda number: dict(zip(CRITERIA, map(str, sent[number]), strict=True)))
    asked_of = question(office, example)
    at.button_group(key=f"workshop/unit/{the_room(office, example).id}/{asked_of.id}").set_value(5).run()
    values = [int(one.value) for one in at.text_input if one.key.endswith("/weight")]
    assert (fault(at), sum(values), [value % 5 for value in values]) == ([], 100, [0] * 9)
    assert TH("page_workshop.hints") in [one.label for one in at.expander]


def test_tiers_then_points_of_a_tier(office, example, visit):
    at = visit(PAGE)
    open_room(at, "tasks")
    asked(at, office, example, "tiers")
    tasks = question(office, example).about
    revealed(at, office, example, lambda number: {task: "main" if place < 5 else "secondary" for place, task in enumerate(tasks)})
    save(at)
    state = office.store.state(example)
    assert (fault(at), errors(at), {state.get(task)["tier"] for task in tasks[:5]}, {state.get(task)["tier"] for task in tasks[5:]}) == ([], [], {"main"}, {"secondary"})
    section(at, office, example, "agenda")
    asked(at, office, example, "points", "points/main")
    room = the_room(office, example)
    tap(at, f"workshop/look-at/{room.id}/q2")
    for _ in range(3):
        go_on(at)  # nobody sends anything: the meeting decides without
    scale = next(key for key in keys(at) if key.endswith("/scale"))
    for typed, refused in (("สาม", TH("mistakes.not_a_number", value="สาม")), ("-1", TH("refusals.points_negative"))):
        first = next(one for one in at.text_input if one.key.endswith(f"/{question(office, example).about[0]}/points"))
        first.set_value(typed).run()
        tap(at, scale)
        assert (fault(at), errors(at)[-1], [one.value for one in at.text_input if one.key == first.key]) == ([], refused, [typed])
    first.set_value("12").run()
    tap(at, scale)
    save(at)
    points = [office.store.state(example).get(task)["points"] for task in question(office, example).about]
    assert (fault(at), errors(at), sum(points)) == ([], [], 60)


def test_practice_writes_nothing(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example, "practice")
    before = contents(office.store, example)
    revealed(at, office, example, lambda number: {"level": 3, "reason": "ส่งเป็นแล้ว"})
    save(at)
    assert (fault(at), errors(at), contents(office.store, example), question(office, example).phase) == ([], [], before, "decided")


def test_only_the_leader_moves_the_room_and_another_may_take_over(office, example, visit):
    leader = visit(PAGE)
    open_room(leader)
    asked(leader, office, example)
    room = the_room(office, example)
    for role in ("administrator", "member", "viewer"):
        at = visit(PAGE, role=role)
        tap(at, f"workshop/look/meeting:{room.id}")
        assert (fault(at), [key for key in keys(at) if key.startswith(("workshop/next", "workshop/more"))]) == ([], [])
        assert TH("page_workshop.only_leader", who=person("facilitator").name) in shown(at)
    at = visit(PAGE, role="administrator")
    tap(at, f"workshop/look/meeting:{room.id}")
    press(at, TH("page_workshop.take_over_yes"))
    assert (fault(at), the_room(office, example).leader) == ([], "p-admin")
    go_on(leader)
    assert errors(leader) == [TH("refusals.workshop_not_leader", person=person("administrator").name)]
    assert the_room(office, example).question.phase == "draft"
    go_on(at)
    assert the_room(office, example).question.phase == "open"


def test_pressed_again_after_the_room_moved_on_it_is_done_once_and_unsaid(office, example, visit):
    at, other = visit(PAGE), visit(PAGE)
    open_room(at)
    asked(at, office, example)
    tap(other.run(), "workshop/look/")
    go_on(at)
    go_on(other)
    assert (errors(other), question(office, example).phase) == ([], "open")


def test_a_decision_is_taken_up_again_only_with_a_reason(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    revealed(at, office, example, lambda number: {"level": 2, "reason": "ก"})
    box(at.text_area, "rationale").set_value("ครบ").run()
    save(at)
    go_on(at)
    assert question(office, example).phase == "locked"
    press(at, TH("page_workshop.reopen_yes"))
    assert (errors(at), question(office, example).round) == ([TH("refusals.workshop_reason_missing")], 1)
    next(one for one in at.text_input if "/because/" in one.key).set_value("พบหลักฐานใหม่").run()
    press(at, TH("page_workshop.reopen_yes"))
    assert (errors(at), question(office, example).round, question(office, example).phase) == ([], 2, "open")
    assert TH("page_workshop.because", reason="พบหลักฐานใหม่") in shown(at)
    assert resolution(office, example)["decided"] != ""


def test_closing_is_undone_the_time_is_extended_and_a_round_is_asked_once_more(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    at.button_group(key=f"workshop/minutes/{the_room(office, example).id}").set_value(5).run()
    go_on(at)
    assert TH("page_workshop.time_left", minutes=5, until="10:05") in shown(at)
    press(at, TH("page_workshop.more_time", minutes=2))
    assert TH("page_workshop.time_left", minutes=7, until="10:07") in shown(at)
    go_on(at)
    press(at, TH("page_workshop.undo_close"))
    assert (question(office, example).phase, question(office, example).round) == ("open", 1)
    go_on(at)
    go_on(at)
    press(at, TH("page_workshop.again"))
    assert (question(office, example).phase, question(office, example).round) == ("open", 2)
    go_on(at)
    go_on(at)
    assert (fault(at), errors(at), TH("page_workshop.again") in [button.label for button in at.button]) == ([], [], False)


def test_whoever_takes_over_in_the_action_is_seen_on_the_page(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    take_over(office, person("head"), the_room(office, example).id)
    assert TH("page_workshop.only_leader", who=person("head").name) in shown(at.run())
