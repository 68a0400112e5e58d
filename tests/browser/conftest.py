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
from playwright.sync_api import Error as PlaywrightError

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
    "--js-flags=--no-opt --no-maglev --single-threaded-gc",  # no page lives long enough here to be worth optimizing
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
    complains: bool = False
    noticed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCHED)
        self.context.set_default_timeout(30_000)
        self.context.on("request", self._note)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self._complain(str(error.error)))

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in HERE:
            self.noticed.append(f"another machine: {request.url}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not ASKED_FOR_BY_STREAMLIT.search(message.location["url"]):
            self._complain(f"{message.location['url']}: {message.text}")

    def _complain(self, words: str) -> None:
        if not self.complains:
            self.noticed.append(words)

    def told(self) -> list[str]:
        """What it noticed since it was last asked."""
        words, self.noticed[:] = list(self.noticed), []
        return words


def a_desk(chromium: Browser, **options) -> Desk:
    return Desk(chromium.new_context(locale="th-TH", timezone_id="Asia/Bangkok", **options))


@dataclass
class Desks:
    """Browsers that were given back, and what the next one to sit there needs: a browser that has drawn a page before draws the next in half the time."""

    chromium: Browser
    free: list[tuple[Desk, Page]] = field(default_factory=list)

    def take(self) -> tuple[Desk, Page]:
        if self.free:
            return self.free.pop()
        desk = a_desk(self.chromium)
        return desk, desk.context.new_page()

    def give_back(self, desk: Desk, page: Page) -> None:
        """Without a trace of whoever sat there: neither cookies nor what a page keeps. One whose server is gone is closed instead."""
        try:
            for other in set(desk.context.pages) - {page}:
                other.close()
            asked = desk.context.new_cdp_session(page)
            asked.send("Emulation.setScriptExecutionDisabled", {"value": True})  # leaves as at a power cut, and sends nothing more
            page.goto(f"{origin(page)}/_stcore/health")
            asked.send("Emulation.setScriptExecutionDisabled", {"value": False})
            asked.detach()
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
            desk.context.clear_cookies()
        except PlaywrightError:
            desk.context.close()
        else:
            self.free.append((desk, page))


def origin(page: Page) -> str:
    address = urlsplit(page.url)
    return f"{address.scheme}://{address.netloc}"


@pytest.fixture(scope="session")
def desks(chromium: Browser) -> Iterator[Desks]:
    kept = Desks(chromium)
    yield kept
    for desk, _ in kept.free:
        desk.context.close()


@pytest.fixture
def visitor(chromium: Browser, desks: Desks) -> Iterator[Callable[..., Page]]:
    """`visitor(width=1280, height=800, color_scheme="light")` opens one more browser, in which nobody has been.

    `complains=True` where the test itself makes the browser say errors (it loses its server). Any other word is an option of
    playwright's new_context; `alone=True`: of its own to the end, for a test that changes more than what stands on a page.
    """
    taken: list[tuple[Desk, Page]] = []
    alone: list[Desk] = []

    def open_one(*, width: int = 1280, height: int = 800, color_scheme: str = "light", **options) -> Page:
        complains = options.pop("complains", False)
        if options:
            options.pop("alone", None)
            alone.append(a_desk(chromium, viewport={"width": width, "height": height}, color_scheme=color_scheme, **options))
            alone[-1].complains = complains
            return alone[-1].context.new_page()
        desk, page = desks.take()
        taken.append((desk, page))
        desk.complains = complains
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme, reduced_motion="no-preference")
        return page

    yield open_one
    for desk in alone:
        desk.context.close()
    noticed = [word for desk in (*alone, *(desk for desk, _ in taken)) for word in desk.told()]
    for desk, page in taken:
        desk.complains = True  # of a server that has ended already
        desks.give_back(desk, page)
    assert noticed == []


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
    assert [word for desk, _ in looking.values() for word in desk.told()] == []
