"""An earlier version of an activity used again once the head approved the schedule: with a reason where its due date moves."""

from __future__ import annotations

from datetime import date

from pso_core.actions.schedule import ledger
from pso_core.steps import KINDS
from pso_core.store import Write
from tests.building import contents, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.scheduling import PAGE, REASON, TH, approve, box, has, plan


def test_an_earlier_due_date_of_an_activity_comes_back_with_a_reason_once_approved(office, empty, visit):
    activity = write(office, empty, "activity", name="ทำบัญชี", start="1/12/2569", due="30/12/2569").ids[0]
    write(office, empty, "activity", activity, name="ทำบัญชีแฟ้ม", due="15/1/2570")
    plan(office, empty)
    approve(office, empty)
    before, at = contents(office.store, empty), visit("step_7_plan")
    at.session_state["history/plan"] = True
    at.run()
    press(at, TH("app.restore"))
    assert has(at, TH("page_schedule.due_approved", date="15 ม.ค. 2570"))
    press(at, TH("app.restore_yes"))
    assert TH("mistakes.slip_without_reason") in "\n".join(errors(at))
    assert [TH("refusals.restore_mistakes", count=1) in error for error in errors(at)] == [True]
    assert contents(office.store, empty) == before
    box(at, REASON).set_value("ก" * 1001).run()
    press(at, TH("app.restore_yes"))
    assert errors(at) == [TH("refusals.reason_long", length=1001, limit=1000)]
    assert box(at, REASON).value == "ก" * 1001
    box(at, REASON).set_value("พัสดุมาเร็ว").run()
    press(at, TH("app.restore_yes"))
    assert (fault(at), errors(at)) == ([], [])
    assert [(one.entity_id, one.reason, one.after) for one in ledger(office, empty)] == [(activity, "พัสดุมาเร็ว", date(2026, 12, 30))]
    assert office.store.state(empty).get(activity)["name"] == "ทำบัญชี"


def test_an_earlier_version_that_moves_no_approved_due_date_asks_for_no_reason(office, empty, visit):
    activity = write(office, empty, "activity", name="ทำบัญชี", start="1/12/2569", due="30/12/2569").ids[0]
    plan(office, empty)
    approve(office, empty)
    write(office, empty, "activity", activity, name="ทำบัญชีแฟ้ม")
    at = visit("step_7_plan")
    at.session_state["history/plan"] = True
    at.run()
    press(at, TH("app.restore"))
    assert (fault(at), office.store.state(empty).get(activity)["name"]) == ([], "ทำบัญชี")


def test_an_approval_that_a_project_file_has_without_any_phase_is_told_without_an_end(office, empty, visit):
    approved = {"number": 1, "approved_by": "p-head", "approved_at": "2026-11-20T02:00:00Z"}
    office.store.commit(empty, [Write("baseline:1", "baseline", 0, {**dict.fromkeys(KINDS["baseline"].field), **approved})], person_id="p-facilitator", action="import")
    plan(office, empty)
    at = visit(PAGE)
    assert (fault(at), "ครั้งที่ 1 ไม่มีกำหนดของขั้นใด เห็นชอบโดย" in shown(at)) == ([], True)
