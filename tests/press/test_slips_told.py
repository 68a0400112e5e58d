"""Every due date that moved once it was approved is told in what is handed in: the Word file, the PDF and the workbook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import approve_schedule, ledger
from pso_core.documents.blocks import Heading, Remark, Table
from pso_core.documents.parts.schedule import schedule, slip_head
from pso_core.documents.pdf import pdf_file
from pso_core.documents.report import report
from pso_core.documents.submission import about_of
from pso_core.domain.rows import ProjectState
from pso_core.office import Office
from pso_core.press.build import Order, case_of
from pso_core.press.reporting import report_files
from pso_core.steps.naming import Told, person_name
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import say_date
from tests.actions.planned import FACILITATOR, draft, move, seen
from tests.building import an_empty_project, an_office, person, write
from tests.documents.pdf_parts import packed, seen_by_chrome
from tests.documents.reading import book, lines_under, word_tables

MOVED, ENDED = "รอผลการประชุมของจังหวัด", "ทำต่อเนื่องทุกปี"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def project(office: Office) -> str:
    """Approved, then its last phase made shorter, an activity left without an end, and that given another name, which moves nothing."""
    project = an_empty_project(office)
    draft(office, project)
    write(office, project, "activity", "activity:1", name="ปรับปรุงฐานข้อมูล", start="2026-02-02", due="2026-03-31")
    approve_schedule(office, person("head"), project, seen(office, project))
    move(office, project, "certification", days="10", reason=MOVED)
    save_rows(office, FACILITATOR, project, [Edit("activity", "activity:1", {"open_ended": True})], seen(office, project), ENDED)
    save_rows(office, FACILITATOR, project, [Edit("activity", "activity:1", {"name": "ปรับปรุงฐานข้อมูลกลาง"})], seen(office, project))
    return project


def a_case(office: Office, project: str, language: str, seq: int | None = None):
    return case_of(office, Order(project, seq or seen(office, project), office.today(), language, False))


def wanted(office: Office, project: str, language: str) -> list[list[str]]:
    """The lines of the table, worked out from the ledger."""
    say = phrases(language)
    who, when = person_name(Told(say, people=(FACILITATOR,)), FACILITATOR.id), say_date(office.today(), say)
    ended, moved = ledger(office, project)
    assert (ended.after, moved.working_days) == (None, -10)
    phase = [say("steps.certification.short"), say_date(moved.before, say), say_date(moved.after, say), "−10", MOVED, f"{who}\n{when}"]
    return [["ปรับปรุงฐานข้อมูล", say_date(ended.before, say), say("page_schedule.no_due_any_more"), say("app.nothing"), ENDED, f"{who}\n{when}"], phase]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_and_the_workbook_tell_who_moved_what_from_when_to_when_by_how_much_and_why(office, project, language):
    (_, word), (_, workbook) = report_files(office, person("viewer"), project, language, thai_digits=False)
    head = list(slip_head(a_case(office, project, language))[:-1])
    (table,) = (lines for lines in word_tables(word) if lines[0] == head)
    assert table[1:] == wanted(office, project, language)
    say = phrases(language)
    lines = lines_under(book(workbook)[say("steps.schedule.short")], say("page_schedule.slips"))
    ended, moved = ledger(office, project)
    assert [line[1].date() for line in lines[1:]] == [ended.before, moved.before]  # dates and numbers as such
    assert (lines[1][2:4], lines[2][2].date(), lines[2][3]) == ([say("page_schedule.no_due_any_more"), None], moved.after, -10)


def test_the_pdf_has_them_under_the_approved_schedules(office, project):
    case = a_case(office, project, "th")
    titles = [block.text for block in schedule(case) if isinstance(block, Heading)]
    assert titles.index(case.say("page_schedule.slips")) == len(titles) - 2
    (told,) = (block for block in _told(case) if isinstance(block, Table))
    assert len(told.rows) == 2
    text = "".join(seen_by_chrome(pdf_file(tuple(report(case)), about_of(case), thai_digits=False)))
    assert "−10" in text and packed(MOVED) in text


def test_a_pack_of_an_earlier_change_tells_what_had_moved_until_then(office, project):
    before = seen(office, project) - 2
    assert [block.rows[0][4] for block in _told(a_case(office, project, "th", before)) if isinstance(block, Table)] == [MOVED]
    nothing = _told(a_case(office, project, "th", before - 1))
    assert [block.text for block in nothing if isinstance(block, Remark)] == [phrases("th")("page_schedule.no_slips")]


def test_a_schedule_that_was_never_approved_has_nothing_that_could_move(office):
    project = an_empty_project(office)
    draft(office, project)
    state: ProjectState = office.store.state(project)
    assert _told(a_case(office, project, "th", state.seq)) == []


def _told(case) -> list:
    """What stands under the heading of the slips."""
    blocks, title = list(schedule(case)), case.say("page_schedule.slips")
    at = next((place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.text == title), None)
    return [] if at is None else blocks[at + 1 : at + 2]
