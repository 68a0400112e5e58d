"""Coming into a workshop room with a phone: by six digits or the QR code, under one's own name once, or as a guest."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie

import pytest

from pso_core.actions import workshop_joining
from pso_core.actions.workshop_decisions import end
from pso_core.domain.guessing import FORGOTTEN_AFTER, FREE_PER_ADDRESS
from pso_core.errors import NotFound
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import thai_digits
from tests.actions.conftest import Clock
from tests.documents.hostile import TEXTS
from tests.web.rooms import LEADER, STAFF, Phone, Workshop, a_workshop, house, opening, workshop

TH = phrases("th")


def refusal(code: str, **facts: object) -> str:
    return TH(f"refusals.{code}", **facts)


def test_six_digits_lead_to_the_address_of_the_qr_code(workshop: Workshop):
    code = workshop.code
    for written in (code, f" {code} ", thai_digits(code), f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
        assert (written, Phone().post("/room", {"code": written}).leads_to) == (written, workshop.door)


def test_what_opens_no_room_is_said_and_stays_to_be_corrected(workshop: Workshop):
    for code in ("", "12345", "1234567", "abcdef", "<script>", "9" * 5_000):
        phone = Phone(address="10.1.1.1")
        reply = phone.post("/room", {"code": code})
        assert (code, reply.status, refusal("workshop_code_wrong") in reply.text, "<script>" in reply.body) == (code, 422, True, False)
        assert phone.cookies == {}


def test_hundreds_of_guesses_get_nowhere_while_the_qr_code_still_opens(workshop: Workshop):
    guesser, code = Phone(address="10.7.7.7"), int(workshop.code)
    wrong = (f"{(code + step) % 10**6:06}" for step in range(1, 201))
    statuses = [guesser.post("/room", {"code": one}).status for one in wrong]
    assert (set(statuses[:FREE_PER_ADDRESS]), set(statuses[FREE_PER_ADDRESS + 1 :])) == ({422}, {429})
    reply = guesser.post("/room", {"code": workshop.code})
    assert (reply.status, int(reply.header("retry-after")) > 0, reply.leads_to) == (429, True, "")
    assert guesser.get(workshop.door).status == 200
    assert Phone(address="10.7.7.8").post("/room", {"code": workshop.code}).leads_to == workshop.door


def test_the_address_of_the_qr_code_is_throttled_where_it_is_six_digits(workshop: Workshop):
    guesser, wrong = Phone(address="10.7.7.9"), f"{(int(workshop.code) + 1) % 10**6:06}"
    assert {guesser.get(f"/room/join/{wrong}").status for _ in range(FREE_PER_ADDRESS + 5)} == {404, 429}


def test_guesses_are_forgotten_after_a_while(workshop: Workshop):
    guesser = Phone(address="10.7.8.1")
    for _ in range(FREE_PER_ADDRESS + 2):
        guesser.post("/room", {"code": "x1"})
        guesser.post("/room", {"code": f"{(int(workshop.code) + 1) % 10**6:06}"})
    workshop.clock.now += FORGOTTEN_AFTER * 2
    assert guesser.post("/room", {"code": workshop.code}).leads_to == workshop.door


def test_somebody_of_the_office_comes_in_under_their_name(workshop: Workshop):
    phone = Phone()
    page = phone.get(workshop.door)
    assert [name for name in workshop.names() if name not in page.text] == []
    assert phone.post(workshop.door, {"as": "own", "person": STAFF[0].id}).leads_to == "/room/here"
    assert TH("page_room.in_room_as", name=STAFF[0].name) in phone.get("/room/here").text
    assert phone.get(workshop.door).leads_to == "/room/here"


def test_the_cookie_is_out_of_reach_and_sent_to_the_room_only(workshop: Workshop):
    phone = Phone()
    phone.get(workshop.door)
    reply = phone.post(workshop.door, {"as": "own", "person": STAFF[0].id})
    cookie = SimpleCookie(reply.header("set-cookie"))["room"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"], cookie["secure"]) == (True, "lax", "/room", "86400", "")
    assert len(cookie.value) == 43  # 256 bits


def test_over_https_the_cookie_travels_by_https_only(workshop: Workshop):
    class Safe(Phone):
        def scope(self, *all_, **more):
            return {**super().scope(*all_, **more), "scheme": "https"}

    phone = Safe()
    phone.get(workshop.door)
    assert "secure" in phone.post(workshop.door, {"as": "own", "person": STAFF[0].id}).header("set-cookie").lower()


def test_two_who_pick_one_name_are_one_and_a_sentence(workshop: Workshop):
    workshop.phone(3)
    second = Phone()
    assert f"✓ {TH('page_room.taken')}" in second.get(workshop.door).text
    reply = second.post(workshop.door, {"as": "own", "person": STAFF[2].id})
    assert (reply.status, refusal("workshop_name_taken", name=STAFF[2].name) in reply.text, "room" in second.cookies) == (422, True, False)


@pytest.mark.parametrize("fields", [{"as": "own", "person": STAFF[4].id}, {"as": "guest", "guest": "นายแขก"}], ids=["own name", "guest"])
def test_pressing_twice_lets_one_in_once_also_when_the_answer_was_lost(workshop: Workshop, fields: dict[str, str]):
    phone = Phone()
    phone.get(workshop.door)
    before = dict(phone.cookies)
    first = phone.post(workshop.door, fields)
    phone.cookies = before  # the answer never arrived
    second = phone.post(workshop.door, fields)
    assert (first.leads_to, second.leads_to, phone.get("/room/here").status) == ("/room/here", "/room/here", 200)
    assert len(workshop.office.store.workshops.participants(workshop.id)) == 1


def test_a_browser_that_keeps_no_cookies_takes_no_name(workshop: Workshop):
    reply = Phone().post(workshop.door, {"as": "own", "person": STAFF[0].id})
    assert (reply.status, refusal("workshop_no_cookie") in reply.text) == (422, True)
    assert workshop.office.store.workshops.participants(workshop.id) == ()


def test_opening_another_rooms_door_leaves_nobody_outside_their_own(house: tuple[Office, Clock], workshop: Workshop):
    phone, other = workshop.phone(), a_workshop(*house)
    phone.get(other.door)
    assert phone.get("/room/here").status == 200
    phone.post(other.door, {"as": "own", "person": STAFF[0].id})
    assert (phone.get(other.door).leads_to, phone.get(workshop.door).status) == ("/room/here", 200)


def test_the_rooms_number_keeps_out_who_does_not_know_it(house: tuple[Office, Clock]):
    room, phone = a_workshop(*house, pin="4711"), Phone(address="10.2.2.2")
    phone.get(room.door)
    reply = phone.post(room.door, {"as": "own", "person": STAFF[1].id, "pin": "4712"})
    assert (reply.status, refusal("workshop_pin_wrong") in reply.text, f'value="{STAFF[1].id}" required checked' in reply.body) == (422, True, True)
    tried = {phone.post(room.door, {"as": "own", "person": STAFF[1].id, "pin": f"{number:04}"}).status for number in range(FREE_PER_ADDRESS + 5)}
    assert (tried, "room" in phone.cookies) == ({422, 429}, False)
    other = Phone(address="10.2.2.3")
    other.get(room.door)
    assert other.post(room.door, {"as": "own", "person": STAFF[1].id, "pin": "๔๗๑๑"}).leads_to == "/room/here"


def test_a_guest_waits_is_admitted_and_may_be_let_go(workshop: Workshop):
    opening(workshop)
    guest = Phone()
    guest.get(workshop.door)
    guest.post(workshop.door, {"as": "guest", "guest": "นายแขก"})
    page = guest.get("/room/here")
    assert (TH("page_room.waiting") in page.text, "<form" in page.body, "ความครอบคลุม" in page.text) == (True, False, False)
    refused = workshop.send(guest)
    assert (refused.status, refusal("workshop_not_admitted") in refused.text, "มีทะเบียนครบ" in refused.text) == (422, True, True)
    one = workshop.office.store.workshops.participants(workshop.id)[0]
    workshop_joining.admit(workshop.office, LEADER, workshop.id, one.id)
    assert workshop.send(guest).status == 303
    workshop_joining.let_go(workshop.office, LEADER, workshop.id, one.id)
    assert [guest.get("/room/here").status, workshop.send(guest).status, guest.get("/room/events").status, guest.get("/room/version").status] == [404, 404, 403, 403]


def test_whoever_was_let_go_can_come_in_again(workshop: Workshop):
    phone = workshop.phone(6)
    one = workshop.office.store.workshops.participants(workshop.id)[0]
    workshop_joining.let_go(workshop.office, LEADER, workshop.id, one.id)
    assert phone.post(workshop.door, {"as": "own", "person": STAFF[5].id}).leads_to == "/room/here"  # without looking at the door again
    assert phone.get("/room/here").status == 200


def test_a_guests_name_is_only_a_name(workshop: Workshop):
    for name in (text for text in TEXTS if len(text) <= 100):
        guest = Phone()
        guest.get(workshop.door)
        reply = guest.post(workshop.door, {"as": "guest", "guest": name})
        page = guest.get("/room/here")
        assert (reply.leads_to, TH("page_room.in_room_as", name=" ".join(name.split())) in page.text, "<script>alert" in page.body) == ("/room/here", True, False), name


def test_a_refused_name_stays_in_its_field(workshop: Workshop):
    guest = Phone()
    guest.get(workshop.door)
    reply = guest.post(workshop.door, {"as": "guest", "guest": "ก" * 101})
    assert (reply.status, "ก" * 101 in reply.text, refusal("workshop_text_long", limit=100) in reply.text) == (422, True, True)


def test_an_ended_room_is_opened_by_nothing_and_thanks_who_is_in(workshop: Workshop):
    phone, door, code = workshop.phone(), workshop.door, workshop.code
    end(workshop.office, LEADER, workshop.id)
    assert (Phone(address="10.3.3.3").get(door).status, Phone(address="10.3.3.3").post("/room", {"code": code}).status) == (404, 422)
    assert TH("page_room.thanks") in phone.get("/room/here").text


def test_the_door_remembers_who_is_inside(workshop: Workshop):
    assert TH("page_room.inside", title=workshop.room.title) in workshop.phone().get("/room").text
    assert TH("page_room.back_inside") not in Phone().get("/room").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_language_that_was_chosen_and_leads_to_the_other(workshop: Workshop, language: str):
    opening(workshop)
    phone = workshop.phone().speak(language)
    pages = [phone.get("/room"), phone.get("/room/here"), workshop.send(phone, {}), Phone().speak(language).get(workshop.door), Phone().speak(language).get("/room/here")]
    assert [page for page in pages if f'<html lang="{language}">' not in page.body] == []
    for page in pages:
        ways = re.findall(r'href="(/language\?to=\w+&amp;next=([^"]+))"', page.body)
        assert [Phone().get(way.replace("&amp;", "&")).status for way, _ in ways] == [303, 303]
        assert "send" not in "".join(way for way, _ in ways)  # which only takes answers


def test_a_form_on_another_site_does_nothing(workshop: Workshop):
    for headers in ({"origin": "https://elsewhere.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        for path in ("/room", "/room/send", workshop.door):
            phone = Phone()
            phone.get(workshop.door)
            reply = phone.post(path, {"as": "own", "person": STAFF[0].id, "code": workshop.code}, **headers)
            assert (headers, path, reply.status, workshop.office.store.workshops.participants(workshop.id)) == (headers, path, 403, ())


def test_a_form_too_long_is_not_read(workshop: Workshop):
    phone = workshop.phone()
    assert [phone.post(path, {"text": "x" * size}).status for path, size in (("/room", 20_000), (workshop.door, 20_000), ("/room/send", 70_000))] == [413] * 3


def test_the_browser_keeps_nothing_and_runs_this_programs_scripts_alone(workshop: Workshop):
    opening(workshop)
    phone = workshop.phone()
    inside = [' src="/room/room.js" defer', ' src="/room/room_lacking.js" defer']
    for page in (phone.get("/room"), phone.get("/room/here"), phone.get("/room/here?part=1"), workshop.send(phone, {}), Phone().get("/room/here"), Phone().get(workshop.door)):
        policy = page.header("content-security-policy")
        assert (policy.startswith("default-src 'none'"), "unsafe" in policy, "connect-src 'self'" in policy) == (True, False, True)
        assert (page.header("cache-control"), page.header("x-content-type-options"), page.header("x-robots-tag")) == ("no-store", "nosniff", "noindex, nofollow")
        assert (re.findall(r"<script([^>]*)>", page.body), re.findall(r' (style|on\w+)="', page.body)) in ((inside, []), (inside[:1], []), ([' src="/room/room_door.js" defer'], []), ([], []))


@pytest.mark.parametrize("name", ["room.css", "screen.css", "room.js", "room_lacking.js", "room_door.js", "room_screen.js"])
def test_its_style_and_script_are_open_to_all(house: tuple[Office, Clock], name: str):
    assert Phone().get(f"/room/{name}").status == 200


def test_a_waiting_page_looks_again_by_itself_where_there_is_no_script(workshop: Workshop):
    phone = workshop.phone()
    assert '<noscript><meta http-equiv="refresh"' in phone.get("/room/here").body
    opening(workshop)
    assert "http-equiv" not in phone.get("/room/here").body


def test_nobody_is_present_without_a_token(house: tuple[Office, Clock]):
    for token in ("", "x" * 43, "'; DROP TABLE workshop; --"):
        with pytest.raises(NotFound):
            workshop_joining.present(house[0], token)


