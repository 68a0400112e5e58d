"""The schedule and the plan in time are read whole on a phone and on a projector, and nothing in them lies upon a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import approve_schedule, draft_schedule
from pso_core.actions.sign_in import begin_session
from pso_core.office import Office
from pso_core.ui.desk import PROJECT
from tests.browser.fitting import cut_texts
from tests.browser.houses import House
from tests.browser.looks import LOOKS
from tests.browser.test_pictures import pictures
from tests.browser.waiting import look, turn_to
from tests.building import an_empty_project, an_office, person
from tests.servers import running

NAMES = (
    "จัดประชุมเชิงปฏิบัติการทบทวนแผนปฏิบัติราชการร่วมกับภาคีเครือข่ายระดับอำเภอและตำบลทุกแห่งของจังหวัด ครั้งที่สอง",
    "Review the service standards with the district offices and publish what was agreed there before the quarter ends",
    "อบรมเจ้าหน้าที่",
)
GOES_ON = "ทำต่อเนื่องถึงวันนี้"  # begun and without an end: its bar is drawn until today
# Of the last texts drawn over their halo: cut, out of the picture, or touched by the next text or by a bar.
MISFITS = """() => {
  const svg = document.querySelector('[data-testid=stVegaLiteChart] svg.marks'), whole = svg.getBoundingClientRect()
  const boxes = (of) => [...of].map((one) => [one.textContent, one.getBoundingClientRect()])
  const texts = boxes([...svg.querySelectorAll('.mark-text')].slice(-WHICH).flatMap((group) => [...group.querySelectorAll('text')]))
  texts.sort(([, one], [, other]) => one.top - other.top)
  const bars = boxes(svg.querySelectorAll('.mark-rect.role-mark path'))
  const meets = (one, other) => one.top < other.bottom - 5 && other.top < one.bottom - 5  // stacked vowels have room of their own
  return texts.filter(([said, box], at) => said.includes('…') || box.left < whole.left - 1 || box.right > whole.right + 1 || box.bottom > whole.bottom
    || texts.slice(at + 1).some(([, other]) => meets(box, other)) || bars.some(([, bar]) => meets(box, bar))).map(([said]) => said)
}"""
LINES = "() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg.marks text')].map((one) => [...one.childNodes].map((line) => line.textContent).join(' '))"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    database = tmp_path_factory.mktemp("whole") / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        project = _planned(office)
        office.store.settings.set(f"{PROJECT}:{person('facilitator').id}", project)
        tokens = {"facilitator": begin_session(office, person("facilitator").id)}
    with running(Path(database)) as server:
        yield House(server, tokens, project, project, {})


def _planned(office: Office) -> str:
    """Nine phases, some of them late, and activities with names that one line has no room for."""
    facilitator, project, today = person("facilitator"), an_empty_project(office), office.today()
    draft_schedule(office, facilitator, project, {"direction": "from_start", "start": (today - timedelta(90)).isoformat()}, 1)
    days = [(today - timedelta(40 - 50 * at), today + timedelta(10 + 50 * at)) for at in range(len(NAMES))]
    rows = [{"name": name, "start": start.isoformat(), "due": due.isoformat(), "position": at} for at, (name, (start, due)) in enumerate(zip(NAMES, days, strict=True))]
    rows.append({"name": GOES_ON, "start": (today - timedelta(30)).isoformat(), "open_ended": True, "position": len(rows)})
    milestone = {"name": NAMES[0], "day": (today + timedelta(60)).isoformat()}
    edits = [*(Edit("activity", None, row) for row in rows), Edit("milestone", None, milestone)]
    save_rows(office, facilitator, project, edits, office.store.state(project).seq)
    approve_schedule(office, person("head"), project, office.store.state(project).seq)
    return project


@pytest.mark.parametrize("language", LOOKS)
def test_every_text_is_read_whole_on_a_phone_and_on_a_projector(house: House, enter: Callable[..., Page], language: str):
    first, second = LOOKS[language]
    page = enter(language=language, **first)
    for place, groups in (("schedule", 1), ("step_7_plan", 2)):
        turn_to(page, f"{house.url}/{place}")
        look(page, **first)
        expect(pictures(page)).to_have_count(1)
        misfits, high = cut_texts(page) + page.evaluate(MISFITS.replace("WHICH", str(groups))), pictures(page).bounding_box()["height"]
        look(page, **second)
        expect(pictures(page)).to_have_count(1)
        misfits += cut_texts(page) + page.evaluate(MISFITS.replace("WHICH", str(groups)))
        said = [line.replace(" ", "") for line in page.evaluate(LINES)]
        unread = [name for name in (*NAMES, GOES_ON) if not any(name.replace(" ", "") in line for line in said)]
        assert (place, misfits, unread, pictures(page).bounding_box()["height"] > high) == (place, [], [], True)


def test_a_text_is_read_whole_where_its_letters_come_later_than_the_picture(house: House, enter: Callable[..., Page]):
    """The browser measures with wider ones until then."""
    page, held = enter(language="en", alone=True, **LOOKS["en"][1]), []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(f"{house.url}/schedule", wait_until="commit")
    expect(pictures(page)).to_have_count(1)
    for letters in held:
        letters.continue_()
    page.evaluate("document.fonts.ready")
    assert held and [line for line in page.evaluate(LINES) if "…" in line] == []
