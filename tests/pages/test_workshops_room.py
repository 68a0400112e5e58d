"""A room on its page beside the vote itself: its agenda, its people, raised hands, its end and what is read of it later."""

from __future__ import annotations

import pytest

from pso_core.actions.workshop_joining import come_as_guest, find_room
from pso_core.domain.workshop.room import PHASES
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web.room_pages import PHASE_MARKS
from tests.actions.workshop_rooms import without_phones
from tests.building import an_empty_project, contents, person, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.test_workshops import PAGE, asked, revealed, save, section
from tests.pages.workshop_rooms import TH, answered, box, go_on, keys, open_room, people_in, question, tap, the_room, ticks

SENTENCES = ("ข้อมูลเดียวใช้ร่วมกันทั้งจังหวัด", "ประชาชนเข้าถึงข้อมูลได้ทุกที่")


def a_guest(office, project: str, name: str = "แขก") -> None:
    room = the_room(office, project)
    come_as_guest(office, find_room(office, office.store.workshops.keys(room.id).code, "test"), name)


def states(office, project: str) -> list[str]:
    return [one.state for one in office.store.workshops.participants(the_room(office, project).id)]


def test_a_mistake_at_the_opening_is_told_and_nothing_typed_is_lost(office, example, visit):
    at = visit(PAGE)
    before = contents(office.store, example)
    open_room(at, place="ห้อง 2", pin="12")
    assert (errors(at), contents(office.store, example)) == ([TH("refusals.workshop_pin")], before)
    assert (box(at.text_input, "place/0").value, at.checkbox(key="workshop/new/few_shown/0").value) == ("ห้อง 2", True)
    at.text_input(key="workshop/new/pin/0").set_value("1234")
    tap(at, "workshop/new/yes/0")
    room = the_room(office, example)
    assert (errors(at), room.place, room.pin, room.few_shown) == ([], "ห้อง 2", "1234", True)
    assert "1234" in shown(at)
    (meeting,) = office.store.state(example).of("meeting")
    assert (meeting.id, meeting["title"], meeting["held_on"], meeting["quorum"]) == (f"meeting:{room.id}", room.title, "2026-11-23", 3)


