"""Waiting for Streamlit in a browser: a page is ready when its script has run and nothing on it is stale."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

# Counts what a page sends to the server, and the runs of its script that the server says are over (field 6 of a ForwardMsg;
# 2 means: over because the next one begins).
WATCHED = """
  window.sent = 0
  window.ended = 0
  const isOver = (bytes) => {
    let at = 0
    const number = () => { for (let value = 0, shift = 1; ; shift *= 128) { value += (bytes[at] & 127) * shift; if (bytes[at++] < 128) return value } }
    while (at < bytes.length) {
      const tag = number(), kind = tag % 8, value = kind === 0 || kind === 2 ? number() : 0
      if (tag === 6 * 8) return value !== 2
      at += { 1: 8, 2: value, 5: 4 }[kind] ?? 0
    }
    return false
  }
  window.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all)
      this.addEventListener('message', ({ data }) => { if (data instanceof ArrayBuffer && isOver(new Uint8Array(data))) window.ended += 1 })
    }
    send(data) { window.sent += 1; super.send(data) }
  }
"""
_READY = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && app.getAttribute('data-test-connection-state') === 'CONNECTED'
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
}"""
# Counted by the page itself, which is late with both when the machine is busy: what an action leads to is sent within 300 ms
# and fifteen turns, or nothing is.
_SENT = """async (before) => {
  const began = performance.now()
  for (let turns = 0; window.sent <= before && (turns < 15 || performance.now() - began < 300); turns += 1) {
    await new Promise((next) => setTimeout(() => requestAnimationFrame(next), 5))
  }
  return window.sent > before
}"""
_ENDED = "(before) => window.ended > before"
# A spinner never comes to rest; all else does.
_AT_REST = """() => Promise.all(document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
  .map((one) => one.finished.catch(() => {})))"""
_DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


def ready(page: Page, timeout: float = 30_000) -> None:
    """Wait until the script run is finished. `timeout` in milliseconds."""
    page.wait_for_function(_READY, timeout=timeout)


def settle(page: Page, action: Callable[[], object], timeout: float = 60_000) -> None:
    """Do `action`, then wait for the rerun it causes to begin and to end; one that causes none is fine."""
    sent, ended = page.evaluate("[window.sent, window.ended]")
    action()
    if page.evaluate(_SENT, sent):
        page.wait_for_function(_ENDED, arg=ended, timeout=timeout)
        page.evaluate(_DRAWN)
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
    page.evaluate(_AT_REST)  # what still moves may be missed by a press


def look(page: Page, *, color_scheme: str, width: int) -> None:
    """See the page in another theme and width, without opening it anew."""

    def change() -> None:
        page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})
        page.emulate_media(color_scheme=color_scheme)
        page.wait_for_function("(scheme) => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === scheme", arg=color_scheme)

    settle(page, change)
