"""A phone while an answer is under way: what is typed meanwhile stays, is told as not sent, and can be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.test_room_phones import TH, Served, in_phase, phone, send, served  # noqa: F401
from tests.web.rooms import ballots_of

SEND = "**/room/send"


@contextmanager
def under_way(page: Page) -> Iterator[None]:
    """Sent at the beginning of the block, arrived at its end."""
    held: list[Route] = []
    page.route(SEND, lambda route: held.append(route))
    with page.expect_request(SEND):
        send(page)
    yield
    with page.expect_response(SEND):
        held[0].continue_()
    page.unroute(SEND)


def add(field: Locator, text: str) -> None:
    field.press("End")
    field.press_sequentially(text)


def test_what_is_typed_while_an_answer_is_under_way_stays_and_is_sent_next(served: Served, phone: Callable[..., Page]):  # noqa: F811
    workshop = served.workshop("score")
    page = phone(workshop)
    reason = page.get_by_label(TH("page_room.reason"))
    page.get_by_role("radio", name="ครบถ้วน").check()
    reason.press_sequentially("มีทะเบียน")
    with under_way(page):
        add(reason, "ครบ")
    expect(page.locator("[data-fresh]")).to_be_visible()
    expect(page.get_by_text(TH("page_room.unsent"))).to_be_visible()
    page.keyboard.type("ทุกฝ่าย")
    expect(reason).to_have_value("มีทะเบียนครบทุกฝ่าย")
    assert [one["reason"] for one in ballots_of(workshop)] == ["มีทะเบียน"]
    page.reload()
    expect(reason).to_have_value("มีทะเบียนครบทุกฝ่าย")
    page.get_by_role("button", name=TH("page_room.send_again")).click()
    expect(page.get_by_text(TH("page_room.unsent"))).to_be_hidden()
    assert [one["reason"] for one in ballots_of(workshop)] == ["มีทะเบียนครบทุกฝ่าย"]
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_refusal_is_told_above_what_was_typed_meanwhile(served: Served, phone: Callable[..., Page]):  # noqa: F811
    workshop = served.workshop("points")
    page = phone(workshop, complains=True)
    fields = page.locator("[data-points]")
    for number, value in enumerate(("50", "30", "1")):
        fields.nth(number).fill(value)
    with under_way(page):
        add(fields.last, "9")
    expect(page.get_by_text(TH("refusals.ballot_sum", sum=81, total=100, left=19))).to_be_visible()
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("20")
    expect(page.locator(".remainder")).to_have_text(f"✓ {TH('page_room.remainder.points.exact')}")
    send(page)
    expect(page.locator("[data-fresh]")).to_be_visible()
    expect(page.locator("[data-refusal]")).to_have_count(0)
    assert ballots_of(workshop) == [{"points": {"coverage": 50, "accuracy": 30, "speed": 20}}]


def test_what_was_typed_meanwhile_is_told_as_not_sent_when_the_room_closed_first(served: Served, phone: Callable[..., Page]):  # noqa: F811
    workshop = served.workshop("score")
    page = phone(workshop, complains=True)
    reason = page.get_by_label(TH("page_room.reason"))
    page.get_by_role("radio", name="ครบถ้วน").check()
    reason.fill("มีทะเบียน")
    with under_way(page):
        add(reason, "ครบ")
        workshop.move("closed")
        in_phase(page, "closed")
    expect(page.get_by_text(TH("page_room.late"))).to_be_visible()
    expect(page.locator("[data-unsent]")).to_be_visible()
    expect(page.locator("[data-unsent]").get_by_label(TH("page_room.reason"))).to_have_value("มีทะเบียนครบ")
    assert ballots_of(workshop) == []
