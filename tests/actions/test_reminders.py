"""What people owe over all projects, and the text for a group: short, plain, without scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pso_core.actions import reminders
from pso_core.actions.first_start import EXAMPLE
from pso_core.actions.people import disable
from pso_core.actions.projects import import_example
from pso_core.actions.reminder_text import CHAT_LETTERS, LINE_LETTERS
from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import move_phase
from pso_core.actions.sign_offs import approve, submit
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.planning import AGENCY, REASON, planned, seq, slipped
from tests.actions.peopled import own_office as office
from tests.building import NOW, an_office, lampang, person, write

TH = phrases("th")


def text(office: Office, project: str, language: str = "th") -> str:
    return reminders.line_text(office, office.store.state(project), phrases(language))


def test_the_text_for_a_group_says_what_is_late_what_waits_and_what_moved(office: Office):
    project = planned(office)
    slipped(office, project)
    assert text(office, project).split("\n") == [
        "สำนักงานจังหวัดลำปาง · P.S.O. 1101 · 23 พ.ย. 2569",
        "",
        "เกินกำหนด 4 รายการ",
        "- ขั้นที่ 1 วิสัยทัศน์ · คณะทำงาน (ตัวอย่าง) · เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)",
        "- ขั้นที่ 2 พันธกิจและเป้าหมาย · ยังไม่มีผู้รับผิดชอบ · เกินกำหนด 11 วันทำการ (6 พ.ย. 2569)",
        "- ขั้นที่ 3 ภารกิจ · ยังไม่มีผู้รับผิดชอบ · เกินกำหนด 1 วันทำการ (20 พ.ย. 2569)",
        "- ขั้นที่ 4 ค่าถ่วงน้ำหนัก · ยังไม่มีผู้รับผิดชอบ · เกินกำหนด 1 วันทำการ (20 พ.ย. 2569)",
        "",
        "ติดรอขั้นก่อนหน้า 3 รายการ",
        "- ขั้นที่ 2 พันธกิจและเป้าหมาย ต้องรอ ขั้นที่ 1 วิสัยทัศน์ (คณะทำงาน (ตัวอย่าง))",
        "- ขั้นที่ 3 ภารกิจ ต้องรอ ขั้นที่ 2 พันธกิจและเป้าหมาย (ยังไม่มีผู้รับผิดชอบ)",
        "- ขั้นที่ 5 ตัวชี้วัด ต้องรอ ขั้นที่ 4 ค่าถ่วงน้ำหนัก (ยังไม่มีผู้รับผิดชอบ)",
        "",
        "เลื่อนในสัปดาห์ที่ผ่านมา 1 รายการ",
        f"- ขั้นที่ 2 พันธกิจและเป้าหมาย จาก 15 ต.ค. 2569 เป็น 6 พ.ย. 2569 เลื่อนออกไป 15 วันทำการ เพราะ {REASON} (เลื่อนตามอีก 7 รายการ)",
    ]


def test_how_far_a_due_date_slipped_is_said_as_people_write_numbers(office: Office):
    for days, said in ((6, "1 working day later"), (1_505, "1,500 working days later")):
        project = planned(office)
        move_phase(office, person("facilitator"), project, "mission", {"days": days}, seq(office, project), REASON)
        assert f", {said}: {REASON}" in text(office, project, "en")


def test_a_step_that_waits_is_told_with_who_decides(office: Office):
    project = planned(office)
    write(office, project, "vision", text="เป็นเลิศ", adopted_on="2026-11-02")
    submit(office, person("member"), project, "vision", seq(office, project))
    told = text(office, project)
    assert "รอการพิจารณา 1 ขั้น\n- ขั้นที่ 1 วิสัยทัศน์ เสนอแล้วเมื่อ 23 พ.ย. 2569 รอการกลั่นกรองของ ผู้ดำเนินการประชุม (ตัวอย่าง)" in told
    approve(office, person("head"), project, "vision", seq(office, project), "เร่งด่วน")
    assert "ขั้นที่ 1" not in text(office, project)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_without_anything_late_says_so_in_two_lines(office: Office, language: str):
    project = planned(office, start="1/2/2570")
    assert text(office, project, language).split("\n")[1:] == [phrases(language)("reminders.nothing")]


def test_a_long_part_is_cut_for_a_group_but_not_for_a_command(office: Office):
    project = planned(office, start="1/2/2570")
    for number in range(8):
        write(office, project, "activity", name=f"งาน {number}", due="2026-11-20")
    shown = [line for line in text(office, project).split("\n") if line.startswith("- งาน")]
    assert shown == [f"- งาน {n} · ยังไม่มีผู้รับผิดชอบ · เกินกำหนด 1 วันทำการ (20 พ.ย. 2569)" for n in _order(office, project)[:5]]
    assert text(office, project).split("\n")[-2:] == ["", "และอีก 3 รายการ โปรดดูในระบบ"]
    lines, _ = reminders.report(office, TH, project)
    assert sum(line.startswith("- งาน") for line in lines) == 8


def test_two_hundred_late_activities_make_no_longer_text_than_is_read_in_a_chat(office: Office):
    project = planned(office)
    slipped(office, project)
    names = [f"กิจกรรมที่ {number} " + "ประชุมชี้แจงเจ้าหน้าที่ผู้รับผิดชอบทุกอำเภอ" * 2 for number in range(200)]
    edits = [Edit("activity", None, {"name": name, "owner": "p-member", "due": "2026-11-20" if place else "2026-09-01"}) for place, name in enumerate(names)]
    save_rows(office, person("facilitator"), project, edits, seq(office, project))
    for language in LANGUAGES:
        told, say = text(office, project, language), phrases(language)
        lines = told.split("\n")
        assert len(told) <= CHAT_LETTERS == 1_500
        assert lines[3].startswith("- กิจกรรมที่ 0 ")  # the longest overdue of all
        assert [say(f"reminders.part.{part}", count=count) in lines for part, count in (("overdue", 204), ("blocked", 3), ("slipped", 1))] == [True] * 3
        assert lines[-1] == say("reminders.rest", count=204 + 3 + 1 - sum(line.startswith("- ") for line in lines))


def test_the_longest_texts_that_people_type_do_not_pass_the_limit_of_a_chat(office: Office):
    project = planned(office)
    write(office, project, "agency", name="ส" * 200)
    people = [replace(person("facilitator"), id=f"p-{number}", login=f"u{number}", name="ผู้ดำเนินการประชุมที่มีชื่อยาว " * 3) for number in range(30)]
    office.store.people.add(people, "p-admin", NOW)
    write(office, project, "vision", text="เป็นเลิศ", adopted_on="2026-11-02")
    submit(office, person("member"), project, "vision", seq(office, project))
    late = [Edit("activity", None, {"name": "ย" * 200, "due": f"2026-11-{number + 5:02}", "owner": people[number].id}) for number in range(20)]
    save_rows(office, person("facilitator"), project, late, seq(office, project))
    told = text(office, project)
    assert len(told) <= CHAT_LETTERS and told.split("\n")[-1].startswith("และอีก ")
    assert max(map(len, told.split("\n"))) <= LINE_LETTERS + len("- ")


def _order(office: Office, project: str) -> list[str]:
    """The numbers in the names, in the order of the rows' ids: all are due on the same day."""
    return [row["name"][-1] for row in sorted(office.store.state(project).of("activity"), key=lambda row: row.id)]


