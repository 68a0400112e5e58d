"""The history of a step in a browser: its buttons are read whole, what they open lies on the screen, and nothing jumps when it unfolds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from tests.browser.seated import Seated, seated
from tests.browser.waiting import settle, unfold
from tests.building import lampang, person, write

CUT = """(all) => all.filter((one) => [one, ...one.querySelectorAll('*')].some((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth))
  .map((one) => one.textContent)"""
# Opens it, and says how much lower it was drawn than what is in it, at worst, in the second after that.
LEAST = """async (summary) => {
  const whole = summary.parentElement, inside = summary.nextElementSibling, began = performance.now()
  summary.click()
  let least = 0
  while (performance.now() - began < 1500) {
    await new Promise((next) => requestAnimationFrame(next))
    const parts = [whole, summary, inside].map((one) => one.getBoundingClientRect().height)
    if (whole.open) least = Math.min(least, parts[0] - parts[1] - parts[2])
  }
  return Math.round(least)
}"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seated]:
    with seated(tmp_path_factory.mktemp("changed"), person("administrator"), _changed_often) as keeper:
        yield keeper


def _changed_often(office: Office) -> str:
    project = lampang(office)
    for number in range(3):
        write(office, project, "vision", "vision", text=f"วิสัยทัศน์รุ่นที่ {number}")
    return project


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_unfolds_keeps_its_place_what_erases_lies_on_a_telephone_and_the_buttons_are_read_whole(changed: Seated, visitor: Callable[..., Page], language: str):
    """What is drawn lower than it is throws whoever has scrolled down in it back up, and a press meets another place."""
    say, page = phrases(language), changed.open(visitor(width=360), language, "step_1_vision")
    summary = page.locator("summary").filter(has_text=say("app.history"))
    least: list[int] = []
    settle(page, lambda: least.append(summary.evaluate(LEAST)))
    assert least[0] >= -3
    page.get_by_role("button", name=say("app.redact"), exact=True).last.click()
    asked = page.get_by_test_id("stPopoverBody")
    asked.wait_for()
    page.wait_for_timeout(700)
    box = asked.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] >= 0 and box["y"] + box["height"] <= 800
    page.keyboard.press("Escape")
    asked.wait_for(state="hidden")
    page.set_viewport_size({"width": 1280, "height": 800})
    unfold(page)
    for word in ("restore", "redact"):
        buttons = page.get_by_role("button").filter(has_text=say(f"app.{word}")[:8])
        assert (word, buttons.count() > 1, buttons.evaluate_all(CUT)) == (word, True, [])
