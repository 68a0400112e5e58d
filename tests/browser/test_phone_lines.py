"""What a phone shows in one line: read whole, from its left edge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from tests.browser.looks import PHONE
from tests.browser.seated import Seated, seated
from tests.browser.waiting import turn_to
from tests.building import an_empty_project, person, write
from tests.pages.scheduling import approve, plan

HEAD = person("head")
EDGES = """(lines) => lines.map((line) => {
  const range = document.createRange()
  range.selectNodeContents(line)
  return Math.round(Math.min(...[...range.getClientRects()].filter((box) => box.width).map((box) => box.left)))
})"""
WHOLE = "(field) => [field.value ?? field.textContent, field.scrollWidth - field.clientWidth]"


@pytest.fixture(scope="module")
def two_projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seated]:
    with seated(tmp_path_factory.mktemp("lines"), HEAD, _owing_in_two) as head:
        yield head


def _owing_in_two(office: Office) -> str:
    """Of the head, who works on the one whose schedule is approved, and owes something in both."""
    mine, other = an_empty_project(office), an_empty_project(office)
    for project in (mine, other):
        for name in ("รวบรวมแบบกรอกข้อมูลจากทุกส่วนราชการในจังหวัด", "ประชุม"):
            write(office, project, "activity", name=name, owner=HEAD.id, due=(office.today() - timedelta(1)).isoformat())
    plan(office, mine)
    approve(office, mine)
    return mine


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_another_project_begin_where_those_of_this_one_do_and_the_chosen_snapshot_is_read_whole(two_projects: Seated, visitor: Callable[..., Page], language: str):
    page = two_projects.open(visitor(**PHONE), language, "my_work")
    lines = page.locator("[class*='st-key-monday-my-owed'] p")
    assert page.locator("[class*='st-key-monday-my-owed'] .stButton").count() >= 2 <= page.locator("[class*='st-key-monday-my-owed'] .stPageLink").count()
    assert len(set(lines.evaluate_all(EDGES))) == 1
    turn_to(page, f"{two_projects.url}/snapshots")
    text, beyond = page.get_by_role("combobox").first.evaluate(WHOLE)
    assert (phrases(language)("steps.schedule.short") in text, beyond) == (True, 0), text
