"""Dates that move on the schedule's page: seen with all that they move before they are saved, and with a reason once approved."""

from __future__ import annotations

from datetime import date

import pytest

from pso_core.actions.reviews import review_of
from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import ledger, move_activity, move_phase, moved
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.schedule import gaps as schedule_gaps
from pso_core.text.thaidate import say_date
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.scheduling import PAGE, REASON, SAVE_PHASE, TH, activity_drawer, approve, box, buttons, dates, drawer, fill, has, now, plan, sign


def test_a_change_is_saved_as_it_was_shown_with_all_that_it_moves(office, empty, visit):
    plan(office, empty)
    before = dates(office, empty)
    shown_ = moved(office, office.store.state(empty), "mission", {"days": 8})
    at = fill(drawer(visit, "mission"), days=8)
    assert shown(at).count("<td class='number' data-label='เลื่อน (วันทำการ)'>+3</td>") == 8
    for move in shown_.moves:
        assert has(at, TH("page_schedule.from_to", start=say_date(move.start[1], TH), due=say_date(move.due[1], TH)))
    assert dates(office, empty) == before
    press(at, SAVE_PHASE)
    assert fault(at) == []
    assert dates(office, empty) == {phase.step: (phase.start, phase.due) for phase in shown_.phases}
    assert "drawer" not in at.session_state


def test_a_due_date_before_its_start_says_that_the_phase_becomes_one_day_long(office, empty, visit):
    plan(office, empty)
    due = dates(office, empty)["plan"][0]
    (move,) = [one for one in moved(office, office.store.state(empty), "plan", {"due": due.isoformat()}).moves if one.step == "plan"]
    assert (move.days[0] > 1, move.days[1]) == (True, 1)
    at = fill(drawer(visit, "plan"), due=say_date(due, TH))
    assert TH("page_schedule.other_length", dates="", before=f"{move.days[0]}", after="1").removeprefix(" · ") in shown(at)


def test_a_date_typed_is_kept_until_it_is_given_up(office, empty, visit):
    plan(office, empty)
    at = fill(drawer(visit, "tasks"), due="29 ม.ค. 2570")
    press(at, SAVE_PHASE)
    assert office.store.state(empty).get("phase:tasks")["pinned_due"] is True
    at = drawer(visit, "tasks")
    assert box(at, TH("fields.phase.days.label")).disabled  # the due date says how many
    press(at, TH("page_schedule.unpin"))
    assert not box(at, TH("fields.phase.days.label")).disabled
    press(at, SAVE_PHASE)
    assert office.store.state(empty).get("phase:tasks")["pinned_due"] is None
    assert fault(at) == []


@pytest.mark.parametrize("days", ["0", "10000", "หก"])
def test_a_number_of_days_is_not_read_once_a_due_date_locks_it(office, empty, visit, days):
    plan(office, empty)
    at = fill(drawer(visit, "tasks"), days=days, due="29 ม.ค. 2570")
    assert box(at, TH("fields.phase.days.label")).disabled
    expected = moved(office, office.store.state(empty), "tasks", {"due": "29 ม.ค. 2570"})
    move = next(move for move in expected.moves if move.step == "tasks")
    assert has(at, TH("page_schedule.from_to", start=say_date(move.start[1], TH), due=say_date(move.due[1], TH)))
    press(at, SAVE_PHASE)
    assert (fault(at), errors(at)) == ([], [])
    assert dates(office, empty) == {phase.step: (phase.start, phase.due) for phase in expected.phases}


def test_what_was_refused_is_not_told_any_more_once_it_is_mended(office, empty, visit):
    plan(office, empty)
    at = press(fill(drawer(visit, "tasks"), days=0), SAVE_PHASE)
    assert TH("mistakes.phase_days_outside", least=1, most=2000, value=0) in "\n".join(errors(at))
    assert TH("mistakes.phase_days_outside", least=1, most=2000, value=0) in "\n".join(errors(fill(at, start="9/12/2569")))  # not mended by that
    assert errors(fill(at, days=8)) == []


def test_before_approval_a_due_date_moves_without_a_word_and_afterwards_only_with_a_reason(office, empty, visit):
    plan(office, empty)
    at = fill(drawer(visit, "plan"), days=20)
    assert REASON not in [area.label for area in at.text_area]
    press(at, SAVE_PHASE)
    approve(office, empty)
    at, before = fill(drawer(visit, "plan"), days=26), contents(office.store, empty)
    press(at, SAVE_PHASE)
    told = [line for line in "\n".join(errors(at)).splitlines() if line.startswith("- ")]
    assert told == ["- " + TH("mistakes.slips_without_reason", count=3).replace("\u2060", "")]
    assert len(errors(at)) == 1  # once: one reason settles all
    assert contents(office.store, empty) == before
    assert box(at, TH("fields.phase.days.label")).value == "26"
    box(at, REASON).set_value("รอข้อมูลจากอำเภอ").run()
    press(at, SAVE_PHASE)
    assert fault(at) == []
    slips = ledger(office, empty)
    assert {(one.name, one.working_days, one.reason) for one in slips} == {(step, 6, "รอข้อมูลจากอำเภอ") for step in ("plan", "execution", "certification")}
    assert has(at, TH("page_schedule.slip_total", name="7 แผนยกระดับ", days="+6", count=1))
    assert has(at, TH("page_schedule.slip_reason", reason="รอข้อมูลจากอำเภอ", who=person("facilitator").name, date="23 พ.ย. 2569"))


