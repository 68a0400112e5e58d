"""The projector with names, questions and decisions as long as an office has them: all of it above the lowest tenth, where heads are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pso_core.actions.workshop_decisions import Decided, decide
from pso_core.text.phrases import phrases
from tests.browser.test_accessibility import violations
from tests.browser.test_room_phones import _LOWEST, _SMALL, Served, served  # noqa: F401
from tests.web.rooms import LEADER, Asked, Phone

say = phrases("th")
NAMES = ("งานวางแผนและโครงการ", "งานช่วยอำนวยความสะดวก ประสานราชการ", "งานการพัฒนาความร่วมมือระหว่างภาครัฐและภาคเอกชนเพื่อแก้ไขปัญหาทางเศรษฐกิจ (กรอ.)")
NINE = {f"t{number}": f"2.{number} {NAMES[number % 3]}" for number in range(9)}
TIERS = {"main": "ภารกิจหลัก", "secondary": "ภารกิจรอง", "support": "ภารกิจสนับสนุน"}
SHORT = dict.fromkeys("abcdefghi", "ความครอบคลุม")
LONG = "พัฒนาระบบฐานข้อมูลกลางของจังหวัดให้ถูกต้อง ครบถ้วน เป็นปัจจุบัน และให้ทุกหน่วยงานใช้ร่วมกันได้โดยไม่ต้องขอซ้ำ"
QUESTIONS = {
    "swing": (Asked("swing", say("page_workshop.weights_title.swing"), tuple(NINE), {"names": NINE, "total": 100}), [dict.fromkeys(NINE, "100"), dict.fromkeys(NINE, "50") | {"t0": "100"}], dict.fromkeys(NINE, 10) | {"t0": 20}),
    "tier": (Asked("tier", say("page_workshop.tiers_title"), tuple(NINE), {"names": NINE, "tiers": TIERS}), [dict.fromkeys(NINE, tier) for tier in TIERS], dict.fromkeys(NINE, "support")),
    "support": (Asked("support", f"{say('page_workshop.support_title')}: {LONG}", ("a", "b", "c", "d"), {"names": dict.fromkeys("abcd", LONG)}), [dict.fromkeys("abcd", degree) for degree in "0123"], None),
}


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720)], ids=str)
@pytest.mark.parametrize("method", QUESTIONS)
def test_long_names_and_a_long_decision_are_read_from_the_back_row(served: Served, visitor: Callable[..., Page], method: str, size: tuple[int, int]):  # noqa: F811
    workshop, (asked, answers, value) = served.workshop(), QUESTIONS[method]
    workshop.ask(asked)
    workshop.move("open")
    for answer in (answers * 3)[:6]:
        workshop.send(workshop.phone(), {f"on:{one}": given for one, given in answer.items()})
    page = served.hold(visitor(width=size[0], height=size[1]), Phone().sign_in(served.office, "facilitator"))
    seen = []
    for phase in ("closed", "revealed", "decided"):
        if phase == "decided":
            decide(served.office, LEADER, workshop.id, "q1", Decided(value, ", ".join([LONG] * 6)))
        else:
            workshop.move(phase)
        for first in ("0", "3", "5"):
            page.goto(f"{served.url}/room/screen/{workshop.id}?view=screen&from={first}")
            seen += [(phase, first, one) for one in (*violations(page), *page.evaluate(_SMALL))]
            seen += [(phase, first, page.evaluate(_LOWEST))] if page.evaluate(_LOWEST) > 0.905 else []
    assert seen == []


def rows_said(page: Page) -> tuple[int, str, float]:
    """How many lines there are, which they are said to be, and how far down they reach."""
    return page.locator(".bars tbody tr:visible").count(), page.locator("[data-said]").inner_text(), page.evaluate(_LOWEST)


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)], ids=str)
def test_a_list_of_nine_fills_the_height_and_the_next_page_has_the_rest(served: Served, visitor: Callable[..., Page], size: tuple[int, int]):  # noqa: F811
    workshop = served.workshop()
    workshop.ask(Asked("swing", say("page_workshop.weights_title.swing"), tuple(SHORT), {"names": SHORT, "total": 100}))
    workshop.move("open")
    for _ in range(5):
        workshop.send(workshop.phone(), {f"on:{one}": "100" for one in SHORT})
    page = served.hold(visitor(width=size[0], height=size[1]), Phone().sign_in(served.office, "facilitator"))
    page.goto(f"{served.url}/room/screen/{workshop.id}?view=screen")
    workshop.move("closed"), workshop.move("revealed")
    expect(page.locator(".bars tbody tr:visible")).to_have_count(5)
    seen = [rows_said(page)]
    for name in ("next", "first"):
        page.get_by_role("link", name=say(f"page_room.screen.{name}")).click()
        expect(page.locator("[data-from]")).to_have_text(say(f"page_room.screen.{'first' if name == 'next' else 'next'}"))
        seen.append(rows_said(page))
    said = [say("page_room.screen.rows", first=first, last=last, all=9) for first, last in ((1, 5), (6, 9), (1, 5))]
    assert [(count, told) for count, told, _ in seen] == list(zip((5, 4, 5), said, strict=True))
    assert max(lowest for _, _, lowest in seen) < 0.905
    page.set_viewport_size({"width": 1024, "height": 600})
    expect(page.locator("[data-said]")).to_have_text(say("page_room.screen.rows", first=1, last=3, all=9))
    assert rows_said(page)[::2] == (3, pytest.approx(0.8, abs=0.104))
