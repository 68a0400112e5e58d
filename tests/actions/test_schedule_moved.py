"""A phase moved: what would move is shown before, nothing earlier moves, and nonsense is refused."""

from __future__ import annotations

from datetime import date

import pytest

from pso_core.actions.holidays import add_holiday, remove_holiday, workdays
from pso_core.actions.restoring import restore_row
from pso_core.actions.schedule import moved
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.schedule import LONGEST, phases_of
from tests.actions.planned import BACK, FACILITATOR, VISION, approve, bare, dates, draft, mistakes, move, office, project, refused, seen
from tests.building import person


MOVED = [
    ("vision", {"days": "8"}),
    ("vision", {"start": "20 ต.ค. 2568"}),
    ("mission", {"start": "1/12/2568", "due": "9/1/2569"}),
    ("tasks", {"due": "31/10/2568", "overlap": ""}),
    ("weights", {"after": None}),
    ("weights", {"overlap": 2_000}),
    ("indicators", {"start": "2025-10-11"}),  # a Saturday
    ("execution", {"days": LONGEST, "owner": "p-head"}),
    ("certification", {"days": 1}),
]


@pytest.mark.parametrize(("step", "typed"), MOVED)
def test_what_a_move_would_move_is_what_it_moves(office, project, step, typed):
    before, state = dates(office, project), office.store.state(project)
    shown = moved(office, state, step, typed)
    assert len(move(office, project, step, **typed).ids) >= 1
    assert phases_of(office.store.state(project)) == shown.phases
    after = dates(office, project)
    assert {one.step for one in shown.moves} == {key for key in after if after[key] != before[key]}
    assert all((one.start, one.due) == tuple(zip(before[one.step], after[one.step], strict=True)) for one in shown.moves)
    assert [change.action for change in office.store.history(project, limit=1)] == ["move_phase"]


@pytest.mark.parametrize(("step", "typed"), MOVED)
def test_what_is_before_it_stays(office, project, step, typed):
    before = dates(office, project)
    move(office, project, step, **typed)
    earlier = STEP_KEYS[: STEP_KEYS.index(step)]
    assert {key: dates(office, project)[key] for key in earlier} == {key: before[key] for key in earlier}


def test_a_later_vision_moves_all_that_waits_for_it_by_as_many_working_days(office, project):
    shown = moved(office, office.store.state(project), "vision", {"days": 8})
    assert [(one.step, one.working_days) for one in shown.moves] == [(step, 3) for step in STEP_KEYS]


def test_a_typed_date_stays_when_something_earlier_moves_and_an_emptied_one_no_longer(office, project):
    move(office, project, "plan", start="2 ก.พ. 2569")
    move(office, project, "vision", days=8)
    assert dates(office, project)["plan"][0] == date(2026, 2, 2)
    move(office, project, "plan", start="")
    assert dates(office, project)["plan"][0] == workdays(office).shift(dates(office, project)["assessment"][1], 1)
    assert not office.store.state(project).get("phase:plan")["pinned_start"]


def test_a_typed_due_date_gives_the_phase_its_length(office, project):
    move(office, project, "vision", due="17 ต.ค. 2568")
    assert office.store.state(project).get("phase:vision")["days"] == 9


def test_back_from_a_target_a_typed_date_does_not_become_the_start_of_others(office, bare):
    draft(office, bare, BACK)
    move(office, bare, "tasks", after="", start="1 ก.ย. 2568")
    move(office, bare, "plan", days=16)
    assert dates(office, bare)["vision"] == VISION


def test_another_owner_moves_nothing_even_when_a_holiday_was_added_since(office, project):
    before = dates(office, project)
    day = before["execution"][0]
    add_holiday(office, person("administrator"), Holiday(day, Words("วันหยุดเพิ่ม", "Added")))
    try:
        move(office, project, "vision", owner="p-member")
    finally:
        remove_holiday(office, person("administrator"), day)
    assert dates(office, project) == before


def test_an_owner_is_given_without_moving_anything(office, project):
    before = dates(office, project)
    move(office, project, "vision", owner="p-member")
    assert (office.store.state(project).get("phase:vision")["owner"], dates(office, project)) == ("p-member", before)


@pytest.mark.parametrize(
    ("step", "typed", "code", "field"),
    [
        ("vision", {"days": 0}, "phase_days_outside", "days"),
        ("vision", {"days": -5}, "phase_days_outside", "days"),
        ("vision", {"days": LONGEST + 1}, "phase_days_outside", "days"),
        ("vision", {"days": "10,000"}, "phase_days_outside", "days"),
        ("vision", {"days": ""}, "required", "days"),
        ("vision", {"days": "ห้า"}, "not_a_number", "days"),
        ("vision", {"days": 2**60}, "too_large", "days"),
        ("vision", {"start": "31 ก.พ. 2569"}, "date_impossible", "start"),
        ("vision", {"due": "31/13/2569"}, "date_impossible", "due"),
        ("vision", {"due": "1 ม.ค. 2699"}, "phase_days_outside", "due"),
        ("mission", {"start": "9/1/2569", "due": "8/1/2569"}, "due_before_start", "due"),
        ("mission", {"overlap": 10**9}, "too_big", "overlap"),
        ("mission", {"overlap": -1}, "too_small", "overlap"),
        ("mission", {"after": "lunch"}, "not_a_choice", "after"),
        ("mission", {"owner": "p-nobody"}, "person_unknown", "owner"),
        ("vision", {"after": "certification"}, "phases_in_circle", "after"),
        ("vision", {"after": "vision"}, "phases_in_circle", "after"),
        ("assessment", {"after": "plan"}, "phases_in_circle", "after"),
    ],
)
def test_a_phase_that_cannot_be_is_refused_at_its_field(office, project, step, typed, code, field):
    assert mistakes(office, project, lambda: move(office, project, step, **typed)) == [(code, ("phase", f"phase:{step}", field))]


def test_a_start_after_a_due_date_typed_before_is_refused(office, project):
    move(office, project, "mission", due="31 ต.ค. 2568")
    found = mistakes(office, project, lambda: move(office, project, "mission", start="3 พ.ย. 2568"))
    assert found == [("due_before_start", ("phase", "phase:mission", "due"))]


def test_nothing_can_be_moved_before_there_is_a_schedule(office, bare):
    assert refused(office, bare, lambda: move(office, bare, "vision", days=5)).code == "no_schedule"
    assert refused(office, bare, lambda: approve(office, bare)).code == "no_schedule"


def test_an_earlier_revision_of_a_phase_is_not_brought_back_past_the_others(office, project):
    first = seen(office, project)
    move(office, project, "vision", days=8)
    refusal = refused(office, project, lambda: restore_row(office, FACILITATOR, project, "phase:vision", first, seen(office, project)))
    assert refusal.code == "written_otherwise"