def test_the_owner_of_an_approved_phase_changes_without_a_reason(office, empty, visit):
    plan(office, empty)
    approve(office, empty)
    at = drawer(visit, "plan")
    next(one for one in at.selectbox if one.label == TH("fields.phase.owner.label")).set_value("p-member").run()
    assert REASON not in [area.label for area in at.text_area]
    press(at, SAVE_PHASE)
    assert office.store.state(empty).get("phase:plan")["owner"] == "p-member"


def test_a_reason_that_was_typed_is_back_after_a_reload(office, empty, visit):
    plan(office, empty)
    approve(office, empty)
    at = fill(drawer(visit, "plan"), days=26)
    box(at, REASON).set_value("รอข้อมูลจากอำเภอ").run()
    again = drawer(visit, "plan")
    assert box(again, REASON).value == "รอข้อมูลจากอำเภอ"
    press(again, SAVE_PHASE)
    assert {one.reason for one in ledger(office, empty)} == {"รอข้อมูลจากอำเภอ"}


def test_what_somebody_else_moved_meanwhile_is_looked_at_before_the_save(office, empty, visit):
    plan(office, empty)
    at = fill(drawer(visit, "plan"), days=26)
    move_phase(office, person("administrator"), empty, "vision", {"days": 9}, now(office, empty))
    press(at, SAVE_PHASE)
    assert TH("refusals.phases_changed_since") in "\n".join(errors(at))
    assert box(at, TH("fields.phase.days.label")).value == "26"
    expected = moved(office, office.store.state(empty), "plan", {"days": 26})
    press(at, SAVE_PHASE)
    assert dates(office, empty) == {phase.step: (phase.start, phase.due) for phase in expected.phases}


AGAINST = [
    ("plan", {"due": "31 ธ.ค. 2569"}, TH("page_schedule.warning.due_on_holiday", what="แผนยกระดับ", date="31 ธ.ค. 2569", holiday="วันสิ้นปี")),
    ("plan", {"due": "17/4/2570"}, TH("page_schedule.warning.due_on_weekend", what="แผนยกระดับ", date="17 เม.ย. 2570")),
    ("mission", {"start": "2/12/2569"}, TH("page_schedule.warning.early", step="พันธกิจและเป้าหมาย", other_step="วิสัยทัศน์")),
    ("vision", {"start": "2/11/2569"}, TH("page_schedule.start_of", step="วิสัยทัศน์", date="2 พ.ย. 2569")),
    ("execution", {"days": 400}, TH("page_schedule.warning.year_without_list", be="2570–2571", ce="2027–2028")),
    ("vision", {"days": 0}, TH("mistakes.phase_days_outside", least=1, most=2000, value=0)),
    ("vision", {"days": 10_000}, TH("mistakes.phase_days_outside", least=1, most=2000, value=10_000)),
    ("vision", {"due": "1/12/2599"}, TH("mistakes.phase_days_outside", least=1, most=2000, value=7826)),
]  # fmt: skip


def test_what_stands_against_a_date_is_said_before_it_is_saved(office, empty, visit):
    plan(office, empty)
    unsaid = []
    for step, typed, said in AGAINST:
        for place in office.store.drafts.places("p-facilitator"):
            office.store.drafts.discard("p-facilitator", place)  # of the case before
        if not has(fill(drawer(visit, step), **typed), said):
            unsaid.append((step, typed, said))
    assert unsaid == []


def test_a_circle_is_said_before_and_refused_at_the_save(office, empty, visit):
    plan(office, empty)
    before, at = contents(office.store, empty), drawer(visit, "vision")
    next(one for one in at.selectbox if one.label == TH("fields.phase.after.label")).set_value("mission").run()
    sentence = TH("mistakes.phases_in_circle", step="วิสัยทัศน์", other_step="พันธกิจและเป้าหมาย")
    assert has(at, sentence)
    press(at, SAVE_PHASE)
    assert sentence in "\n".join(errors(at))
    assert contents(office.store, empty) == before


def test_the_whole_is_laid_out_anew_with_what_that_moves_and_a_reason_once_approved(office, empty, visit):
    plan(office, empty)
    approve(office, empty)
    at = visit(PAGE)
    at.session_state["schedule/anew"] = True
    at.run()
    box(at, TH("fields.schedule.start.label")).set_value("8/12/2569").run()
    press(at, TH("page_schedule.lay_anew"))
    assert TH("mistakes.slips_without_reason", count=9) in "\n".join(errors(at))
    box(at, TH("fields.schedule.start.label")).set_value("9/12/2569").run()
    assert TH("mistakes.slips_without_reason", count=9) in "\n".join(errors(at))  # on another day it is as much without a reason
    box(at, TH("fields.schedule.start.label")).set_value("8/12/2569").run()
    box(at, REASON).set_value("เริ่มช้ากว่าที่คิด").run()
    press(at, TH("page_schedule.lay_anew"))
    assert fault(at) == []
    assert dates(office, empty)["vision"][0] == date(2026, 12, 8)
    assert len(ledger(office, empty)) == 9


