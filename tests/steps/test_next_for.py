"""What a person is offered to do next: their own worksheet first, then by steps what their role may close."""

from __future__ import annotations

import pytest

from pso_core.domain.people import ROLES
from pso_core.steps import ALL_STEPS, STEPS, Gap
from pso_core.steps.standing import Standing, next_for, standings
from tests.building import PEOPLE
from tests.steps.small import CRITERIA, STANDARD, Project, activity, complete, owned_by, project, report, row, sheets, without

NINE, GROUPS = len(CRITERIA), len(STANDARD.result_groups)
TEAM = {"administrator", "facilitator", "member", "head"}
DECIDING, CERTIFYING = {"administrator", "facilitator"}, {"administrator", "facilitator", "head"}

# Who is offered a gap at this place.
PLACES = {
    "people": {"administrator"}, "agency": DECIDING, "division:1": DECIDING, "vision": DECIDING, "worksheet": TEAM, "mission": TEAM, "goal:1": TEAM,
    "task": TEAM, "tier_rule:main": DECIDING, "weight": DECIDING, "weight:speed": DECIDING, "criterion:speed": TEAM, "indicator:1": TEAM, "round": DECIDING,
    "score:1/1": TEAM, "target:speed": DECIDING, "activity": TEAM, "activity:1": TEAM, "progress:activity:1": TEAM, "supervision": CERTIFYING,
    "request": CERTIFYING, "audit": CERTIFYING, "finding:1": CERTIFYING, "decision": CERTIFYING, "certificate": CERTIFYING, "result": TEAM,
    "step:plan": set(),
}  # fmt: skip

CONTENT = ["no_mission", "no_goal", "no_task", *["no_indicator"] * NINE]
PLAN = ["no_activity"] * 2  # of step 7 and of step 8
RESULTS = ["no_result"] * GROUPS
ALL_BUT_PEOPLE = [
    "no_agency_name", "no_schedule", "no_vision", "no_mission", "no_goal", "no_task", *["no_weight"] * NINE, *["no_indicator"] * NINE, "no_round",
    *PLAN, "no_request", "no_audit", "no_decision", *RESULTS,
]  # fmt: skip
OF_AN_EMPTY_PROJECT = {
    "administrator": ALL_BUT_PEOPLE,
    "facilitator": ["no_worksheet", *ALL_BUT_PEOPLE],
    "member": ["no_worksheet", *CONTENT, *PLAN, *RESULTS],
    "head": [*CONTENT, *PLAN, "no_request", "no_audit", "no_decision", *RESULTS],
    "viewer": [],
}


def next_of(role: str, of: Project) -> list[Gap]:
    return [gap for _, gap in next_for(PEOPLE[role], standings(of.review))]


def codes(role: str, of: Project) -> list[str]:
    return [gap.code for gap in next_of(role, of)]


@pytest.mark.parametrize("role", ROLES)
def test_in_an_empty_project_everybody_begins_with_the_first_thing_they_may_do(role: str):
    assert codes(role, project()) == OF_AN_EMPTY_PROJECT[role]


def test_each_thing_comes_with_the_step_it_belongs_to_and_the_steps_in_order():
    found = list(next_for(PEOPLE["administrator"], standings(project().review)))
    numbers = [step.number for step, _ in found]
    assert numbers == sorted(numbers)
    assert [(step.key, gap) for step, gap in found] == [(step.key, gap) for step in ALL_STEPS for gap in step.gaps(project().review) if gap.code in ALL_BUT_PEOPLE]


def test_only_one_s_own_worksheet_is_asked_for_and_no_longer_once_it_is_there():
    assert next_of("member", project())[0] == Gap("no_worksheet", "worksheet", {"person": "p-member"}, warning=True)
    assert "no_worksheet" in codes("member", project(sheets("facilitator")))
    assert "no_worksheet" not in codes("member", project(sheets("member")))


def test_what_is_only_warned_of_and_no_person_s_own_is_not_offered():
    reported = project(*(one for one in complete() if one.kind != "supervision"))
    warned = [gap.code for standing in standings(reported.review) for gap in standing.warnings]
    assert warned == ["month_without_supervision"]
    assert [codes(role, reported).count("month_without_supervision") for role in ("facilitator", "member", "head")] == [0, 0, 1]


def test_the_head_s_own_duty_and_what_is_late_come_before_the_rest():
    late = project(*(one for one in complete() if one.kind not in ("supervision", "vision")), activity("ก", start="2026-10-01", due="2026-11-01", owner="p-member"))
    assert codes("head", late)[:2] == ["month_without_supervision", "late_without_reason"]
    assert codes("facilitator", late)[0] == "late_without_reason"


def test_a_worksheet_begun_is_asked_for_in_its_place_until_it_is_filled_in():
    begun = row("worksheet", "begun", person="p-member", work_system="งานข้อมูล", problems="ไม่มีรหัสร่วม")
    assert next_of("member", project(begun))[0] == Gap("no_worksheet", "worksheet:begun", {"person": "p-member"}, warning=True)
    assert "no_worksheet" not in codes("member", project(begun, sheets("member")))


def test_the_worksheet_comes_before_what_else_is_said_of_oneself():
    assert codes("member", project(owned_by("member", "member", "head")))[:2] == ["no_worksheet", "one_person_carries_most"]
    assert "one_person_carries_most" not in codes("facilitator", project(owned_by("member", "member", "head")))


def test_nobody_carries_too_much_of_what_is_done():
    assert "one_person_carries_most" not in codes("member", project(owned_by("member", "member", "head"), report(100)))


def test_who_may_only_look_is_offered_nothing_even_where_activities_are_theirs():
    assert codes("viewer", project(owned_by("viewer", "viewer", "head"))) == []


@pytest.mark.parametrize(("role", "offered"), [("administrator", ["no_facilitator"]), ("head", []), ("member", [])])
def test_that_somebody_is_missing_is_said_to_those_who_manage_people(role: str, offered: list[str]):
    assert [code for code in codes(role, project(people=without("facilitator"))) if code == "no_facilitator"] == offered


@pytest.mark.parametrize("place", PLACES)
def test_a_gap_is_offered_to_those_whose_role_may_close_it(place: str):
    standing = Standing(STEPS[0], "started", (Gap("any", place),), ())
    assert {role for role in ROLES if list(next_for(PEOPLE[role], (standing,)))} == PLACES[place]


@pytest.mark.parametrize(("code", "place", "who"), [("tier_off_quota", "tier_rule:main", "member"), ("schedule_not_approved", "schedule", "head")])
def test_a_gap_that_is_closed_elsewhere_than_where_it_shows_is_offered_to_who_closes_it(code: str, place: str, who: str):
    standing = Standing(STEPS[0], "started", (Gap(code, place),), ())
    offered = {role for role in ROLES if list(next_for(PEOPLE[role], (standing,)))}
    assert who in offered
    assert offered != PLACES.get(place.split(":")[0])


def test_when_all_before_the_request_is_done_only_the_certification_is_left():
    assert codes("head", project(complete())) == ["no_request", "no_audit", "no_decision", *RESULTS]
    assert codes("member", project(complete())) == RESULTS
