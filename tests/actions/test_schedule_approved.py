"""A schedule once approved: kept as it was, moved only with a reason, and every move in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from pso_core.actions.reminders import digest_of
from pso_core.actions.rows import Edit, Removal, Saved, save_rows
from pso_core.actions.schedule import Slip, approve_schedule, baseline_phases, ledger, move_activity
from pso_core.domain.people import ROLES
from pso_core.office import Office, opened
from pso_core.steps import KINDS
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.schedule import newest_baseline, phases_of
from pso_core.steps.values import empty
from pso_core.store import Write
from tests.actions.conftest import Clock
from tests.actions.planned import BACK, FACILITATOR, HEAD, approve, dates, draft, mistakes, move, refused, seen
from tests.building import PEOPLE, an_empty_project, person, write

MORNING = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
MEMBER = person("member")


@pytest.fixture(scope="module")
def moving() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, moving: Clock) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("office") / "nine.duckdb", clock=moving) as office:
        office.store.people.add(tuple(PEOPLE.values()), "p-admin", MORNING)
        yield office


@pytest.fixture
def project(office: Office, moving: Clock) -> str:
    """Planned from 6 October 2568, with an activity; nothing is approved."""
    moving.now = MORNING
    project = an_empty_project(office)
    draft(office, project)
    write(office, project, "activity", "activity:1", name="ปรับปรุงฐานข้อมูล", start="2026-02-02", due="2026-03-31")
    return project


@pytest.fixture
def approved(office: Office, project: str) -> str:
    approve(office, project, note="มติที่ประชุม 1/2569")
    return project


def lines(office: Office, project: str) -> list[tuple]:
    """The ledger, newest first: (what, who, from, to, working days, why)."""
    return [(slip.name, slip.person_id, slip.before, slip.after, slip.working_days, slip.reason) for slip in ledger(office, project)]


def due(office: Office, project: str, day: str | None, reason: str = "", activity: str = "activity:1") -> Saved:
    """Somebody gives the activity another due date, as one edits any row."""
    return save_rows(office, MEMBER, project, [Edit("activity", activity, {"due": day})], seen(office, project), reason)


# Approval ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_the_head_approves_and_nobody_else(office, project, role):
    if role == "head":
        approve(office, project)
        assert newest_baseline(office.store.state(project))["approved_by"] == HEAD.id
        return
    refusal = refused(office, project, lambda: approve(office, project, by=person(role)))
    assert (refusal.code, refusal.facts) == ("not_allowed", {"role": role, "verb": "approve"})


def test_an_approval_keeps_who_as_what_when_and_the_note(office, approved):
    (row,) = office.store.state(approved).of("baseline")
    assert dict(row.body) == {
        "number": 1, "approved_by": HEAD.id, "approved_position": HEAD.position, "approved_at": "2026-11-23T03:00:00Z", "note": "มติที่ประชุม 1/2569",
    }  # fmt: skip


def test_what_was_approved_stays_as_it_was(office, approved):
    first, before = newest_baseline(office.store.state(approved)), phases_of(office.store.state(approved))
    move(office, approved, "vision", days=9, reason="รอคำสั่งแต่งตั้ง")
    approve(office, approved)
    second = newest_baseline(office.store.state(approved))
    assert [row["number"] for row in (first, second)] == [1, 2]
    assert baseline_phases(office, approved, first) == before
    assert baseline_phases(office, approved, second) == phases_of(office.store.state(approved)) != before


def test_a_schedule_that_changed_since_it_was_looked_at_is_not_approved(office, project):
    looked = seen(office, project)
    move(office, project, "vision", days=9)
    refusal = refused(office, project, lambda: approve_schedule(office, HEAD, project, looked))
    assert refusal.code == "schedule_changed_since"


def test_a_schedule_that_is_as_it_was_approved_is_not_approved_again(office, approved, moving):
    moving.now = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    write(office, approved, "vision", "vision", text="เป็นเลิศด้านบริการ")
    write(office, approved, "activity", "activity:2", name="ยังไม่มีวัน")
    move(office, approved, "vision", owner="p-member")
    refusal = refused(office, approved, lambda: approve(office, approved, note="อีกครั้ง"))
    assert (refusal.code, refusal.facts) == ("schedule_unchanged", {"number": 1, "date": date(2026, 11, 23)})


@pytest.mark.parametrize("changed", [
    lambda office, project: move(office, project, "vision", days=9, reason="รอคำสั่ง"),
    lambda office, project: draft(office, project, BACK, reason="มีวันเป้าหมายแล้ว"),
    lambda office, project: write(office, project, "activity", "activity:2", name="อบรม", due="2026-03-31"),
    lambda office, project: write(office, project, "activity", "activity:1", start="2026-02-09"),
    lambda office, project: due(office, project, "2026-04-30", "รอพัสดุ"),
    lambda office, project: write(office, project, "milestone", "milestone:1", name="ยื่นคำขอ", day="2026-08-06"),
], ids=["phase", "layout", "new activity", "start", "due", "milestone"])  # fmt: skip
def test_whatever_changes_a_day_of_the_plan_can_be_approved_and_then_not_again(office, approved, changed):
    changed(office, approved)
    approve(office, approved)
    assert refused(office, approved, lambda: approve(office, approved)).facts["number"] == 2


def test_what_was_moved_and_moved_back_is_as_it_was_approved(office, approved):
    move(office, approved, "certification", days=23, reason="ผู้ตรวจเลื่อนนัด")
    move(office, approved, "certification", days=20, reason="กลับมาตามนัดเดิม")
    assert refused(office, approved, lambda: approve(office, approved)).code == "schedule_unchanged"


# A reason, once approved -------------------------------------------------------------------------------------------------


def test_before_it_is_approved_nothing_needs_a_reason_and_nothing_is_in_the_ledger(office, project):
    move(office, project, "vision", days=9)
    due(office, project, "2026-04-30")
    assert ledger(office, project) == ()


def test_once_approved_every_due_date_that_would_move_needs_one(office, approved):
    once = [("slips_without_reason", ())]  # for all nine: one reason settles them
    assert mistakes(office, approved, lambda: move(office, approved, "vision", days=9)) == once
    assert mistakes(office, approved, lambda: draft(office, approved, {**BACK, "target": "7 ส.ค. 2569"})) == once
    assert mistakes(office, approved, lambda: move(office, approved, "certification", days=99)) == [("slip_without_reason", ("phase", "phase:certification", "due"))]
    assert mistakes(office, approved, lambda: due(office, approved, "2026-04-30")) == [("slip_without_reason", ("activity", "activity:1", "due"))]


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b"])
def test_a_reason_of_nothing_is_none(office, approved, reason):
    assert mistakes(office, approved, lambda: move(office, approved, "certification", days=30, reason=reason))
    refusal = refused(office, approved, lambda: move_activity(office, FACILITATOR, approved, "activity:1", "30/4/2569", seen(office, approved), reason))
    assert refusal.code == "reason_missing"


def test_what_moves_no_due_date_needs_none(office, approved):
    move(office, approved, "vision", owner="p-member")
    write(office, approved, "activity", "activity:1", start="2026-02-09", by=MEMBER)
    assert ledger(office, approved) == ()


def test_an_activity_that_was_not_in_the_approved_plan_moves_freely_until_it_is(office, approved):
    write(office, approved, "activity", "activity:2", name="อบรม", due="2026-03-31")
    due(office, approved, "2026-04-30", activity="activity:2")
    assert ledger(office, approved) == ()
    approve(office, approved)
    assert mistakes(office, approved, lambda: due(office, approved, "2026-05-29", activity="activity:2"))
    due(office, approved, "2026-05-29", "วิทยากรไม่ว่าง", activity="activity:2")
    assert lines(office, approved) == [("อบรม", MEMBER.id, date(2026, 4, 30), date(2026, 5, 29), 19, "วิทยากรไม่ว่าง")]


# The ledger --------------------------------------------------------------------------------------------------------------


def test_the_ledger_says_who_moved_what_from_when_to_when_by_how_much_and_why(office, approved):
    """By hand: 1 to 3, 7 to 10, 16 and 17 April are nine; 7, 10 and 11 August are three."""
    before = dates(office, approved)
    move(office, approved, "certification", days=23, reason="ผู้ตรวจเลื่อนนัด")
    due(office, approved, "2026-04-17", "รอข้อมูลจากอำเภอ")
    assert lines(office, approved) == [
        ("ปรับปรุงฐานข้อมูล", MEMBER.id, date(2026, 3, 31), date(2026, 4, 17), 9, "รอข้อมูลจากอำเภอ"),
        ("certification", FACILITATOR.id, before["certification"][1], date(2026, 8, 11), 3, "ผู้ตรวจเลื่อนนัด"),
    ]  # fmt: skip


def test_a_phase_that_pushes_others_is_a_line_for_each_under_one_reason(office, approved):
    move(office, approved, "execution", days=125, reason="จัดซื้อล่าช้า")
    assert sorted((name, days, why) for name, _, _, _, days, why in lines(office, approved)) == [
        ("certification", 5, "จัดซื้อล่าช้า"), ("execution", 5, "จัดซื้อล่าช้า"),
    ]  # fmt: skip


def test_the_lines_of_one_change_stand_in_the_order_of_the_steps_the_one_that_pushed_first(office, approved):
    move(office, approved, "tasks", days=30, reason="รอข้อมูลจากอำเภอ")
    assert [line[0] for line in lines(office, approved)] == list(STEP_KEYS[STEP_KEYS.index("tasks"):])
    assert [slip.name for slip in digest_of(office, office.store.state(approved)).slipped][0] == "tasks"


def test_a_date_brought_forward_counts_below_nought(office, approved):
    move(office, approved, "certification", days=18, reason="งานเสร็จเร็ว")
    assert [line[4] for line in lines(office, approved)] == [-2]


def test_the_newest_line_comes_first_with_the_moment_it_was_written(office, approved, moving):
    for number, length in enumerate((21, 22, 21)):
        moving.move(days=1)
        move(office, approved, "certification", days=length, reason=str(number))
    found = ledger(office, approved)
    assert [(slip.reason, slip.occurred_at.day, slip.working_days) for slip in found] == [("2", 26, -1), ("1", 25, 1), ("0", 24, 1)]
    assert all(isinstance(slip, Slip) and (slip.kind, slip.entity_id) == ("phase", "phase:certification") for slip in found)


def test_a_due_date_that_was_emptied_moves_when_it_is_given_again(office, approved):
    due(office, approved, None, "ยังไม่รู้กำหนด")
    assert ledger(office, approved) == ()
    assert mistakes(office, approved, lambda: due(office, approved, "2026-05-29"))
    due(office, approved, "2026-05-29", "กำหนดใหม่")
    assert [line[2:] for line in lines(office, approved)] == [(date(2026, 3, 31), date(2026, 5, 29), 37, "กำหนดใหม่")]


def test_what_was_removed_leaves_its_lines(office, approved):
    due(office, approved, "2026-04-17", "รอข้อมูลจากอำเภอ")
    save_rows(office, FACILITATOR, approved, [Removal("activity:1")], seen(office, approved), "รวมกับกิจกรรมอื่น")
    assert [(line[0], line[3]) for line in lines(office, approved)] == [("ปรับปรุงฐานข้อมูล", None), ("ปรับปรุงฐานข้อมูล", date(2026, 4, 17))]


def test_approving_again_does_not_empty_the_ledger(office, approved):
    move(office, approved, "certification", days=23, reason="ผู้ตรวจเลื่อนนัด")
    approve(office, approved)
    move(office, approved, "certification", days=25, reason="เลื่อนอีกครั้ง")
    assert [line[5] for line in lines(office, approved)] == ["เลื่อนอีกครั้ง", "ผู้ตรวจเลื่อนนัด"]


# Activities under an approved step ---------------------------------------------------------------------------------------


@pytest.fixture
def signed(office: Office, approved: str) -> str:
    """The plan is approved as a step, as if signed: only read from here on."""
    body = {**empty(KINDS["sign_off"]), "step": "plan", "state": "approved", "approved_by": HEAD.id, "approved_at": "2026-11-23T03:00:00Z"}
    office.store.commit(approved, [Write("sign_off:plan", "sign_off", 0, body)], person_id=HEAD.id, action="approve")
    return approved


def test_an_activity_of_an_approved_plan_is_read_only_but_for_its_due_date_with_a_reason(office, signed):
    refusal = refused(office, signed, lambda: due(office, signed, "2026-04-17", "รอข้อมูลจากอำเภอ"))
    assert (refusal.code, refusal.facts) == ("step_approved", {"step": "plan"})
    move_activity(office, MEMBER, signed, "activity:1", "17 เม.ย. 2569", seen(office, signed), "รอข้อมูลจากอำเภอ")
    assert [line[1:] for line in lines(office, signed)] == [(MEMBER.id, date(2026, 3, 31), date(2026, 4, 17), 9, "รอข้อมูลจากอำเภอ")]


@pytest.mark.parametrize(("typed", "code"), [("31 ก.พ. 2569", "date_impossible"), ("1/2/2569", "due_before_start")])
def test_a_due_date_that_cannot_be_is_refused(office, signed, typed, code):
    found = mistakes(office, signed, lambda: move_activity(office, MEMBER, signed, "activity:1", typed, seen(office, signed), "เหตุผล"))
    assert found == [(code, ("activity", "activity:1", "due"))]


def test_a_viewer_moves_no_due_date(office, approved):
    viewer, looked = person("viewer"), seen(office, approved)
    refusal = refused(office, approved, lambda: move_activity(office, viewer, approved, "activity:1", "17/4/2569", looked, "เหตุผล"))
    assert refusal.code == "not_allowed"


WAYS_OUT = {"an open end": {"open_ended": True, "due": None}, "its removal": None}


@pytest.mark.parametrize("change", WAYS_OUT.values(), ids=WAYS_OUT)
def test_an_approved_due_date_goes_only_with_a_reason_and_the_ledger_says_so(office, approved, change):
    edit = Edit("activity", "activity:1", change) if change else Removal("activity:1")
    found = mistakes(office, approved, lambda: save_rows(office, FACILITATOR, approved, [edit], seen(office, approved)))
    assert found == [("slip_without_reason", ("activity", "activity:1", "due"))]
    save_rows(office, FACILITATOR, approved, [edit], seen(office, approved), "งบประมาณถูกตัด")
    assert [line[1:] for line in lines(office, approved)] == [(FACILITATOR.id, date(2026, 3, 31), None, 0, "งบประมาณถูกตัด")]
