"""Comparing with the most and the least important one on a phone: told whether it goes together, before it is sent and after; nobody else is."""

from __future__ import annotations

import re

import pytest

from pso_core.text.phrases import LANGUAGES, phrases
from tests.web.rooms import ANSWERS, NAMES, Phone, Reply, Workshop, a_workshop, house, ballots_of, opening, workshop

TH = phrases("th")
CONSISTENT = ANSWERS["best_worst"]
ODD = {"best": "coverage", "worst": "speed", "over:accuracy": "8", "over:speed": "8", "under:accuracy": "9"}
LOOK_AGAIN = {"one": NAMES["accuracy"], "best": NAMES["coverage"], "worst": NAMES["speed"], "over": 8, "under": 9, "whole": 8, "product": 72}


def ticked(reply: Reply) -> dict[str, str]:
    return dict(re.findall(r'name="([^"]*)" value="([^"]*)" checked', reply.body))


def look(workshop: Workshop, phone: Phone, fields: dict[str, str], **more: str) -> Reply:
    return workshop.send(phone, {**fields, "look": "1", **more})


@pytest.fixture
def comparing(workshop: Workshop) -> Workshop:
    return opening(workshop, "best_worst")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_it_goes_together_is_told_before_it_is_sent(comparing: Workshop, language: str):
    phone, say = comparing.phone().speak(language), phrases(language)
    for fields, key, facts in ((CONSISTENT, "fits", {}), (ODD, "odd", LOOK_AGAIN)):
        for part in ({}, {"part": "1"}):
            reply = look(comparing, phone, fields, **part)
            assert (reply.status, say(f"page_room.best_worst.{key}", **facts) in reply.text, say("page_room.unsent") in reply.text) == (200, True, True), (key, part)
            assert (ticked(reply), ballots_of(comparing)) == (fields, [])


def test_who_contradicts_themselves_is_not_refused_and_is_told_what_to_look_at_again(comparing: Workshop):
    phone = comparing.phone()
    assert comparing.send(phone, ODD).status == 303
    assert TH("page_room.best_worst.odd", **LOOK_AGAIN) in phone.get("/room/here?sent=1").text
    comparing.send(phone, CONSISTENT)
    page = phone.get("/room/here?sent=1").text
    assert (TH("page_room.best_worst.fits") in page, TH("page_room.best_worst.odd", **LOOK_AGAIN) in page, len(ballots_of(comparing))) == (True, False, 1)


def test_nothing_is_said_of_comparisons_that_are_not_there_yet(comparing: Workshop):
    page = comparing.phone().get("/room/here").text
    assert (TH("page_room.best_worst.fits") in page, TH("page_room.unsent") in page.split("data-dirty")[0]) == (False, False)


IMPOSSIBLE = [
    ({"worst": "coverage"}, "ballot_best_is_worst", {}), ({"best": "nothing"}, "ballot_not_offered", {}), ({"over:speed": "10"}, "ballot_not_offered", {}),
    ({"over:accuracy": "0"}, "ballot_not_offered", {}), ({"under:accuracy": ""}, "ballot_incomplete", {"missing": 1}), ({"best": ""}, "ballot_incomplete", {"missing": 1}),
]  # fmt: skip


def test_what_cannot_be_is_refused_with_all_that_was_ticked(comparing: Workshop):
    phone = comparing.phone()
    for changed, code, facts in IMPOSSIBLE:
        fields = {**CONSISTENT, **changed}
        for reply in (comparing.send(phone, fields), look(comparing, phone, fields)):
            assert (changed, reply.status, TH(f"refusals.{code}", **facts) in reply.text, ballots_of(comparing)) == (changed, 422, True, [])
            assert ticked(reply) == {name: value for name, value in fields.items() if value in (NAMES if name in ("best", "worst") else map(str, range(1, 10)))}


def test_thai_digits_count_here_too(comparing: Workshop):
    assert comparing.send(comparing.phone(), {**CONSISTENT, "over:speed": "๘"}).status == 303
    assert ballots_of(comparing)[0]["over"]["speed"] == 8


def test_one_cannot_look_when_answers_are_closed_or_from_outside(comparing: Workshop):
    phone = comparing.phone()
    comparing.move("closed")
    reply = look(comparing, phone, CONSISTENT)
    assert (reply.status, TH("refusals.ballot_closed") in reply.text, ticked(reply)) == (422, True, CONSISTENT)
    assert look(comparing, Phone(), CONSISTENT).status == 404


def test_looking_keeps_what_was_sent_before(comparing: Workshop):
    phone = comparing.phone()
    comparing.send(phone, CONSISTENT)
    page = look(comparing, phone, ODD).text
    assert (TH("page_room.sent_before") in page, [one["over"]["accuracy"] for one in ballots_of(comparing)]) == (False, [2])


def test_a_screen_is_the_same_whatever_was_compared(house):
    """Until the reveal: neither weights nor how many contradicted themselves."""
    screens = []
    for fields in (CONSISTENT, ODD):
        room = opening(a_workshop(*house), "best_worst")
        for _ in range(5):
            room.send(room.phone(), fields)
        leader, mine = Phone().sign_in(room.office, "facilitator"), room.phone()
        for phase in ("open", "closed"):
            if phase == "closed":
                room.move("closed")
            body = leader.get(f"/room/screen/{room.id}?part=1").body + re.sub(r'data-place="[^"]*"', "", mine.get("/room/here?part=1").body)
            screens.append(re.sub(r'<div class="qr".*?</div>', "", body.replace(room.id, "").replace(f"{room.code[:3]} {room.code[3:]}", ""), flags=re.DOTALL))
    assert screens[:2] == screens[2:]


def test_what_one_sent_is_read_pair_by_pair_when_it_is_closed(comparing: Workshop):
    phone = comparing.phone()
    comparing.send(phone, CONSISTENT)
    comparing.move("closed")
    page = re.sub(r"\s+", " ", phone.get("/room/here").body)
    for more, less, times in (("coverage", "accuracy", 2), ("coverage", "speed", 8), ("accuracy", "speed", 5)):
        assert f"{NAMES[more]} › {NAMES[less]}: <b>{times}</b>" in page


def test_after_the_reveal_all_see_the_weights_and_nobody_who_contradicted_themselves(comparing: Workshop):
    phones = [comparing.phone() for _ in range(5)]
    for number, phone in enumerate(phones):
        comparing.send(phone, CONSISTENT if number else ODD)
    comparing.move("closed")
    comparing.move("revealed")
    for page in (phones[0].get("/room/here").text, Phone().sign_in(comparing.office, "facilitator").get(f"/room/screen/{comparing.id}").text):
        assert (TH("page_room.results.answered", sent=5, present=5) in page, NAMES["coverage"] in page) == (True, True)
        assert TH("page_room.best_worst.odd", **LOOK_AGAIN) not in page
