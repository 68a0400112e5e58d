"""Comparing with the most and the least important one in a real browser at 360 px: few taps, told before sending, kept as a draft, and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, expect

from pso_core.text.phrases import phrases
from tests.browser.test_room_phones import Served, in_phase, phone, send, served
from tests.web.rooms import ANSWERS, NAMES, STAFF, ballots_of
from tests.web.test_room_best_worst import LOOK_AGAIN, ODD

TH = phrases("th")
ANSWER = ANSWERS["best_worst"]
FITS, AGAIN = f"✓ {TH('page_room.best_worst.fits')}", TH("page_room.best_worst.odd", **LOOK_AGAIN)


def tick(page: Page, fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        page.locator(f'input[name="{name}"][value="{value}"]').check()


def told(page: Page) -> Locator:
    return page.locator("[data-fit]:visible")


def test_only_what_is_to_be_compared_is_asked_and_both_ends_are_called_by_their_names(served: Served, phone: Callable[..., Page]):
    page = phone(served.workshop("best_worst"))
    asked = page.locator("[data-of]:visible legend")
    expect(asked).to_have_count(0)
    tick(page, {"best": "coverage", "worst": "coverage"})
    expect(page.get_by_text(TH("refusals.ballot_best_is_worst"))).to_be_visible()
    expect(asked).to_have_count(0)
    tick(page, {"worst": "speed"})
    expect(asked).to_have_text([NAMES["accuracy"], NAMES["speed"], NAMES["accuracy"]])
    expect(page.locator("[data-named=best]")).to_have_text(NAMES["coverage"])
    expect(page.locator("[data-named=worst]")).to_have_text(NAMES["speed"])
    tick(page, {"best": "accuracy"})
    expect(asked).to_have_text([NAMES["coverage"], NAMES["speed"], NAMES["coverage"]])


def test_whether_it_goes_together_is_told_as_soon_as_all_is_there_and_mended_before_sending(served: Served, phone: Callable[..., Page]):
    workshop = served.workshop("best_worst")
    page = phone(workshop)
    tick(page, {name: value for name, value in ODD.items() if name != "under:accuracy"})
    expect(told(page)).to_have_count(0)
    tick(page, {"under:accuracy": ODD["under:accuracy"]})
    expect(told(page)).to_have_text(AGAIN)
    tick(page, {name: ANSWER[name] for name in ("over:accuracy", "under:accuracy")})
    expect(told(page)).to_have_text(FITS)
    assert ballots_of(workshop) == []
    send(page)
    expect(page.get_by_text(TH("page_room.sent"), exact=False)).to_be_visible()
    assert ballots_of(workshop) == [{"best": "coverage", "worst": "speed", "over": {"accuracy": 2, "speed": 8}, "under": {"accuracy": 5}}]


def test_a_half_done_comparison_is_there_again_after_a_reload_and_what_lacks_is_counted(served: Served, phone: Callable[..., Page]):
    workshop = served.workshop("best_worst")
    page = phone(workshop, complains=True)
    tick(page, {"best": "coverage", "worst": "speed", "over:accuracy": "2"})
    page.reload()
    expect(page.locator('input[name="over:accuracy"][value="2"]')).to_be_checked()
    expect(page.locator("[data-named=best]")).to_have_text(NAMES["coverage"])
    send(page)
    expect(page.get_by_text(TH("refusals.ballot_incomplete", missing=2))).to_be_visible()
    expect(page.locator('input[name="over:accuracy"][value="2"]')).to_be_checked()
    tick(page, ANSWER)
    expect(told(page)).to_have_text(FITS)
    page.reload()
    expect(told(page)).to_have_text(FITS)
    workshop.move("closed")
    in_phase(page, "closed")
    expect(page.get_by_text(TH("page_room.late"))).to_be_visible()
    assert ballots_of(workshop) == []


def test_without_scripts_one_looks_and_sends_by_plain_forms(served: Served, visitor: Callable[..., Page]):
    workshop = served.workshop("best_worst")
    page = visitor(width=360, height=740, java_script_enabled=False)
    page.goto(f"{served.url}{workshop.door}")
    page.get_by_text(STAFF[0].name).click()
    page.get_by_role("button", name=TH("page_room.go_in")).click()
    tick(page, ODD)
    page.get_by_role("button", name=TH("page_room.best_worst.look")).click()
    expect(page.get_by_text(AGAIN)).to_be_visible()
    assert ballots_of(workshop) == []
    send(page)
    expect(page.get_by_text(TH("page_room.sent"), exact=False)).to_be_visible()
    expect(page.get_by_text(AGAIN)).to_be_visible()
    assert [one["over"] for one in ballots_of(workshop)] == [{"accuracy": 8, "speed": 8}]
