"""A room on two screens of the office at once: what its leader does is seen on the other, and nothing half typed is lost to it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from pso_core.text.phrases import phrases
from pso_core.ui.workshop_live import SLOWLY
from tests.browser import filling
from tests.browser.houses import House, a_house
from tests.browser.waiting import ready, settle, unfold, visit

say = phrases("th")
press = partial(filling.press, exact=False)  # a key stands beside some
SOON = 3_000  # milliseconds; less than the slow look, so that only what is pushed can be that quick


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("workshop-live")) as opened:
        yield opened


def phase(page: Page, key: str):
    return page.locator("ol.phases [aria-current]", has_text=say(f"page_workshop.phase.{key}"))


def begin(leader: Page, workshop: House) -> None:
    """One more room, with a question to lead."""
    visit(leader, f"{workshop.url}/meetings")
    if leader.get_by_role("button", name=say("page_workshop.back")).count():  # to the room led before
        press(leader, say("page_workshop.back"))
    unfold(leader)
    press(leader, say("page_workshop.open_yes"))
    press(leader, say("page_workshop.add_scores", count=1))
    settle(leader, lambda: leader.get_by_role("radio", name=say("page_workshop.section.lead"), exact=True).click())


def test_what_the_leader_does_is_seen_elsewhere_at_once_and_what_is_half_typed_stays(workshop: House, visitor: Callable[..., Page]):
    leader, other = (workshop.let_in(visitor(), who) for who in ("facilitator", "viewer"))
    begin(leader, workshop)
    visit(other, f"{workshop.url}/meetings")
    press(other, say("page_workshop.enter"))
    expect(phase(other, "draft")).to_be_visible()
    for to in ("open", "closed", "revealed"):
        press(leader, say(f"page_workshop.to.{to}"))
        expect(phase(leader, to)).to_be_visible()
        expect(phase(other, to)).to_be_visible(timeout=SOON)
    dissent = leader.get_by_label(say("fields.resolution.dissent.label"))
    dissent.press_sequentially("ยังพิมพ์ไม่จบ", delay=20)
    time.sleep(2 * SLOWLY + 1)
    expect(dissent).to_have_value("ยังพิมพ์ไม่จบ")
    expect(dissent).to_be_focused()
    leader.reload()
    ready(leader)
    expect(leader.get_by_label(say("fields.resolution.dissent.label"))).to_have_value("ยังพิมพ์ไม่จบ")
    assert re.search(r"\d{3} \d{3}", leader.locator(".join-code").inner_text())


def test_a_double_click_takes_the_room_one_phase_further_and_not_two(workshop: House, visitor: Callable[..., Page]):
    leader = workshop.let_in(visitor(), "facilitator")
    begin(leader, workshop)
    press(leader, say("page_workshop.to.open"))
    for pause in (60, 450):
        double_click(leader, say("page_workshop.to.closed"), pause)
        expect(phase(leader, "closed")).to_be_visible()
        settle(leader, lambda: leader.wait_for_timeout(500))
        expect(phase(leader, "closed")).to_be_visible()
        press(leader, say("page_workshop.undo_close"))
        expect(phase(leader, "open")).to_be_visible()


def double_click(page: Page, name: str, pause: int) -> None:
    """At one spot, as a mouse tells it: the second one is counted as such."""
    box = page.get_by_role("button", name=name).first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(pause)
