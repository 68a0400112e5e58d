"""Which parts of the submission pack are ready, why the others are not, and that a request may go with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pso_core import standards
from pso_core.actions.evidence import accept
from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import Mistakes
from pso_core.office import Office
from pso_core.steps import ALL_STEPS, STEPS, Review
from pso_core.steps.readiness import COMPUTED, PartReadiness, open_gaps, readiness
from pso_core.steps.standing import next_for, standing_of, standings
from tests.building import an_empty_project, contents, lampang, person, remove, write


def review_of(office: Office, project: str) -> Review:
    return Review(standards.load(), office.store.state(project), office.store.people.all(), office.today())


def parts(office: Office, project: str, *more: Row) -> dict[str, PartReadiness]:
    """`more`: rows that the project has besides."""
    review = review_of(office, project)
    review = replace(review, state=ProjectState(project, review.state.seq, {**review.state.rows, **{row.id: row for row in more}}))
    found = readiness(review, {step.key: step.gaps(review) for step in ALL_STEPS})
    return {one.part.key: one for one in found}


def test_every_part_of_the_checklist_is_there_in_its_order(office):
    project = an_empty_project(office)
    assert tuple(parts(office, project)) == standards.load().choices("checklist")


def test_every_part_that_the_standard_calls_computed_is_computed():
    assert {part.key for part in standards.load().checklist if part.computed} == COMPUTED


def test_of_an_empty_project_only_the_working_group_and_what_the_program_writes_is_ready_and_every_computed_part_says_why(office):
    found = parts(office, an_empty_project(office))
    assert {key for key, one in found.items() if one.ready} == {"working_group", "contents"}
    assert [key for key, one in found.items() if one.by == "data" and not one.ready and not one.gaps] == []


def test_no_part_says_twice_what_stands_in_its_way(office):
    found = parts(office, an_empty_project(office))
    told = {key: [(gap.code, gap.place, str(gap.facts)) for gap in one.gaps] for key, one in found.items()}
    assert {key: len(gaps) - len(set(gaps)) for key, gaps in told.items()} == dict.fromkeys(told, 0)


def test_the_example_is_ready_where_its_source_is_whole(office):
    found = parts(office, lampang(office))
    assert {key for key, one in found.items() if one.ready} == {
        "contents", "agency_profile", "working_group", "scoring_method", "self_assessment", "results",
    }  # fmt: skip
    assert {gap.code for gap in found["evidence_index"].gaps} == {"level_unproven", "evidence_unread"}
    assert {gap.code for gap in found["upgrade_plan"].gaps} == {"activity_without_owner"}
    assert [gap.code for gap in found["progress"].gaps] == ["late_without_reason"] * 3
    assert [gap.code for gap in found["cover_letter"].gaps] == ["letter_without_number"]


def test_the_letter_is_ready_once_it_has_its_number_and_date(office):
    project = lampang(office)
    write(office, project, "request", "request", letter_no="ลป 0016/1234", letter_date="2001-09-01")
    assert parts(office, project)["cover_letter"].ready


def test_the_index_of_evidence_is_ready_once_accepted_evidence_proves_every_level(office):
    """What the assessment itself only warns of."""
    project = lampang(office)
    before = office.store.state(project)
    for evidence in before.of("evidence"):
        remove(office, project, evidence.id)
    assert {gap.code for gap in parts(office, project)["evidence_index"].gaps} == {"level_unproven"}
    assert parts(office, project)["self_assessment"].ready
    piece = write(office, project, "evidence", criterion="coverage", code="1-01", title="รายงาน", form="system", address="ระบบข้อมูล").ids[0]
    for indicator in before.of("indicator"):
        write(office, project, "support", evidence=piece, indicator=indicator.id, level=3)
    assert {gap.code for gap in parts(office, project)["evidence_index"].gaps} == {"level_unproven", "evidence_unread"}
    accept(office, person("facilitator"), project, piece, office.store.state(project).seq)
    assert parts(office, project)["evidence_index"].ready


def test_what_no_data_can_tell_is_ready_when_a_person_says_so(office):
    project = an_empty_project(office)
    write(office, project, "readiness", part="appendices", ready=True, note="แนบแผนที่แล้ว")
    found = parts(office, project)
    assert (found["appendices"].by, found["appendices"].ready, found["appendices"].said["note"]) == ("people", True, "แนบแผนที่แล้ว")


def test_beside_the_tick_for_the_appendices_stands_what_they_would_hold_and_cannot_yet(office):
    project = an_empty_project(office)
    held = Row("meeting:1", "meeting", 1, 1, {"title": "ให้น้ำหนัก", "held_on": "2026-11-20"})
    assert {gap.code for gap in parts(office, project, held)["appendices"].gaps} == {"no_worksheet", "meeting_without_decision"}


def test_the_contents_are_the_programs_until_a_template_of_the_agency_stands_for_the_report(office):
    project = lampang(office)
    assert (parts(office, project)["contents"].by, parts(office, project)["contents"].ready) == ("data", True)
    found = parts(office, project, Row("word_template", "word_template", 1, 1, {"name": "ก.docx"}))
    assert (found["contents"].by, found["contents"].ready) == ("people", False)


def test_the_completeness_check_names_each_step_with_something_missing_until_the_head_says_why(office):
    project = lampang(office)
    assert [gap.place for gap in parts(office, project)["completeness_check"].gaps] == ["step:vision", "step:plan", "step:execution"]
    write(office, project, "request", "request", sent_on="2001-09-15", open_reason="แผนระยะกลางเพิ่งเริ่ม")
    assert parts(office, project)["completeness_check"].ready


def test_a_tick_does_not_make_a_part_ready_that_the_data_contradict(office):
    project = an_empty_project(office)
    write(office, project, "readiness", part="direction", ready=True)
    assert not parts(office, project)["direction"].ready


def test_a_request_sent_while_something_is_missing_must_say_why(office):
    project = lampang(office)
    before, missing = contents(office.store, project), sum(1 for _ in open_gaps(review_of(office, project)))
    with pytest.raises(Mistakes) as refused:
        write(office, project, "request", "request", sent_on="2001-09-15")
    assert [(problem.code, problem.path, problem.facts) for problem in refused.value.problems] == [
        ("open_without_reason", ("request", "request", "open_reason"), {"count": missing})
    ]
    assert missing > 0
    assert contents(office.store, project) == before


def test_with_a_reason_the_request_goes(office):
    project = lampang(office)
    write(office, project, "request", "request", sent_on="2001-09-15", open_reason="แผนระยะกลางเพิ่งเริ่ม")
    assert office.store.state(project).only("request")["sent_on"] == "2001-09-15"


def earlier(office: Office, project: str) -> list[tuple[str, int, bool]]:
    found = standing_of(review_of(office, project), STEPS[8])
    return [(gap.place, gap.facts["count"], gap.warning) for gap in (*found.gaps, *found.warnings) if gap.code == "earlier_step_open"]


def test_each_earlier_step_with_something_missing_is_a_gap_of_the_ninth(office):
    project = lampang(office)
    assert [(place, warning) for place, _, warning in earlier(office, project)] == [
        ("step:vision", False), ("step:plan", False), ("step:execution", False),
    ]  # fmt: skip
    assert sum(count for _, count, _ in earlier(office, project)) == sum(1 for _ in open_gaps(review_of(office, project)))
    write(office, project, "vision", "vision", adopted_on="2000-10-01")
    assert "step:vision" not in [place for place, _, _ in earlier(office, project)]


def test_once_the_head_gives_the_reason_they_no_longer_keep_the_ninth_from_being_complete(office):
    project = lampang(office)
    before = [place for place, _, _ in earlier(office, project)]
    assert standing_of(review_of(office, project), STEPS[8]).state == "started"
    write(office, project, "request", "request", sent_on="2001-09-15", open_reason="แผนระยะกลางเพิ่งเริ่ม")
    assert [(place, warning) for place, _, warning in earlier(office, project)] == [(place, True) for place in before]
    assert standing_of(review_of(office, project), STEPS[8]).state == "complete"


def test_a_step_left_open_is_not_offered_as_the_next_thing_to_do(office):
    """Its own gaps are."""
    review = review_of(office, an_empty_project(office))
    codes = {gap.code for _, gap in next_for(person("administrator"), standings(review))}
    assert ("earlier_step_open" in codes, "no_vision" in codes) == (False, True)


def test_a_letter_may_be_prepared_while_something_is_missing(office):
    project = an_empty_project(office)
    write(office, project, "request", "request", letter_no="1", clause="11")
    assert office.store.state(project).only("request")["letter_no"] == "1"
