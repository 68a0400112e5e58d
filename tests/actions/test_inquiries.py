"""What the team does with what an examiner asked: answers it, and takes a finding up in the plan."""

from __future__ import annotations

import pytest

from pso_core.actions.examiner import answer
from pso_core.actions.reviews import review_of
from pso_core.actions.sign_offs import reopen
from pso_core.actions.taking_up import release, reopen_and_take_up, to_activity
from pso_core.domain.people import EXAMINER, Person
from pso_core.errors import Mistakes
from pso_core.office import Office
from pso_core.steps.certification import gaps
from pso_core.store.examiner_links import ExaminerLink
from tests.actions.signing import all_approved, seq, signed
from tests.actions.test_examiner import FACILITATOR, HEAD, INQUIRED, MEMBER, VIEWER, clock, house, inquiry, link, office, pack, project, refused, secret
from tests.building import contents, remove, write

__all__ = ["clock", "house", "link", "office", "pack", "project", "secret"]


@pytest.fixture
def asked(office: Office, link: ExaminerLink) -> str:
    return inquiry(office, link)


def open_gaps(office: Office, project: str) -> list[str]:
    return [gap.place for gap in gaps(review_of(office, office.store.state(project))) if gap.code == "inquiry_open"]


def test_an_answer_says_who_and_when_and_can_be_corrected(office: Office, project: str, asked: str):
    assert open_gaps(office, project) == [asked]
    answer(office, MEMBER, project, asked, "แนบแล้ว", seq(office, project))
    answer(office, HEAD, project, asked, "แนบในแฟ้ม 1-01 แล้ว", seq(office, project))
    row = office.store.state(project).get(asked)
    assert (row["answer"], row["answered_by"], row["answered_at"], row["text"]) == ("แนบในแฟ้ม 1-01 แล้ว", HEAD.id, "2026-11-23T03:00:00Z", INQUIRED.text)
    assert (open_gaps(office, project), office.store.history(project, limit=1)[0].action) == ([], "answer")


@pytest.mark.parametrize(("actor", "text", "code"), [(MEMBER, " ", "answer_missing"), (MEMBER, "ก" * 2_001, "mistakes"), (VIEWER, "ก", "not_allowed"), (EXAMINER, "ก", "not_allowed")])
def test_an_answer_that_is_not_fit_changes_nothing(office: Office, project: str, asked: str, actor: Person, text: str, code: str):
    before = contents(office.store, project)
    assert refused(lambda: answer(office, actor, project, asked, text, seq(office, project))) == code
    assert contents(office.store, project) == before


def test_two_who_answer_at_once_are_both_heard(office: Office, project: str, asked: str):
    seen = seq(office, project)
    answer(office, MEMBER, project, asked, "แนบแล้ว", seen)
    assert refused(lambda: answer(office, HEAD, project, asked, "ยังไม่มี", seen)) == "clash"


def test_a_finding_becomes_an_activity_once_with_a_way_back(office: Office, project: str, asked: str):
    activity = next(id_ for id_ in to_activity(office, MEMBER, project, asked).ids if id_.startswith("activity:"))
    state = office.store.state(project)
    assert (state.get(activity)["name"], state.get(activity)["expected_result"]) == ("ทะเบียนไม่ครบ", INQUIRED.text)
    assert [row.id for row in state.where("inquiry", activity=activity)] == [asked]
    assert (refused(lambda: to_activity(office, MEMBER, project, asked)), len(office.store.state(project).of("activity"))) == ("taken_up_already", 1)
    assert open_gaps(office, project) == []


def test_its_activity_goes_only_after_it_was_separated(office: Office, project: str, asked: str):
    to_activity(office, MEMBER, project, asked)
    activity = office.store.state(project).get(asked)["activity"]
    with pytest.raises(Mistakes):
        remove(office, project, activity)
    release(office, MEMBER, project, asked)
    remove(office, project, activity)
    assert (office.store.state(project).of("activity"), open_gaps(office, project)) == ((), [asked])


