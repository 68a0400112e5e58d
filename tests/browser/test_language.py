"""Each visitor reads one language, also in what Streamlit says by itself; every page and drawer: test_whole_pages.py."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from pso_core.text.phrases import phrases
from tests.browser.houses import House
from tests.browser.reading import english_heard_on, english_on, heard_on
from tests.browser.waiting import ready, settle, turn_to, unfold, visit

thai, english = phrases("th"), phrases("en")


def test_the_other_language_is_one_tap_away_and_the_place_is_kept(house: House, enter):
    """And who hears the English page hears Streamlit's own words."""
    page = enter()
    visit(page, f"{house.url}/step_2_mission")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(english("steps.mission.name"))
    assert (page.url, page.locator("html").get_attribute("lang")) == (f"{house.url}/step_2_mission", "en")
    expect(page).to_have_title("Mission and goals · Nine Steps")
    ready(page)
    turn_to(page, house.drawer_of("activity"))
    assert {"Close", "Selected values"} <= heard_on(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="ไทย").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(thai("steps.plan.name"))
    assert (page.url.partition("?")[0], page.locator("html").get_attribute("lang")) == (f"{house.url}/step_7_plan", "th")


def test_the_door_speaks_thai(house: House, page):
    for address in ("sign-in", "switch"):
        page.goto(f"{house.url}/{address}")
        assert english_on(page) == {}


def test_fields_speak_thai_while_they_are_filled_in(house: House, enter):
    page = enter("beginner")  # what is typed here is kept for this person and project: not where others look
    visit(page, f"{house.url}/step_7_plan?at=activity")
    drawer = page.get_by_role("dialog")
    for name in ("name", "budget", "start", "lifts", "owner", "expected_result"):
        field = drawer.get_by_label(thai(f"fields.activity.{name}.label"), exact=True).and_(drawer.locator("input, textarea"))
        field.click()
        field.press_sequentially("12")
        expect(field).to_have_value(re.compile("12"))
        assert english_on(page) == {}
        settle(page, lambda: page.keyboard.press("Tab"))


def test_who_hears_a_page_hears_thai(house: House, enter):
    """A drawer with a choice of several and one of them opened, the answer to a save, and lines to copy."""
    page = enter()
    visit(page, house.drawer_of("activity"))
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("combobox").first.click()
    expect(page.get_by_role("listbox")).to_be_visible()
    assert english_heard_on(page) == {}
    page.keyboard.press("Escape")
    drawer.get_by_role("button", name=thai("app.save_one", kind=thai("fields.activity.one"))).click()
    expect(page.get_by_test_id("stToast")).to_be_visible(timeout=30_000)  # it goes again by itself: looked for at once
    assert english_heard_on(page) == {}
    visit(page, f"{house.url}/monday")
    unfold(page)
    page.get_by_test_id("stCode").hover()
    page.get_by_role("button", name=thai("streamlit.spoken.copy")).hover()
    expect(page.get_by_role("tooltip", include_hidden=True)).to_be_attached()
    assert (english_on(page), english_heard_on(page)) == ({}, {})


def test_where_a_password_is_set_and_a_file_of_another_kind_refused_it_is_done_in_thai(house: House, enter):
    page = enter("administrator")
    visit(page, f"{house.url}/people")
    unfold(page)
    page.get_by_role("button", name=thai("streamlit.spoken.show_password")).first.click()
    expect(page.get_by_role("button", name=thai("streamlit.spoken.hide_password"))).to_be_visible()
    assert english_heard_on(page) == {}
    turn_to(page, f"{house.url}/projects")
    unfold(page)
    assert english_heard_on(page) == {}
    page.locator("input[type=file]").set_input_files({"name": "รูป.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(page.get_by_test_id("stFileChip")).to_be_visible()
    found = english_on(page)
    found.pop("รูป.txt", None)  # the file's own name
    assert found == {}


def test_the_choice_of_colours_and_the_sign_that_the_server_works_speak_thai(house: House, enter):
    """The sign on one line and without a stop, as Streamlit draws it when something takes longer, such as a template that is tried out."""
    page = enter()
    visit(page, house.url)
    sign = '<div style="width: 4rem" data-testid="stStatusWidget"><div data-testid="stStatusWidgetRunningIcon"><svg></svg></div><span><button>Stop</button></span></div>'
    page.evaluate("sign => document.querySelector('header').insertAdjacentHTML('beforeend', sign)", sign)
    expect(page.locator("header button", has_text="Stop")).to_be_hidden()
    assert page.locator("[data-testid=stStatusWidgetRunningIcon]").evaluate("sign => sign.getBoundingClientRect().height") < 32
    settle(page, page.get_by_test_id("stMainMenuButton").click)
    expect(page.get_by_role("menuitemradio")).to_have_count(3)
    assert (english_on(page), english_heard_on(page)) == ({}, {})


def test_an_address_that_leads_nowhere_says_so_in_thai(house: House, enter):
    page = enter(complains=True)  # in the console, in English
    page.goto(f"{house.url}/step_10_paradise")
    expect(page.get_by_role("dialog")).to_be_visible()
    ready(page)
    assert english_on(page) == {}


def test_a_picture_under_the_pointer_speaks_thai(house: House, glance):
    page = glance()
    for address in ("step_3_tasks", "step_4_weights", "step_6_assessment", "step_7_plan", "step_8_execution"):
        turn_to(page, f"{house.url}/{address}")
        picture = page.get_by_test_id("stVegaLiteChart").first
        picture.locator("svg").wait_for()
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        for part in range(2, 40, 3):
            page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * part / 40)
            if page.locator("#vg-tooltip-element").is_visible():
                break
        assert english_on(page) == {}
