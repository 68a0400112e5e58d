"""Whole sessions: a leader, the projector and three phones score or write and decide, and what is decided stands; two screens of the office follow one room."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urljoin

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from pso_core.text.phrases import phrases
from pso_core.ui.workshop_live import SLOWLY
from tests.browser import filling
from tests.browser.houses import House, a_house
from tests.browser.looks import PHONE
from tests.browser.waiting import ready, settle, unfold, visit
from tests.building import PEOPLE

say = phrases("th")
press = partial(filling.press, exact=False)  # a key stands beside some
PROJECTOR = {"width": 1024, "height": 768}
SOON = 20_000  # milliseconds; every screen follows by itself
PUSHED = 3_000  # milliseconds; less than the slow look, so that only what is pushed can be that quick
STEP = say("fields.meeting.step.label")
ADDS = {"assessment": "page_workshop.add_scores", "mission": "page_workshop.add_phrases"}
ANSWERS = {"member": (2, "มีบัญชีแล้ว"), "head": (2, "ตรวจแล้วครบเกือบทุกฐาน"), "viewer": (3, "ครบทุกฐาน")}
WHY = "มีบัญชีฐานข้อมูลแล้ว แต่ยังขาดของอำเภอ"
WRITTEN = {"member": "ให้ข้อมูลที่ถูกต้อง", "head": "ให้ข้อมูลที่แม่นยำ", "viewer": "บริการที่รวดเร็ว"}
WORDING = "ให้ข้อมูลที่ถูกต้องแม่นยำ"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("session")) as opened:
        yield opened


def phase(page: Page, key: str):
    return page.locator("[data-phase]", has_text=say(f"page_room.phase.{key}"))


def begin(leader: Page, house: House, step: str = "assessment") -> str:
    """The facilitator opens a room on this step, asks its questions, and goes to lead it; the room's six digits."""
    visit(leader, f"{house.url}/meetings")
    if leader.get_by_role("button", name=say("page_workshop.back")).count():  # to the room led before
        press(leader, say("page_workshop.back"))
    folded = leader.locator("details:not([open]) > summary", has_text=say("page_workshop.open"))
    if folded.count():  # where there was one
        settle(leader, folded.click)
    if filling.field(leader, STEP).input_value() != say(f"steps.{step}.short"):
        filling.choose(leader, STEP, say(f"steps.{step}.short"))
    settle(leader, lambda: leader.get_by_text(say("page_workshop.few_shown"), exact=True).click())
    press(leader, say("page_workshop.open_yes"))
    press(leader, say(ADDS[step], count=1))
    settle(leader, lambda: leader.get_by_role("radio", name=say("page_workshop.section.lead"), exact=True).click())
    return re.search(r"(\d{3}) (\d{3})", leader.locator(".join-code").inner_text()).expand(r"\1\2")


def open_screen(leader: Page, house: House, screen: Page) -> None:
    screen.goto(urljoin(house.url, leader.get_by_role("link", name=say("page_workshop.screen")).get_attribute("href")))


def go_on(leader: Page, *phases: str) -> None:
    for one in phases:
        press(leader, say(f"page_workshop.to.{one}"))


def come_in(phone: Page, house: House, code: str, who: str) -> None:
    phone.goto(f"{house.url}/room")
    phone.get_by_label(say("page_room.code")).fill(code)
    phone.get_by_role("button", name=say("page_room.go_in")).click()
    phone.get_by_text(PEOPLE[who].name).first.click()
    phone.get_by_role("button", name=say("page_room.go_in")).click()
    expect(phone).to_have_url(f"{house.url}/room/here")


def answer(phone: Page, level: int, why: str) -> None:
    phone.locator(f"label.choice:has(input[value='{level}'])").click()
    phone.get_by_label(say("page_room.reason")).fill(why)
    phone.get_by_role("button", name=say("page_room.send")).click()
    expect(phone.get_by_text(say("page_room.sent"))).to_be_visible()