@pytest.mark.parametrize("actor", [VIEWER, EXAMINER])
def test_who_may_not_edit_the_plan_neither_takes_up_nor_separates(office: Office, project: str, asked: str, actor: Person):
    before = contents(office.store, project)
    assert (refused(lambda: to_activity(office, actor, project, asked)), contents(office.store, project)) == ("not_allowed", before)
    to_activity(office, MEMBER, project, asked)
    before = contents(office.store, project)
    assert (refused(lambda: release(office, actor, project, asked)), contents(office.store, project)) == ("not_allowed", before)


def test_an_approved_plan_takes_up_nothing_until_it_is_opened_again(office: Office, project: str, asked: str):
    all_approved(office, project)
    before = contents(office.store, project)
    assert refused(lambda: to_activity(office, MEMBER, project, asked)) == "step_approved"
    assert contents(office.store, project) == before
    reopen(office, FACILITATOR, project, "plan", seq(office, project), "รับข้อค้นพบ")
    assert len(to_activity(office, MEMBER, project, asked).ids) == 2


@pytest.mark.parametrize("actor", [FACILITATOR, HEAD])
def test_who_may_open_the_plan_again_takes_up_in_one_press_with_the_finding_as_the_reason(office: Office, project: str, asked: str, actor: Person):
    all_approved(office, project, ["plan"])
    before = seq(office, project)
    saved = reopen_and_take_up(office, actor, project, asked, before, "มาจากผู้ตรวจประเมิน")
    assert (saved.seq, saved.changes) == (before + 2, 2)
    state = office.store.state(project)
    assert state.get(state.get(asked)["activity"])["name"] == "ทะเบียนไม่ครบ"
    assert signed(office, project, "plan") == {"step": "plan", "state": "draft", "reason": "มาจากผู้ตรวจประเมิน"}
    told = [(change.action, change.reason, change.person_id) for change in office.store.history(project, limit=2)]
    assert told == [("to_activity", "", actor.id), ("reopen", "มาจากผู้ตรวจประเมิน", actor.id)]


def test_the_plan_stays_approved_when_nothing_can_be_taken_up(office: Office, project: str, asked: str):
    audit = write(office, project, "audit", visited_on="2026-11-20").ids[0]
    finding = write(office, project, "finding", audit=audit, text="ขาดป้าย").ids[0]
    taken = write(office, project, "finding", audit=audit, text="รับแล้ว").ids[0]
    to_activity(office, HEAD, project, taken)
    all_approved(office, project)
    before = contents(office.store, project)
    for actor, found, reason, code in (
        (MEMBER, asked, "ก", "not_allowed"), (HEAD, asked, " ", "reason_missing"), (HEAD, "inquiry:none", "ก", "row_gone"),
        (HEAD, finding, "ก", "step_approved"), (HEAD, taken, "ก", "taken_up_already"),
    ):  # fmt: skip
        assert refused(lambda: reopen_and_take_up(office, actor, project, found, seq(office, project), reason)) == code  # noqa: B023
    assert contents(office.store, project) == before


def test_two_who_press_at_once_open_the_plan_once(office: Office, project: str, asked: str):
    all_approved(office, project)
    seen = seq(office, project)
    reopen_and_take_up(office, HEAD, project, asked, seen, "ก")
    assert refused(lambda: reopen_and_take_up(office, FACILITATOR, project, asked, seen, "ข")) == "taken_up_already"
    assert len(office.store.state(project).of("activity")) == 1


def test_what_is_no_inquiry_is_not_answered(office: Office, project: str):
    for act in (lambda: answer(office, MEMBER, project, "agency", "ก", 1), lambda: to_activity(office, MEMBER, project, "inquiry:none"), lambda: release(office, MEMBER, project, "project")):
        assert refused(act) == "row_gone"


def test_what_was_asked_is_neither_edited_nor_removed(office: Office, project: str, asked: str):
    assert refused(lambda: remove(office, project, asked)) == "written_otherwise"