def test_the_desk_marks_the_phases_of_a_question_as_phones_and_the_screen_do(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    text = shown(asked(at, office, example))
    assert [phase for phase in PHASES if f"{PHASE_MARKS[phase]} {TH(f'page_workshop.phase.{phase}')}" not in text] == []


def test_all_indicators_of_every_criterion_at_a_tap(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    room = the_room(office, example)
    at.button_group(key=f"workshop/criterion/{room.id}").set_value("every").run()
    tap(at, f"workshop/ask/{room.id}/score")
    state, room = office.store.state(example), the_room(office, example)
    assert (fault(at), [one.about[0] for one in room.questions.values()]) == ([], [row.id for row in state.of("indicator")])
    first = room.questions["q1"].settings
    assert (first["levels"], set(first["conditions"]), first["writes"], first["practice"] if "practice" in first else False) == ([0, 1, 2, 3], {"0", "1", "2", "3"}, "score", False)
    assert all(id_.startswith("evidence:") for id_ in first["evidence"])


def test_a_closed_round_is_told_and_leads_to_step_6(office, example, visit):
    state = office.store.state(example)
    write(office, example, "round", state.of("round")[-1].id, closed_on="2026-11-22")
    at = visit(PAGE)
    open_room(at)
    assert (fault(at), TH("page_workshop.no_open_round") in shown(at)) == ([], True)
    assert TH("page_workshop.to_assessment") in [link.proto.label for link in at.get("page_link")]


STEPS = ("vision", "mission", "tasks", "weights", "indicators", "assessment", "plan", "execution", "certification")


@pytest.mark.parametrize(("language", "steps"), [("th", STEPS), ("en", ("vision",))])
def test_texts_can_be_gathered_in_every_step_with_a_question_that_is_there(office, empty, visit, steps, language):
    asked_for = {}
    for step in steps:
        at = visit(PAGE, language=language)
        at.session_state["project"] = project = an_empty_project(office)
        open_room(at.run(), step)
        asked(at, office, project, "phrases", "phrases")
        asked_for[step] = (fault(at), question(office, project).title)
    assert asked_for == {step: ([], TH(f"page_workshop.gather.{step}")) for step in steps}


def test_texts_are_gathered_then_supported_then_decided(office, empty, visit):
    at = visit(PAGE)
    open_room(at, "vision")
    asked(at, office, empty, "phrases", "phrases")
    revealed(at, office, empty, lambda number: {"text": SENTENCES[number % 2]})
    assert sorted(ticks(at)) == sorted(SENTENCES)
    save(at)
    assert office.store.state(empty).of("resolution")[0]["decided"] == "\n".join(sorted(SENTENCES))
    section(at, office, empty, "agenda")
    asked(at, office, empty, "support", "support")
    room = the_room(office, empty)
    tap(at, f"workshop/look-at/{room.id}/q2")
    assert set(question(office, empty).settings["names"].values()) == set(SENTENCES)
    go_on(at)
    room = the_room(office, empty)
    assert (fault(at), room.question.id, room.question.phase) == ([], "q2", "open")


def test_the_room_is_for_or_against_what_is_missing(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example, "stance", "stance")
    revealed(at, office, example, lambda number: {"stance": "against" if number == 0 else "for", "reason": "ยังไม่พร้อม"})
    assert (fault(at), TH("page_room.stance.against") in shown(at)) == ([], True)
    save(at)
    taken = office.store.state(example).of("resolution")[-1]
    assert (errors(at), taken["decided"]) == ([], TH("page_workshop.decided_stance.for", subject=next(iter(question(office, example).settings["names"].values()))))


def test_raised_hands_count_with_what_was_sent(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    tokens = people_in(office, example)
    go_on(at)
    answered(office, example, tokens[:2], lambda number: {"level": 1, "reason": "ก"})
    without_phones(office, the_room(office, example).id, 8)
    next(one for one in at.run().text_input if one.key.endswith("/3")).set_value("8").run()
    press(at, TH("page_workshop.save_hands"))
    assert question(office, example).hands == {"3": 8}
    go_on(at)
    go_on(at)
    assert (fault(at), "<b>8</b>" in shown(at), TH("page_workshop.agreement.agree") in shown(at)) == ([], True, True)


def test_a_guest_at_the_door_is_seen_while_leading_and_admitted_or_turned_away_and_a_name_is_freed(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    a_guest(office, example, "<b>แขก</b>")
    assert TH("page_workshop.guest", name="&lt;b&gt;แขก&lt;/b&gt;") in shown(at.run())
    a_guest(office, example)
    at = section(at, office, example, "people")
    assert "&lt;b&gt;แขก&lt;/b&gt;" in shown(at)
    tap(at, "workshop/admit/")
    tap(at, "workshop/turn_away/")
    assert (fault(at), sorted(states(office, example))) == ([], ["in", "out"])
    one = next(one.id for one in office.store.workshops.participants(the_room(office, example).id) if one.state == "in")
    at.selectbox(key=f"workshop/who/{the_room(office, example).id}").set_value(one).run()
    tap(at, "workshop/let-go/")
    assert (fault(at), states(office, example)) == ([], ["out", "out"])


def test_the_lead_is_handed_over_only_to_who_may(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    room = the_room(office, example)
    at = section(at, office, example, "people")
    choice = at.selectbox(key=f"workshop/to/{room.id}")
    assert sorted(choice.options) == sorted(one.name for one in (person("administrator"), person("head")))
    choice.set_value("p-head").run()
    tap(at, "workshop/hand-over/")
    assert (fault(at), the_room(office, example).leader) == ([], "p-head")
    assert TH("page_workshop.only_leader", who=person("head").name) in shown(at)


def test_a_meeting_ends_with_its_attendance_and_is_read_afterwards_with_its_minutes_one_click_away(office, example, visit):
    say, at = TH, visit(PAGE)
    open_room(at)
    asked(at, office, example)
    revealed(at, office, example, lambda number: {"level": 2, "reason": "ก"})
    box(at.text_area, "rationale").set_value("ครบ").run()
    save(at)
    section(at, office, example, "people")
    assert say("page_workshop.quorum_reached", count=5, quorum=3) in shown(at)
    press(at, say("page_workshop.end_yes"))
    assert (fault(at), errors(at), the_room(office, example).ended_at is not None) == ([], [], True)
    (meeting,) = office.store.state(example).of("meeting")
    assert (meeting["attended"], len(meeting["attendance"].split("\n"))) == (5, 5)
    text = shown(at)
    taken = office.store.state(example).of("resolution")[0]
    assert all(part in text for part in (say("page_workshop.quorum_reached", count=5, quorum=3), taken["decided"], taken["title"]))
    for language in LANGUAGES:
        say, later = phrases(language), visit(PAGE, role="viewer", language=language)
        assert say("page_workshop.decided_count", count=1) in shown(later)
        tap(later, "workshop/look/")
        assert (fault(later), taken["decided"] in shown(later)) == ([], True)
        labels = {one.proto.label for one in later.get("download_button")}
        assert labels >= {say(f"page_workshop.minutes_as.{form}") for form in ("docx", "pdf")}
    later = visit(PAGE)
    later.query_params["at"] = taken.id  # a link to a resolution opens its meeting
    later.run()
    assert (fault(later), TH("page_workshop.decisions") in shown(later)) == ([], True)


def test_too_few_people_are_said_and_stop_nothing(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    at = section(at, office, example, "people")
    assert TH("page_workshop.quorum_short", count=1, quorum=3) in shown(at)
    press(at, TH("page_workshop.end_yes"))
    assert (fault(at), the_room(office, example).ended_at is not None) == ([], True)


def test_the_most_divided_come_first_on_wish(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    room = the_room(office, example)
    at.button_group(key=f"workshop/criterion/{room.id}").set_value("every").run()
    asked(at, office, example)
    tokens = people_in(office, example)
    for number, level in ((1, lambda n: 2), (2, lambda n: n % 4), (3, lambda n: 1)):
        tap(at, f"workshop/look-at/{room.id}/q{number}") if number > 1 else None
        go_on(at)
        answered(office, example, tokens, lambda n, level=level: {"level": level(n), "reason": "ก"})
        go_on(at)
        go_on(at)
    tap(at, f"workshop/look-at/{room.id}/q9")
    at.toggle(key=f"workshop/divided/{room.id}").set_value(True).run()
    assert fault(at) == []
    assert [key for key in keys(at) if key.startswith("workshop/look-at/")][0].endswith("/q2")
    tap(at, f"workshop/look-at/{room.id}/q2")
    assert TH("page_workshop.then.split") in shown(at)
    assert TH("page_workshop.hints") in [one.label for one in at.expander]
    tap(at, f"workshop/look-at/{room.id}/q3")
    box(at.text_area, "rationale").set_value("มีครบ").run()
    save(at)
    tap(at, "workshop/after/")  # and the button to the next question keeps that order
    assert (fault(at), question(office, example).id) == ([], "q2")


def test_others_see_no_measures_and_no_names_of_who_has_not_sent(office, example, visit):
    leader = visit(PAGE)
    open_room(leader)
    asked(leader, office, example)
    people_in(office, example)
    go_on(leader)
    at = visit(PAGE, role="member")
    tap(at, "workshop/look/")
    assert (fault(at), [one.label for one in at.expander if "ส่ง" in one.label]) == ([], [])


def test_rows_that_a_meeting_decided_say_so_and_that_they_were_changed_since(office, empty, visit):
    at = visit(PAGE)
    open_room(at, "weights")
    asked(at, office, empty)
    for _ in range(3):
        go_on(at)
    for place, weight in enumerate((20, 15, 15, 10, 10, 10, 10, 5, 5)):
        [one for one in at.text_input if one.key.endswith("/weight")][place].set_value(str(weight)).run()
    save(at)
    said = TH("page_workshop.by_resolution", date="23 พ.ย. 2569")
    labels = [link.proto.label.replace("\u2060", "") for link in visit("step_4_weights").get("page_link")]
    assert sum(said in label for label in labels) == 9
    write(office, empty, "weight", "weight:speed", reason="แก้ภายหลัง")
    labels = [link.proto.label.replace("\u2060", "") for link in visit("step_4_weights").get("page_link")]
    assert sum(TH("page_workshop.changed_since") in label for label in labels) == 1


def test_the_reasons_sent_with_the_level_begin_the_rationale_and_the_old_one_does_not(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    evidence, named = next(iter(question(office, example).settings["evidence"].items()))
    revealed(at, office, example, lambda number: {"level": 1 if number else 0, "reason": f"เหตุผล {number}", "evidence": evidence})
    assert (box(at.text_area, "rationale").value, TH("page_workshop.pointed_at") in shown(at)) == ("", True)
    press(at, TH("page_workshop.use_reasons"))
    assert (fault(at), box(at.text_area, "rationale").value) == ([], "\n".join(f"เหตุผล {number}" for number in range(1, 5)))
    assert named in box(at.text_area, "evidence").value
    save(at)
    (score,) = office.store.state(example).where("score", indicator=question(office, example).about[0])
    assert (score["level"], score["origin"]) == (1, "own")


@pytest.mark.parametrize("step", ["assessment", "tasks"])
def test_every_button_of_a_room_can_be_pressed_by_its_leader(office, example, visit, step):
    at, pressed = visit(PAGE), set()
    open_room(at, step)
    a_guest(office, example)
    while button := next((one for one in at.button if (one.key or "").startswith("workshop/") and one.key not in pressed and "/end/" not in one.key and one.key != "workshop/back"), None):
        pressed.add(button.key)
        button.click().run()
        assert (button.key, fault(at)) == (button.key, [])
        if len(pressed) > 40:
            break
    assert any(key.startswith("workshop/ask/") for key in pressed)
