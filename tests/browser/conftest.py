"""A real Chromium: one browser a worker, a fresh visitor for every test, and no request may leave this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
HERE = {"127.0.0.1", "localhost", ""}
MISSING = "These tests need Chromium. Debian: apt-get install chromium. Elsewhere: set CHROMIUM to the program of Chromium, Chrome or Edge."


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
    """`visitor(width=1280, height=800, …)` opens one more browser of its own (own cookies), in Thai, in Bangkok."""
    contexts: list[BrowserContext] = []
    foreign: list[str] = []

    def note(request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in HERE:
            foreign.append(request.url)

    def open_one(*, width: int = 1280, height: int = 800, locale: str = "th-TH", **options) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=locale, timezone_id="Asia/Bangkok", **options
        )
        contexts.append(context)
        context.on("request", note)
        context.set_default_timeout(30_000)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert foreign == [], "a page asked another machine for something"


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """One visitor at a desk."""
    return visitor()
