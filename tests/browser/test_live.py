"""Two browsers at one page: who writes where is seen at once, what was saved is told at once, and nothing half typed is lost or moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from pso_core.text.phrases import phrases
from pso_core.ui.live import SLOWLY
from tests.browser.axe import violations
from tests.browser.filling import field, press, write
from tests.browser.fitting import misfits
from tests.browser.houses import House, a_house
from tests.browser.looks import NARROW
from tests.browser.waiting import look, settle, visit
from tests.building import person

say = phrases("th")
SOON = 20_000  # milliseconds on a busy machine; less than the slow look, so that only what is pushed can be that quick
WHO = person("facilitator").name
MARK = say("live.mark", who=WHO)
TASKS, SAVE = ("1.1 งานวางแผนและโครงการ", "1.2 งานช่วยอำนวยความสะดวก ประสานราชการ", "1.3 งานการจัดทำข้อมูลจังหวัด"), say("page_tasks.save")
SET_AT = """(mark) => [...document.querySelectorAll(".stElementContainer")].filter((one) => getComputedStyle(one, "::after").content === `"${mark}"`)
  .map((one) => /st-key-\\S+/.exec(one.className)[0])"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("live")) as opened:
        yield opened


@pytest.fixture
def sit_down(office: House, visitor: Callable[..., Page]) -> Callable[..., Page]:
    """`sit_down("member", "step_3_tasks")`: one more browser, at this page."""

    def seated(who: str, address: str, **options) -> Page:
        page = office.let_in(visitor(**options), who)
        visit(page, f"{office.url}/{address}")
        return page

    return seated


def points(page: Page, task: str) -> Locator:
    return field(page, say("page_tasks.points_of", task=task))


def line(page: Page) -> Locator:
    return page.locator(".live")


def news(page: Page) -> Locator:
    return page.locator(".st-key-live-news")


def marked(page: Page, count: int) -> list[str]:
    """The keys of the fields at which it is said that somebody writes there, once there are so many."""
    page.wait_for_function(f"([mark, count]) => ({SET_AT})(mark).length === count", arg=[MARK, count], timeout=SOON, polling=100)
    return page.evaluate(SET_AT, MARK)


def test_whoever_is_half_way_through_a_field_sees_what_another_writes_and_saves_and_both_stand(sit_down):
    one, other = sit_down("facilitator", "step_3_tasks"), sit_down("administrator", "step_3_tasks", width=NARROW)
    expect(line(other)).to_contain_text(say("live.here", names=WHO), timeout=SOON)
    points(one, TASKS[0]).fill("16")  # not left yet
    assert [key.endswith("-points") for key in marked(other, 1)] == [True]
    expect(line(other)).to_contain_text(say("live.writing", who=WHO, rows=say("live.row", name=TASKS[0])))
    half = points(other, TASKS[2])
    half.fill("")
    half.press_sequentially("11", delay=20)
    place = half.bounding_box()
    points(one, TASKS[0]).press("Tab")
    write(one, say("page_tasks.points_of", task=TASKS[1]), 12)
    press(one, SAVE)
    expect(news(other)).to_contain_text(WHO, timeout=SOON)
    assert marked(other, 0) == []
    expect(half).to_be_focused()
    expect(half).to_have_value("11")
    assert half.bounding_box() == place
    expect(points(other, TASKS[0])).to_have_value("15")
    what_is_told_fits_a_phone_and_axe_finds_nothing(one, other)
    press(other, say("live.show"))
    expect(points(other, TASKS[0])).to_have_value("16")
    expect(half).to_have_value("11")
    expect(news(other)).to_have_count(0)
    write(other, say("page_tasks.points_of", task="1.4 งานรัฐพิธีและงานรับเสด็จฯ"), 11)
    press(other, SAVE)
    expect(other.get_by_text(say("app.saved"), exact=True)).to_be_visible()
    visit(one, one.url)
    assert [points(one, task).input_value() for task in TASKS] == ["16", "12", "11"]


def what_is_told_fits_a_phone_and_axe_finds_nothing(one: Page, phone: Page) -> None:
    """In both themes, with news, and with a mark at a field."""
    points(one, TASKS[1]).fill("13")
    marked(phone, 1)
    for scheme in ("light", "dark"):
        look(phone, color_scheme=scheme, width=NARROW)
        assert (misfits(phone), violations(phone), news(phone).is_visible(), len(marked(phone, 1))) == ([], [], True, 1)
    write(one, say("page_tasks.points_of", task=TASKS[1]), 12)


def test_what_is_saved_is_shown_at_once_or_by_a_slow_look_until_whoever_saved_it_closes_the_tab(office: House, sit_down, visitor):
    held = office.let_in(visitor(complains=True, alone=True), "administrator")
    held.clock.install()  # so that its slow look is due when we say
    held.route("**/live/*", lambda route: route.abort())
    visit(held, f"{office.url}/step_1_vision")
    one, reader = sit_down("facilitator", "step_1_vision"), sit_down("viewer", "step_1_vision")
    label = say("fields.vision.text.label")
    write(one, label, "ข้อมูลดี งานไว")
    press(one, say("app.save_one", kind=say("fields.vision.one")))
    shows_it_by_itself_and_says_so(reader, label, "ข้อมูลดี งานไว")
    here = re.compile(f"{re.escape(say('live.here', names=''))}.*{re.escape(WHO)}")  # before it stands who saved
    expect(line(reader)).to_contain_text(here)
    expect(news(held)).to_have_count(0)
    settle(held, lambda: held.clock.fast_forward(int(SLOWLY * 1000)))
    expect(news(held)).to_contain_text(WHO)
    expect(line(held)).to_contain_text(say("live.here", names=WHO))
    one.close()
    expect(line(reader)).not_to_contain_text(here, timeout=2 * SOON)


def shows_it_by_itself_and_says_so(reader: Page, label: str, text: str) -> None:
    """Nobody touches this page."""
    expect(field(reader, label)).to_have_value(text, timeout=SOON)
    expect(line(reader)).to_contain_text(say("live.shown", news="").strip())
    expect(news(reader)).to_have_count(0)
