"""Monday morning of a project with little that is late: each line is read whole, with its owner and its day, and all on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES
from tests.browser.seated import Seated, seated
from tests.browser.test_monday_fits import ACROSS, LOWEST, SCREENS
from tests.building import an_empty_project, person
from tests.pages.scheduling import plan

CUT = """() => [...document.querySelectorAll("[class*='st-key-monday-parts'] .stPageLink p *")].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline").map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seated]:
    with seated(tmp_path_factory.mktemp("calm"), person("facilitator"), _begun) as leader:
        yield leader


def _begun(office: Office) -> str:
    """A new project whose schedule began three weeks ago."""
    project = an_empty_project(office)
    plan(office, project, (office.today() - timedelta(21)).isoformat())
    return project


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SCREENS, ids=str)
def test_each_line_is_read_whole_on_one_screen(calm: Seated, visitor: Callable[..., Page], size: tuple[int, int], language: str):
    page = calm.open(visitor(width=size[0], height=size[1]), language)
    assert page.locator("[class*='st-key-monday-parts-roomy'] [class*='st-key-monday-owed-'] .stPageLink").count() > 0
    assert (page.evaluate(ACROSS), page.evaluate(CUT)) == ([], [])
    if SCREENS[size]:
        page.get_by_test_id("stSidebar").hover()  # brings the button that folds it
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        page.wait_for_timeout(600)  # the menu slides away
    assert page.evaluate(LOWEST) <= size[1]