def test_nothing_typed_breaks_the_lines_of_the_text(office: Office):
    project = planned(office, start="1/2/2570")
    write(office, project, "activity", name="อบรม {name} " + "ย" * 200, due="2026-11-20")
    write(office, project, "finding", audit=write(office, project, "audit", visited_on="2026-11-02").ids[0], text="ข้อแรก\nข้อสอง\n- ปลอม", due="2026-11-19")
    late = text(office, project).split("\n")[3:5]
    assert late[0] == "- ข้อที่ต้องปรับปรุง: ข้อแรก ข้อสอง - ปลอม · ยังไม่มีผู้รับผิดชอบ · เกินกำหนด 2 วันทำการ (19 พ.ย. 2569)"
    assert late[1].startswith("- อบรม {name} ยย") and len(late[1]) < 150


def test_no_score_of_anybody_stands_in_the_text(office: Office):
    told = text(office, lampang(office))
    assert ("คะแนน" in told, "150" in told, "เกินกำหนด" in told) == (False, False, True)


def test_the_data_say_the_same_for_programs(office: Office):
    project = planned(office)
    slipped(office, project)
    _, data = reminders.report(office, phrases("en"), project)
    (told,) = data["projects"]
    assert (data["today"], told["id"], told["name"]) == ("2026-11-23", project, AGENCY)
    assert told["overdue"][0] == {
        "kind": "phase", "id": "phase:vision", "step": "vision", "name": "Step 1 Vision", "owner_id": "p-member", "owner": person("member").name,
        "due": "2026-10-07", "working_days": -31, "overdue": True,
    }  # fmt: skip
    assert {"step": "mission", "needs": "vision", "people": [{"id": "p-member", "name": person("member").name}]} in told["blocked"]
    assert [(one["id"], one["working_days"], one["reason"]) for one in told["slipped"]][:1] == [("phase:mission", 15, REASON)]


