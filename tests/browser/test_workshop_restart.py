"""The server dies in the middle of a vote and is started again: nobody reloads anything, and what was sent and typed is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.houses import a_house
from tests.browser.looks import PHONE
from tests.browser.test_killed_server import comes_back
from tests.browser.test_workshop_session import ANSWERS, PROJECTOR, answer, begin, come_in, phase, press, say
from tests.servers import free_port, running

AGAIN = 60_000  # milliseconds in which every screen finds the server again by itself
HALF = "ยังพิมพ์ไม่จบตอนเครื่องดับ"


def test_a_vote_goes_on_after_the_server_was_killed(tmp_path: Path, visitor: Callable[..., Page]):
    with a_house(tmp_path, port=free_port()) as house:
        leader, screen = (house.let_in(visitor(complains=True, **size), "facilitator") for size in ({}, PROJECTOR))
        phones = {who: visitor(complains=True, **PHONE) for who in ANSWERS}
        code = begin(leader, house)
        screen.goto(urljoin(house.url, leader.get_by_role("link", name=say("page_workshop.screen")).get_attribute("href")))
        for who, phone in phones.items():
            come_in(phone, house, code, who)
        press(leader, say("page_workshop.to.open"))
        for phone in phones.values():
            expect(phase(phone, "open")).to_be_visible(timeout=AGAIN)
        answer(phones["member"], *ANSWERS["member"])
        phones["head"].get_by_label(say("page_room.reason")).press_sequentially(HALF)
        house.server.process.kill()
    with running(house.server.database, port=int(house.url.rpartition(":")[2])):
        comes_back(leader)
        expect(screen.locator(".large")).to_have_text(say("page_room.screen.sent", sent=1, present=3), timeout=AGAIN)
        expect(phones["head"].get_by_label(say("page_room.reason"))).to_have_value(HALF)
        answer(phones["head"], ANSWERS["head"][0], HALF)
        answer(phones["viewer"], *ANSWERS["viewer"])
        expect(screen.locator(".large")).to_have_text(say("page_room.screen.sent", sent=3, present=3), timeout=AGAIN)
        for to in ("closed", "revealed"):
            press(leader, say(f"page_workshop.to.{to}"))
        for page in (screen, *phones.values()):
            expect(page.get_by_text(say("page_room.results.answered", sent=3, present=3)).first).to_be_visible(timeout=AGAIN)
