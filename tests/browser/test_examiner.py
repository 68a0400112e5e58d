"""An examiner in a real browser: reads the index, searches it, opens a file and asks; on a phone and in print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from tests.actions.conftest import Clock
from tests.browser.axe import violations_in_both_themes
from tests.servers import running
from tests.web.examining import OLD, two_projects

TH = phrases("th")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = tmp_path_factory.mktemp("office") / "nine.duckdb"
    with two_projects(database, Clock(datetime.now(UTC))) as here:
        secret = here.link()
    with running(database) as server:
        yield f"{server.url}/examiner/{secret}"


def test_an_examiner_finds_evidence_and_opens_it(visitor: Callable[..., Page], address: str):
    page = visitor()
    page.goto(address)
    page.get_by_role("searchbox").fill("๑-๐๑")
    expect(page.locator(".pieces li:visible")).to_have_count(1)
    page.get_by_role("searchbox").fill("ตัวชี้วัด")
    expect(page.locator(".pieces li:visible")).to_have_count(2)
    page.get_by_role("searchbox").fill("๑-๐๑")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="บัญชีฐานข้อมูล").click()
    assert (downloading.value.suggested_filename, downloading.value.path().read_bytes()) == ("1-01 บัญชีฐานข้อมูล.png", OLD)


def test_a_question_goes_through_though_the_browser_is_told_to_keep_the_address_to_itself(visitor: Callable[..., Page], address: str):
    page = visitor()
    page.goto(address)
    page.get_by_role("link", name=TH("page_examiner.view.ask_about")).first.click()
    page.get_by_label(TH("page_examiner.view.name")).fill("นางสาวตรวจ")
    page.get_by_text(TH("choices.sort.finding"), exact=True).click()
    page.get_by_label(TH("fields.inquiry.text.label")).fill("ทะเบียนไม่ครบ <b>7</b>")
    page.get_by_role("button", name=TH("page_examiner.view.send")).click()
    expect(page.get_by_text(TH("page_examiner.view.sent"))).to_be_visible()
    expect(page.locator("article .text")).to_have_text("ทะเบียนไม่ครบ <b>7</b>")
    expect(page.locator("article .quiet").first).to_have_text(re.compile("^ข้อค้นพบ .* ความครอบคลุม$"))


@pytest.mark.parametrize("more", ["", "/questions"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_phone_shows_it_without_moving_sideways_and_with_room_for_a_thumb(visitor: Callable[..., Page], address: str, more: str, language: str):
    page = visitor(width=360, height=740)
    page.goto(address + more)
    with page.expect_navigation():
        page.get_by_role("link", name={"th": "ไทย", "en": "English"}[language]).click()
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    small = page.evaluate("[...document.querySelectorAll('a, button, input:not([type=radio]), select, textarea')].filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)")
    assert small == []


@pytest.mark.parametrize("more", ["", "/questions", "x"])
def test_axe_finds_nothing(visitor: Callable[..., Page], address: str, more: str):
    page = visitor(complains=True)
    page.goto(address + more)
    assert violations_in_both_themes(page) == []


def test_what_cannot_be_used_on_paper_is_not_printed(visitor: Callable[..., Page], address: str):
    page = visitor(alone=True)
    page.goto(address)
    page.emulate_media(media="print")
    assert [page.locator(one).first.is_visible() for one in (".find", ".language", ".files", ".ask", ".pieces")] == [False] * 4 + [True]