def test_a_room_scores_looks_and_decides_while_another_screen_of_the_office_follows_at_once(house: House, visitor: Callable[..., Page]):
    leader = house.let_in(visitor(alone=True), "facilitator")
    leader.clock.install()  # so that its slow looks are due when we say
    code = begin(leader, house)
    other = at_the_room(house.let_in(visitor(), "viewer"), house)
    screen = house.let_in(visitor(**PROJECTOR), "facilitator")
    open_screen(leader, house, screen)
    expect(screen.locator(".digits")).to_contain_text(f"{code[:3]} {code[3:]}")
    phones = {who: visitor(**PHONE) for who in ANSWERS}
    for who, phone in phones.items():
        come_in(phone, house, code, who)
    lead_on(leader, other, "open")
    a_double_click_takes_the_room_one_phase_further_and_not_two(leader)
    for page in (screen, *phones.values()):
        expect(phase(page, "open")).to_be_visible(timeout=SOON)
    for who, phone in phones.items():
        answer(phone, *ANSWERS[who])
    expect(screen.locator(".large")).to_have_text(say("page_room.screen.sent", sent=3, present=3))
    lead_on(leader, other, "closed")
    for page in (leader, other, screen, *phones.values()):
        assert not [why for who, (_, why) in ANSWERS.items() if why in page.content() and phones.get(who) is not page], "an answer is read before it is revealed"
    lead_on(leader, other, "revealed")
    for page in (screen, *phones.values()):
        expect(phase(page, "revealed")).to_be_visible(timeout=SOON)
        expect(page.get_by_text(say("page_room.results.answered", sent=3, present=3)).first).to_be_visible()
    assert not [one.name for one in PEOPLE.values() if one.name in screen.content()], "the projector names somebody"
    half_a_text_stays(leader)
    rationale = leader.get_by_label(say("fields.score.rationale.label"))
    rationale.fill(WHY)
    settle(leader, lambda: rationale.press("Tab"))
    press(leader, say("page_workshop.decide"))
    for phone in phones.values():
        expect(phone.get_by_text(say("page_room.decision"), exact=False).first).to_be_visible(timeout=SOON * 3)
    it_is_not_taken_up_again_without_a_reason(leader)
    the_decision_stands(leader, house)


def led(page: Page, key: str) -> Locator:
    """The phase that the leader's page shows."""
    return page.locator("ol.phases [aria-current]", has_text=say(f"page_workshop.phase.{key}"))


def at_the_room(other: Page, house: House) -> Page:
    visit(other, f"{house.url}/meetings")
    press(other, say("page_workshop.enter"))
    expect(led(other, "draft")).to_be_visible()
    return other


def lead_on(leader: Page, other: Page, to: str) -> None:
    go_on(leader, to)
    expect(led(leader, to)).to_be_visible()
    expect(led(other, to)).to_be_visible(timeout=PUSHED)


def a_double_click_takes_the_room_one_phase_further_and_not_two(leader: Page) -> None:
    for pause in (60, 450):
        double_click(leader, say("page_workshop.to.closed"), pause)
        expect(led(leader, "closed")).to_be_visible()
        settle(leader, lambda: leader.wait_for_timeout(500))
        expect(led(leader, "closed")).to_be_visible()
        press(leader, say("page_workshop.undo_close"))
        expect(led(leader, "open")).to_be_visible()


def double_click(page: Page, name: str, pause: int) -> None:
    """At one spot, as a mouse tells it: the second one is counted as such."""
    box = page.get_by_role("button", name=name).first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(pause)


def half_a_text_stays(leader: Page) -> None:
    """While the page looks slowly, and after a reload."""
    dissent = leader.get_by_label(say("fields.resolution.dissent.label"))
    dissent.press_sequentially("ยังพิมพ์ไม่จบ", delay=20)
    drawn = leader.evaluate("window.begun")
    for _ in range(2):
        settle(leader, lambda: leader.clock.fast_forward(int(SLOWLY * 1000)))
    assert leader.evaluate("window.begun") >= drawn + 2
    expect(dissent).to_have_value("ยังพิมพ์ไม่จบ")
    expect(dissent).to_be_focused()
    leader.reload()
    ready(leader)
    expect(dissent).to_have_value("ยังพิมพ์ไม่จบ")
    assert re.search(r"\d{3} \d{3}", leader.locator(".join-code").inner_text())


def it_is_not_taken_up_again_without_a_reason(leader: Page) -> None:
    """And the refusal is brought into view, though its button is far below it."""
    unfold(leader)
    leader.set_viewport_size({"width": 1280, "height": 360})
    press(leader, say("page_workshop.reopen_yes"))
    expect(leader.get_by_role("alert").first).to_be_in_viewport()
    expect(leader.get_by_role("button", name=say("page_workshop.reopen_yes"))).not_to_be_in_viewport()
    leader.set_viewport_size({"width": 1280, "height": 900})


def the_decision_stands(leader: Page, house: House) -> None:
    """In the minutes once the room is closed, and in the assessment with its session."""
    told = minutes_of_the_ended_room(leader)
    assert (say("documents.minutes.resolution", number=1, title="").strip() in told, all(PEOPLE[who].name in told for who in ANSWERS)) == (True, True)
    visit(leader, f"{house.url}/step_6_assessment")
    expect(leader.get_by_text(say("page_workshop.by_resolution", date="").strip()).first).to_be_visible()
    expect(leader.get_by_label(say("fields.score.rationale.label")).first).to_have_value(WHY)


