"""Waiting for Streamlit in a browser: a page is ready when its script has run and nothing on it is stale."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

# Counts the runs that a page asks the server for (field 11 of a BackMsg), and those that begin and are over (fields 4 and 6 of
# a ForwardMsg; 2 there means: over because the next one begins). A run answers a request only if it begins after it: one that
# is under way when the request leaves knows nothing of it, and its end is no answer.
WATCHED = """
  window.asked = 0
  window.begun = 0
  window.due = 0
  window.over = 0
  window.told = 0
  const fields = (bytes) => {
    const found = {}
    let at = 0
    const number = () => { for (let value = 0, shift = 1; ; shift *= 128) { value += (bytes[at] & 127) * shift; if (bytes[at++] < 128) return value } }
    while (at < bytes.length) {
      const tag = number(), kind = tag % 8, value = kind === 0 || kind === 2 ? number() : 0
      found[(tag - kind) / 8] = value
      at += { 1: 8, 2: value, 5: 4 }[kind] ?? 0
    }
    return found
  }
  const heard = (found) => {
    if (4 in found || 6 in found) window.told = performance.now()
    if (4 in found) window.begun += 1
    if (6 in found && found[6] !== 2) window.over = window.begun
  }
  window.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all)
      this.addEventListener('message', ({ data }) => { if (data instanceof ArrayBuffer) heard(fields(new Uint8Array(data))) })
    }
    send(data) {
      if (data instanceof Uint8Array && 11 in fields(data)) {
        window.asked += 1
        window.told = performance.now()
        window.due = window.begun + 1
      }
      super.send(data)
    }
  }
"""
_READY = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && app.getAttribute('data-test-connection-state') === 'CONNECTED'
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
}"""
# Counted by the page itself, which is late with both when the machine is busy: what an action leads to is asked within 300 ms
# and fifteen turns, or nothing is.
_ASKED = """async (before) => {
  const began = performance.now()
  for (let turns = 0; window.asked <= before && (turns < 15 || performance.now() - began < 300); turns += 1) {
    await new Promise((next) => setTimeout(() => requestAnimationFrame(next), 5))
  }
  return window.asked > before
}"""
# What a part of the page asks that is gone when its turn comes (a room that has just ended) is answered by no run: rest says so.
_ANSWERED = "() => window.over >= window.due || (window.over === window.begun && performance.now() - window.told > 20_000)"
# A spinner never comes to rest; all else does.
_AT_REST = """() => Promise.all(document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
  .map((one) => one.finished.catch(() => {})))"""
_DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


def ready(page: Page, timeout: float = 30_000) -> None:
    """Wait until the script run is finished. `timeout` in milliseconds."""
    page.wait_for_function(_READY, timeout=timeout)


def settle(page: Page, action: Callable[[], object], timeout: float = 60_000) -> None:
    """Do `action`, then wait for the rerun it causes to begin and to end; one that causes none is fine.

    What was asked before it, as by leaving a field, is waited for first: of two requests under way nobody can say which a run answers.
    """
    page.wait_for_function(_ANSWERED, timeout=timeout)
    asked = page.evaluate("window.asked")
    action()
    if page.evaluate(_ASKED, asked):
        page.wait_for_function(_ANSWERED, timeout=timeout)
        page.evaluate(_DRAWN)
    ready(page, timeout)


def visit(page: Page, address: str) -> None:
    """Open an address of the application and wait until it is drawn."""
    page.goto(address)
    ready(page)


def turn_to(page: Page, address: str) -> None:
    """As `visit`, for whoever only looks: where this server's application stands there already, as its own menu does, a third of the work."""
    if not address.startswith(page.evaluate("location.origin")) or not page.get_by_test_id("stApp").count():
        return visit(page, address)
    settle(page, lambda: page.evaluate("(to) => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')) }", address))


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
