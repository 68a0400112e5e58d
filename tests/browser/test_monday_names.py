"""Monday morning where many steps are overdue: which step it is, is read before whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from pso_core.actions.schedule import move_phase
from pso_core.office import Office
from pso_core.steps.columns import STEP_KEYS
from pso_core.text.phrases import LANGUAGES
from tests.browser.seated import Seated, seated
from tests.browser.test_monday_fits import PUSHED, SCREENS, STUBS, screen
from tests.building import an_empty_project, person
from tests.pages.scheduling import now, plan, sign

LEADER = person("facilitator")
NAMES = """() => [...document.querySelectorAll("[class*='st-key-monday-owed-overdue'] .stPageLink p > strong")].map((one) => [one.textContent, one.scrollWidth - one.clientWidth])"""

MENU = """() => [...document.querySelectorAll("[data-testid='stSidebarNavLink'] *")].filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth).map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def overdue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seated]:
    with seated(tmp_path_factory.mktemp("overdue"), LEADER, _long_over) as leader:
        yield leader


def _long_over(office: Office) -> str:
    """A schedule of last year, with a facilitator who owns every step; only the first is approved."""
    project = an_empty_project(office)
    plan(office, project, (office.today() - timedelta(400)).isoformat())
    for step in STEP_KEYS:
        move_phase(office, LEADER, project, step, {"owner": LEADER.id}, now(office, project))
    sign(office, project, "vision")
    return project


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_an_overdue_step_and_by_how_many_days_it_is_late_are_read_whole(overdue: Seated, visitor: Callable[..., Page], language: str):
    page, found = overdue.open(visitor(), language), {}
    for size in SCREENS:
        screen(page, size)
        names = page.evaluate(NAMES)
        found[size] = (len(names) > 1, [name for name, cut in names if cut > 0], page.evaluate(PUSHED), page.evaluate(STUBS), page.evaluate(MENU))
    assert found == dict.fromkeys(SCREENS, (True, [], [], [], []))
    late = page.get_by_test_id("stSidebarNavLink").filter(has_text={"th": "วันทำการ", "en": "working days late"}[language])
    assert late.count() == len(STEP_KEYS) - 1