def test_what_a_person_owes_is_gathered_over_all_projects(office: Office):
    first, second = planned(office), planned(office, start="1/9/2569")
    found = reminders.owed_by(office, person("member"))
    assert [(one.project_id, one.kind) for one in found] == [(second, "phase"), (second, "worksheet"), (first, "phase"), (first, "worksheet")]
    shares = reminders.shares_of(office, person("member"), TH)
    assert [(share.project, len(share.items)) for share in shares] == [(AGENCY, 2), (AGENCY, 2)]
    assert reminders.shares_of(office, person("viewer"), TH) == ()


def test_the_example_beside_real_work_is_nobodys_work(office: Office):
    import_example(office, person("facilitator"))
    assert (reminders.escalated_to(office, person("head"), TH), reminders.report(office, TH)[1]["projects"]) == ((), [])
    office.store.settings.set(EXAMPLE, True)  # in the office that is the example, it is what people look at
    assert reminders.escalated_to(office, person("head"), TH) != ()
    real = planned(office)
    for found in (reminders.shares_of(office, person("facilitator"), TH), reminders.escalated_to(office, person("head"), TH)):
        assert {share.told.state.project_id for share in found} == {real}


def test_the_head_hears_of_what_is_long_overdue_and_nobody_else_does(office: Office):
    project = planned(office)
    told = {who: [one.step for share in reminders.escalated_to(office, person(who), TH) for one in share.items] for who in ("head", "facilitator", "member")}
    assert told == {"head": ["vision", "mission", "tasks", "weights"], "facilitator": [], "member": []}
    reminders.set_escalation(office, person("administrator"), 25)
    assert [one.step for share in reminders.escalated_to(office, person("head"), TH) for one in share.items] == ["vision", "mission"]
    assert project == reminders.escalated_to(office, person("head"), TH)[0].told.state.project_id


def test_what_has_no_owner_reaches_the_head_as_others_work_only_while_a_facilitator_has_it(office: Office):
    planned(office)
    steps = lambda shares: [one.step for share in shares for one in share.items]  # noqa: E731
    head, unowned = person("head"), ["mission", "tasks", "weights"]
    assert (steps(reminders.shares_of(office, head, TH)), steps(reminders.escalated_to(office, head, TH))) == ([], ["vision", *unowned])
    disable(office, person("administrator"), "p-facilitator")
    assert steps(reminders.shares_of(office, head, TH))[:3] == unowned
    assert steps(reminders.escalated_to(office, head, TH)) == ["vision"]


@pytest.mark.parametrize(("role", "days", "code"), [("head", 5, "not_allowed"), ("administrator", 0, "escalation_outside"), ("administrator", 251, "escalation_outside")])
def test_a_limit_that_makes_no_sense_is_refused(office: Office, role: str, days: int, code: str):
    with pytest.raises(PsoError) as refusal:
        reminders.set_escalation(office, person(role), days)
    assert (refusal.value.code, reminders.escalation(office)) == (code, reminders.DEFAULT_ESCALATION)


def test_today_is_today_in_thailand(tmp_path: Path):
    just_before_midnight = NOW.replace(hour=16, minute=59)
    for moment, day in ((just_before_midnight, "23"), (just_before_midnight + timedelta(minutes=1), "24")):
        with an_office(tmp_path / "nine.duckdb", now=moment) as office:
            project = office.store.projects()[0] if office.store.projects() else planned(office)
            assert text(office, project).split("\n")[0].endswith(f"· {day} พ.ย. 2569")
