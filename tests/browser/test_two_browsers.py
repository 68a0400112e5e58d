"""Two people, or one person in two places, at the same work at once: everything typed gets in or stays on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psutil
import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser.filling import field, pick, press, write
from tests.browser.houses import House, a_house
from tests.browser.new_office import go_to
from tests.browser.waiting import ready, settle, visit

say = phrases("th")
TEXT, ADOPTED = say("fields.vision.text.label"), say("fields.vision.adopted_on.label")
SAVE = say("app.save_one", kind=say("fields.vision.one"))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("workshop")) as opened:
        yield opened


@pytest.fixture
def sit_down(workshop: House, visitor: Callable[..., Page]) -> Callable[..., Page]:
    """`sit_down("member")`: one more browser, at the page of the vision."""

    def seated(who: str, **options) -> Page:
        page = workshop.let_in(visitor(**options), who)
        visit(page, f"{workshop.url}/step_1_vision")
        return page

    return seated


def test_what_two_people_change_is_merged_in_different_fields_and_decided_in_the_same_one(sit_down):
    one, other = sit_down("facilitator"), sit_down("administrator")
    write(one, TEXT, "ข้อมูลดี งานไว ประชาชนเชื่อถือ")
    write(other, ADOPTED, "9 ต.ค. 2544")
    press(one, SAVE)
    press(other, SAVE)
    expect(other.get_by_test_id("stToast")).to_contain_text(say("app.merged", fields=TEXT).partition(":")[0])
    one.reload()
    ready(one)
    for page in (one, other):
        expect(field(page, TEXT)).to_have_value("ข้อมูลดี งานไว ประชาชนเชื่อถือ")
        expect(field(page, ADOPTED)).to_have_value("9 ต.ค. 2544")
    write(one, TEXT, "ข้อความของคนแรก")
    write(other, TEXT, "ข้อความของคนที่สอง")
    press(one, SAVE)
    press(other, SAVE)
    assert shown_side_by_side(other) == ["ข้อความของคนที่สอง", "ข้อความของคนแรก"]
    pick(other, say("app.clash_which"), say("app.clash_edit_button"))
    write(other, TEXT, "ข้อความที่ตกลงกัน")
    press(other, say("app.clash_save"))
    expect(field(other, TEXT)).to_have_value("ข้อความที่ตกลงกัน")
    expect(field(one, TEXT)).to_have_value("ข้อความที่ตกลงกัน")  # by itself, as nothing is typed there


def test_what_was_typed_is_there_after_a_reload_and_after_going_away_whether_its_field_was_left_or_not(sit_down):
    page = sit_down("facilitator", has_touch=True)
    write(page, TEXT, "พิมพ์ค้างไว้")
    page.reload()
    ready(page)
    expect(field(page, TEXT)).to_have_value("พิมพ์ค้างไว้")
    expect(page.get_by_text(say("app.draft_restored"))).to_be_visible()
    press(page, say("app.drop_draft"))
    expect(field(page, TEXT)).not_to_have_value("พิมพ์ค้างไว้")
    for way in (reloaded, cut_off_and_reloaded, left_by_the_menu, left_by_the_menu_after_its_field, left_by_a_finger):
        typed = f"ยังพิมพ์ไม่เสร็จ {way.__name__}"
        field(page, TEXT).fill(typed)
        way(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(say("steps.vision.name"))
        expect(field(page, TEXT)).to_have_value(typed)
        press(page, SAVE)
        it_says_saved_once_more(page)
    visit(page, page.url)
    expect(field(page, TEXT)).to_have_value(typed)


def reloaded(page: Page) -> None:
    page.reload()
    ready(page)


def cut_off_and_reloaded(page: Page) -> None:
    """The server heard nothing of what was typed."""
    page.evaluate("WebSocket.prototype.send = () => {}")
    reloaded(page)


def left_by_the_menu(page: Page) -> None:
    go_to(page, "profile")
    settle(page, page.go_back)


def left_by_the_menu_after_its_field(page: Page) -> None:
    settle(page, lambda: field(page, TEXT).press("Tab"))
    left_by_the_menu(page)


def left_by_a_finger(page: Page) -> None:
    """It taps the menu straight from the field."""
    for step in ("profile", "vision"):
        settle(page, page.get_by_test_id("stSidebarNav").get_by_role("link", name=say(f"steps.{step}.short")).tap)
        expect(page.get_by_role("heading", level=1)).to_have_text(say(f"steps.{step}.name"))


def test_what_is_typed_while_a_save_is_under_way_stays_and_each_save_says_that_it_was_done(workshop: House, sit_down):
    page, server = sit_down("facilitator"), psutil.Process(workshop.server.pid)
    adopted = page.get_by_label(ADOPTED, exact=True).and_(page.locator("input"))
    for drawn, day in ((True, "10 ต.ค. 2544"), (False, "11 ต.ค. 2544")):
        field(page, TEXT).fill(f"บันทึกที่ยังไม่ได้คำตอบ หน้าจอวาดเสร็จแล้ว: {drawn}")
        field(page, TEXT).press("Tab")
        if drawn:
            ready(page)
        server.suspend()
        try:
            page.get_by_role("button", name=SAVE).click()
            adopted.fill(day)
        finally:
            server.resume()
        it_says_saved_once_more(page)
        ready(page)
        expect(adopted).to_have_value(day)
        press(page, SAVE)
        it_says_saved_once_more(page)
    visit(page, page.url)
    expect(adopted).to_have_value(day)


def it_says_saved_once_more(page: Page) -> None:
    said = page.locator("[data-testid=stToast]:not([data-seen])")
    expect(said).to_contain_text(say("app.saved"))
    said.evaluate("(toast) => { toast.dataset.seen = true }")


def test_what_was_typed_in_one_tab_is_offered_in_the_next_and_saved_once(sit_down):
    page = sit_down("facilitator")
    write(page, TEXT, "พิมพ์ในแถบแรก")
    second = page.context.new_page()
    visit(second, page.url)
    expect(second.get_by_text(say("app.draft_restored"))).to_be_visible()
    expect(field(second, TEXT)).to_have_value("พิมพ์ในแถบแรก")
    write(second, TEXT, "พิมพ์ต่อในแถบที่สอง")
    press(second, SAVE)
    expect(second.get_by_text(say("app.saved"), exact=True)).to_be_visible()
    expect(field(page, TEXT)).to_have_value("พิมพ์ในแถบแรก")
    press(page, SAVE)
    assert shown_side_by_side(page) == ["พิมพ์ในแถบแรก", "พิมพ์ต่อในแถบที่สอง"]


def shown_side_by_side(page: Page) -> list[str]:
    """The two texts of a clash, one's own first."""
    texts = page.get_by_test_id("stColumn").locator("p.quiet:not(.row) + p.typed")
    expect(texts).to_have_count(2)
    return texts.all_text_contents()


def test_signing_out_everywhere_closes_the_other_browser_too(workshop: House, visitor):
    here, there = (workshop.let_in(visitor(), "member") for _ in range(2))
    visit(there, f"{workshop.url}/step_2_mission")
    visit(here, f"{workshop.url}/people")
    here.get_by_role("button", name=say("page_people.everywhere")).click()
    here.wait_for_url("**/sign-in?**")
    there.get_by_test_id("stSidebarNav").get_by_role("link", name="3 ภารกิจ").click()
    there.wait_for_url("**/sign-in?**")
    there.goto(f"{workshop.url}/step_2_mission")
    assert there.url == f"{workshop.url}/sign-in?next=%2Fstep_2_mission"
