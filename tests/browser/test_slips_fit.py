"""The list of due dates that moved, beside the menu of a small screen: what moved is read in whole words beside a long reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pso_core.actions.schedule import approve_schedule, move_phase
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from tests.browser.seated import Seated, seated
from tests.building import an_empty_project, person
from tests.pages.scheduling import now, plan

REASON = "รอข้อมูลจากอำเภอซึ่งยังส่งไม่ครบทุกอำเภอ และคณะกรรมการอำนวยการขอให้ทบทวนร่างอีกครั้งก่อนเสนอผู้ว่าราชการจังหวัด " * 2
LINES = """(cells) => cells.map((cell) => { const range = document.createRange(); range.selectNodeContents(cell)
  return [cell.textContent, new Set([...range.getClientRects()].map((one) => one.top)).size] })"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seated]:
    with seated(tmp_path_factory.mktemp("moved"), person("facilitator"), _all_moved) as leader:
        yield leader


def _all_moved(office: Office) -> str:
    """All phases, for a reason that takes two lines."""
    project = an_empty_project(office)
    plan(office, project, (office.today() + timedelta(7)).isoformat())
    approve_schedule(office, person("head"), project, now(office, project))
    move_phase(office, person("facilitator"), project, "vision", {"days": 9}, now(office, project), REASON)
    return project


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moved_is_read_in_whole_words_beside_a_long_reason(moved: Seated, visitor: Callable[..., Page], language: str):
    say, page = phrases(language), moved.open(visitor(width=1280, height=800), language, "schedule")
    ledger = page.locator("table.sheet").filter(has_text=say("page_schedule.column.reason"))
    expect(ledger).to_have_count(1)
    lines = dict(ledger.locator("td.name").evaluate_all(LINES))
    assert len(lines) == 9 and [name for name, count in lines.items() if count > (2 if len(name) > 16 else 1)] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
