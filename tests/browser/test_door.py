"""The door in a real browser: first start, signing out in one tab while another is open, a phone, no script refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from pso_core.text.phrases import phrases
from tests.browser.waiting import ready
from tests.servers import Server

say = phrases("th")
PASSWORD = "ยาวพอที่จะเดาไม่ถูก"


def begin(page: Page, server: Server) -> None:
    """The first start as the first visitor of a module does it; later ones sign in."""
    page.goto(server.url)
    if page.url.endswith("/start"):
        page.fill("#name", "สมหญิง ใจดี")
        page.fill("#login", "somying")
        page.fill("#password", PASSWORD)
        page.fill("#password_again", PASSWORD)
        page.get_by_role("button", name=say("signin.own_begin")).click()
    else:
        page.fill("#login", "somying")
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name=say("signin.enter")).click()
    ready(page)


def test_a_tab_left_open_is_led_to_the_door_at_its_next_step(visitor: Callable[..., Page], server: Server):
    page = visitor(complains=True, alone=True)  # of whatever it still had to load when the door was shut
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    begin(page, server)
    other = page.context.new_page()
    with suppress(Error):  # the page may take its next step by itself before it is asked to
        other.goto(f"{server.url}/sign-out")
        page.get_by_role("link", name=say("app.people")).click(timeout=5_000)
    page.wait_for_url("**/sign-in?next=*")
    assert [text for text in refused if "Content Security Policy" in text] == []


def test_a_deep_link_comes_back_after_signing_in_and_no_script_can_read_the_cookie(page: Page, visitor: Callable[..., Page], server: Server):
    begin(visitor(), server)
    page.goto(f"{server.url}/people")
    expect(page).to_have_url(f"{server.url}/sign-in?next=%2Fpeople")
    page.fill("#login", "somying")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    ready(page)
    assert page.url == f"{server.url}/people"
    assert "nine_steps" in {cookie["name"] for cookie in page.context.cookies()}
    assert "nine_steps" not in page.evaluate("document.cookie")


@pytest.mark.parametrize("path", ["/start", "/sign-in"])
def test_on_a_small_phone_nothing_moves_sideways(visitor: Callable[..., Page], server: Server, path: str):
    page = visitor(width=360, height=740)
    page.goto(server.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    sizes = page.evaluate("[...document.querySelectorAll('a, button, input:not([type=hidden])')].map(e => e.getBoundingClientRect().height)")
    assert min(sizes) >= 44
