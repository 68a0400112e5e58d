"""Who came without a phone, a practice that is done with, and a form that does not claim to propose what nobody computed."""

from __future__ import annotations

from pso_core.actions.workshop_answers import send, take_back
from pso_core.actions.workshop_hands import MOST_HANDS
from pso_core.actions.workshop_joining import attending, free_name, let_go, present, seat, seat_guest
from pso_core.actions.workshops import MOST_EXPECTED
from pso_core.domain.workshop.room import to_decide
from pso_core.text.phrases import phrases
from tests.building import person
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.test_workshops import PAGE, asked, revealed, section
from tests.pages.workshop_rooms import TH, go_on, open_room, people_in, the_room


def hands(at, answer: str):
    """The box in which the leader counts the hands raised for an answer."""
    return next(one for one in at.text_input if (one.key or "").startswith("workshop/hands/") and one.key.endswith(f"/{answer}"))


def test_people_without_a_phone_are_recorded_as_attending(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    at = section(at, office, example, "people")
    (chosen,) = [one for one in at.multiselect if "workshop/seat/" in one.key]
    chosen.set_value([person("head").id, person("member").id]).run()
    press(at, TH("page_workshop.seat_yes", count=2))
    assert (fault(at), errors(at)) == ([], [])
    assert TH("page_workshop.quorum_reached", count=3, quorum=3) in shown(at)
    assert TH("page_workshop.without_phone", name=person("head").name) in shown(at)
    press(at, TH("page_workshop.end_yes"))
    (meeting,) = office.store.state(example).of("meeting")
    assert (meeting["attended"], set(meeting["attendance"].split("\n"))) == (3, {f"{person(role).name} · {person(role).position}" for role in ("facilitator", "head", "member")})


def test_a_divided_room_is_not_told_that_a_value_was_computed(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    revealed(at, office, example, lambda number: {"level": 3 * (number % 2), "reason": "ก"})
    assert (TH("page_workshop.deciding_afresh") in shown(at), TH("page_workshop.deciding_about") in shown(at)) == (True, False)


def test_a_practice_that_was_revealed_asks_for_no_decision(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example, "practice")
    revealed(at, office, example, lambda number: {"level": 3, "reason": "ก"})
    assert to_decide(the_room(office, example)) == ()


def test_hands_beyond_those_without_a_phone_are_refused_and_counted_once_a_guest_is_recorded(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    go_on(at)
    assert TH("page_workshop.hands_there_are", count=1) in shown(at)
    hands(at, "3").set_value("2").run()
    press(at, TH("page_workshop.save_hands"))
    assert (fault(at), errors(at)) == ([], [TH("refusals.workshop_hands_many", raised=2, without=1)])
    at = section(at, office, example, "people")
    next(one for one in at.text_input if one.key.startswith("workshop/seat-guest/")).set_value("นายแขก").run()
    press(at, TH("page_workshop.seat_guest_yes"))
    assert (fault(at), errors(at)) == ([], [])
    assert TH("page_workshop.without_phone", name=TH("page_workshop.as_guest", name="นายแขก")) in shown(at)
    at = section(at, office, example, "lead")
    hands(at, "3").set_value("2").run()
    press(at, TH("page_workshop.save_hands"))
    assert (errors(at), dict(the_room(office, example).question.hands)) == ([], {"3": 2})


def test_hands_that_are_no_number_of_them_are_refused_and_stay_as_typed_and_thai_digits_are_counted(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    go_on(at)
    for typed in ("1001", "-1", "๑๐๐๑", "1.5", "สอง"):
        hands(at, "3").set_value(typed)
        press(at, TH("page_workshop.save_hands"))
        assert (typed, fault(at), errors(at)) == (typed, [], [TH("refusals.workshop_hands", most=MOST_HANDS)])
        assert (hands(at, "3").value, dict(the_room(office, example).question.hands)) == (typed, {})
    hands(at, "3").set_value("๑")
    hands(at, "2").set_value("")
    press(at, TH("page_workshop.save_hands"))
    assert (fault(at), errors(at), dict(the_room(office, example).question.hands)) == ([], [], {"3": 1})


def test_a_room_for_no_such_number_is_not_opened_and_what_was_typed_stays_and_its_numbers_may_be_thai_or_none(office, example, visit):
    at, refused = visit(PAGE), {"workshop_expected": [("501", ""), ("๕๐๑", ""), ("ห้า", "")], "workshop_quorum": [("", "-1"), ("10", "๑๑"), ("", "ครึ่ง")]}
    for refusal, (expected, quorum) in ((refusal, typed) for refusal in refused for typed in refused[refusal]):
        open_room(at, expected=expected, quorum=quorum)
        assert (expected, quorum, fault(at), errors(at)) == (expected, quorum, [], [TH(f"refusals.{refusal}", most=MOST_EXPECTED)])
        assert [at.text_input(key=f"workshop/new/{name}/0").value for name in ("expected", "quorum")] == [expected, quorum]
    assert office.store.workshops.of(example) == ()
    open_room(at, expected="๑๒", quorum="", pin="๔๗๑๑")
    room = the_room(office, example)
    assert (fault(at), errors(at), room.expected, room.quorum, room.pin) == ([], [], 12, 0, "4711")


def test_the_leader_frees_a_name_that_was_taken_by_mistake_but_no_guests_and_nobodys_without_a_phone(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    people_in(office, example)
    room = the_room(office, example)
    seat_guest(office, person("facilitator"), room.id, "นายแขก")
    let_go(office, person("facilitator"), room.id, next(one.id for one in attending(office, room) if one.person_id == person("head").id))
    seat(office, person("facilitator"), room.id, person("head").id)
    at = section(at.run(), office, example, "people")
    there = {one.person_id: one.id for one in attending(office, room)}
    for who, offered in (("", False), (person("head").id, False), (person("member").id, True)):
        at.selectbox(key=f"workshop/who/{room.id}").set_value(there[who]).run()
        assert (TH("page_workshop.free_name") in [one.label for one in at.button]) == offered
    press(at, TH("page_workshop.free_name"))
    assert (fault(at), errors(at)) == ([], [])
    assert {one.id: one.state for one in office.store.workshops.participants(room.id)}[there[person("member").id]] == "mistaken"


def test_the_leader_is_told_which_freed_names_still_wait_for_the_phone_that_took_them(office, example, visit):
    at = visit(PAGE)
    open_room(at)
    asked(at, office, example)
    go_on(at)
    tokens, room, member = people_in(office, example), the_room(office, example), person("member")
    token = next(token for token in tokens if present(office, token).participant.person_id == member.id)
    send(office, token, room.question.id, 1, {"level": 1, "reason": "ก"})
    free_name(office, person("facilitator"), room.id, present(office, token).participant.id)
    told = TH("page_workshop.still_counted", names=member.name)
    assert told in shown(section(at.run(), office, example, "people"))
    take_back(office, token)
    assert told not in shown(at.run())


def test_what_the_two_buttons_do_is_told_by_their_own_names():
    for language in ("th", "en"):
        say = phrases(language)
        assert all(f"“{say(f'page_workshop.{button}')}”" in say("page_workshop.let_go_about") for button in ("let_go_yes", "free_name"))


def test_who_was_called_and_is_not_here_yet_is_told_until_they_come(office, example, visit):
    at = visit(PAGE)
    at.multiselect(key="workshop/new/called/0").set_value([person("head").id, person("member").id]).run()
    assert [at.text_input(key=f"workshop/new/{name}/0").value for name in ("expected", "quorum")] == ["3", "2"]
    open_room(at)
    room = the_room(office, example)
    assert (errors(at), set(room.called), room.expected, room.quorum) == ([], {person("head").id, person("member").id}, 3, 2)
    at = section(at, office, example, "people")
    assert TH("page_workshop.not_here", count=2) in shown(at)
    seat(office, person("facilitator"), room.id, person("head").id)
    at = section(at, office, example, "people")
    assert TH("page_workshop.not_here", count=1) in shown(at)
    seat(office, person("facilitator"), room.id, person("member").id)
    at = section(at, office, example, "people")
    assert (fault(at), TH("page_workshop.not_here", count=1) in shown(at)) == ([], False)
