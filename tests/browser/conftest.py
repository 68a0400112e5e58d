"""A real Chromium: one browser a worker, a fresh visitor for every test, no request to another machine, no error in its console."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, expect, sync_playwright

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


@dataclass
class Desk:
    """One browser of its own (own cookies), in Thai, in Bangkok; `noticed`: what it asked another machine for, and the errors in its console."""

    context: BrowserContext
    noticed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCHED)
        self.context.set_default_timeout(30_000)
        self.context.on("request", self._note)

    def hear(self) -> None:
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.noticed.append(str(error.error)))

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in HERE:
            self.noticed.append(f"another machine: {request.url}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not ASKED_FOR_BY_STREAMLIT.search(message.location["url"]):
            self.noticed.append(f"{message.location['url']}: {message.text}")


def a_desk(chromium: Browser, *, locale: str = "th-TH", complains: bool = False, **options) -> Desk:
    desk = Desk(chromium.new_context(locale=locale, timezone_id="Asia/Bangkok", **options))
    if not complains:
        desk.hear()
    return desk


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`visitor(width=1280, height=800, …)` opens one more browser of its own.

    `complains=True` where the test itself makes the browser say errors (it loses its server).
    """
    desks: list[Desk] = []

    def open_one(*, width: int = 1280, height: int = 800, **options) -> Page:
        desks.append(a_desk(chromium, viewport={"width": width, "height": height}, **options))
        return desks[-1].context.new_page()

    yield open_one
    for desk in desks:
        desk.context.close()
    assert [one for desk in desks for one in desk.noticed] == []


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


@pytest.fixture(scope="session")
def looking(chromium: Browser) -> Iterator[dict[tuple[str, str], tuple[Desk, Page]]]:
    """The browsers of `glance`, by who sits there and in which language."""
    seats: dict[tuple[str, str], tuple[Desk, Page]] = {}
    yield seats
    for desk, _ in seats.values():
        desk.context.close()


@pytest.fixture
def glance(house: House, chromium: Browser, looking: dict[tuple[str, str], tuple[Desk, Page]]) -> Iterator[Callable[..., Page]]:
    """As `enter`, for a test that only looks: the browser in which an earlier one looked, as opening a page there takes half as long."""

    def glanced(who: str = "facilitator", *, language: str = "th", width: int = 1280, height: int = 800, color_scheme: str = "light") -> Page:
        if (who, language) not in looking:
            desk = a_desk(chromium)
            looking[who, language] = desk, house.let_in(desk.context.new_page(), who, language)
        page = looking[who, language][1]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)
        return page

    yield glanced
    noticed = [one for desk, _ in looking.values() for one in desk.noticed]
    for desk, _ in looking.values():
        desk.noticed.clear()
    assert noticed == []