def minutes_of_the_ended_room(leader: Page) -> str:
    settle(leader, lambda: leader.get_by_role("radio", name=say("page_workshop.section.people"), exact=True).click())
    press(leader, say("page_workshop.end"))
    expect(leader.get_by_text(say("page_workshop.undecided", count=1))).to_have_count(0)
    press(leader, say("page_workshop.end_yes"))
    with leader.expect_download() as download:
        leader.get_by_role("button", name=say("page_workshop.minutes_as.docx")).first.click()
    minutes = docx.Document(io.BytesIO(download.value.path().read_bytes()))
    return "\n".join([*(one.text for one in minutes.paragraphs), *(cell.text for table in minutes.tables for row in table.rows for cell in row.cells)])


def send(phone: Page) -> None:
    phone.get_by_role("button", name=say("page_room.send")).click()
    expect(phone.get_by_text(say("page_room.sent"))).to_be_visible()


def give(phone: Page, text: str, dots: int) -> None:
    phone.get_by_role("group", name=text).locator(f"label.segment:has(input[value='{dots}'])").click()


def test_phones_write_the_leader_groups_the_room_gives_dots_and_rows_stand(house: House, visitor: Callable[..., Page]):
    leader = house.let_in(visitor(), "facilitator")
    code = begin(leader, house, "mission")
    screen = house.let_in(visitor(**PROJECTOR), "facilitator")
    open_screen(leader, house, screen)
    phones = {who: visitor(**PHONE) for who in WRITTEN}
    for who, phone in phones.items():
        come_in(phone, house, code, who)
    go_on(leader, "open")
    for who, phone in phones.items():
        phone.get_by_label(say("page_room.phrases")).fill(WRITTEN[who])
        send(phone)
    go_on(leader, "closed", "revealed")
    put_together(leader, screen, list(phones.values()))
    press(leader, say("page_workshop.follow_by.dots"))
    expect(phase(screen, "draft")).to_be_visible(timeout=SOON)
    go_on(leader, "open")
    for phone in phones.values():
        expect(phone.get_by_text(say("page_room.remainder.dots.left", number=5))).to_be_visible(timeout=SOON)
        give(phone, WORDING, 3)
        expect(phone.get_by_text(say("page_room.remainder.dots.left", number=2))).to_be_visible()
        give(phone, WRITTEN["viewer"], 3)
        expect(phone.get_by_text(say("page_room.remainder.dots.over", number=1))).to_be_visible()
        give(phone, WRITTEN["viewer"], 1)
        send(phone)
    go_on(leader, "closed", "revealed")
    expect(screen.locator(".figure")).to_have_text(["9", "3"], timeout=SOON)
    decided = leader.get_by_label(say("fields.resolution.decided.label"))
    expect(decided).to_have_value(f"{WORDING}\n{WRITTEN['viewer']}")
    decided.fill(WORDING)
    settle(leader, lambda: decided.press("Tab"))
    press(leader, say("page_workshop.decide"))
    for page in (screen, *phones.values()):
        expect(phase(page, "decided")).to_be_visible(timeout=SOON)
    the_rows_stand_with_their_originals(leader, house)


def put_together(leader: Page, screen: Page, phones: list[Page]) -> None:
    """Two texts become one in other words, on every screen at once; what was written stays to be read, and after a reload."""
    for text in (WRITTEN["member"], WRITTEN["head"]):
        settle(leader, lambda text=text: leader.get_by_text(text, exact=True).first.click())
    press(leader, say("page_workshop.put_together", count=2))
    settle(leader, lambda: leader.get_by_test_id("stCheckbox").locator("label").first.click())
    filling.write(leader, say("page_workshop.wording"), WORDING)
    press(leader, say("page_workshop.use_wording"))
    for page in (screen, *phones):
        for text in (WORDING, WRITTEN["member"], WRITTEN["head"]):
            expect(page.locator(".texts").get_by_text(text).first).to_be_visible(timeout=SOON)
    leader.reload()
    ready(leader)
    expect(leader.get_by_label(say("fields.resolution.decided.label"))).to_have_value(f"{WORDING}\n{WRITTEN['viewer']}")


def the_rows_stand_with_their_originals(leader: Page, house: House) -> None:
    told = minutes_of_the_ended_room(leader)
    assert [text in told for text in (WORDING, *WRITTEN.values())] == [True] * 4
    visit(leader, f"{house.url}/step_2_mission")
    expect(leader.get_by_text(WORDING).first).to_be_visible()
    assert WRITTEN["viewer"] not in leader.locator(".stMain").inner_text()
