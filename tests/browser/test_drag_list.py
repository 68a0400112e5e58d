"""Tasks put in order in a real browser: by taps, by the keyboard and by dragging, each saved and each with a finger's room."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from pso_core.text.phrases import phrases
from tests.browser.houses import House, a_house
from tests.browser.waiting import settle, visit

TH = phrases("th")
FIRST = ["1.1", "1.2", "1.3", "1.4", "1.5"]
FINGER = 44  # pixels


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("order")) as opened:
        yield opened


@pytest.fixture
def open_order(house: House, enter: Callable[..., Page]) -> Callable[..., Page]:
    """The main tasks in their order, ready to be moved."""

    def begin(**screen) -> Page:
        page = enter("member", **screen)
        visit(page, f"{house.url}/step_3_tasks")
        settle(page, lambda: page.get_by_text(TH("page_tasks.show_order"), exact=True).first.click())
        lines(page).first.wait_for()
        return page

    return begin


def in_the_order_of_their_codes(page: Page) -> None:
    """Another test may have moved one."""
    for code in reversed(FIRST) if [text.split()[0] for text in lines(page).locator(".text").all_inner_texts()] != FIRST else ():
        handle(page, code).press("Home")
    expect_order(page, FIRST)


def lines(page: Page) -> Locator:
    return page.locator(".st-key-tasks-main-drag li")


def button(page: Page, code: str, does: str) -> Locator:
    return lines(page).filter(has_text=f"{code} ").locator(f"[data-does={does}]")


def handle(page: Page, code: str) -> Locator:
    return button(page, code, "handle")


def expect_order(page: Page, codes: list[str]) -> None:
    expect(lines(page)).to_have_count(len(codes))
    for place, code in enumerate(codes):
        expect(lines(page).nth(place)).to_contain_text(f"{code} ")


def expect_saved(page: Page, codes: list[str]) -> None:
    """Answered with this order: the page draws its list from what is saved."""
    expect(page.locator(".st-key-tasks-main-drag ol")).to_have_attribute("aria-busy", "false")  # the last of several quick taps is sent when the first is answered
    expect_order(page, codes)


def test_taps_arrow_keys_and_dragging_move_a_task_and_each_order_is_saved(open_order):
    page = open_order()
    in_the_order_of_their_codes(page)
    ends_cannot_be_passed(page)
    for move, codes in (
        (quick_taps, ["1.2", "1.3", "1.4", "1.1", "1.5"]),
        (arrow_keys, ["1.4", "1.3", "1.1", "1.5", "1.2"]),
        (lambda page: drag(page, "1.2", "1.3"), ["1.4", "1.2", "1.3", "1.1", "1.5"]),
        (lambda page: drag(page, "1.5", "1.3", first=button(page, "1.4", "down")), ["1.2", "1.4", "1.5", "1.3", "1.1"]),
    ):
        move(page)
        expect_order(page, codes)
        expect_saved(page, codes)
    settle(page, page.reload)
    for place, code in enumerate(codes):
        expect(page.locator("[class*='st-key-line-task']").nth(place)).to_contain_text(f"{code} ")


def ends_cannot_be_passed(page: Page) -> None:
    assert (button(page, "1.1", "up").get_attribute("aria-disabled"), button(page, "1.5", "down").get_attribute("aria-disabled")) == ("true", "true")
    button(page, "1.1", "up").click(force=True)
    expect_order(page, FIRST)


def quick_taps(page: Page) -> None:
    """All are kept, and the button keeps the focus."""
    down = button(page, "1.1", "down")
    for _ in range(3):
        down.click()
    expect_order(page, ["1.2", "1.3", "1.4", "1.1", "1.5"])
    expect(down).to_be_focused()
    expect(page.locator(".st-key-tasks-main-drag [role=status]")).to_contain_text("อยู่ลำดับที่ 4 จาก 5")


def arrow_keys(page: Page) -> None:
    handle(page, "1.4").press("ArrowUp")
    handle(page, "1.4").press("ArrowUp")
    handle(page, "1.2").press("End")


def drag(page: Page, code: str, above: str, first: Locator | None = None) -> None:
    """`first` is tapped at the moment the task is taken, and the task held until that is answered."""
    start, end = handle(page, code).bounding_box(), lines(page).filter(has_text=f"{above} ").bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    if first:
        first.evaluate("button => button.click()")
    page.mouse.down()
    page.wait_for_timeout(2_000 if first else 0)
    page.mouse.move(start["x"] + 20, end["y"] + 30, steps=6)
    page.mouse.move(start["x"] + 20, end["y"] + 6, steps=3)
    page.wait_for_timeout(200)
    page.mouse.up()


def test_every_button_has_a_fingers_room_on_a_phone_and_nothing_scrolls_sideways(open_order):
    page = open_order(width=360, height=640)
    boxes = [one.bounding_box() for one in lines(page).locator("button").all()]
    assert [box for box in boxes if box["width"] < FINGER or box["height"] < FINGER] == []
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360
    second = lines(page).nth(1)
    name = second.locator(".text").inner_text()
    second.locator("[data-does=up]").click()
    expect(lines(page).first).to_contain_text(name)


def test_the_meters_stay_in_sight_while_the_points_at_the_end_are_typed(house: House, enter: Callable[..., Page]):
    page = enter("member")
    visit(page, f"{house.url}/step_3_tasks")
    last = page.locator("[class*='st-key-line-task'] input").last
    last.scroll_into_view_if_needed()
    last.fill("5")
    settle(page, lambda: last.press("Enter"))
    meters = page.locator(".meters")
    expect(meters).to_be_in_viewport()
    expect(meters).to_contain_text("ภารกิจสนับสนุน 13/10 เกิน 3")
    expect(page.get_by_role("button", name=TH("page_tasks.save"))).to_be_in_viewport()
