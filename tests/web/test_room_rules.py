"""The rules of a workshop room that cannot be bent: nothing of others before the reveal, nothing after closing, nobody in another's name."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest

from pso_core.actions import workshops
from pso_core.actions.workshop_joining import let_go
from pso_core.office import Office
from pso_core.text.phrases import phrases
from tests.actions.conftest import Clock
from tests.web.rooms import ANSWERS, LEADER, POINTS, SCORE, STAFF, Phone, Reply, Workshop, a_workshop, house, ballots_of, opening, shown, workshop

TH = phrases("th")
SECRET = "ความลับก่อนเปิดผล"


def refusal(code: str, **facts: object) -> str:
    return TH(f"refusals.{code}", **facts)


def chosen(reply: Reply) -> list[str]:
    """What is ticked or selected, by the value of its field."""
    return re.findall(r'value="([^"]*)" (?:checked|selected)', reply.body)


def test_before_the_reveal_no_page_header_or_log_has_what_another_sent(workshop: Workshop, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    opening(workshop)
    mine, theirs, guest = workshop.phone(), workshop.phone(), Phone()
    guest.get(workshop.door)
    guest.post(workshop.door, {"as": "guest", "guest": "แขก"})
    workshop.send(theirs, {"level": "3", "reason": SECRET})
    for sends in (False, True):
        if sends:
            workshop.send(mine, {"level": "1", "reason": "ของฉัน"})
        for phase in ("open", "closed"):
            if workshop.room.question.phase != phase:
                workshop.move(phase)
            leader, member = Phone().sign_in(workshop.office, "facilitator"), Phone().sign_in(workshop.office, "member")
            for phone in (mine, guest, Phone(), leader, member):
                for path in ("/room", "/room/here", "/room/here?part=1", f"/room/screen/{workshop.id}", f"/room/screen/{workshop.id}?part=1", f"/room/screen/{workshop.id}?from=1"):
                    reply = phone.get(path)
                    assert SECRET not in reply.text + str(reply.headers), path
            assert "results" not in leader.get(f"/room/screen/{workshop.id}").body
        workshop.move("open")
    assert SECRET not in caplog.text
    assert SECRET in theirs.get("/room/here").text  # their own is always in view


def test_a_screen_is_the_same_whatever_was_answered(house: tuple[Office, Clock]):
    """Until the reveal: not a byte of it comes from an answer."""
    screens = []
    for level in ("0", "3"):
        room = opening(a_workshop(*house))
        for _ in range(3):
            room.send(room.phone(), {"level": level, "reason": "เหตุผล"})
        leader = Phone().sign_in(room.office, "facilitator")
        for phase in ("open", "closed"):
            if phase == "closed":
                room.move("closed")
            body = leader.get(f"/room/screen/{room.id}?part=1").body
            screens.append((phase, re.sub(r'<div class="qr".*?</div>', "", body.replace(room.id, "").replace(f"{room.code[:3]} {room.code[3:]}", ""), flags=re.DOTALL)))
    assert screens[:2] == screens[2:]


def test_after_the_reveal_answers_are_together_and_without_names(workshop: Workshop):
    opening(workshop)
    phones = [workshop.phone() for _ in range(5)]
    for number, phone in enumerate(phones):
        workshop.send(phone, {"level": str(min(number, 3)), "reason": f"เหตุผลที่ {number}"})
    workshop.move("closed")
    workshop.move("revealed")
    page, screen = phones[0].get("/room/here").text, Phone().sign_in(workshop.office, "facilitator").get(f"/room/screen/{workshop.id}").text
    names = [one.name for one in workshop.office.store.workshops.participants(workshop.id) if one.person_id != STAFF[0].id]
    assert ([f"เหตุผลที่ {number}" in page for number in range(5)], [name for name in names if name in page + screen]) == ([True] * 5, [])
    assert TH("page_room.results.answered", sent=5, present=5) in page
    assert TH("page_room.agreement.split") in screen


def test_answers_of_fewer_than_five_are_not_shown_unless_all_agreed(house: tuple[Office, Clock]):
    room = opening(a_workshop(*house, few_shown=False))
    mine = room.phone()
    for phone in (mine, *(room.phone() for _ in range(3))):
        room.send(phone, {"level": "2", "reason": SECRET if phone is not mine else "ของฉัน"})
    room.move("closed")
    room.move("revealed")
    for reply in (mine.get("/room/here"), Phone().sign_in(room.office, "facilitator").get(f"/room/screen/{room.id}")):
        assert (TH("page_room.results.few", least=5) in reply.text, SECRET in reply.text, "<svg class" in reply.body.replace('<svg class="code"', "")) == (True, False, False)


def test_the_instant_after_closing_is_too_late_and_nothing_typed_is_lost(workshop: Workshop):
    opening(workshop)
    phone = workshop.phone()
    workshop.move("closed")
    for part in ({}, {"part": "1"}):
        reply = workshop.send(phone, {"level": "3", "reason": "พิมพ์ไว้", "evidence": "evidence:1", **part})
        assert (reply.status, refusal("ballot_closed") in reply.text, shown(reply, "reason"), chosen(reply)) == (422, True, "พิมพ์ไว้", ["3", "evidence:1"])
    assert ballots_of(workshop) == []


def test_an_answer_to_an_earlier_round_is_refused_with_what_was_typed(workshop: Workshop):
    opening(workshop)
    phone = workshop.phone()
    workshop.send(phone, {"level": "1", "reason": "รอบแรก"})
    for phase in ("closed", "revealed", "open"):
        workshop.move(phase)
    reply = workshop.send(phone, {"level": "3", "reason": "ช้าไป"}, round_=1)
    assert (reply.status, refusal("ballot_old_round") in reply.text, shown(reply, "reason")) == (422, True, "ช้าไป")
    assert ([one["reason"] for one in ballots_of(workshop)], ballots_of(workshop, round_=2)) == (["รอบแรก"], [])


def test_an_answer_to_what_the_room_does_not_look_at_is_refused_with_what_was_typed(workshop: Workshop):
    workshop.ask(SCORE, POINTS)
    workshop.move("open", "q1")
    workshop.move("closed", "q1")
    phone = workshop.phone()
    workshops.look_at(workshop.office, LEADER, workshop.id, "q2")
    for question in ("q1", "q9", "", "q2'; --"):
        for part in ({}, {"part": "1"}):
            reply = phone.post("/room/send", {"question": question, "round": "1", "level": "3", "reason": "พิมพ์ไว้", **part})
            assert (question, part, reply.status, refusal("ballot_closed") in reply.text, "พิมพ์ไว้" in reply.text) == (question, part, 422, True, True)


def test_a_round_that_is_none_is_refused(workshop: Workshop):
    phone = opening(workshop).phone()
    for round_ in ("", "x", "-1", "2", "9" * 30, "1.0"):
        reply = phone.post("/room/send", {"question": "q1", "round": round_, **ANSWERS["score"]})
        assert (round_, reply.status, ballots_of(workshop)) == (round_, 422, [])


def test_somebody_elses_id_in_a_message_changes_nothing_of_theirs(workshop: Workshop):
    opening(workshop)
    mine, theirs = workshop.phone(), workshop.phone()
    workshop.send(theirs, {"level": "3", "reason": "ของเขา"})
    their_id = workshop.office.store.workshops.participants(workshop.id)[1].id
    workshop.send(mine, {"level": "0", "reason": "ของฉัน", "participant": their_id, "participant_id": their_id, "token": theirs.token, "room": theirs.token})
    assert sorted(one["reason"] for one in ballots_of(workshop)) == ["ของฉัน", "ของเขา"]
    assert shown(theirs.get("/room/here"), "reason") == "ของเขา"


def test_the_token_of_one_room_reaches_nothing_of_another(house: tuple[Office, Clock]):
    here, there = opening(a_workshop(*house)), opening(a_workshop(*house, title="อีกห้องหนึ่ง"))
    phone, other = here.phone(), there.phone()
    there.send(other, {"level": "3", "reason": SECRET})
    there.move("closed")
    there.move("revealed")
    for path in ("/room/here", f"/room/here?room={there.id}", f"/room/screen/{there.id}", f"/room/events?room={there.id}", f"/room/version?room={there.id}", f"/room/version?room={here.id}"):
        reply = phone.get(path)
        assert (SECRET in reply.text, "อีกห้องหนึ่ง" in reply.text) == (False, False), path
        assert reply.status in (200, 303, 403) and (reply.status != 200 or path.startswith("/room/here")), path


ELSEWHERE = [
    "/", "/step_6_assessment", "/meetings", "/_stcore/host-config", "/file/x/attachment:y", "/static/js/index.js", "/media/x", "/room/", "/room/x", "/room/screen", "/room/here/", "/room/join", "/room/join/a/b",
    "/room/../settings", "/room/%2e%2e/", "/roomx", "/examiner-preview/x/y", "/admin/backup", "/room/join/../../x", "/room/room.css/x",
]  # fmt: skip


def test_a_token_opens_no_other_page_and_no_file(workshop: Workshop):
    phone = workshop.phone()
    for path in ELSEWHERE:
        reply = phone.get(path, cookie=f"room={phone.token}; nine_steps={phone.token}")
        assert (path, reply.status, reply.leads_to.startswith("/sign-in")) == (path, 303, True)


def test_a_phone_that_was_let_go_is_out_though_it_goes_on_asking(workshop: Workshop):
    opening(workshop)
    phone = workshop.phone()
    workshop.send(phone)
    let_go(workshop.office, LEADER, workshop.id, workshop.office.store.workshops.participants(workshop.id)[0].id)
    page, part, sent = phone.get("/room/here"), phone.get("/room/here?part=1"), workshop.send(phone, {"level": "0", "reason": SECRET, "part": "1"})
    assert [one.status for one in (page, part, sent)] == [404] * 3
    assert [refusal("workshop_not_in") in one.text for one in (page, part, sent)] == [True] * 3
    assert [one["reason"] for one in ballots_of(workshop)] == ["มีทะเบียนครบ"]


@pytest.fixture(autouse=True)
def nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    assert SECRET not in "".join(capfd.readouterr())
