"""A whole session of step 6: a facilitator, the projector and three phones score, look, decide; the decision stands in the assessment."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urljoin

import docx
import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser import filling
from tests.browser.houses import House, a_house
from tests.browser.looks import PHONE
from tests.browser.waiting import settle, unfold, visit
from tests.building import PEOPLE

say = phrases("th")
press = partial(filling.press, exact=False)  # a key stands beside some
PROJECTOR = {"width": 1024, "height": 768}
SOON = 20_000  # milliseconds; every screen follows by itself
ANSWERS = {"member": (2, "มีบัญชีแล้ว"), "head": (2, "ตรวจแล้วครบเกือบทุกฐาน"), "viewer": (3, "ครบทุกฐาน")}
WHY = "มีบัญชีฐานข้อมูลแล้ว แต่ยังขาดของอำเภอ"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("session")) as opened:
        yield opened


def phase(page: Page, key: str):
    return page.locator("[data-phase]", has_text=say(f"page_room.phase.{key}"))


def begin(leader: Page, house: House) -> str:
    """The facilitator opens a room, asks all indicators of the first criterion, and goes to lead it; the room's six digits."""
    visit(leader, f"{house.url}/meetings")
    settle(leader, lambda: leader.get_by_text(say("page_workshop.few_shown"), exact=True).click())
    press(leader, say("page_workshop.open_yes"))
    press(leader, say("page_workshop.add_scores", count=1))
    settle(leader, lambda: leader.get_by_role("radio", name=say("page_workshop.section.lead"), exact=True).click())
    return re.search(r"(\d{3}) (\d{3})", leader.locator(".join-code").inner_text()).expand(r"\1\2")


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


def test_a_room_scores_looks_and_decides(house: House, visitor: Callable[..., Page]):
    leader = house.let_in(visitor(), "facilitator")
    code = begin(leader, house)
    screen = house.let_in(visitor(**PROJECTOR), "facilitator")
    screen.goto(urljoin(house.url, leader.get_by_role("link", name=say("page_workshop.screen")).get_attribute("href")))
    expect(screen.locator(".digits")).to_contain_text(f"{code[:3]} {code[3:]}")
    phones = {who: visitor(**PHONE) for who in ANSWERS}
    for who, phone in phones.items():
        come_in(phone, house, code, who)
    press(leader, say("page_workshop.to.open"))
    for page in (screen, *phones.values()):
        expect(phase(page, "open")).to_be_visible(timeout=SOON)
    for who, phone in phones.items():
        answer(phone, *ANSWERS[who])
    expect(screen.locator(".large")).to_have_text(say("page_room.screen.sent", sent=3, present=3))
    press(leader, say("page_workshop.to.closed"))
    for page in (leader, screen, *phones.values()):
        assert not [why for who, (_, why) in ANSWERS.items() if why in page.content() and phones.get(who) is not page], "an answer is read before it is revealed"
    press(leader, say("page_workshop.to.revealed"))
    for page in (screen, *phones.values()):
        expect(phase(page, "revealed")).to_be_visible(timeout=SOON)
        expect(page.get_by_text(say("page_room.results.answered", sent=3, present=3)).first).to_be_visible()
    assert not [one.name for one in PEOPLE.values() if one.name in screen.content()], "the projector names somebody"
    rationale = leader.get_by_label(say("fields.score.rationale.label"))
    rationale.fill(WHY)
    settle(leader, lambda: rationale.press("Tab"))
    press(leader, say("page_workshop.decide"))
    for phone in phones.values():
        expect(phone.get_by_text(say("page_room.decision"), exact=False).first).to_be_visible(timeout=SOON * 3)
    it_is_not_taken_up_again_without_a_reason(leader)
    the_decision_stands(leader, house)


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
    settle(leader, lambda: leader.get_by_role("radio", name=say("page_workshop.section.people"), exact=True).click())
    press(leader, say("page_workshop.end"))
    press(leader, say("page_workshop.end_yes"))
    with leader.expect_download() as download:
        leader.get_by_role("button", name=say("page_workshop.minutes_as.docx")).first.click()
    told = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(download.value.path().read_bytes())).paragraphs)
    assert (say("documents.minutes.resolution", number=1, title="").strip() in told, all(PEOPLE[who].name in told for who in ANSWERS)) == (True, True)
    visit(leader, f"{house.url}/step_6_assessment")
    expect(leader.get_by_text(say("page_workshop.by_resolution", date="").strip()).first).to_be_visible()
    expect(leader.get_by_label(say("fields.score.rationale.label")).first).to_have_value(WHY)
