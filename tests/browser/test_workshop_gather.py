"""Three phones write missions, the leader puts two together, the room gives dots, and what is decided stands in step 2 and in the minutes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urljoin

import docx
import pytest
from playwright.sync_api import Page, expect

from pso_core.actions.workshop_gathering import group
from pso_core.domain.workshop.gathering import phrase_id
from pso_core.text.phrases import phrases
from pso_core.web.room_screen import GROUPS, LONG_GROUPS
from tests.browser import filling
from tests.browser.houses import House, a_house
from tests.browser.looks import PHONE
from tests.browser.test_accessibility import violations
from tests.browser.test_room_phones import _LOWEST, _SMALL, Served, served
from tests.browser.test_workshop_session import PROJECTOR, SOON, come_in, phase
from tests.browser.waiting import ready, settle, visit
from tests.web.rooms import LEADER, Asked, Phone

say = phrases("th")
press = partial(filling.press, exact=False)  # a key stands beside some
WRITTEN = {"member": "ให้ข้อมูลที่ถูกต้อง", "head": "ให้ข้อมูลที่แม่นยำ", "viewer": "บริการที่รวดเร็ว"}
WORDING = "ให้ข้อมูลที่ถูกต้องแม่นยำ"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("gathering")) as opened:
        yield opened


def begin(leader: Page, house: House) -> str:
    """The facilitator opens a room on step 2 that gathers missions; its six digits."""
    visit(leader, f"{house.url}/meetings")
    filling.choose(leader, say("fields.meeting.step.label"), say("steps.mission.short"))
    settle(leader, lambda: leader.get_by_text(say("page_workshop.few_shown"), exact=True).click())
    press(leader, say("page_workshop.open_yes"))
    press(leader, say("page_workshop.add_phrases"))
    settle(leader, lambda: leader.get_by_role("radio", name=say("page_workshop.section.lead"), exact=True).click())
    return leader.locator(".join-code").inner_text().replace(" ", "")


def go_on(leader: Page, *phases: str) -> None:
    for one in phases:
        press(leader, say(f"page_workshop.to.{one}"))


def send(phone: Page) -> None:
    phone.get_by_role("button", name=say("page_room.send")).click()
    expect(phone.get_by_text(say("page_room.sent"))).to_be_visible()


def give(phone: Page, text: str, dots: int) -> None:
    phone.get_by_role("group", name=text).locator(f"label.segment:has(input[value='{dots}'])").click()


def test_phones_write_the_leader_groups_the_room_gives_dots_and_rows_stand(house: House, visitor: Callable[..., Page]):
    leader = house.let_in(visitor(), "facilitator")
    code = begin(leader, house)
    screen = house.let_in(visitor(**PROJECTOR), "facilitator")
    screen.goto(urljoin(house.url, leader.get_by_role("link", name=say("page_workshop.screen")).get_attribute("href")))
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


LONG = "พัฒนาระบบฐานข้อมูลกลางของจังหวัดให้ถูกต้อง ครบถ้วน เป็นปัจจุบัน และให้ทุกหน่วยงานใช้ร่วมกันได้โดยไม่ต้องขอซ้ำ"


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720)], ids=str)
@pytest.mark.parametrize("long", [False, True])
def test_groups_are_read_from_the_back_row(served: Served, visitor: Callable[..., Page], size: tuple[int, int], long: bool):
    workshop = served.workshop()
    workshop.ask(Asked("phrases", "พันธกิจและเป้าประสงค์ของเราควรมีอะไรบ้าง", (), {"names": {}}))
    workshop.move("open")
    heads, others = [f"{LONG if long else 'ข้อมูลถูกต้อง'} {number}" for number in range(6)], [f"{LONG} อื่น {number}" for number in range(6)]
    for texts in zip(heads, others, strict=True):
        workshop.send(workshop.phone(), {"text": "\n".join(texts)})
    workshop.move("closed")
    workshop.move("revealed")
    for head, other in zip(heads, others, strict=True):
        group(served.office, LEADER, workshop.id, "q1", [phrase_id(other)], phrase_id(head))
    page = served.hold(visitor(width=size[0], height=size[1]), Phone().sign_in(served.office, "facilitator"))
    page.goto(f"{served.url}/room/screen/{workshop.id}?view=screen")
    assert (page.locator(".texts .group:visible").count(), page.evaluate(_SMALL), violations(page)) == (LONG_GROUPS if long else GROUPS, [], [])
    assert page.evaluate(_LOWEST) < 0.905


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
    settle(leader, lambda: leader.get_by_role("radio", name=say("page_workshop.section.people"), exact=True).click())
    press(leader, say("page_workshop.end"))
    expect(leader.get_by_text(say("page_workshop.undecided", count=1))).to_have_count(0)
    press(leader, say("page_workshop.end_yes"))
    with leader.expect_download() as download:
        leader.get_by_role("button", name=say("page_workshop.minutes_as.docx")).first.click()
    minutes = docx.Document(io.BytesIO(download.value.path().read_bytes()))
    told = "\n".join([*(one.text for one in minutes.paragraphs), *(cell.text for table in minutes.tables for row in table.rows for cell in row.cells)])
    assert [text in told for text in (WORDING, *WRITTEN.values())] == [True] * 4
    visit(leader, f"{house.url}/step_2_mission")
    expect(leader.get_by_text(WORDING).first).to_be_visible()
    assert WRITTEN["viewer"] not in leader.locator(".stMain").inner_text()
