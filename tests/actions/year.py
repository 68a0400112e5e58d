"""Fiscal year 2569 of one project as a story, and what it must come to: counted on a wall calendar, copied from no output."""

from __future__ import annotations

from datetime import date
from typing import Any

from pso_core.actions.holidays import add_holiday
from pso_core.actions.rows import Removal, save_rows
from pso_core.actions.sign_offs import approve, endorse, reopen, return_, submit
from pso_core.domain.people import Person
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.office import Office
from tests.actions import planned
from tests.actions.living import Story, hands_over, leaves, moves, plans, postpones, reports, scores, signs, writes
from tests.actions.planned import FACILITATOR, HEAD
from tests.building import PEOPLE, lampang, write

MALEE = Person("p-malee", "malee", "มาลี แสนดี", "นักวิชาการสถิติ", "ฝ่ายข้อมูล", "member", True)
SOMCHAI = Person("p-somchai", "somchai", "สมชาย ใจงาม", "เจ้าหน้าที่ระบบงาน", "ฝ่ายข้อมูล", "member", True)
EVERYBODY = (*PEOPLE.values(), MALEE, SOMCHAI)
MEMBER = PEOPLE["member"]
FIRST, LAST = date(2025, 10, 1), date(2026, 9, 30)
OFF = (
    "2025-10-13 2025-10-23 2025-12-05 2025-12-10 2025-12-31 2026-01-01 2026-01-02 2026-03-03 2026-04-06 2026-04-13 2026-04-14 2026-04-15 "
    "2026-05-04 2026-05-13 2026-06-01 2026-06-02 2026-06-03 2026-07-28 2026-07-29 2026-07-30 2026-08-12 2026-10-13"
).split()  # the Cabinet adds 2 June on the way
OWNERS = {"vision": MEMBER, "mission": MEMBER, "tasks": FACILITATOR, "weights": FACILITATOR, "indicators": MEMBER} | {
    "assessment": MALEE, "plan": MALEE, "execution": SOMCHAI, "certification": MALEE,
}  # fmt: skip
SAMPLES, DISTRICTS, TO_NAN = "ใช้ตัวชี้วัดตัวอย่างก่อน", "รอข้อมูลจากอำเภอ", "ย้ายไปสำนักงานจังหวัดน่าน"
COMMENT, BUSY = "รอความเห็นของอำเภอ", "ผู้ประเมินติดราชการ"
PURCHASE, EARLY, CABINET = "จัดซื้ออุปกรณ์ล่าช้า", "งานเสร็จก่อนกำหนด", "ครม. เพิ่มวันหยุด 2 มิ.ย. 2569"
MEETING, AUDITORS, CONTRACT = "ขยายเวลาตามมติที่ประชุม", "ผู้ตรวจเลื่อนวันตรวจ", "รอผู้รับจ้างส่งงาน"
SERVICE = "indicator:service"
NOT_YET = ("progress", "linkage", "activity", "audit", "decision", "certificate")  # what the example did later than this project has come


def prepared(office: Office) -> str:
    """The id of a project with all that Lampang wrote in its first six steps, and nothing planned or signed."""
    project = lampang(office)
    state = office.store.state(project)
    save_rows(office, FACILITATOR, project, [Removal(row.id) for kind in NOT_YET for row in state.of(kind)], state.seq)
    write(office, project, "project", "project", example=False)
    return project


def cabinet_adds_a_day_off(office: Office, _: str) -> None:
    added = Holiday(date(2026, 6, 2), Words("วันหยุดราชการเพิ่มเป็นกรณีพิเศษ", "Special holiday"), special=True)
    add_holiday(office, PEOPLE["administrator"], added)


def a_second_indicator_of_speed(office: Office, project: str) -> None:
    (first,) = office.store.state(project).where("indicator", criterion="speed")
    added = {"kind": "indicator", "id": SERVICE, "criterion": "speed", "name": "เวลาให้บริการ", "share": 50}
    writes(MEMBER, added, {"kind": "indicator", "id": first.id, "share": 50})(office, project)


def activity(name: str, what: str, owner: Person, start: str, due: str, *lifts: str) -> dict[str, Any]:
    return {"kind": "activity", "id": f"activity:{name}", "name": what, "owner": owner.id, "start": start, "due": due, "lifts": dict.fromkeys(lifts, 1)}


def finding(name: str, text: str, owner: Person, due: str) -> dict[str, Any]:
    return {"kind": "finding", "id": f"finding:{name}", "audit": "audit:1", "text": text, "owner": owner.id, "due": due}


def milestone(name: str, day: str) -> dict[str, Any]:
    return {"kind": "milestone", "name": name, "day": day}


