"""The projector's screen: for who may lead, how to come in, what is asked, how many have answered, and the spread after the reveal."""

from __future__ import annotations

import re
import socket

import pytest

from pso_core.actions.workshop_decisions import Decided, decide, end
from pso_core.actions.workshop_hands import count_hands
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web import room_screen
from pso_core.web import way_in as ways
from pso_core.web.room_screen import FEW_ROWS, MOST_ROWS, ROWS
from pso_core.web.way_in import own_address, way_in
from tests.actions.conftest import Clock
from tests.actions.workshop_rooms import without_phones
from tests.web.rooms import ANSWERS, ASKED, HOST, LEADER, Asked, Phone, Reply, Workshop, a_workshop, house, opening, workshop

TH = phrases("th")
MANY = {f"c{number}": f"เกณฑ์ที่ {number}" for number in range(1, 10)}


def screen(workshop: Workshop, more: str = "", who: str = "facilitator", **headers: str) -> Reply:
    return Phone().sign_in(workshop.office, who).get(f"/room/screen/{workshop.id}?view=screen{more}", **headers)


def said(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


def revealed(workshop: Workshop, answers: list[dict[str, str]]) -> None:
    for answer in answers:
        workshop.send(workshop.phone(), answer)
    workshop.move("closed")
    workshop.move("revealed")


def test_it_is_for_those_who_may_lead(workshop: Workshop):
    for who, status in {"administrator": 200, "facilitator": 200, "head": 200, "member": 404, "viewer": 404}.items():
        reply = screen(workshop, who=who)
        assert (who, reply.status, said(workshop.code) in reply.text) == (who, status, status == 200)


def test_without_a_session_it_asks_to_sign_in(workshop: Workshop):
    assert [one.get(f"/room/screen/{workshop.id}").status for one in (Phone(), workshop.phone())] == [303, 303]


def test_a_room_that_is_not_there_is_not_found(workshop: Workshop):
    head, odd = Phone().sign_in(workshop.office, "head"), ("x", "0" * 16, "'; --", "%00", "ก")
    assert {room_id: head.get(f"/room/screen/{room_id}").status for room_id in odd} == dict.fromkeys(odd, 404)


def test_how_to_come_in_stands_there_in_every_phase(workshop: Workshop):
    leader = Phone().sign_in(workshop.office, "facilitator")
    for phase in ("none", "draft", "open", "closed", "revealed"):
        if phase == "draft":
            workshop.ask(ASKED["score"])
        elif phase != "none":
            workshop.move(phase)
        for language in LANGUAGES:
            page = leader.speak(language).get(f"/room/screen/{workshop.id}")
            there = (f'<html lang="{language}">', f"{HOST}<wbr>/room", said(workshop.code), '<svg viewBox="0 0 ')
            assert (phase, [one for one in there if one not in page.body]) == (phase, [])
            assert phase == "none" or phrases(language)(f"page_room.phase.{phase}") in page.text


def test_the_qr_code_leads_to_the_door(workshop: Workshop, monkeypatch: pytest.MonkeyPatch):
    drawn = []
    monkeypatch.setattr(room_screen, "qr", lambda address: drawn.append(address) or "")
    screen(workshop)
    assert drawn == [f"http://{HOST}{workshop.door}"]


def test_how_many_have_answered_of_how_many_are_in(workshop: Workshop):
    opening(workshop)
    phones = [workshop.phone() for _ in range(3)]
    guest = Phone()
    guest.get(workshop.door)
    guest.post(workshop.door, {"as": "guest", "guest": "แขก"})
    workshop.send(phones[0])
    assert TH("page_room.screen.sent", sent=1, present=3) in screen(workshop).text


@pytest.mark.parametrize("method", ASKED)
def test_the_spread_of_every_method_is_drawn_after_the_reveal(workshop: Workshop, method: str):
    opening(workshop, method)
    revealed(workshop, [ANSWERS[method]] * 2)
    page = screen(workshop)
    assert TH("page_room.results.answered", sent=2, present=2) in page.text
    assert ('class="fill"' in page.body or 'class="texts' in page.body, ' style="' in page.body) == (True, False)


def test_levels_have_their_mark_number_word_colour_and_median(workshop: Workshop):
    opening(workshop)
    revealed(workshop, [{"level": level, "reason": "เหตุผล"} for level in "22231"])
    page = screen(workshop)
    rows = re.findall(r"<tr>(.*?)</tr>", page.body, re.DOTALL)[1:]
    assert [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip() for row in rows] == ["○ 0 ไม่มี 0", "◔ 1 มีบางส่วน 1", f"◑ 2 มีเป็นส่วนใหญ่ ▲ {TH('page_room.results.median')} 3", "● 3 ครบถ้วนต่อเนื่อง 1"]
    assert [f"level-{number}" in row for number, row in enumerate(rows)] == [True] * 4


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (ROWS, ROWS), (7, 4), (9, 5)])
def test_no_more_rows_than_can_be_read_and_no_lonely_last_one(workshop: Workshop, count: int, shown: int):
    names = dict(list(MANY.items())[:count])
    workshop.ask(Asked("points", "ค่าถ่วงน้ำหนัก", tuple(names), {"names": names, "total": count}))
    workshop.move("open")
    revealed(workshop, [{f"on:{key}": "1" for key in names}])
    first, second = screen(workshop), screen(workshop, f"&from={shown}")
    assert [len(re.findall('<tr><th scope="row">', page.body)) for page in (first, second)] == [shown, count - shown or count]
    assert len(re.findall('<th scope="row">', first.body)) == min(count, MOST_ROWS)  # the others stand by, should the height hold them
    assert (f"from={shown}" in first.body) == (count > shown)


