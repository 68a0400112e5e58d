"""At 360 pixels: the answer to a save, the menu; the door: test_accessibility.py; every page and drawer: test_whole_pages.py."""

from __future__ import annotations

from playwright.sync_api import expect

from pso_core.text.phrases import phrases
from tests.browser.filling import press
from tests.browser.houses import House
from tests.browser.looks import PHONE
from tests.browser.waiting import ready, turn_to, visit

say = phrases("th")
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


def test_the_menu_opens_over_the_page_and_goes_when_a_page_is_chosen_and_the_answer_to_a_save_is_whole(house: House, enter):
    page = enter(**PHONE, user_agent=ANDROID)
    visit(page, house.url)
    menu = page.get_by_test_id("stSidebarNav")
    expect(menu).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    menu.get_by_role("link", name="2 พันธกิจ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("พันธกิจ")
    expect(menu).not_to_be_in_viewport()
    ready(page)
    turn_to(page, house.drawer_of("activity"))
    press(page.get_by_role("dialog"), say("app.save_one", kind=say("fields.activity.one")))
    answer = page.get_by_test_id("stToast")
    expect(answer).to_contain_text(say("app.nothing_changed"))
    box = answer.bounding_box()
    assert (box["x"] >= 0, box["x"] + box["width"] <= PHONE["width"]) == (True, True)
