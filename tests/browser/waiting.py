"""Waiting for Streamlit in a browser: a page is ready when its script has run and nothing on it is stale."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, TimeoutError

# Counts what a page sends to the server and how often its script has ended, however shortly it ran.
WATCHED = """
  window.sent = 0
  window.ended = 0
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (...all) { window.sent += 1; return send.apply(this, all) }
  new MutationObserver((changes) => {
    window.ended += changes.filter(({ target }) => target.getAttribute('data-test-script-state') === 'notRunning').length
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-test-script-state'] })
"""
_READY = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && app.getAttribute('data-test-connection-state') === 'CONNECTED'
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
}"""
TO_SEND = 300  # milliseconds in which the page sends what an action leads to
TO_END = 5_000  # in which the run it asked for ends; a busy machine takes its time


def ready(page: Page, timeout: float = 30_000) -> None:
    """Wait until the script run is finished. `timeout` in milliseconds."""
    page.wait_for_function(_READY, timeout=timeout)


def settle(page: Page, action: Callable[[], object], timeout: float = 30_000) -> None:
    """Do `action`, then wait for the rerun it causes to begin and to end; one that causes none is fine."""
    sent, ended = page.evaluate("[window.sent, window.ended]")
    action()
    try:
        page.wait_for_function("(before) => window.sent > before", arg=sent, timeout=TO_SEND)
        page.wait_for_function("(before) => window.ended > before", arg=ended, timeout=TO_END)
    except TimeoutError:
        pass
    ready(page, timeout)


def visit(page: Page, address: str) -> None:
    """Open an address of the application and wait until it is drawn."""
    page.goto(address)
    ready(page)


def unfold(page: Page) -> None:
    """Open everything on the page that folds, also what unfolding brings."""
    folded = page.locator("details:not([open]) > summary")
    while folded.count():
        settle(page, lambda: folded.evaluate_all("all => all.forEach((one) => one.click())"))


def look(page: Page, *, color_scheme: str, width: int) -> None:
    """See the page in another theme and width, without opening it anew."""

    def change() -> None:
        page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})
        page.emulate_media(color_scheme=color_scheme)
        page.wait_for_function("(scheme) => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === scheme", arg=color_scheme)

    settle(page, change)
