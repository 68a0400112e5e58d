"""Planning the phases: laid out as it was shown before, in dates as people type them, by whoever may, and nonsense refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from pso_core.actions.holidays import add_holiday, workdays
from pso_core.actions.schedule import laid
from pso_core.domain.people import ROLES
from pso_core.domain.permissions import VERBS
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.errors import PsoError
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.schedule import phases_of
from tests.actions.planned import BACK, FACILITATOR, FORWARD, LAST, VISION, approve, bare, dates, draft, mistakes, move, office, project, refused, seen
from tests.building import an_empty_project, an_office, person


# Laid out ----------------------------------------------------------------------------------------------------------------


def test_a_first_schedule_is_the_standards_from_the_day_chosen(office, bare):
    draft(office, bare)
    assert tuple(dates(office, bare)) == STEP_KEYS
    assert (dates(office, bare)["vision"], dates(office, bare)["certification"]) == (VISION, LAST)
    assert office.store.state(bare).only("schedule")["start"] == "2025-10-06"
    assert [(change.action, change.person_id, len(change.rows)) for change in office.store.history(bare, limit=1)] == [
        ("draft_schedule", FACILITATOR.id, 10),
    ]  # fmt: skip


def test_back_from_the_day_of_the_request_it_is_the_same(office, bare):
    draft(office, bare, BACK)
    assert (dates(office, bare)["vision"], dates(office, bare)["certification"]) == (VISION, LAST)


def test_back_from_the_certificate_the_request_goes_the_working_days_before(office, bare):
    draft(office, bare, {**BACK, "target": "9 ต.ค. 2569", "target_of": "certificate", "decision_days": "45"})
    assert workdays(office).between(dates(office, bare)["certification"][1], date(2026, 10, 9)) == 45


@pytest.mark.parametrize("typed", ["6 ต.ค. 2568", "6/10/2568", "๖ ตุลาคม ๒๕๖๘", "6 Oct 2025", "6/10/2025", "2025-10-06", date(2025, 10, 6)])
def test_a_start_is_read_in_either_era(office, bare, typed):
    draft(office, bare, {**FORWARD, "start": typed})
    assert dates(office, bare)["vision"] == VISION


def test_what_is_shown_before_is_what_is_saved(office, bare):
    shown = laid(office, office.store.state(bare), FORWARD)
    assert shown.moves == ()
    draft(office, bare)
    assert phases_of(office.store.state(bare)) == shown.phases


def test_laid_out_anew_lengths_owners_and_typed_dates_stay(office, project):
    move(office, project, "mission", days=7, owner="p-member")
    move(office, project, "plan", start="2/2/2569")
    draft(office, project, {**FORWARD, "start": "13 ต.ค. 2568"})
    state = office.store.state(project)
    assert (state.get("phase:mission")["days"], state.get("phase:mission")["owner"]) == (7, "p-member")
    assert (state.get("phase:plan")["start"], state.get("phase:plan")["pinned_start"]) == ("2026-02-02", True)
    assert dates(office, project)["vision"][0] == date(2025, 10, 14)  # the 13th is a holiday


@pytest.mark.parametrize(
    ("frame", "code", "field"),
    [
        ({"direction": "from_start"}, "start_missing", "start"),
        ({"direction": "to_target", "start": "6/10/2568"}, "target_missing", "target"),
        ({"start": "6/10/2568"}, "required", "direction"),
        ({"direction": "sideways", "target": "6/10/2568"}, "not_a_choice", "direction"),
        ({**FORWARD, "target": "5/10/2568"}, "target_before_start", "target"),
        ({**BACK, "start": "7 ส.ค. 2569"}, "target_before_start", "target"),
        ({**FORWARD, "start": "31 ก.พ. 2569"}, "date_impossible", "start"),
        ({**FORWARD, "start": "29 ก.พ. 2569"}, "date_impossible", "start"),
        ({**FORWARD, "start": "เมื่อพร้อม"}, "date_unreadable", "start"),
        ({**FORWARD, "start": "6/10/9999"}, "year_out_of_range", "start"),
        ({**BACK, "target_of": "holiday"}, "not_a_choice", "target_of"),
        ({**BACK, "decision_days": "สี่สิบห้า"}, "not_a_number", "decision_days"),
        ({**BACK, "decision_days": 4.5}, "not_whole", "decision_days"),
        ({**BACK, "decision_days": -1}, "too_small", "decision_days"),
        ({**BACK, "target_of": "certificate", "decision_days": 10**9}, "too_big", "decision_days"),
    ],
)
def test_a_frame_that_cannot_be_is_refused_at_its_field(office, bare, frame, code, field):
    assert mistakes(office, bare, lambda: draft(office, bare, frame)) == [(code, ("schedule", "schedule", field))]


def test_the_twenty_ninth_of_february_can_be_a_start_where_there_is_one(office, bare):
    draft(office, bare, {**FORWARD, "start": "29 ก.พ. 2571"})
    assert dates(office, bare)["vision"] == (date(2028, 2, 29), date(2028, 3, 6))


# Who, and together -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_whoever_decides_may_plan_and_nobody_else(office, project, role):
    by = person(role)
    for attempt in (lambda: draft(office, project, {**FORWARD, "start": "7/10/2568"}, by=by), lambda: move(office, project, "vision", by=by, days=9)):
        if role in VERBS["decide"]:
            attempt()
            continue
        refusal = refused(office, project, attempt)
        assert (refusal.code, refusal.facts) == ("not_allowed", {"role": role, "verb": "decide"})


def test_two_who_move_at_once_see_each_others_dates_before_the_second_is_saved(office, project):
    shown = seen(office, project)
    move(office, project, "vision", at=shown, days=8)
    for step in ("execution", "vision"):
        assert refused(office, project, lambda step=step: move(office, project, step, at=shown, days=100)).code == "phases_changed_since"
    move(office, project, "execution", days=100)
    state = office.store.state(project)
    assert (state.get("phase:vision")["days"], state.get("phase:execution")["days"]) == (8, 100)


def test_of_many_who_move_at_the_same_moment_one_is_saved_and_the_others_are_told(office, project):
    shown = seen(office, project)

    def attempt(days: int) -> str:
        try:
            return "saved" if move(office, project, "vision", at=shown, days=days).ids else "nothing"
        except PsoError as refusal:
            return refusal.code

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(attempt, range(6, 12)))
    assert sorted(said) == ["phases_changed_since"] * 5 + ["saved"]
    assert office.store.state(project).get("phase:vision")["days"] == 6 + said.index("saved")


# The calendar under it ---------------------------------------------------------------------------------------------------


def test_a_holiday_more_moves_what_is_laid_out_anew_and_nothing_by_itself(database):
    extra = Holiday(date(2025, 10, 8), Words("วันหยุดราชการเพิ่มเป็นกรณีพิเศษ", "Additional special holiday"), special=True)
    with an_office(database) as office:
        project = an_empty_project(office)
        draft(office, project)
        add_holiday(office, person("administrator"), extra)
        assert dates(office, project)["vision"] == VISION
        shown = laid(office, office.store.state(project), FORWARD)
        assert shown.phases[0].due == date(2025, 10, 14)
        assert {one.step for one in shown.moves} == set(STEP_KEYS)


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server in Los Angeles, where it is still the day before."""
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_days_are_thailands_wherever_the_server_stands(database, far_away):
    half_past_midnight = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    with an_office(database, now=half_past_midnight) as office:
        project = an_empty_project(office)
        draft(office, project)
        approve(office, project)
        assert (office.today(), time.localtime(half_past_midnight.timestamp()).tm_mday) == (date(2026, 11, 23), 22)
        assert dates(office, project)["vision"] == VISION
        assert office.store.state(project).of("baseline")[0]["approved_at"] == "2026-11-22T17:30:00Z"
