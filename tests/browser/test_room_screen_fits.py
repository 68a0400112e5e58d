"""The projector with names, questions and decisions as long as an office has them: all of it above the lowest tenth, where heads are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pso_core.actions import workshops
from pso_core.actions.workshop_decisions import Decided, decide
from pso_core.actions.workshop_gathering import group
from pso_core.domain.workshop.gathering import phrase_id
from pso_core.text.phrases import phrases
from pso_core.web import way_in
from pso_core.web.room_screen import GROUPS, LONG_GROUPS
from tests.browser.axe import violations
from tests.browser.reading import english_on
from tests.browser.test_room_phones import Served, served, sideways  # noqa: F401
from tests.web.rooms import ASKED, LEADER, Asked, Phone

say = phrases("th")
_SMALL = """() => [...document.querySelectorAll('main, aside')].flatMap((one) => [...one.querySelectorAll('*')])
  .filter((one) => !one.closest('.heard, svg') && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && parseFloat(getComputedStyle(one).fontSize) < 28)
  .map((one) => one.outerHTML)"""
_LOWEST = "Math.max(...[...document.querySelectorAll('main *, aside *')].filter((one) => !one.closest('.heard')).map((one) => one.getBoundingClientRect().bottom)) / innerHeight"
_ARRANGED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"  # in the size it has now
SIZES = ((1024, 768), (1280, 720))
NAMES = ("งานวางแผนและโครงการ", "งานช่วยอำนวยความสะดวก ประสานราชการ", "งานการพัฒนาความร่วมมือระหว่างภาครัฐและภาคเอกชนเพื่อแก้ไขปัญหาทางเศรษฐกิจ (กรอ.)")
NINE = {f"t{number}": f"2.{number} {NAMES[number % 3]}" for number in range(9)}
TIERS = {"main": "ภารกิจหลัก", "secondary": "ภารกิจรอง", "support": "ภารกิจสนับสนุน"}
COMMON = {f"c{number}": name for number, name in enumerate(("ความครอบคลุม", "ความรวดเร็วในการให้บริการ", "การมีส่วนร่วมของผู้มีส่วนเกี่ยวข้อง") * 3)}
SHORT = dict.fromkeys("abcdefghi", "ความครอบคลุม")
LONG = "พัฒนาระบบฐานข้อมูลกลางของจังหวัดให้ถูกต้อง ครบถ้วน เป็นปัจจุบัน และให้ทุกหน่วยงานใช้ร่วมกันได้โดยไม่ต้องขอซ้ำ"
WEIGHTS = Asked("points", "ค่าถ่วงน้ำหนักของเกณฑ์ทั้ง 9 ข้อ", tuple(COMMON), {"names": COMMON, "total": 9})
QUESTIONS = {
    "swing": (Asked("swing", say("page_workshop.weights_title.swing"), tuple(NINE), {"names": NINE, "total": 100}), [dict.fromkeys(NINE, "100"), dict.fromkeys(NINE, "50") | {"t0": "100"}], dict.fromkeys(NINE, 10) | {"t0": 20}),
    "tier": (Asked("tier", say("page_workshop.tiers_title"), tuple(NINE), {"names": NINE, "tiers": TIERS}), [dict.fromkeys(NINE, tier) for tier in TIERS], dict.fromkeys(NINE, "support")),
    "support": (Asked("support", f"{say('page_workshop.support_title')}: {LONG}", ("a", "b", "c", "d"), {"names": dict.fromkeys("abcd", LONG)}), [dict.fromkeys("abcd", degree) for degree in "0123"], None),
}


@pytest.mark.parametrize("method", QUESTIONS)
def test_long_names_and_a_long_decision_are_read_from_the_back_row(served: Served, visitor: Callable[..., Page], method: str):  # noqa: F811
    workshop, (asked, answers, value) = served.workshop(), QUESTIONS[method]
    workshop.ask(asked)
    workshop.move("open")
    for answer in (answers * 3)[:6]:
        workshop.send(workshop.phone(), {f"on:{one}": given for one, given in answer.items()})
    page, wrong = served.hold(visitor(), Phone().sign_in(served.office, "facilitator")), {}
    for phase in ("closed", "revealed", "decided"):
        if phase == "decided":
            decide(served.office, LEADER, workshop.id, "q1", Decided(value, ", ".join([LONG] * 6)))
        else:
            workshop.move(phase)
        for first in ("0", "3", "5") if phase != "closed" else ("0",):
            page.goto(f"{served.url}/room/screen/{workshop.id}?view=screen&from={first}")
            if first == "0":
                wrong[phase, "axe"] = violations(page)
            for size in SIZES:
                page.set_viewport_size({"width": size[0], "height": size[1]})
                page.evaluate(_ARRANGED)
                wrong[phase, first, size] = hard_to_read(page)
    assert {where: found for where, found in wrong.items() if found} == {}


def hard_to_read(page: Page) -> list[str]:
    """What is small, lower than the lowest tenth, or wider than the screen."""
    return page.evaluate(_SMALL) + [f"{low} of the height" for low in [page.evaluate(_LOWEST)] if low > 0.905] + sideways(page)


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


def test_the_screen_is_read_from_the_back_row(served: Served, visitor: Callable[..., Page], monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    """Two screens, a small one in Thai and a wide one in English, that follow their room through every method."""
    monkeypatch.setattr(way_in, "own_address", lambda: "192.168.100.200")
    monkeypatch.setattr(way_in, "_answers", lambda address, port: True)
    workshop, wrong = served.workshop(), {}
    pages = {"th": visitor(width=1024, height=768), "en": visitor(width=1280, height=720)}
    for language, page in pages.items():
        served.hold(page, Phone().sign_in(served.office, "facilitator").speak(language)).goto(f"{served.url}/room/screen/{workshop.id}?view=screen")
    voters: list[Phone] = []

    def seen(method: str, phase: str) -> None:
        for language, page in pages.items():
            page.locator(f"[data-state={phase}]").wait_for()
            if phase == "open":
                expect(page.locator(".large")).to_have_text(phrases(language)("page_room.screen.sent", sent=5, present=5))
            wrong[method, phase, language] = hard_to_read(page)
        wrong[method, phase, "not Thai"] = [one for one in english_on(pages["th"]) if "/room" not in one]
        wrong[method, phase, "axe"] = violations(pages["en" if phase in ("closed", "revealed") else "th"])

    seen("", "quiet")
    for number, asked in enumerate((WEIGHTS, *(ASKED[method] for method in ("score", "stance", "support", "dots", "tier", "phrases"))), 1):
        question = f"q{number}"
        workshop.ask(asked)
        workshops.look_at(served.office, LEADER, workshop.id, question)
        seen(asked.method, "draft")
        workshop.move("open", question, minutes=5)
        voters = voters or [workshop.phone() for _ in range(5)]
        for voter in voters:
            workshop.send(voter, dict.fromkeys((f"on:{key}" for key in asked.about), "1") if asked is WEIGHTS else None, question)
        seen(asked.method, "open")
        for phase in ("closed", "revealed"):
            workshop.move(phase, question)
            seen(asked.method, phase)
        decide(served.office, LEADER, workshop.id, question, Decided({}, "ที่ประชุมมีมติเห็นชอบตามที่เสนอ และมอบหมายให้ฝ่ายแผนรายงานผลทุกไตรมาส"))
        seen(asked.method, "decided")
    assert {where: found for where, found in wrong.items() if found} == {}


@pytest.mark.parametrize("long", [False, True])
def test_groups_are_read_from_the_back_row(served: Served, visitor: Callable[..., Page], long: bool):  # noqa: F811
    workshop = served.workshop()
    workshop.ask(Asked("phrases", "พันธกิจและเป้าประสงค์ของเราควรมีอะไรบ้าง", (), {"names": {}}))
    workshop.move("open")
    heads, others = [f"{LONG if long else 'ข้อมูลถูกต้อง'} {number}" for number in range(6)], [f"{LONG} อื่น {number}" for number in range(6)]
    for texts in zip(heads, others, strict=True):
        workshop.send(workshop.phone(), {"text": "\n".join(texts)})
    workshop.move("closed")
    workshop.move("revealed")
    for head, other in zip(heads, others, strict=True):
        group(served.office, LEADER, workshop.id, "q1", [phrase_id(other)], phrase_id(head))
    page, seen = served.hold(visitor(), Phone().sign_in(served.office, "facilitator")), {}
    page.goto(f"{served.url}/room/screen/{workshop.id}?view=screen")
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(_ARRANGED)
        seen[size] = page.locator(".texts .group:visible").count(), hard_to_read(page)
    assert (seen, violations(page)) == (dict.fromkeys(SIZES, (LONG_GROUPS if long else GROUPS, [])), [])