STORY: Story = {
    "2025-10-01": [plans(planned.draft), *(moves(step, owner=person.id) for step, person in OWNERS.items())],
    "2025-10-03": [plans(planned.approve)],
    "2025-10-08": [writes(FACILITATOR, {"kind": "vision", "id": "vision", "adopted_on": "2025-10-08"})],
    "2025-10-09": [signs(submit, MEMBER, "vision"), signs(endorse, FACILITATOR, "vision")],
    "2025-10-10": [signs(approve, HEAD, "vision", "มีผู้ยังไม่กรอกแบบ")],
    "2025-10-16": [moves("mission", COMMENT, due="24 ต.ค. 2568")],
    "2025-10-22": [signs(submit, MEMBER, "mission")],
    "2025-10-24": [signs(return_, FACILITATOR, "mission", "เพิ่มตัวชี้วัดของเป้าหมาย")],
    "2025-10-27": [signs(submit, MEMBER, "mission"), signs(endorse, FACILITATOR, "mission"), signs(approve, HEAD, "mission")],
    "2025-11-06": [signs(submit, MEMBER, "tasks"), signs(endorse, FACILITATOR, "tasks"), signs(submit, MEMBER, "weights")],
    "2025-11-07": [signs(approve, HEAD, "tasks"), signs(approve, HEAD, "weights")],
    "2025-11-27": [signs(submit, MEMBER, "indicators"), signs(endorse, FACILITATOR, "indicators")],
    "2025-11-28": [signs(approve, HEAD, "indicators", SAMPLES)],
    "2025-12-24": [moves("assessment", BUSY, due="9 ม.ค. 2569")],
    "2026-01-08": [signs(submit, MALEE, "assessment"), signs(endorse, FACILITATOR, "assessment")],
    "2026-01-09": [signs(approve, HEAD, "assessment", SAMPLES)],
    "2026-01-14": [
        writes(
            MALEE,
            activity("register", "จัดทำทะเบียนแฟ้ม", MALEE, "2026-02-02", "2026-03-31", "coverage", "accuracy", "reliability"),
            activity("network", "เชื่อมโยงเครือข่ายอำเภอ", SOMCHAI, "2026-03-02", "2026-05-29", "speed", "linkage"),
            activity("website", "ปรับปรุงเว็บไซต์จังหวัด", MALEE, "2026-04-01", "2026-06-30", "access", "participation"),
            activity("map", "พัฒนาแผนที่กลาง", MEMBER, "2026-03-16", "2026-06-30", "currency", "verifiability"),
        )
    ],
    "2026-01-21": [writes(MEMBER, {"kind": "activity", "id": "activity:map", "due": "2026-07-17"})],  # no approved plan has it yet
    "2026-01-28": [writes(FACILITATOR, milestone("ประชุมติดตาม", "2026-05-15"), milestone("รับมอบใบรับรอง", "2026-10-12"))],
    "2026-01-29": [signs(submit, MALEE, "plan"), signs(endorse, FACILITATOR, "plan")],
    "2026-01-30": [signs(approve, HEAD, "plan")],
    "2026-02-02": [plans(planned.approve)],
    "2026-02-20": [reports(MALEE, "register", "2026-02-20", 40)],
    "2026-02-26": [leaves(MALEE)],
    "2026-02-27": [hands_over(MALEE, SOMCHAI, TO_NAN)],
    "2026-03-12": [
        signs(reopen, FACILITATOR, "indicators", "แบบตัวชี้วัดขาดเรื่องการให้บริการ"),
        a_second_indicator_of_speed,
    ],
    "2026-03-16": [
        writes(MEMBER, *({"kind": "condition", "indicator": SERVICE, "level": level, "text": f"ภายใน {5 - level} วัน"} for level in range(4))),
        signs(submit, MEMBER, "indicators"), signs(endorse, FACILITATOR, "indicators"),
    ],
    "2026-03-17": [signs(approve, HEAD, "indicators", SAMPLES)],
    "2026-03-18": [moves("assessment", owner=MEMBER.id), scores(MEMBER, SERVICE)],
    "2026-03-19": [signs(submit, MEMBER, "assessment")],
    "2026-03-20": [signs(approve, HEAD, "assessment", SAMPLES)],
    "2026-03-24": [postpones(SOMCHAI, "register", "17 เม.ย. 2569", DISTRICTS)],
    "2026-04-20": [reports(SOMCHAI, "register", "2026-04-20", 100)],
    "2026-05-11": [cabinet_adds_a_day_off],
    "2026-05-25": [postpones(MEMBER, "network", "12 มิ.ย. 2569", PURCHASE)],
    "2026-06-08": [postpones(SOMCHAI, "website", "19 มิ.ย. 2569", EARLY)],
    "2026-06-11": [reports(SOMCHAI, "network", "2026-06-11", 100)],
    "2026-06-15": [moves("execution", CABINET, days="120")],  # as long as ever, laid out anew
    "2026-06-18": [reports(SOMCHAI, "website", "2026-06-18", 100)],
    "2026-07-06": [moves("execution", MEETING, due="14 ส.ค. 2569")],
    "2026-07-16": [reports(MEMBER, "map", "2026-07-16", 60, obstacle="ผู้รับจ้างส่งงานช้า")],
    "2026-08-13": [signs(submit, SOMCHAI, "execution"), signs(endorse, FACILITATOR, "execution")],
    "2026-08-14": [signs(approve, HEAD, "execution", "แผนที่กลางทำต่อ")],
    "2026-08-20": [moves("certification", AUDITORS, due="18 ก.ย. 2569")],
    "2026-09-02": [
        writes(FACILITATOR, {"kind": "audit", "id": "audit:1", "visited_on": "2026-09-02"}),
        writes(
            FACILITATOR, finding("shelf", "ป้ายตู้ไม่ครบ", SOMCHAI, "2026-09-15"), finding("index", "สารบัญแฟ้มไม่ตรง", SOMCHAI, "2026-09-21"),
            finding("manual", "ไม่มีคู่มือ", FACILITATOR, "2026-10-02"),
        ),
    ],
    "2026-09-18": [writes(FACILITATOR, {"kind": "finding", "id": "finding:shelf", "resolved_on": "2026-09-18"})],
    "2026-09-21": [signs(reopen, HEAD, "execution", "ผู้ตรวจขอหลักฐานเพิ่ม")],
    "2026-09-23": [postpones(MEMBER, "map", "9 ต.ค. 2569", CONTRACT)],
    "2026-09-25": [signs(submit, SOMCHAI, "execution")],
    "2026-09-28": [signs(endorse, FACILITATOR, "execution")],
}  # fmt: skip

