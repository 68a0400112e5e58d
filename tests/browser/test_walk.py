"""As a new user would: from the first start to the certificate through the screen, and the other start, with the example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pso_core.domain.people import ROLES
from pso_core.text.phrases import phrases
from tests.browser import new_office
from tests.browser.waiting import ready
from tests.servers import Server, running

say = phrases("th")
STEPS = (
    new_office.profile, new_office.step_1, new_office.step_2, new_office.step_3, new_office.step_4,
    new_office.step_5, new_office.step_6, new_office.step_7, new_office.step_8, new_office.step_9,
)  # fmt: skip


def test_a_new_office_walks_from_nothing_to_its_certificate(server: Server, page: Page, tmp_path: Path):
    page.emulate_media(reduced_motion="reduce")  # nothing here is about what moves
    new_office.begin(page, server)
    new_office.add_facilitator(page)
    new_office.sign_over(page, server)
    new_office.create_project(page)
    for step in STEPS:
        step(page)
    new_office.home(page)
    new_office.downloads(page, tmp_path)


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path / "nine.duckdb") as started:
        yield started


def test_whoever_tries_the_example_is_in_at_once_and_one_tap_from_every_role(untouched: Server, page: Page):
    page.goto(untouched.url)
    page.get_by_role("button", name=say("signin.try_begin")).click()
    ready(page)
    expect(page.locator(".who")).to_contain_text(say("choices.role.facilitator"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("ลำปาง")
    for role in ("viewer", "administrator"):
        page.get_by_role("link", name=say("app.switch_role")).click()
        for one in ROLES:
            expect(page.get_by_role("button", name=say(f"choices.role.{one}"))).to_be_visible()
        page.get_by_role("button", name=say(f"choices.role.{role}")).click()
        ready(page)
        expect(page.locator(".who")).to_contain_text(say(f"choices.role.{role}"))
