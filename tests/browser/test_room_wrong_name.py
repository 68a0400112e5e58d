"""A phone under a name that is another's: told that it is out, it takes back by itself what it sent."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from pso_core.actions.workshop_joining import free_name
from tests.browser.test_room_phones import TH, Served, served  # noqa: F401
from tests.web.rooms import LEADER, ballots_of


def test_a_phone_that_is_told_of_the_wrong_name_takes_its_answer_back(served: Served, visitor: Callable[..., Page]):  # noqa: F811
    workshop = served.workshop("score")
    mistaken = workshop.phone(2)
    workshop.send(mistaken)
    page = served.hold(visitor(width=360, height=740, complains=True), mistaken)
    page.goto(f"{served.url}/room/here")
    expect(page.get_by_text(TH("page_room.sent_before"), exact=False)).to_be_visible()
    (one,) = served.office.store.workshops.participants(workshop.id)
    free_name(served.office, LEADER, workshop.id, one.id)
    expect(page.get_by_role("heading", name=TH("page_room.gone"))).to_be_visible()
    expect(page.get_by_text(TH("refusals.workshop_name_freed"))).to_be_visible()
    assert ballots_of(workshop) == []
    workshop.send(workshop.phone(2))
    assert len(ballots_of(workshop)) == 1
