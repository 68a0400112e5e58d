"""A long answer on a phone at 360 px: how far one is, and which question is not answered, where it stands and in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from pso_core.actions.workshops import Asked
from tests.browser.axe import violations_in_both_themes
from tests.browser.test_room_phones import _TIGHT, TH, Served, phone, send, served, sideways
from tests.browser.test_room_sending import under_way
from tests.web.rooms import ANSWERS, Workshop, ballots_of

TIERS = {"main": "ภารกิจหลัก", "secondary": "ภารกิจรอง", "support": "ภารกิจสนับสนุน"}  # as the standard calls them
TASKS = {f"t{number}": f"จัดทำและเผยแพร่สถิติทางการของจังหวัด เรื่องที่ {number}" for number in range(1, 24)}
MARK = TH("page_room.unanswered")
# Where it stands when it is looked at again, a frame and 100 ms later: scrolling there goes on after it has come into sight.
RESTS = """(one) => new Promise((done) => {
  let before = NaN
  const look = () => { const now = one.getBoundingClientRect().y; if (now === before) done(); else { before = now; setTimeout(() => requestAnimationFrame(look), 100) } }
  look()
})"""
METHODS = ("score", "points", "swing", "rank", "tier", "support", "stance", "best_worst")


def many_tasks(served: Served) -> Workshop:
    workshop = served.workshop()
    workshop.ask(Asked("tier", "กลุ่มของภารกิจ", tuple(TASKS), {"names": TASKS, "tiers": TIERS}))
    workshop.move("open")
    return workshop


def answer(page: Page, *but: str) -> None:
    """Every task with a tap, but these."""
    page.locator("input[value=secondary]").evaluate_all("(all, but) => all.filter((one) => !but.includes(one.name)).forEach((one) => one.click())", [f"on:{task}" for task in but])


def choice(page: Page, task: str, tier: str = "secondary") -> Locator:
    return page.locator(f'input[name="on:{task}"][value="{tier}"]')


def group(page: Page, task: str) -> Locator:
    return page.locator("fieldset.item").filter(has=choice(page, task))


def so_far(done: int, all_: int) -> str:
    return ("✓ " if done == all_ else "") + TH("page_room.so_far", done=done, all=all_)


def marks(page: Page) -> Locator:
    return page.locator(".lacks:visible")


def bordered(where: Locator) -> bool:
    return where.evaluate("(one) => getComputedStyle(one).outlineStyle === 'solid' && parseFloat(getComputedStyle(one).outlineWidth) >= 2")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_one_task_of_23_that_is_not_answered_is_gone_to_and_marked_until_it_is(served: Served, phone: Callable[..., Page], motion: str):
    workshop = many_tasks(served)
    page = phone(workshop, complains=True)
    page.emulate_media(reduced_motion=motion)
    answer(page, "t20")
    send(page)
    expect(group(page, "t20")).to_be_in_viewport(ratio=1)
    expect(marks(page)).to_have_text([MARK])
    expect(page.get_by_role("group", name=f"{TASKS['t20']} {MARK}")).to_be_visible()
    expect(page.locator("[aria-invalid=true]")).to_have_count(3)
    expect(choice(page, "t20", "main")).to_be_focused()
    assert (bordered(group(page, "t20")), bordered(group(page, "t19"))) == (True, False)
    group(page, "t20").evaluate(RESTS)
    before = group(page, "t20").bounding_box()
    choice(page, "t20").check()
    expect(marks(page)).to_have_count(0)
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    assert (bordered(group(page, "t20")), group(page, "t20").bounding_box()) == (False, before)  # nothing moved under the thumb
    send(page)
    expect(page.locator("[data-fresh]")).to_be_visible()
    assert len(ballots_of(workshop)) == 1


def test_the_link_leads_to_the_first_that_is_still_not_answered(served: Served, phone: Callable[..., Page]):
    page = phone(many_tasks(served), complains=True)
    page.emulate_media(reduced_motion="reduce")
    answer(page, "t3", "t22")
    send(page)
    expect(group(page, "t3")).to_be_in_viewport(ratio=1)
    link = page.get_by_role("link", name=TH("page_room.first_unanswered"))
    for task in ("t3", "t22"):
        page.evaluate("scrollTo(0, 0)")
        link.click()
        expect(group(page, task)).to_be_in_viewport(ratio=1)
        expect(choice(page, task, "main")).to_be_focused()
        choice(page, task).check()
    expect(link).to_have_count(0)  # nowhere to lead to


@pytest.mark.parametrize("method", ["swing", "rank", "tier", "support"])
def test_how_far_one_is_stands_above_the_button_all_the_while(served: Served, phone: Callable[..., Page], method: str):
    page, fields = phone(served.workshop(method)), ANSWERS[method]
    for done, (name, value) in enumerate(fields.items()):
        expect(page.get_by_text(so_far(done, len(fields)), exact=True)).to_be_in_viewport()
        field = page.locator(f'[name="{name}"]')
        field.select_option(value) if method == "rank" else page.locator(f'[name="{name}"][value="{value}"]').check()
    expect(page.get_by_text(so_far(len(fields), len(fields)), exact=True)).to_be_in_viewport()
    page.reload()
    expect(page.get_by_text(so_far(len(fields), len(fields)), exact=True)).to_be_in_viewport()


def test_comparisons_are_counted_and_marked_once_they_are_asked_for(served: Served, phone: Callable[..., Page]):
    page = phone(served.workshop("best_worst"), complains=True)
    send(page)
    expect(marks(page)).to_have_text([f"{TH(f'page_room.best_worst.{end}')}: {MARK}" for end in ("best", "worst")])
    page.locator('[name=best][value="coverage"]').check()
    expect(marks(page)).to_have_text([f"{TH('page_room.best_worst.worst')}: {MARK}"])
    expect(page.get_by_text(so_far(1, 2), exact=True)).to_be_visible()
    page.locator('[name=worst][value="speed"]').check()
    expect(page.get_by_text(so_far(2, 5), exact=True)).to_be_visible()
    expect(marks(page)).to_have_count(0)  # these are asked for only now
    page.locator('[name="over:accuracy"][value="2"]').check()
    send(page)
    expect(marks(page)).to_have_text([MARK, MARK])
    expect(page.locator('[name="over:speed"]').first).to_be_focused()


def test_what_is_answered_while_a_refusal_is_under_way_is_not_marked_and_nothing_jumps(served: Served, phone: Callable[..., Page]):
    page = phone(many_tasks(served), complains=True)
    answer(page, "t2", "t22")
    with under_way(page):
        choice(page, "t22").check()
        at = page.evaluate("scrollY")
    expect(page.get_by_role("link", name=TH("page_room.first_unanswered"))).to_be_attached()
    expect(marks(page)).to_have_text([MARK])
    expect(group(page, "t2").locator(".lacks")).to_be_visible()
    assert abs(page.evaluate("scrollY") - at) < 200  # the sentence came above
    expect(choice(page, "t22")).to_be_checked()


def test_closing_takes_the_marks_away_and_opening_lets_one_go_on(served: Served, phone: Callable[..., Page]):
    workshop = many_tasks(served)
    page = phone(workshop, complains=True)
    answer(page, "t20")
    send(page)
    expect(marks(page)).to_have_count(1)
    workshop.move("closed")
    expect(page.get_by_text(TH("page_room.late"))).to_be_visible()
    expect(marks(page)).to_have_count(0)
    expect(page.locator("[aria-invalid], [data-lacks]")).to_have_count(0)
    workshop.move("open")
    expect(page.get_by_text(so_far(22, 23), exact=True)).to_be_visible()


def test_three_tiers_stand_side_by_side_for_a_thumb(served: Served, phone: Callable[..., Page]):
    page = phone(many_tasks(served))
    boxes = [one.bounding_box() for one in group(page, "t1").locator("label").all()]
    assert (len(boxes), len({box["y"] for box in boxes}), all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)) == (3, 1, True)
    for tier in TIERS:
        choice(page, "t1", tier).check()
        assert [one.bounding_box() for one in group(page, "t1").locator("label").all()] == boxes
    cut = page.evaluate("[...document.querySelectorAll('.segment')].filter((one) => one.scrollWidth > one.clientWidth).length")
    assert (cut, page.evaluate("document.documentElement.scrollWidth")) == (0, 360)


@pytest.mark.parametrize(("language", "scheme"), [("th", "light"), ("en", "dark")])
def test_without_scripts_it_is_marked_and_a_link_leads_there(served: Served, visitor: Callable[..., Page], language: str, scheme: str):
    """On one phone that goes from room to room, on another one to the other half of them."""
    page, seen = visitor(width=360, height=740, complains=True, java_script_enabled=False, color_scheme=scheme), {}
    methods = METHODS[::2] if language == "th" else METHODS[1::2]
    for method in methods:
        workshop = served.workshop(method)
        served.hold(page, workshop.phone().speak(language)).goto(f"{served.url}/room/here")
        counted = page.locator(".so-far:visible").count()  # nothing would keep it true
        page.locator("#answer button.main").click()
        page.locator("[data-first]").click()
        expect(page.locator("#lacking")).to_be_in_viewport()
        expect(marks(page).first).to_be_in_viewport()
        seen[method] = counted, bordered(page.locator("#lacking"))
        if method in ("swing", "tier", "support"):
            page.locator("#lacking input").first.check()
            expect(page.locator("#lacking .lacks")).to_be_hidden()
    assert seen == dict.fromkeys(methods, (0, True))


@pytest.mark.parametrize("method", ["tier", "rank", "best_worst"])
def test_axe_finds_nothing_where_some_are_marked_and_some_answered(served: Served, phone: Callable[..., Page], method: str):
    """Where all are marked: test_room_phones.py."""
    page = phone(served.workshop(method), complains=True)
    send(page)
    expect(marks(page).first).to_be_visible()
    page.locator("#lacking select").select_option("1") if method == "rank" else page.locator("#lacking input").first.check()
    assert (violations_in_both_themes(page), page.evaluate(_TIGHT), sideways(page)) == ([], [], [])
