"""A real Chromium: one browser a worker, a fresh visitor for every test, no request to another machine, no error in its console."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from tests.browser.houses import House, a_house
from tests.browser.waiting import WATCHED

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The shell is the same browser without its own windows and menus, at a fifth of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
HERE = {"127.0.0.1", "localhost", ""}
MISSING = "These tests need Chromium. Debian: apt-get install chromium-headless-shell. Elsewhere: set CHROMIUM to the program of Chromium, Chrome or Edge."
expect.set_options(timeout=20_000)  # milliseconds; a busy machine is slow, and nothing fails on time
ASKED_FOR_BY_STREAMLIT = re.compile(r"/\w+/_stcore/(health|host-config)$")  # it looks below the page's address first; 404


def find_chromium(playwright: Playwright) -> str:
    """The browser's program: CHROMIUM, else one on the path, else the one playwright installed. Fails, never skips."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), playwright.chromium.executable_path]
    for program in found:
        if program and Path(program).exists():
            return program
    pytest.fail(MISSING)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`visitor(width=1280, height=800, …)` opens one more browser of its own (own cookies), in Thai, in Bangkok.

    `complains=True` where the test itself makes the browser say errors (it loses its server).
    """
    contexts: list[BrowserContext] = []
    foreign: list[str] = []
    errors: list[str] = []

    def note(request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in HERE:
            foreign.append(request.url)

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not ASKED_FOR_BY_STREAMLIT.search(message.location["url"]):
            errors.append(f"{message.location['url']}: {message.text}")

    def open_one(*, width: int = 1280, height: int = 800, locale: str = "th-TH", complains: bool = False, **options) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=locale, timezone_id="Asia/Bangkok", **options
        )
        contexts.append(context)
        context.add_init_script(WATCHED)
        context.on("request", note)
        if not complains:
            context.on("console", hear)
            context.on("weberror", lambda error: errors.append(str(error.error)))
        context.set_default_timeout(30_000)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert foreign == [], "a page asked another machine for something"
    assert errors == [], "a page complained"


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """One visitor at a desk."""
    return visitor()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """For looking at: tests that write have one of their own."""
    with a_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture
def enter(house: House, visitor: Callable[..., Page]) -> Callable[..., Page]:
    """`enter("member", language="en", width=360)`: one more browser, already signed in at the house."""

    def entered(who: str = "facilitator", *, language: str = "th", **options) -> Page:
        return house.let_in(visitor(**options), who, language)

    return entered
