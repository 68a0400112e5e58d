"""Every gap there is: the smallest project in which it is found, exactly what is said of it, and what mends it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from pso_core.errors import Problem
from pso_core.steps import ALL_STEPS, KINDS, Gap, Review, mock_audit
from pso_core.steps.carried import all_gaps
from pso_core.steps.naming import Told, gap_sentence
from pso_core.steps.readiness import earlier_steps_open, readiness
from pso_core.steps.rules import mistakes_across, mistakes_in, misnamed
from pso_core.steps.vision import STEP as VISION
from pso_core.text.phrases import LANGUAGES, phrases
from tests.steps.certification_cases import OF_CERTIFICATION
from tests.steps.evidence_cases import EDGES_OF_EVIDENCE, OF_EVIDENCE
from tests.steps.examiner_cases import OF_EXAMINERS
from tests.steps.small import (
    CRITERIA, LEVELS, NEXT_CYCLE, STANDARD, Case, Project, activity, audit, baseline, closed, complete, conditions, decision, finding, goal, indicator, indicators_of,
    mission, owned_by, phase, project, report, results, round_, row, score, shared, sheets, targets, tasks, vision, visits, weight, weights, without,
)  # fmt: skip
from tests.tree import ROOT, parsed

FULL = {"main": (60,), "secondary": (30,)}  # two tiers have their quota
SCORED = (round_(), indicator())  # a score is wanting
BELOW = (*SCORED, score(1), weight("speed", 100), *targets("speed", level=2))  # speed is one level below its target
DATES = {"start": "2026-11-01", "due": "2026-11-22"}  # over since yesterday
SPEED, OF_ACTIVITY = {"criterion": "speed"}, {"activity": "จัดทำแฟ้ม"}
OF_SCORE = {"criterion": "speed", "indicator": "ตัวชี้วัด 1"}
BUT_SPEED = [key for key in CRITERIA if key != "speed"]
NINE = (20, 10, 10, 10, 10, 10, 10, 10, 10)
PUBLIC, *OTHERS = STANDARD.result_groups
LETTER = {"letter_no": "ลป 1"}
MEETING = row("meeting", title="ให้น้ำหนัก", step="weights", held_on="2026-11-20", began_at="2026-11-20T03:00:00Z", led_by="p-facilitator")
RESOLUTION = row("resolution", meeting=MEETING.id, number=1, title="น้ำหนัก", method="swing", decided="20", decided_by="p-facilitator", decided_at="2026-11-20T04:00:00Z")

CASES: dict[str, Case] = {
    **OF_CERTIFICATION,
    **OF_EVIDENCE, **OF_EXAMINERS,
    "meetings.meeting_without_decision": Case(
        Gap("meeting_without_decision", MEETING.id, {"title": "ให้น้ำหนัก", "date": "2026-11-20"}, warning=True), project(MEETING), project(MEETING, RESOLUTION),
    ),
    "profile.no_agency_name": Case(Gap("no_agency_name", "agency"), project(), project(row("agency", name="จังหวัด"))),
    "profile.no_facilitator": Case(Gap("no_facilitator", "people"), project(people=without("facilitator")), project()),
    "vision.no_vision": Case(Gap("no_vision", "vision"), project(), project(vision())),
    "vision.vision_not_adopted": Case(
        Gap("vision_not_adopted", "vision"), project(vision()), project(vision("2026-11-01")),
    ),
    "vision.no_worksheet": Case(
        Gap("no_worksheet", "worksheet", {"person": "p-member"}, warning=True), project(sheets("facilitator")), project(sheets("facilitator", "member")),
    ),
    "mission.no_mission": Case(Gap("no_mission", "mission"), project(), project(mission())),
    "mission.no_goal": Case(
        Gap("no_goal", "goal"), project(mission()), project(mission(), goal()),
    ),
    "tasks.no_task": Case(Gap("no_task", "task"), project(), project(tasks(main=(60,)))),
    "tasks.tier_off_quota": Case(
        Gap("tier_off_quota", "tier_rule:support", {"tier": "support", "points": 9, "quota": 10}), project(tasks(**FULL, support=(9,))), project(tasks(**FULL, support=(10,))),
    ),
    "tasks.points_off_total": Case(
        Gap("points_off_total", "task", {"points": 99, "total": 100}), project(tasks(**FULL, support=(9,))), project(tasks(**FULL, support=(10,))),
    ),
    "tasks.equal_tier_unequal": Case(
        Gap("equal_tier_unequal", "tier_rule:main", {"tier": "main"}),
        project(row("tier_rule", tier="main", mode="equal"), tasks(main=(31, 29))), project(row("tier_rule", tier="main", mode="equal"), tasks(main=(30, 30))),
    ),
    "tasks.ranked_tier_out_of_order": Case(
        Gap("ranked_tier_out_of_order", "tier_rule:main", {"tier": "main"}), project(tasks(main=(29, 31))), project(tasks(main=(31, 29))),
    ),
    "weights.no_weight": Case(
        Gap("no_weight", f"weight:{CRITERIA[-1]}", {"criterion": CRITERIA[-1]}), project(weights(*NINE[:-1])), project(weights(*NINE)),
    ),
    "weights.weights_short": Case(Gap("weights_short", "weight", {"total": 95, "off": 5}), project(weights(60, 35)), project(weights(60, 40))),
    "weights.weights_over": Case(Gap("weights_over", "weight", {"total": 105, "off": 5}), project(weights(60, 45)), project(weights(60, 40))),
    "weights.no_importance": Case(Gap("no_importance", "weight:speed", SPEED), project(weight("speed", 100, None)), project(weight("speed", 100))),
    "weights.importance_outweighed": Case(
        Gap("importance_outweighed", "weight:access", {"criterion": "access", "other_criterion": "speed"}),
        project(weight("speed", 49, "high"), weight("access", 51, "low")), project(weight("speed", 51, "high"), weight("access", 49, "low")),
    ),
    "weights.no_reason": Case(Gap("no_reason", "weight:speed", SPEED), project(weight("speed", 100, reason=None)), project(weight("speed", 100))),
    "indicators.no_indicator": Case(Gap("no_indicator", "criterion:speed", SPEED), project(indicators_of(*BUT_SPEED)), project(indicators_of(*BUT_SPEED), indicator())),
    "indicators.no_share": Case(
        Gap("no_share", "criterion:speed", {**SPEED, "indicator": "ตัวชี้วัด 2"}),
        project(shared(60, None)), project(shared(60, 40)),
    ),
    "indicators.shares_off": Case(
        Gap("shares_off", "criterion:speed", SPEED), project(shared(60, 39)), project(shared(60, 40)),
    ),
    "indicators.no_condition": Case(
        Gap("no_condition", "indicator:1", {"indicator": "ตัวชี้วัด 1", "level": 3}), project(indicator(), conditions(*LEVELS[:-1])), project(indicator(), conditions(*LEVELS)),
    ),
    "indicators.indicator_is_sample": Case(
        Gap("indicator_is_sample", "indicator:1", {"indicator": "ตัวชี้วัด 1"}, warning=True), project(indicator(origin="sample")), project(indicator(origin="own")),
    ),
    "assessment.no_target": Case(Gap("no_target", "target:speed", SPEED), project(round_(), targets(*BUT_SPEED)), project(round_(), targets(*CRITERIA))),
    "assessment.no_round": Case(Gap("no_round", "round"), project(), project(round_())),
    "assessment.unscored": Case(Gap("unscored", "score:1/1", OF_SCORE), project(SCORED), project(SCORED, score(0))),
    "assessment.no_rationale": Case(Gap("no_rationale", "score:1/1", OF_SCORE), project(SCORED, score(2)), project(SCORED, score(2, rationale="มีทะเบียน"))),
    "assessment.no_evidence": Case(
        Gap("no_evidence", "score:1/1", OF_SCORE, warning=True), project(SCORED, score(2, rationale="มีทะเบียน")), project(SCORED, score(2, rationale="มีทะเบียน", evidence="แฟ้ม 1")),
    ),
    "assessment.score_is_reconstructed": Case(
        Gap("score_is_reconstructed", "score:1/1", OF_SCORE, warning=True), project(SCORED, score(2, origin="reconstructed")), project(SCORED, score(2, origin="own")),
    ),
    "schedule.no_schedule": Case(Gap("no_schedule", "schedule"), project(), project(phase())),
    "schedule.schedule_not_approved": Case(Gap("schedule_not_approved", "schedule"), project(phase()), project(phase(), baseline())),
    "schedule.phase_without_owner": Case(
        Gap("phase_without_owner", "phase:vision", {"step": "vision"}, warning=True), project(phase()), project(phase("p-member")),
    ),
    "schedule.phase_owner_has_left": Case(
        Gap("phase_owner_has_left", "phase:vision", {"step": "vision", "person": "p-member"}),
        project(phase("p-member"), people=closed("member")), project(phase("p-head"), people=closed("member")),
    ),
    "plan.criterion_without_activity": Case(Gap("criterion_without_activity", "activity", SPEED), project(BELOW), project(BELOW, activity(lifts={"speed": 1}))),
    "plan.no_activity": Case(Gap("no_activity", "activity"), project(), project(activity())),
    "plan.activity_without_owner": Case(Gap("activity_without_owner", "activity:1", OF_ACTIVITY), project(activity()), project(activity(owner="p-member"))),
    "plan.owner_has_left": Case(
        Gap("owner_has_left", "activity:1", {**OF_ACTIVITY, "person": "p-member"}),
        project(activity(owner="p-member"), people=closed("member")), project(activity(owner="p-head"), people=closed("member")),
    ),
    "plan.activity_without_dates": Case(Gap("activity_without_dates", "activity:1", OF_ACTIVITY), project(activity(start="2026-11-01")), project(activity(**DATES))),
    "execution.no_activity": Case(Gap("no_activity", "activity"), project(), project(activity())),
    "execution.no_progress": Case(Gap("no_progress", "progress"), project(activity()), project(activity(), report(0))),
    "execution.late_without_reason": Case(
        Gap("late_without_reason", "progress:activity:1", OF_ACTIVITY), project(activity(**DATES)), project(activity(**DATES), report(50, obstacle="รอพัสดุ")),
    ),
    "execution.one_person_carries_most": Case(
        Gap("one_person_carries_most", "activity", {"person": "p-member", "count": 2}, warning=True),
        project(owned_by("member", "member", "head", "facilitator")), project(owned_by("member", "administrator", "head", "facilitator")),
    ),
    "execution.month_without_supervision": Case(
        Gap("month_without_supervision", "supervision", warning=True), project(activity(), report(50)), project(activity(), report(50), visits("2026-11-23")),
    ),
    "readiness.letter_without_number": Case(
        Gap("letter_without_number", "request"), project(row("request", **LETTER)), project(row("request", **LETTER, letter_date="2026-11-01")),
    ),
    "readiness.earlier_step_open": Case(
        Gap("earlier_step_open", "step:mission", {"number": 2, "step": "mission", "count": 1}),
        project(*(one for one in complete() if one.kind != "goal")), project(complete()),
    ),
    "carried.carried_over": Case(
        Gap("carried_over", "step:vision", {"number": 1, "step": "vision"}, warning=True), project(NEXT_CYCLE, vision()), project(NEXT_CYCLE, row("vision", seq=2, text="ข้อมูลดี")),
    ),
    "certification.no_request": Case(Gap("no_request", "request"), project(row("request", **LETTER)), project(row("request", **LETTER, sent_on="2026-11-01"))),
    "certification.no_audit": Case(Gap("no_audit", "audit"), project(), project(audit())),
    "certification.finding_open": Case(
        Gap("finding_open", "finding:1", {"finding": "ป้ายไม่ชัด"}), project(audit(), finding(remedy="ทำป้ายใหม่")), project(audit(), finding(resolved_on="2026-11-01")),
    ),
    "certification.no_decision": Case(Gap("no_decision", "decision"), project(), project(decision("more_work"))),
    "certification.no_certificate": Case(Gap("no_certificate", "certificate"), project(decision("certified")), project(decision("certified"), row("certificate", valid_from="2026-11-01", valid_to="2029-10-31"))),
    "certification.no_result": Case(
        Gap("no_result", "result", {"result_group": PUBLIC}), project(results(*OTHERS)), project(results(PUBLIC, *OTHERS)),
    ),
}  # fmt: skip

# Where a rule begins and ends: {what is so: (gap, project, whether it is found)}
EDGES: dict[str, tuple[str, Project, bool]] = {
    **EDGES_OF_EVIDENCE,
    "the vision of an agency without a name": ("profile.no_agency_name", project(vision()), True),
    "the only facilitator's account is closed": ("profile.no_facilitator", project(people=closed("facilitator")), True),
    "an official who has left has no worksheet": ("vision.no_worksheet", project(sheets("facilitator"), people=closed("member")), False),
    "the head has no worksheet": ("vision.no_worksheet", project(sheets("facilitator", "member")), False),
    "ten points on three tasks are 4, 3, 3": ("tasks.equal_tier_unequal", project(row("tier_rule", tier="support", mode="equal"), tasks(support=(4, 3, 3))), False),
    "two of the same points in a ranked tier": ("tasks.ranked_tier_out_of_order", project(tasks(main=(30, 30))), False),
    "tasks are wanting in a tier": ("tasks.tier_off_quota", project(tasks(**FULL)), True),
    "no weight at all makes no wrong total": ("weights.weights_short", project(), False),
    "the weights make 99": ("weights.weights_short", project(weights(60, 39)), True),
    "weights of 100 are not short": ("weights.weights_short", project(weights(60, 40)), False),
    "weights of 100 are not over": ("weights.weights_over", project(weights(60, 40)), False),
    "the weights make 101": ("weights.weights_over", project(weights(60, 41)), True),
    "a weight of 0 is a weight": ("weights.no_weight", project(weights(*NINE[:-1], 0)), False),
    "a lower importance weighs as much": ("weights.importance_outweighed", project(weight("speed", 50, "high"), weight("access", 50, "low")), False),
    "a lower importance weighs one more": ("weights.importance_outweighed", project(weight("speed", 50, "high"), weight("access", 51, "medium")), True),
    "one of the same importance weighs more": ("weights.importance_outweighed", project(weight("speed", 10, "high"), weight("access", 90, "high")), False),
    "one without importance weighs more": ("weights.importance_outweighed", project(weight("speed", 10, "high"), weight("access", 90, None)), False),
    "three thirds to two decimals": ("indicators.shares_off", project(shared(33.33, 33.33, 33.33)), True),
    "three thirds that make 100": ("indicators.shares_off", project(shared(33.33, 33.33, 33.34)), False),
    "a condition with only its evidence": ("indicators.no_condition", project(indicator(), conditions(0, 1, 2), row("condition", indicator="indicator:1", level=3, evidence="แฟ้ม")), True),
    "a score of nothing": ("assessment.unscored", project(SCORED, score()), True),
    "level 0": ("assessment.unscored", project(SCORED, score(0)), False),
    "not applicable is scored": ("assessment.unscored", project(SCORED, score(not_applicable=True, rationale="ไม่มีงานนี้")), False),
    "scored only in the round before": ("assessment.unscored", project(SCORED, score(2), round_("2")), True),
    "level 0 has nothing to show": ("assessment.no_evidence", project(SCORED, score(0, rationale="ยังไม่มี")), False),
    "level 1 has": ("assessment.no_evidence", project(SCORED, score(1, rationale="เริ่มแล้ว")), True),
    "not applicable has nothing to show": ("assessment.no_evidence", project(SCORED, score(not_applicable=True, rationale="ไม่มีงานนี้")), False),
    "at its target": ("plan.criterion_without_activity", project(SCORED, score(2), weight("speed", 100), targets("speed", level=2)), False),
    "lifted by what was done before the round": (
        "plan.criterion_without_activity", project(BELOW, activity(lifts={"speed": 1}), report(100, "2026-10-31")), True,
    ),
    "lifted by what is done since the round": (
        "plan.criterion_without_activity", project(BELOW, activity(lifts={"speed": 1}), report(100, "2026-11-02")), False,
    ),
    "nobody has left whom nobody named": ("plan.owner_has_left", project(activity()), False),
    "an owner without an account": ("plan.owner_has_left", project(activity(owner="p-member"), people=without("member")), True),
    "a start and an open end": ("plan.activity_without_dates", project(activity(start="2026-11-01", open_ended=True)), False),
    "an open end without a start": ("plan.activity_without_dates", project(activity(open_ended=True)), True),
    "a due date without a start": ("plan.activity_without_dates", project(activity(due="2026-11-22")), True),
    "on the due day": ("execution.late_without_reason", project(activity(**DATES), today="2026-11-22"), False),
    "the day after": ("execution.late_without_reason", project(activity(**DATES), today="2026-11-23"), True),
    "long after an open end": ("execution.late_without_reason", project(activity(**DATES, open_ended=True), today="2027-11-23"), False),
    "99 per cent after the due day": ("execution.late_without_reason", project(activity(**DATES), report(99)), True),
    "all done after the due day": ("execution.late_without_reason", project(activity(**DATES), report(100)), False),
    "an obstacle that the last report no longer has": ("execution.late_without_reason", project(activity(**DATES), report(10, "2026-11-02", obstacle="รอพัสดุ"), report(50)), True),
    "two of five activities": ("execution.one_person_carries_most", project(owned_by("member", "member", None, None, None)), False),
    "three of seven activities": ("execution.one_person_carries_most", project(owned_by(*["member"] * 3, *[None] * 4)), True),
    "a visit 31 days ago": ("execution.month_without_supervision", project(activity(), report(50), visits("2026-10-23")), False),
    "a visit 32 days ago": ("execution.month_without_supervision", project(activity(), report(50), visits("2026-10-22")), True),
    "a visit today after a long while": ("execution.month_without_supervision", project(activity(), report(50), visits("2026-01-05", "2026-11-23")), False),
    "no visit while nothing is reported": ("execution.month_without_supervision", project(activity()), False),
    "a letter with only its date": ("readiness.letter_without_number", project(row("request", letter_date="2026-11-01")), True),
    "no letter": ("readiness.letter_without_number", project(), True),
    "decided that more work is needed": ("certification.no_certificate", project(decision("more_work")), False),
    "certified at the second time": ("certification.no_certificate", project(decision("more_work"), row("decision", "2", decided_on="2026-11-20", outcome="certified")), True),
    "the project has only warnings before the request": ("readiness.earlier_step_open", project(*(one for one in complete() if one.kind != "worksheet")), False),
}  # fmt: skip


def codes_in(path: Path) -> Iterator[str]:
    """Every code that a file gives to a gap. A code that is chosen first is read where it is chosen."""
    tree = parsed(path)
    chosen = {target.id: node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Gap":
            code = chosen[node.args[0].id] if isinstance(node.args[0], ast.Name) else node.args[0]
            codes = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
            yield from (f"{path.stem}.{one.value}" for one in codes)


def of_readiness(review: Review) -> Iterator[Gap]:
    """What readiness tells by itself: of the letter, and of the steps before the request."""
    yield from earlier_steps_open(review)
    parts = readiness(review, {step.key: step.gaps(review) for step in ALL_STEPS})
    yield from next(one.gaps for one in parts if one.part.key == "cover_letter")


GAPS: dict[str, Callable[[Review], Iterable[Gap]]] = {**{step.key: step.gaps for step in ALL_STEPS}, "readiness": of_readiness, "mock_audit": mock_audit.gaps, "carried": partial(all_gaps, step=VISION)}


def found(name: str, in_project: Project) -> list[Gap]:
    """The gaps of this code."""
    part, code = name.split(".")
    return [gap for gap in GAPS[part](in_project.review) if gap.code == code]


def mistakes(of: Project) -> list[Problem]:
    review, by_kind = of.review, {}
    for one in of.rows:
        by_kind.setdefault(one.kind, {})[one.id] = one.body
    alone = [problem for kind, bodies in by_kind.items() for problem in (*mistakes_in(KINDS[kind], bodies, STANDARD), *misnamed(KINDS[kind], bodies))]
    held = [problem for one in of.rows if (rule := KINDS[one.kind].holds) for problem in rule(review, one.id, one.body)]
    return [*alone, *held, *mistakes_across(KINDS.values(), review.state)]


def test_every_gap_in_the_program_has_its_case():
    assert sorted(CASES) == sorted({code for path in (ROOT / "pso_core" / "steps").glob("*.py") for code in codes_in(path)})


@pytest.mark.parametrize(("name", "case"), CASES.items(), ids=CASES)
def test_a_gap_says_exactly_what_is_missing_and_where_and_goes_when_it_is_mended(name: str, case: Case):
    assert found(name, case.open) == [case.gap]
    assert found(name, case.mended) == []


@pytest.mark.parametrize(("name", "edge", "is_found"), EDGES.values(), ids=EDGES)
def test_a_gap_begins_and_ends_where_its_rule_says(name: str, edge: Project, is_found: bool):
    assert bool(found(name, edge)) == is_found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_gap_is_told_with_all_its_facts(case: Case, language: str):
    review = case.open.review
    sentence = gap_sentence(Told(phrases(language), STANDARD, review.state, review.people), case.gap)
    assert [fact for fact in ("{", "}", "None", "p-member", "speed") if fact in sentence] == []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_has_a_gap_can_be_saved(case: Case):
    """A gap is no mistake: else nobody would ever see it."""
    assert (mistakes(case.open), mistakes(case.mended)) == ([], [])


def test_of_what_is_complete_before_the_request_nothing_is_missing_and_nothing_warned_of():
    review = project(complete()).review
    assert [(step.key, gap) for step in ALL_STEPS if step.key != "certification" for gap in step.gaps(review) if gap.code != "no_agency_name"] == []


def test_an_earlier_step_left_open_is_only_warned_of_once_the_head_gave_the_reason():
    excused = row("request", sent_on="2026-11-20", open_reason="แผนระยะกลางเพิ่งเริ่ม")
    open_ = CASES["readiness.earlier_step_open"].open.rows
    assert [(gap.place, gap.warning) for gap in found("readiness.earlier_step_open", project(*open_, excused))] == [("step:mission", True)]


def test_without_a_mission_the_goal_is_asked_for_at_the_mission_it_would_serve():
    assert found("mission.no_goal", project()) == [Gap("no_goal", "mission")]
