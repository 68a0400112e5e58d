"""The server's process is killed while somebody is typing: what was saved is there, and so is what was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.browser.filling import field, press, write
from tests.browser.houses import a_house
from tests.browser.reading import english_on
from tests.browser.waiting import ready, visit
from tests.servers import free_port, running

say = phrases("th")
TEXT, ADOPTED = say("fields.vision.text.label"), say("fields.vision.adopted_on.label")
SAVE = say("app.save_one", kind=say("fields.vision.one"))
SECONDS_TO_COME_BACK = 60_000  # milliseconds


@pytest.mark.parametrize("reloaded", [False, True], ids=["the page stays open", "the page is loaded anew"])
def test_nothing_saved_and_nothing_typed_is_lost(tmp_path: Path, visitor, reloaded):
    with a_house(tmp_path, port=free_port()) as house:
        page = house.let_in(visitor(complains=True), "facilitator")
        visit(page, f"{house.url}/step_1_vision")
        write(page, TEXT, "บันทึกก่อนเครื่องดับ")
        press(page, SAVE)
        write(page, ADOPTED, "๙ ต.ค. ๒๕๔๔")
        house.server.process.kill()
        expect(page.get_by_test_id("stDialog")).to_be_visible()
        assert english_on(page) == {}
    with running(house.server.database, port=int(house.url.rpartition(":")[2])):
        if reloaded:
            page.reload()
        comes_back(page)
        expect(field(page, TEXT)).to_have_value("บันทึกก่อนเครื่องดับ")
        expect(field(page, ADOPTED)).to_have_value("๙ ต.ค. ๒๕๔๔")
        expect(page.get_by_text(say("app.draft_restored"))).to_be_visible()
        press(page, SAVE)
        expect(page.get_by_test_id("stToast")).to_contain_text(say("app.saved"))
        visit(page, page.url)
        expect(field(page, ADOPTED)).to_have_value("9 ต.ค. 2544")


def comes_back(page: Page) -> None:
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=SECONDS_TO_COME_BACK)
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    ready(page)
