"""The server's process is killed while people type and a room votes, and is started again: what was saved, typed or sent is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser import filling
from tests.browser.filling import field, write
from tests.browser.houses import House, a_house
from tests.browser.looks import PHONE
from tests.browser.reading import english_on
from tests.browser.test_workshop_session import ANSWERS, PROJECTOR, answer, begin, come_in, go_on, open_screen, phase
from tests.browser.waiting import ready, visit
from tests.servers import free_port, running

say = phrases("th")
TEXT, ADOPTED = say("fields.vision.text.label"), say("fields.vision.adopted_on.label")
SAVE = say("app.save_one", kind=say("fields.vision.one"))
AGAIN = 60_000  # milliseconds in which every screen finds the server again by itself
HALF = "ยังพิมพ์ไม่จบตอนเครื่องดับ"


def test_nothing_saved_typed_or_sent_is_lost_whether_a_page_stays_open_or_is_loaded_anew(tmp_path: Path, visitor: Callable[..., Page]):
    with a_house(tmp_path, port=free_port()) as house:
        stays, anew = (half_typed(house.let_in(visitor(complains=True), who), house) for who in ("facilitator", "beginner"))
        leader, screen = (house.let_in(visitor(complains=True, **size), "facilitator") for size in ({}, PROJECTOR))
        phones = {who: visitor(complains=True, **PHONE) for who in ANSWERS}
        half_of_a_vote(house, leader, screen, phones)
        house.server.process.kill()
        for page in (stays, anew):
            expect(page.get_by_test_id("stDialog")).to_be_visible()
            assert english_on(page) == {}
    with running(house.server.database, port=int(house.url.rpartition(":")[2])):
        anew.reload()
        for page in (stays, anew):
            what_was_typed_is_saved(page)
        the_vote_goes_on(leader, screen, phones)


def half_typed(page: Page, house: House) -> Page:
    """Each in a project of their own."""
    visit(page, f"{house.url}/step_1_vision")
    write(page, TEXT, "บันทึกก่อนเครื่องดับ")
    filling.press(page, SAVE)
    write(page, ADOPTED, "๙ ต.ค. ๒๕๔๔")
    return page


def half_of_a_vote(house: House, leader: Page, screen: Page, phones: dict[str, Page]) -> None:
    code = begin(leader, house)
    open_screen(leader, house, screen)
    for who, phone in phones.items():
        come_in(phone, house, code, who)
    go_on(leader, "open")
    for phone in phones.values():
        expect(phase(phone, "open")).to_be_visible(timeout=AGAIN)
    answer(phones["member"], *ANSWERS["member"])
    phones["head"].get_by_label(say("page_room.reason")).press_sequentially(HALF)


def comes_back(page: Page) -> None:
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=AGAIN)
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    ready(page)


def what_was_typed_is_saved(page: Page) -> None:
    comes_back(page)
    expect(field(page, TEXT)).to_have_value("บันทึกก่อนเครื่องดับ")
    expect(field(page, ADOPTED)).to_have_value("๙ ต.ค. ๒๕๔๔")
    expect(page.get_by_text(say("app.draft_restored"))).to_be_visible()
    filling.press(page, SAVE)
    expect(page.get_by_test_id("stToast")).to_contain_text(say("app.saved"))
    visit(page, page.url)
    expect(field(page, ADOPTED)).to_have_value("9 ต.ค. 2544")


def the_vote_goes_on(leader: Page, screen: Page, phones: dict[str, Page]) -> None:
    """Nobody reloads anything."""
    comes_back(leader)
    expect(screen.locator(".large")).to_have_text(say("page_room.screen.sent", sent=1, present=3), timeout=AGAIN)
    expect(phones["head"].get_by_label(say("page_room.reason"))).to_have_value(HALF)
    answer(phones["head"], ANSWERS["head"][0], HALF)
    answer(phones["viewer"], *ANSWERS["viewer"])
    expect(screen.locator(".large")).to_have_text(say("page_room.screen.sent", sent=3, present=3), timeout=AGAIN)
    go_on(leader, "closed", "revealed")
    for page in (screen, *phones.values()):
        expect(page.get_by_text(say("page_room.results.answered", sent=3, present=3)).first).to_be_visible(timeout=AGAIN)
