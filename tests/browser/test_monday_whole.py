"""Monday morning of a project with little that is late: each line is read whole, with its owner and its day, and all on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES
from tests.browser.seated import Seated, seated
from tests.browser.test_monday_fits import ACROSS, LOWEST, SCREENS, fold_the_menu, screen
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
def test_each_line_is_read_whole_on_every_screen(calm: Seated, visitor: Callable[..., Page], language: str):
    page, found = calm.open(visitor(), language), {}
    assert page.locator("[class*='st-key-monday-parts-roomy'] [class*='st-key-monday-owed-'] .stPageLink").count() > 0
    for size, folded in SCREENS.items():
        screen(page, size)
        cut = page.evaluate(ACROSS), page.evaluate(CUT)
        if folded:
            fold_the_menu(page)
        found[size] = (*cut, page.evaluate(LOWEST) <= size[1])
    assert found == dict.fromkeys(SCREENS, ([], [], True))