def test_gathered_texts_come_a_few_at_a_time(workshop: Workshop):
    opening(workshop, "phrases")
    revealed(workshop, [{"text": "\n".join(f"ข้อที่ {number}" for number in range(9))}])
    assert len(re.findall("<li>", screen(workshop).body)) <= FEW_ROWS


@pytest.mark.parametrize("few_shown", [True, False])
def test_a_decision_on_several_things_stands_line_by_line(house: tuple[Office, Clock], few_shown: bool):
    """In place of what the answers proposed, and also where those are not shown."""
    room = a_workshop(*house, few_shown=few_shown)
    opening(room, "points")
    revealed(room, [ANSWERS["points"]])
    decide(room.office, LEADER, room.id, "q1", Decided({"coverage": 20, "accuracy": 70, "speed": 10}, "ความครอบคลุม 20, ความถูกต้อง 70, ความรวดเร็ว 10"))
    rows = re.findall(r"<tr>(.*?)</tr>", screen(room).body, re.DOTALL)[1:]
    assert [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip() for row in rows] == ["ความถูกต้อง 70", "ความครอบคลุม 20", "ความรวดเร็ว 10"]


def test_raised_hands_are_told_beside_what_was_sent(workshop: Workshop):
    """Else the bars would show more people than are said to have answered."""
    opening(workshop, "stance")
    for _ in range(5):
        workshop.send(workshop.phone())
    without_phones(workshop.office, workshop.id, 3)
    count_hands(workshop.office, LEADER, workshop.id, "q1", {"for": 3})
    workshop.move("closed"), workshop.move("revealed")
    hands = TH("page_room.results.hands", hands=3)
    assert (hands in screen(workshop).text, hands in workshop.phone().get("/room/here").text) == (True, True)


def test_an_odd_place_to_begin_is_the_first(workshop: Workshop):
    opening(workshop)
    revealed(workshop, [ANSWERS["score"]])
    odd = ("-1", "999", "x", "9" * 40, "%00")
    assert {from_: len(re.findall('<th scope="row">', screen(workshop, f"&from={from_}").body)) for from_ in odd} == dict.fromkeys(odd, 4)


def test_another_view_begins_at_its_first_line(workshop: Workshop):
    """Paged at the reveal: neither the decision nor the next round begins in the middle."""
    workshop.ask(Asked("points", "ค่าถ่วงน้ำหนัก", tuple(MANY), {"names": MANY, "total": 9}))
    workshop.move("open")
    revealed(workshop, [{f"on:{key}": "1" for key in MANY}])
    page = screen(workshop)
    ahead = re.search(r'data-from="(\d+)" data-of="([^"]*)"', page.body)
    paged = f"&from={ahead[1]}&of={ahead[2]}"
    assert TH("page_room.screen.rows", first=6, last=9, all=9) in screen(workshop, paged).text
    decide(workshop.office, LEADER, workshop.id, "q1", Decided({key: 9 if key == "c1" else 0 for key in MANY}, "มติ"))
    assert "ข้อ 1–" in screen(workshop, paged).text
    workshop.move("open", because="อีกครั้ง")
    revealed(workshop, [{f"on:{key}": "1" for key in MANY}])
    assert "ข้อ 1–" in screen(workshop, paged).text


# Where phones find it


@pytest.mark.parametrize("host", ["nine.example", "nine.example:8443", "192.168.1.9:8501", "[fd00::9]:8501"])
def test_the_address_is_the_one_that_the_leader_uses(host: str):
    assert (way_in("https", host, None).address, way_in("https", host, None).trouble) == (f"https://{host}", "")


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST:8501", "[::1]:8501", ""])
def test_this_machines_name_for_itself_becomes_its_address_in_the_network(monkeypatch: pytest.MonkeyPatch, host: str):
    monkeypatch.setattr(ways, "own_address", lambda: "192.168.1.20")
    monkeypatch.setattr(ways, "_answers", lambda address, port: True)
    assert way_in("http", host, ("127.0.0.1", 8501)) == ways.Way("http://192.168.1.20:8501")


def test_a_server_that_answers_this_machine_only_says_how_to_start_it(workshop: Workshop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ways, "own_address", lambda: "192.168.1.20")
    monkeypatch.setattr(ways, "_answers", lambda address, port: False)
    page = screen(workshop, host="127.0.0.1:8501")
    assert (TH("page_room.screen.alone") in page.text, 'class="qr"' in page.body) == (True, False)


def test_a_machine_without_a_network_says_so(workshop: Workshop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ways, "own_address", lambda: None)
    assert TH("page_room.screen.no_network") in screen(workshop, host="localhost:8501").text


def test_asking_for_the_own_address_sends_nothing_and_never_names_loopback():
    assert (own_address() or "").startswith("127.") is False


def test_whether_the_server_answers_there_is_tried(house: tuple[Office, Clock]):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert ways._answers("127.0.0.1", port) is True
    ways._answers.cache_clear()
    assert ways._answers("127.0.0.1", port) is False


def test_an_ended_room_shows_no_way_in(house: tuple[Office, Clock]):
    room = a_workshop(*house)
    code = room.code
    end(room.office, LEADER, room.id)
    page = screen(room)
    assert (TH("page_room.screen.ended") in page.text, said(code) in page.text, 'class="qr"' in page.body) == (True, False, False)
