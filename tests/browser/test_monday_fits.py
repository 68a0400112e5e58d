"""Monday morning with a crowded project: all of it on one screen, large enough for the back row, and nothing lost that was cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from pso_core.actions.schedule import move_phase
from pso_core.actions.sign_offs import submit
from pso_core.office import Office
from pso_core.steps.columns import STEP_KEYS
from pso_core.text.phrases import LANGUAGES, phrases
from tests.bench.monday import _filled
from tests.browser.seated import Seated
from tests.browser.waiting import settle
from tests.building import an_office, person, write
from tests.servers import running

SCREENS = {(1920, 1080): False, (1280, 800): False, (1024, 768): True}  # whether the menu is folded
SMALLEST = 16  # pixels, of a letter
PARTS = "[class*='st-key-monday-parts'].stVerticalBlock"
LOWEST = """() => Math.ceil(document.querySelector('.st-key-monday-foot').getBoundingClientRect().bottom)"""
SMALL = """(parts, least) => [...parts.querySelectorAll("p, h2, span, strong, em")].filter((one) => one.checkVisibility() && one.dataset.testid !== "stIconMaterial"
  && [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) && parseFloat(getComputedStyle(one).fontSize) < least).map((one) => one.outerHTML)"""
PUSHED = """() => [...document.querySelectorAll(":is([class*='st-key-monday-owed-'], [class*='st-key-monday-phases-']) .stPageLink p")].filter((p) => p.scrollWidth > p.clientWidth).map((p) => p.textContent)"""
STUBS = """() => [...document.querySelectorAll(":is([class*='st-key-monday-owed-'], [class*='st-key-monday-phases-']) .stPageLink p")].flatMap((p) => [...p.querySelectorAll("em:not(:has(strong)), em > strong")].filter((em) => {
  const box = em.getBoundingClientRect(), seen = box.width > 2 && box.top < p.getBoundingClientRect().bottom - 2
  return seen && em.scrollWidth > em.clientWidth && em.clientWidth < 75
}).map((em) => em.textContent))"""

ACROSS = """() => {
  const box = (node) => { const range = document.createRange(); node.nodeType === 3 ? range.selectNode(node) : null; return (node.nodeType === 3 ? range : node).getBoundingClientRect() }
  return [...document.querySelectorAll("[class*='st-key-monday-parts'] .stPageLink p")]
    .filter((p) => [...p.childNodes].some((part) => box(part).right > p.closest("a").getBoundingClientRect().right + 1)).map((p) => p.textContent)
}"""


@pytest.fixture(scope="module", params=["late", "crowded"])
def crowded(request, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seated]:
    """200 activities and nine late phases; `crowded`: an owner for each phase and something in every part besides."""
    database = tmp_path_factory.mktemp("crowded") / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        token = _filled(office)
        if request.param == "crowded":
            _crowd(office)
    with running(database) as server:
        yield Seated(server.url, token)


def _crowd(office: Office) -> None:
    [project] = office.store.projects()
    for step in STEP_KEYS:
        move_phase(office, person("facilitator"), project, step, {"owner": "p-facilitator"}, office.store.state(project).seq)
    move_phase(office, person("facilitator"), project, "mission", {"days": 20}, office.store.state(project).seq, "รอข้อมูลจากอำเภอซึ่งยังส่งไม่ครบทุกอำเภอ")
    write(office, project, "certificate", number="1/2569", valid_from=_from(office.today(), -900), valid_to=_from(office.today(), 100))
    submit(office, person("member"), project, "weights", office.store.state(project).seq)


def screen(page: Page, size: tuple[int, int]) -> None:
    settle(page, lambda: page.set_viewport_size({"width": size[0], "height": size[1]}))


def fold_the_menu(page: Page) -> None:
    page.get_by_test_id("stSidebar").hover()  # brings the button that folds it
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    page.wait_for_timeout(600)  # the menu slides away


def _from(today: date, days: int) -> str:
    return (today + timedelta(days)).isoformat()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_morning_stands_on_every_screen_in_letters_for_the_back_row(crowded: Seated, visitor: Callable[..., Page], language: str):
    """Beside the open menu of the smallest, which holds less, no row runs into another at least."""
    page, found = crowded.open(visitor(), language), {}
    for size, folded in SCREENS.items():
        screen(page, size)
        if folded:
            found["beside the menu"] = page.evaluate(ACROSS)
            fold_the_menu(page)
        small, cut = page.locator(PARTS).evaluate(SMALL, SMALLEST), (page.evaluate(PUSHED), page.evaluate(STUBS))
        found[size] = (page.evaluate(LOWEST) <= size[1], small, cut)
    assert found == dict.fromkeys(SCREENS, (True, [], ([], []))) | {"beside the menu": []}  # of whom something is read, more than two letters are


def test_a_line_that_was_cut_is_read_whole_where_one_points(crowded: Seated, page: Page):
    crowded.open(page, "th")
    line = page.locator("[class*='st-key-monday-owed-overdue'] .stPageLink p").first
    day, owner = line.locator("em").last, line.locator("em").first
    assert "31 ม.ค. 2545" in day.inner_text()
    assert day.bounding_box()["width"] < 2 and owner.inner_text() == f"· {phrases('th')('reminders.no_owner')}"
    line.hover()
    expect(day).to_have_css("position", "static")
    assert day.bounding_box()["width"] > 50
    assert line.evaluate("(p) => p.scrollWidth <= p.clientWidth && p.clientHeight > 30")