SLIPS = [  # when, who, why, what: from, to, working days
    ("2025-10-16", FACILITATOR, COMMENT, {
        "mission": ("2025-10-20", "2025-10-24", 3), "tasks": ("2025-11-04", "2025-11-07", 3), "weights": ("2025-11-04", "2025-11-07", 3),
        "indicators": ("2025-11-25", "2025-11-28", 3), "assessment": ("2025-12-25", "2025-12-30", 3), "plan": ("2026-01-20", "2026-01-23", 3),
        "execution": ("2026-07-20", "2026-07-23", 3), "certification": ("2026-08-06", "2026-08-11", 3),
    }),
    ("2025-12-24", FACILITATOR, BUSY, {
        "assessment": ("2025-12-30", "2026-01-09", 5), "plan": ("2026-01-23", "2026-01-30", 5),
        "execution": ("2026-07-23", "2026-08-04", 5), "certification": ("2026-08-11", "2026-08-19", 5),
    }),
    ("2026-03-24", SOMCHAI, DISTRICTS, {"register": ("2026-03-31", "2026-04-17", 9)}),
    ("2026-05-25", MEMBER, PURCHASE, {"network": ("2026-05-29", "2026-06-12", 7)}),
    ("2026-06-08", SOMCHAI, EARLY, {"website": ("2026-06-30", "2026-06-19", -7)}),
    ("2026-06-15", FACILITATOR, CABINET, {"execution": ("2026-08-04", "2026-08-05", 1), "certification": ("2026-08-19", "2026-08-20", 1)}),
    ("2026-07-06", FACILITATOR, MEETING, {"execution": ("2026-08-05", "2026-08-14", 6), "certification": ("2026-08-20", "2026-08-28", 6)}),
    ("2026-08-20", FACILITATOR, AUDITORS, {"certification": ("2026-08-28", "2026-09-18", 15)}),
    ("2026-09-23", MEMBER, CONTRACT, {"map": ("2026-07-17", "2026-10-09", 56)}),
]  # fmt: skip
QUIET = {"2026-02-26", "2026-05-11"}  # something happens, but nothing is written into the project
SECOND_PLAN = {  # the ninth of January held, and all after it
    "vision": ("2025-10-06", "2025-10-10"), "mission": ("2025-10-14", "2025-10-24"), "tasks": ("2025-10-27", "2025-11-07"),
    "weights": ("2025-11-03", "2025-11-07"), "indicators": ("2025-11-10", "2025-11-28"), "assessment": ("2025-12-01", "2026-01-09"),
    "plan": ("2026-01-12", "2026-01-30"), "execution": ("2026-02-02", "2026-08-04"), "certification": ("2026-07-17", "2026-08-19"),
}  # fmt: skip
APPROVALS = [
    ("2025-10-03", "schedule", 1), ("2025-10-10", "vision", None), ("2025-10-27", "mission", None), ("2025-11-07", "tasks", None),
    ("2025-11-07", "weights", None), ("2025-11-28", "indicators", None), ("2026-01-09", "assessment", None), ("2026-01-30", "plan", None),
    ("2026-02-02", "schedule", 2), ("2026-03-17", "indicators", None), ("2026-03-20", "assessment", None), ("2026-08-14", "execution", None),
]  # fmt: skip
BY_THE_CLOCK = [
    ("2026-02-26 18:30", "broken", "plan"), ("2026-02-27 06:45", "mended", "plan"),  # Malee left, her work was handed over
    ("2026-03-12 07:45", "broken", "assessment"), ("2026-03-13 18:30", "reopen", "assessment"),  # an indicator that nobody scored
]  # fmt: skip