def test_the_approved_due_date_of_an_activity_moves_with_a_reason(office, empty, visit):
    activity = write(office, empty, "activity", name="ทำบัญชี", start="1/12/2569", due="30/12/2569").ids[0]
    plan(office, empty)
    approve(office, empty)
    at = activity_drawer(visit, activity)
    assert has(at, TH("page_schedule.due_approved", date="30 ธ.ค. 2569"))
    assert REASON not in [area.label for area in at.text_area]
    box(at, TH("fields.activity.due.label")).set_value("15/1/2570").run()
    press(at, TH("app.save_one", kind=TH("fields.activity.one")))
    assert TH("mistakes.slip_without_reason") in "\n".join(errors(at))
    box(at, REASON).set_value("รอพัสดุ").run()
    press(at, TH("app.save_one", kind=TH("fields.activity.one")))
    assert fault(at) == []
    assert [(one.entity_id, one.reason, one.after) for one in ledger(office, empty)] == [(activity, "รอพัสดุ", date(2027, 1, 15))]


def test_the_sums_of_what_moved_tell_days_that_were_taken_away_apart(office, empty, visit):
    first, second, third = (write(office, empty, "activity", name=name, start="1/12/2569", due="30/12/2569").ids[0] for name in ("ก", "ข", "ค"))
    plan(office, empty)
    approve(office, empty)
    for activity, due in ((first, "28/12/2569"), (second, "5/1/2570")):
        move_activity(office, person("facilitator"), empty, activity, due, now(office, empty), "รอพัสดุ")
    found = sum(one.working_days for one in ledger(office, empty))
    move_activity(office, person("facilitator"), empty, first, "30/12/2569", now(office, empty), "ได้พัสดุ")
    move_activity(office, person("facilitator"), empty, second, "30/12/2569", now(office, empty), "ได้พัสดุ")
    assert found and has(visit(PAGE), TH("page_schedule.slip_total_same", name="กิจกรรมในแผน", count=4))
    save_rows(office, person("facilitator"), empty, [Edit("activity", third, {"open_ended": True})], now(office, empty), "ทำทุกปี")
    at = visit(PAGE)
    assert has(at, TH("page_schedule.slip_total_same", name="กิจกรรมในแผน", count=4))
    assert has(at, TH("page_schedule.slip_gone", name="กิจกรรมในแผน", count=1))


def test_while_the_plan_is_approved_only_its_due_dates_move(office, empty, visit):
    activity = write(office, empty, "activity", name="ทำบัญชี", start="1/12/2569", due="30/12/2569").ids[0]
    plan(office, empty)
    approve(office, empty)
    sign(office, empty, "plan")
    assert TH("page_schedule.move_due") not in buttons(activity_drawer(visit, activity, role="viewer"))
    at = activity_drawer(visit, activity, role="member")
    assert box(at, TH("fields.activity.name.label")).disabled
    due = [one for one in at.text_input if one.label == TH("fields.activity.due.label")]
    assert [one.disabled for one in due] == [True, False]
    due[1].set_value("15/1/2570").run()
    press(at, TH("page_schedule.move_due"))
    assert TH("refusals.reason_missing") in "\n".join(errors(at))
    box(at, REASON).set_value("รอพัสดุ").run()
    press(at, TH("page_schedule.move_due"))
    assert fault(at) == []
    assert office.store.state(empty).get(activity)["due"] == "2027-01-15"
    assert [one.reason for one in ledger(office, empty)] == ["รอพัสดุ"]


def test_phases_without_an_owner_are_warned_of_in_the_order_of_the_steps(office, empty):
    plan(office, empty)
    found = schedule_gaps(review_of(office, office.store.state(empty)))
    assert [gap.facts["step"] for gap in found if gap.code == "phase_without_owner"] == list(STEP_KEYS)


def test_a_gap_leads_to_the_phase_it_is_about_and_the_missing_schedule_to_its_form(office, empty, visit):
    plan(office, empty)
    at = drawer(visit, "vision")
    assert at.session_state["drawer"][:2] == ("phase", "phase:vision")
    assert has(at, "1 วิสัยทัศน์")


def test_starts_that_are_over_are_told_in_one_sentence(office, empty, visit):
    plan(office, empty, "1/9/2569")
    over = {step: start for step, (start, _) in dates(office, empty).items() if start < office.today()}
    assert 1 < len(over) < len(STEP_KEYS)
    steps = ", ".join(TH("page_schedule.start_of", step=TH(f"steps.{step}.short"), date=say_date(start, TH)) for step, start in over.items())
    said = shown(visit(PAGE))
    assert said.count(TH("page_schedule.starts_past", count=len(over), steps=steps)) == 1
    assert TH("page_schedule.warning.start_past", step=TH("steps.vision.short"), date=say_date(over["vision"], TH)) not in said
