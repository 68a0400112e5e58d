"""A step of a new cycle that only came along from the last one is begun at most, until somebody changes or submits it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pso_core.domain.rows import ProjectState, Row
from pso_core.steps import PROFILE, STEPS, Review
from pso_core.steps.carried import is_carried
from pso_core.steps.readiness import earlier_steps_open, readiness
from pso_core.steps.sign_off import STATES
from pso_core.steps.signing import hindrance
from pso_core.steps.standing import Standing, next_for, standing_of, standings
from tests.building import PEOPLE
from tests.steps.small import NEXT_CYCLE, goal, mission, project, row, vision, weights

FIRST_CYCLE = row("project", standard="pso1101")
VISION, MISSION = STEPS[0], STEPS[1]
NINE = weights(20, 10, 10, 10, 10, 10, 10, 10, 10)


def review_of(*rows: Row, removed: tuple[str, ...] = ()) -> Review:
    review = project(*rows).review
    return replace(review, state=ProjectState("p", 2, review.state.rows, dict.fromkeys(removed, 2)))


def of_mission(*rows: Row, about: Row = NEXT_CYCLE, removed: tuple[str, ...] = ()) -> Standing:
    """Step 2 of a project with a mission and its goal, in which nothing is missing."""
    return standing_of(review_of(about, mission(), goal(), *rows, removed=removed), MISSION)


def test_what_only_came_along_is_begun_and_no_more_though_nothing_is_missing():
    found = of_mission()
    assert (found.state, found.carried, found.gaps, [gap.code for gap in found.warnings]) == ("started", True, (), ["carried_over"])


def test_in_a_project_that_follows_no_other_nothing_is_carried_over():
    found = of_mission(about=FIRST_CYCLE)
    assert (found.state, found.carried, found.warnings) == ("complete", False, ())


@pytest.mark.parametrize("written", [row("goal", "2", seq=2, mission="mission:1", text="ใหม่"), row("mission", seq=2, text="แก้ไข")], ids=["added", "changed"])
def test_once_a_row_of_it_is_written_it_counts(written: Row):
    assert (of_mission(written).state, of_mission(written).carried) == ("complete", False)


def test_once_a_row_of_it_is_taken_away_it_counts():
    assert of_mission(removed=("goal:2",)).state == "complete"


def test_what_is_done_in_another_step_changes_nothing():
    assert of_mission(row("vision", seq=2, text="ข้อมูลดี"), removed=("task:1", "vision")).state == "started"


@pytest.mark.parametrize("state", STATES)
def test_once_submitted_it_counts_whatever_became_of_it(state: str):
    assert of_mission(row("sign_off", seq=2, step="mission", state=state)).state == "complete"


def test_the_sign_off_of_another_step_is_not_its_own():
    assert of_mission(row("sign_off", seq=2, step="vision", state="submitted")).state == "started"


def test_nothing_hinders_it_from_being_submitted():
    review = review_of(NEXT_CYCLE, vision("2026-11-01"))
    found = standing_of(review, VISION)
    assert (found.carried, hindrance(review.state, found, PEOPLE["facilitator"], "submit")) == (True, None)


def test_an_empty_step_is_empty_and_the_profile_which_nobody_signs_is_not_held_back():
    review = review_of(NEXT_CYCLE, row("agency", name="จังหวัด"))
    assert ([one.state for one in standings(review) if one.step.number], standing_of(review, PROFILE).state) == (["empty"] * 9, "complete")


def test_of_a_file_taken_in_without_history_while_work_was_under_way_nobody_can_tell():
    """All of its rows are of one change; a score or a worksheet among them was made in this cycle."""
    assert of_mission(row("worksheet", person="p-member", work_system="งานข้อมูล")).state == "complete"


def test_what_was_only_carried_over_makes_no_part_of_the_pack_ready_and_is_an_open_step_before_the_request():
    def told(about: Row) -> tuple[bool, list[str]]:
        review = review_of(about, *NINE)
        parts = readiness(review, {one.step.key: (*one.gaps, *one.warnings) for one in standings(review)})
        scoring = next(one for one in parts if one.part.key == "scoring_method")
        return any(gap.place == "step:weights" for gap in scoring.gaps), [gap.facts["step"] for gap in earlier_steps_open(review) if gap.facts["step"] == "weights"]

    assert (told(NEXT_CYCLE), told(FIRST_CYCLE)) == ((True, ["weights"]), (False, []))


@pytest.mark.parametrize(("role", "offered"), [("facilitator", True), ("member", True), ("viewer", False)])
def test_it_is_offered_as_a_thing_to_do_to_whoever_may_submit_it(role: str, offered: bool):
    found = standings(review_of(NEXT_CYCLE, mission(), goal()))
    assert ("carried_over" in [gap.code for _, gap in next_for(PEOPLE[role], found)]) is offered


def test_is_carried_looks_at_no_more_than_the_state():
    assert [step.key for step in STEPS if is_carried(review_of(NEXT_CYCLE, mission(), *NINE).state, step)] == ["mission", "weights"]
