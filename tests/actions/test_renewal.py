"""The renewal plan of a real project: measured from its own log, else from its schedule, else from the standard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pso_core.actions.holidays import workdays
from pso_core.actions.renewal import frame_of, renewal_of
from pso_core.actions.schedule import draft_schedule
from pso_core.actions.sign_offs import approve, submit
from pso_core.domain.renewal import Length, Renewal
from pso_core.office import Office
from tests.building import an_empty_project, an_office, person, write

FACILITATOR, HEAD = person("facilitator"), person("head")
ENDS = "2029-10-31"
CERTIFICATE = {"valid_from": "2026-11-01", "valid_to": ENDS}


@pytest.fixture
def on(tmp_path: Path) -> Callable:
    """The office on this day."""
    return lambda day: an_office(tmp_path / "nine.duckdb", now=datetime.fromisoformat(f"{day}T03:00:00").replace(tzinfo=UTC))


def plan(office: Office, project: str) -> Renewal:
    return renewal_of(office, office.store.state(project))


def source(length: Length) -> tuple[int, str]:
    return length.days, length.source


def test_without_a_certificate_there_is_no_plan(on):
    with on("2026-11-23") as office:
        assert plan(office, an_empty_project(office)) is None


def test_before_anything_is_known_it_is_the_standards(on):
    with on("2026-11-23") as office:
        project = an_empty_project(office)
        write(office, project, "certificate", "certificate", **CERTIFICATE)
        found = plan(office, project)
    assert {length.source for length in (*found.lengths.values(), found.decision)} == {"standard"}
    assert (found.decision.days, found.expires) == (45, date(2029, 10, 31))


def test_a_step_that_was_worked_on_and_approved_is_measured_the_others_are_as_planned(on):
    with on("2026-03-02") as office:
        project = an_empty_project(office)
        draft_schedule(office, FACILITATOR, project, {"direction": "from_start", "start": "2026-03-02", "decision_days": "60"}, 1)
        write(office, project, "vision", text="เป็นเลิศ", adopted_on="2026-03-02")
        write(office, project, "mission", code="1", text="บริการ")
    with on("2026-03-11") as office:
        submit(office, person("member"), project, "vision", office.store.state(project).seq)
        approve(office, HEAD, project, "vision", office.store.state(project).seq, "เร่งด่วน")
        write(office, project, "certificate", "certificate", **CERTIFICATE)
        found = plan(office, project)
    assert found.lengths["vision"].measured == (date(2026, 3, 2), date(2026, 3, 11))
    assert source(found.lengths["vision"]) == (7, "measured")  # 2 to 6, 9 to 11 March, without Makha Bucha on the 3rd
    assert {length.source for step, length in found.lengths.items() if step != "vision"} == {"planned"}
    assert source(found.decision) == (60, "planned")


def test_the_last_step_ends_with_the_request_and_the_decision_is_measured_from_it(on):
    with on("2026-03-02") as office:
        project = an_empty_project(office)
        write(office, project, "readiness", part="contents", ready=True)
    with on("2026-05-20") as office:
        write(office, project, "request", "request", sent_on="2026-03-13", open_reason="เร่งด่วน")
        write(office, project, "decision", decided_on="2026-03-20", outcome="more_work")
        write(office, project, "decision", decided_on="2026-03-31", outcome="certified")
        write(office, project, "certificate", "certificate", **CERTIFICATE)
        found = plan(office, project)
    assert found.lengths["certification"].measured == (date(2026, 3, 2), date(2026, 3, 13))
    assert found.decision == Length(12, "measured", (date(2026, 3, 13), date(2026, 3, 31)))


def test_a_request_typed_as_sent_before_the_step_began_measures_nothing(on):
    with on("2026-03-02") as office:
        project = an_empty_project(office)
        write(office, project, "request", "request", sent_on="2026-02-02", open_reason="บันทึกย้อนหลัง")
        write(office, project, "certificate", "certificate", **CERTIFICATE)
        assert source(plan(office, project).lengths["certification"]) == (20, "standard")


def test_the_days_counted_are_working_days_of_the_office(on):
    with on("2026-11-23") as office:
        project = an_empty_project(office)
        write(office, project, "certificate", "certificate", valid_from="2023-12-08", valid_to="2026-12-08")
        found, calendar = plan(office, project), workdays(office)
    assert found.ready == calendar.shift(date(2026, 12, 8), -45)
    assert (found.late, found.passed) == (calendar.between(found.begin, date(2026, 11, 23)), True)


@pytest.mark.parametrize(
    ("valid_to", "frame"),
    [
        (ENDS, ("to_target", None, ENDS)), ("2026-12-31", ("from_start", "2026-11-23", "2026-12-31")), ("2026-11-23", ("from_start", "2026-11-23", "2026-11-23")),
        ("2026-11-22", ("from_start", "2026-11-23", None)), ("2004-10-08", ("from_start", "2026-11-23", None)),
    ],
)  # fmt: skip
def test_the_next_schedule_is_counted_back_while_there_is_time_else_on_from_today(on, valid_to, frame):
    with on("2026-11-23") as office:
        project = an_empty_project(office)
        write(office, project, "certificate", "certificate", valid_from="2001-10-09", valid_to=valid_to)
        found = frame_of(plan(office, project), office.today())
    assert (found["direction"], found["start"], found["target"]) == frame
    assert (found["target_of"], found["decision_days"]) == ("certificate", 45)
