"""Phones of a workshop that are real browsers: they load scripts and styles, listen to events and draw what comes."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Page, async_playwright, expect

from pso_core.domain.workshop.weighting import RATINGS
from pso_core.text.phrases import phrases
from pso_core.web.room_answers import ON
from tests.bench.visitors import PageFailed
from tests.browser.conftest import ARGUMENTS, find_chromium

TH = phrases("th")
SECONDS = 60


def some_ratings(about: tuple[str, ...]) -> dict[str, int]:
    """What anybody might answer: the first criterion is the most important one."""
    return dict(zip(about, (100, *random.choices(RATINGS, k=len(about) - 1)), strict=True))


@dataclass
class RealPhone:
    """Does what a `Phone` does, by its page of 360 pixels. `revealed_at`: when it had drawn the result."""

    url: str
    person_id: str
    page: Page
    revealed_at: float = float("inf")

    async def come_in(self, secret: str) -> float:
        began = time.perf_counter()
        await self.page.goto(f"{self.url}/room/join/{secret}")
        await self.page.locator(f"label.name:has(input[value='{self.person_id}'])").click()
        await self.page.get_by_role("button", name=TH("page_room.go_in"), exact=True).first.click()
        await self.page.wait_for_url("**/room/here")
        return time.perf_counter() - began

    async def answer(self, about: tuple[str, ...]) -> float:
        for one, rating in some_ratings(about).items():
            await self.page.locator(f"label.segment:has(input[name='{ON}{one}'][value='{rating}'])").click()
        began = time.perf_counter()
        await self.page.get_by_role("button", name=TH("page_room.send"), exact=True).click()
        await expect(self.page.locator("p.sent")).to_be_visible()
        return time.perf_counter() - began

    async def watch(self) -> None:
        """Until the result stands on the page."""
        await expect(self.page.locator("[data-phase]")).to_have_text(TH("page_room.phase.revealed"), timeout=SECONDS * 5000)
        self.revealed_at = time.perf_counter()


@asynccontextmanager
async def real_phones(url: str, person_ids: list[str]) -> AsyncIterator[list[RealPhone]]:
    """One browser, a phone of its own for each person; a fault in any page's console is a failure."""
    said: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(playwright), args=list(ARGUMENTS))
        contexts = await asyncio.gather(*(browser.new_context(viewport={"width": 360, "height": 740}, locale="th-TH", timezone_id="Asia/Bangkok") for _ in person_ids))
        phones = []
        for person_id, context in zip(person_ids, contexts, strict=True):
            context.set_default_timeout(SECONDS * 1000)
            page = await context.new_page()
            page.on("pageerror", lambda error: said.append(str(error)))
            phones.append(RealPhone(url, person_id, page))
        yield phones
        await browser.close()
    if said:
        raise PageFailed("\n".join(said))
