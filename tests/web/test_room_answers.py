"""Answering with a phone, method by method: sent, in view, changed, refused with what was typed, and decided on."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pso_core.actions import workshops
from pso_core.actions.workshop_decisions import Decided, decide
from pso_core.office import Office
from pso_core.text.phrases import phrases
from tests.actions.conftest import Clock
from tests.documents.hostile import TEXTS
from tests.web.rooms import ANSWERS, ASKED, CRITERIA, LEADER, SCORE, Phone, Reply, Workshop, a_workshop, house, ballots_of, opening, shown, workshop

TH = phrases("th")


def refusal(code: str, **facts: object) -> str:
    return TH(f"refusals.{code}", **facts)


def standing_in(reply: Reply) -> str:
    """All that the fields of the page hold."""
    return unescape(" ".join((*re.findall(r'value="([^"]*)"(?: checked| selected| maxlength| inputmode)', reply.body), *re.findall(r"<textarea[^>]*>([^<]*)", reply.body))))


# One question a screen


@pytest.mark.parametrize("method", ASKED)
def test_an_answer_is_sent_stays_in_view_and_can_be_changed_until_closing(workshop: Workshop, method: str):
    opening(workshop, method)
    phone = workshop.phone()
    assert TH("page_room.phase.open") in phone.get("/room/here").text
    sent = workshop.send(phone)
    assert (sent.status, sent.leads_to) == (303, "/room/here?sent=1")
    page = phone.get("/room/here?sent=1")
    assert TH("page_room.sent") in page.text
    assert [value for value in ANSWERS[method].values() if value not in standing_in(page)] == []
    assert workshop.send(phone).status == 303  # a double tap
    assert len(ballots_of(workshop)) == 1
    workshop.move("closed")
    closed = phone.get("/room/here")
    assert (TH("page_room.phase.closed") in closed.text, TH("page_room.own") in closed.text, "<form" in closed.body) == (True, True, False)
    workshop.move("revealed")
    assert TH("page_room.results.title") in phone.get("/room/here").text


@pytest.mark.parametrize("method", ASKED)
def test_nothing_sent_is_refused_and_fields_of_other_methods_are_not_looked_at(workshop: Workshop, method: str):
    opening(workshop, method)
    plain, odd = workshop.phone(), workshop.phone()
    reply = workshop.send(plain, {"nothing": "of it", "on:other": "1", "level ": "1"})
    assert (reply.status, 'class="refusal" role="alert"' in reply.body, ballots_of(workshop)) == (422, True, [])
    workshop.send(plain)
    workshop.send(odd, {**ANSWERS[method], "unknown": "x", "on:nobody": "99", "participant": "1", "person": "p-1", "body": "{}", "key": "0" * 64})
    first, second = ballots_of(workshop)
    assert first == second


def test_weights_that_do_not_make_a_hundred_are_refused_and_stay(workshop: Workshop):
    opening(workshop, "points")
    phone = workshop.phone()
    for total in (99, 101, 0):
        typed = dict(zip((f"on:{key}" for key in CRITERIA), (str(total - 30), "20", "10"), strict=True))
        reply = workshop.send(phone, typed)
        assert (total, reply.status, ballots_of(workshop)) == (total, 422, [])
        assert {name: shown(reply, name) for name in typed} == typed
        assert total < 30 or refusal("ballot_sum", sum=total, total=100) in reply.text


def test_thai_digits_are_digits(workshop: Workshop):
    opening(workshop, "points")
    assert workshop.send(workshop.phone(), {"on:coverage": "๕๐", "on:accuracy": "๓๐", "on:speed": "20"}).status == 303
    assert ballots_of(workshop) == [{"points": {"coverage": 50, "accuracy": 30, "speed": 20}}]


def test_points_that_are_no_whole_number_are_told_kindly_and_not_counted(workshop: Workshop):
    opening(workshop, "points")
    phone = workshop.phone()
    for typed in ("12.5", "-10", "2e1", "15.5", "+5", "1/2", "1000000", "สิบ"):
        reply = workshop.send(phone, {"on:coverage": typed, "on:accuracy": "๓๐", "on:speed": "20"})
        assert (typed, reply.status, refusal("ballot_not_whole") in reply.text, refusal("ballot_not_offered") in reply.text) == (typed, 422, True, False)
        assert (shown(reply, "on:coverage"), TH("page_room.remainder.points.left", number=50) in reply.text.rpartition("data-exact-word")[2]) == (typed, True)
        assert ballots_of(workshop) == []


@pytest.mark.parametrize("method", ASKED)
def test_after_closing_what_was_sent_stands_and_a_late_change_is_told_as_not_sent(workshop: Workshop, method: str):
    opening(workshop, method)
    phone, changed = workshop.phone(), {**ANSWERS[method], **({"reason": "แก้ช้าไป"} if "reason" in ANSWERS[method] else {})}
    workshop.send(phone)
    workshop.move("closed")
    page, refused = phone.get("/room/here"), workshop.send(phone, changed)
    for reply in (page, refused):
        assert TH("page_room.sent_closed") in reply.text
        assert [said for said in ("sent", "sent_before", "send_again") if f">{TH(f'page_room.{said}')}" in reply.text or f"✓ {TH(f'page_room.{said}')}<" in reply.text] == []
        assert "<button" not in reply.body
    assert (refusal("ballot_closed") in refused.text, 'data-unsent hidden' in refused.body, "<fieldset disabled>" in refused.body, 'http-equiv="refresh"' in refused.body) == (True, False, True, False)
    own = refused.text.split(TH("page_room.own"), 1)[1].split("data-unsent")[0]
    assert "แก้ช้าไป" not in own


def test_after_the_reveal_a_late_change_is_not_shown_as_the_own_answer(workshop: Workshop):
    opening(workshop)
    phone = workshop.phone()
    workshop.send(phone)
    workshop.move("closed"), workshop.move("revealed")
    refused = workshop.send(phone, {"level": "0", "reason": "แก้ช้าไป"})
    own, _, unsent = refused.text.partition("data-unsent")
    assert ("มีทะเบียนครบ" in own, "แก้ช้าไป" in own, "<b>แก้ช้าไป</b>" in unsent) == (True, False, True)


@pytest.mark.parametrize("texts", [TEXTS[first : first + 7] for first in range(0, len(TEXTS), 7)], ids=str)
def test_hostile_text_stays_text(workshop: Workshop, texts: list[str]):
    opening(workshop, "score")
    for text in texts:
        phone = workshop.phone()
        page = workshop.send(phone, {"level": "2", "reason": text})
        if page.status == 303:
            page = phone.get("/room/here")
        else:
            workshop.send(phone, {"level": "2", "reason": text[:200]})
        assert (text.strip().split("\n")[0] in page.text, "<script>alert" in page.body, "<r>" in page.body) == (True, False, False), text
    workshop.move("closed")
    workshop.move("revealed")
    shown_to_all = workshop.phone().get("/room/here").body
    assert ("<script>alert" in shown_to_all, "<r>" in shown_to_all) == (False, False)


def test_hostile_titles_names_and_conditions_stay_text(house: tuple[Office, Clock]):
    bad = '"><script>alert(1)</script>'
    settings = {"levels": [0, 1, 2, 3], "conditions": {"0": bad}, "evidence": {bad: bad}, "names": {bad: bad}}
    room = a_workshop(*house, workshops.Asked("score", bad, (bad,), settings), workshops.Asked("tier", bad, (bad, "x"), {"names": {bad: bad}, "tiers": {bad: bad}}), title=bad)
    leader = Phone().sign_in(room.office, "facilitator")
    phone = room.phone()
    for question in ("q1", "q2"):
        workshops.look_at(room.office, LEADER, room.id, question)
        room.move("open", question)
        for page in (phone.get("/room/here"), leader.get(f"/room/screen/{room.id}"), Phone().get(room.door)):
            assert ("<script>alert" in page.body, "&lt;script&gt;alert" in page.body) == (False, True)


def test_the_time_left_is_told_in_seconds_by_the_server(workshop: Workshop):
    workshop.ask(SCORE)
    workshop.move("open", minutes=5)
    phone = workshop.phone()
    assert 'data-left="300">5:00<' in phone.get("/room/here").body
    try:
        workshop.clock.move(seconds=241)
        assert 'data-left="59">0:59<' in phone.get("/room/here").body
        workshop.clock.move(seconds=3_600)
        late = phone.get("/room/here")
        assert ('data-left="0"' in late.body, workshop.send(phone).status) == (True, 303)  # the leader closes, not the clock
    finally:
        workshop.clock.move(seconds=-3_841)


def test_a_decision_is_read_on_the_phone_and_on_the_screen(workshop: Workshop):
    opening(workshop)
    phones = [workshop.phone() for _ in range(5)]
    for phone in phones:
        workshop.send(phone)
    workshop.move("closed")
    workshop.move("revealed")
    decide(workshop.office, LEADER, workshop.id, "q1", Decided(None, "ให้ระดับ 2 <b>", "2"))
    for state in ("decided", "locked"):
        if state == "locked":
            workshop.move("locked")
        for page in (phones[0].get("/room/here"), Phone().sign_in(workshop.office, "facilitator").get(f"/room/screen/{workshop.id}")):
            assert (TH(f"page_room.phase.{state}") in page.text, "ให้ระดับ 2 &lt;b&gt;" in page.body) == (True, True)


def test_a_reopened_question_says_why(workshop: Workshop):
    test_a_decision_is_read_on_the_phone_and_on_the_screen(workshop)
    workshop.move("open", because="พบหลักฐานใหม่")
    page = workshop.phone().get("/room/here").text
    assert (TH("page_room.because", reason="พบหลักฐานใหม่") in page, TH("page_room.round", number=2) in page) == (True, True)
