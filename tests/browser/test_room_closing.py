"""A phone at the moment of closing, with a change that was not sent: what was sent stands, what was typed is told as not sent."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_room_phones import TH, Served, in_phase, send, served  # noqa: F401


def test_closing_over_a_change_keeps_what_was_sent_and_takes_the_send_button(served: Served, visitor: Callable[..., Page]):  # noqa: F811
    workshop = served.workshop("points")
    page = served.hold(visitor(width=360, height=640), workshop.phone())
    page.goto(f"{served.url}/room/here")
    fields = page.locator("[data-points]")
    for number, value in enumerate(("50", "๓๐", "20")):
        fields.nth(number).fill(value)
    send(page)
    expect(page.get_by_text(TH("page_room.sent"), exact=False)).to_be_visible()
    fields.first.fill("12.5")
    expect(page.locator(".remainder")).to_have_text(TH("page_room.remainder.points.left", number=50))
    workshop.move("closed")
    expect(page.get_by_text(TH("page_room.late"))).to_be_visible()
    expect(page.get_by_text(TH("page_room.sent_closed"), exact=False)).to_be_visible()
    expect(page.locator(".own li").first).to_have_text("ความครอบคลุม: 50")
    expect(page.locator("[data-unsent]")).to_be_visible()
    expect(fields.first).to_have_value("12.5")
    expect(fields.first).to_be_disabled()
    assert (page.locator("button:visible").count(), page.get_by_text("แก้ได้จนกว่าจะปิดรับ").locator("visible=true").count()) == (0, 0)
    workshop.move("open")
    in_phase(page, "open")
    expect(fields.first).to_have_value("12.5")
    fields.first.fill("50")
    send(page)
    expect(page.locator("[data-dirty]")).to_be_hidden()
    fields.first.fill("60")
    workshop.move("closed"), workshop.move("revealed")
    in_phase(page, "revealed")
    expect(page.locator("[data-unsent] li").first).to_have_text("ความครอบคลุม: 60")
