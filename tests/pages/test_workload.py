"""Who carries how much: only what is unfinished weighs on somebody, wherever it is told."""

from __future__ import annotations

from pso_core.actions.status import status_of
from pso_core.documents.one_page import Part
from pso_core.office import Office
from pso_core.text.phrases import phrases
from pso_core.ui import monday
from tests.building import person, write
from tests.pages.conftest import shown
from tests.pages.test_monday import desk

TH = phrases("th")
MEMBER = person("member").name


def plan(office: Office, project: str) -> None:
    """Three of the member's, one of the head's; two of the member's are done."""
    for number in range(4):
        write(office, project, "activity", f"activity:{number}", name=f"งานที่ {number}", owner="p-member" if number else "p-head")
    done(office, project, 1, 2)


def done(office: Office, project: str, *numbers: int) -> None:
    for number in numbers:
        write(office, project, "progress", activity=f"activity:{number}", reported_on="2026-11-20", percent=100)


def printed(office: Office, project: str) -> Part:
    here = desk(office, project)
    return next(part for part in monday.to_print(monday.monday_of(here)).parts if part.heading == TH("page_execution.workload"))


def test_what_is_finished_weighs_on_nobody_on_step_8(office, empty, visit):
    plan(office, empty)
    text = shown(visit("step_8_execution"))
    assert text.count(TH("page_execution.load", count=1, all=2, percent="50")) == 2
    assert TH("page_execution.too_much") not in text


def test_nor_on_monday_nor_on_its_page_to_print(office, empty, visit):
    plan(office, empty)
    text = shown(visit("monday"))
    assert text.count(TH("page_monday.load", count=1, all=2)) == 2
    assert TH("page_execution.too_much") not in text
    said = TH("page_execution.load", count=1, all=2, percent="50")
    assert sorted(printed(office, empty).lines) == sorted(f"{person(role).name} {said}" for role in ("head", "member"))


def test_nor_on_the_command_line(office, empty):
    plan(office, empty)
    lines, data = status_of(office, TH, empty)
    assert [(one["activities"], one["percent"], one["heavy"]) for one in data["progress"]["workload"]] == [(1, 50, False)] * 2
    assert any(TH("cli.status.load", person=MEMBER, activities=1, percent="50") in line for line in lines)


def test_where_everything_is_finished_that_is_said(office, empty, visit):
    plan(office, empty)
    done(office, empty, 0, 3)
    for page in ("step_8_execution", "monday"):
        assert TH("page_monday.none.load") in shown(visit(page))
    part = printed(office, empty)
    assert (part.lines, part.none) == ((), TH("page_monday.none.load"))
