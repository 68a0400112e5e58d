"""A year of one project lived day by day: what slipped, broke, came back and changed hands is exactly in ledger and digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from pso_core.actions.schedule import Slip, baseline_phases
from pso_core.actions.sign_offs import digest_of_step
from pso_core.actions.snapshots import snapshots
from pso_core.domain.owed import Blocked, Waiting
from pso_core.domain.people import CLOCK
from pso_core.office import Office, opened
from pso_core.steps.sign_off import NEEDS
from pso_core.store import Change
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import BANGKOK
from tests.actions.conftest import Clock
from tests.actions.living import MEETS, Look, live
from tests.actions.planned import HEAD
from tests.actions.year import (
    APPROVALS, BY_THE_CLOCK, CONTRACT, EVERYBODY, FIRST, LAST, OFF, QUIET, SECOND_PLAN, SLIPS, SOMCHAI, STORY, TO_NAN, prepared,
)  # fmt: skip
from tests.domain.test_schedule_by_hand import BY_HAND

EXPECTED = sorted((day, who.id, why, what, *moved) for day, who, why, moves in SLIPS for what, moved in moves.items())


@dataclass(frozen=True)
class Lived:
    office: Office
    project: str
    looks: tuple[Look, ...]

    @property
    def changes(self) -> list[Change]:
        """Of this year, oldest first."""
        changes = self.office.store.history(self.project, limit=10_000)[::-1]
        return [change for change in changes if change.occurred_at.astimezone(BANGKOK).date() >= FIRST]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    clock = Clock(datetime(2025, 9, 30, 3, 0, tzinfo=UTC))
    with opened(tmp_path_factory.mktemp("office") / "nine.duckdb", clock=clock) as office:
        office.store.people.add(EVERYBODY, "p-admin", clock())
        project = prepared(office)
        yield Lived(office, project, tuple(live(office, clock, project, STORY, FIRST, LAST)))


def counted(first: date, last: date) -> int:
    """Working days after the first until the last, by the wall calendar."""
    days = (first + timedelta(number) for number in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 and day.isoformat() not in OFF for day in days)


def approved(look: Look, step: str) -> bool:
    row = look.state.get(f"sign_off:{step}")
    return row is not None and row["state"] == "approved"


def unfinished(look: Look) -> dict[str, date]:
    """{what still is to be done: its due day}"""
    done = {row["activity"] for row in look.state.of("progress") if row["percent"] == 100}
    phases = [row for row in look.state.of("phase") if not approved(look, row["step"])]
    activities = [row for row in look.state.of("activity") if row.id not in done]
    findings = [row for row in look.state.of("finding") if not row["resolved_on"]]
    return {row.id: date.fromisoformat(row["due"]) for row in (*phases, *activities, *findings)}


def lines(slips: Iterable[Slip]) -> list[tuple]:
    """(when, who, why, what, from, to, working days) of each, sorted."""
    return sorted(
        (
            slip.occurred_at.astimezone(BANGKOK).date().isoformat(), slip.person_id, slip.reason, slip.entity_id.partition(":")[2],
            slip.before.isoformat(), slip.after.isoformat(), slip.working_days,
        )
        for slip in slips
    )  # fmt: skip


# Every morning -----------------------------------------------------------------------------------------------------------


def test_the_year_has_365_mornings(year: Lived):
    assert [look.today for look in year.looks] == [FIRST + timedelta(number) for number in range(365)]


def test_exactly_what_is_overdue_is_told_by_how_many_working_days_and_the_oldest_first(year: Lived):
    for look in year.looks:
        overdue = {name: -counted(due, look.today) for name, due in unfinished(look).items() if due < look.today}
        assert {one.entity_id: one.days for one in look.digest.overdue} == overdue, look.today
        assert [one.due for one in look.digest.overdue] == sorted(one.due for one in look.digest.overdue)
    assert sum(bool(look.digest.overdue) for look in year.looks) > 50


def test_exactly_what_is_due_within_fourteen_days_is_told(year: Lived):
    for look in year.looks:
        days = {**unfinished(look), **{row.id: date.fromisoformat(row["day"]) for row in look.state.of("milestone")}}
        soon = {name: counted(look.today, due) for name, due in days.items() if look.today <= due <= look.today + timedelta(14)}
        assert {one.entity_id: one.days for one in look.digest.soon} == soon, look.today


def test_a_slip_is_told_for_seven_days_and_a_date_brought_forward_never(year: Lived):
    for look in year.looks:
        week = [look.today - timedelta(ago) for ago in range(1, 8)]  # on the day itself it is moved later than this look
        assert lines(look.digest.slipped) == [line for line in EXPECTED if date.fromisoformat(line[0]) in week and line[-1] > 0], look.today


def test_every_step_handed_in_waits_for_whoever_decides(year: Lived):
    deciders = {"submitted": ("p-facilitator",), "endorsed": ("p-head",)}
    for look in year.looks:
        handed_in = {(row["step"], row["state"], deciders[row["state"]]) for row in look.state.of("sign_off") if row["state"] in deciders}
        assert {(one.step, one.state, one.people) for one in look.digest.waiting} == handed_in, look.today


def test_every_step_that_should_have_begun_is_blocked_by_what_it_needs(year: Lived):
    for look in year.looks:
        begun = [row["step"] for row in look.state.of("phase") if row["start"] <= look.today.isoformat() and not approved(look, row["step"])]
        blocked = {(step, needs) for step in begun for needs in NEEDS.get(step, ()) if not approved(look, needs)}
        assert {(one.step, one.needs) for one in look.digest.blocked} == blocked, look.today


def test_whoever_owns_what_is_overdue_owes_it_unless_it_is_handed_in_and_nobody_owes_an_approved_step(year: Lived):
    for look in year.looks:
        handed_in = {f"phase:{one.step}" for one in look.digest.waiting}
        for one in look.digest.overdue:
            assert (one in look.owed[one.owner]) == (one.entity_id not in handed_in), look.today
        assert not [one for owed in look.owed.values() for one in owed if one.kind == "phase" and approved(look, one.step)], look.today


def test_the_ledger_only_grows_and_what_stands_in_it_stays(year: Lived):
    for before, after in pairwise(year.looks):
        assert after.ledger[len(after.ledger) - len(before.ledger) :] == before.ledger, after.today


def test_what_is_printed_on_wednesdays_counts_what_the_digest_holds(year: Lived):
    say = phrases("th")
    for look in (look for look in year.looks if look.today.weekday() == MEETS):
        digest = look.digest
        counts = {part: len(getattr(digest, part)) for part in ("overdue", "soon", "waiting", "blocked")}
        counts["slipped"] = len({slip.occurred_at for slip in digest.slipped})  # what one change moved is one line
        heads = [say(f"reminders.part.{part}", count=count) for part, count in counts.items() if count]
        assert [line for line in look.lines[1:] if line and not line.startswith("- ")] == (heads or [say("reminders.nothing")]), look.today


# At the end --------------------------------------------------------------------------------------------------------------


def test_the_ledger_says_of_every_slip_who_what_from_to_by_how_much_and_why(year: Lived):
    ledger = year.looks[-1].ledger
    assert lines(ledger) == EXPECTED
    assert [slip.occurred_at for slip in ledger] == sorted((slip.occurred_at for slip in ledger), reverse=True)


def test_the_last_digest(year: Lived):
    digest = year.looks[-1].digest
    overdue, soon = ([(one.kind, one.name, one.owner, one.days) for one in part] for part in (digest.overdue, digest.soon))
    assert overdue == [("phase", "", SOMCHAI.id, -33), ("phase", "", SOMCHAI.id, -8), ("finding", "สารบัญแฟ้มไม่ตรง", SOMCHAI.id, -7)]
    assert [one.step for one in digest.overdue] == ["execution", "certification", "certification"]
    assert soon == [("finding", "ไม่มีคู่มือ", "p-facilitator", 2), ("activity", "พัฒนาแผนที่กลาง", "p-member", 7), ("milestone", "รับมอบใบรับรอง", None, 8)]
    assert digest.waiting == (Waiting("execution", "endorsed", date(2026, 9, 28), ("p-head",), date(2026, 8, 14), -33),)
    assert digest.blocked == (Blocked("certification", "execution", ("p-head",)),)
    assert lines(digest.slipped) == [("2026-09-23", "p-member", CONTRACT, "map", "2026-07-17", "2026-10-09", 56)]


def test_the_last_digest_as_it_is_printed(year: Lived):
    assert year.looks[-1].lines == [
        "สำนักงานจังหวัดลำปาง · P.S.O. 1101 · 30 ก.ย. 2569", "",
        "เกินกำหนด 3 รายการ",
        "- ขั้นที่ 8 ดำเนินการ · สมชาย ใจงาม · เกินกำหนด 33 วันทำการ (14 ส.ค. 2569)",
        "- ขั้นที่ 9 ขอการรับรอง · สมชาย ใจงาม · เกินกำหนด 8 วันทำการ (18 ก.ย. 2569)",
        "- ข้อที่ต้องปรับปรุง: สารบัญแฟ้มไม่ตรง · สมชาย ใจงาม · เกินกำหนด 7 วันทำการ (21 ก.ย. 2569)", "",
        "ครบกำหนดใน 14 วัน 3 รายการ",
        "- ข้อที่ต้องปรับปรุง: ไม่มีคู่มือ · ผู้ดำเนินการประชุม (ตัวอย่าง) · อีก 2 วันทำการ (2 ต.ค. 2569)",
        "- พัฒนาแผนที่กลาง · คณะทำงาน (ตัวอย่าง) · อีก 7 วันทำการ (9 ต.ค. 2569)",
        "- หมุดหมาย: รับมอบใบรับรอง · อีก 8 วันทำการ (12 ต.ค. 2569)", "",
        "รอการพิจารณา 1 ขั้น",
        "- ขั้นที่ 8 ดำเนินการ กลั่นกรองแล้วเมื่อ 28 ก.ย. 2569 รอความเห็นชอบของ หัวหน้าหน่วยงาน (ตัวอย่าง)", "",
        "ติดรอขั้นก่อนหน้า 1 รายการ",
        "- ขั้นที่ 9 ขอการรับรอง ต้องรอ ขั้นที่ 8 ดำเนินการ (หัวหน้าหน่วยงาน (ตัวอย่าง))", "",
        "เลื่อนในสัปดาห์ที่ผ่านมา 1 รายการ",
        "- พัฒนาแผนที่กลาง จาก 17 ก.ค. 2569 เป็น 9 ต.ค. 2569 เลื่อนออกไป 56 วันทำการ เพราะ รอผู้รับจ้างส่งงาน",
    ]  # fmt: skip


def test_what_came_back_after_it_was_approved_is_overdue_since_it_was_due_with_whoever_has_left(year: Lived):
    """The eighteenth of March: the assessment opened itself five days ago, and its owner is gone."""
    (look,) = [look for look in year.looks if look.today == date(2026, 3, 18)]
    assert look.lines == [
        "สำนักงานจังหวัดลำปาง · P.S.O. 1101 · 18 มี.ค. 2569", "",
        "เกินกำหนด 1 รายการ",
        "- ขั้นที่ 6 ประเมินสถานภาพ · มาลี แสนดี · เกินกำหนด 47 วันทำการ (9 ม.ค. 2569)", "",
        "ครบกำหนดใน 14 วัน 1 รายการ",
        "- จัดทำทะเบียนแฟ้ม · สมชาย ใจงาม · อีก 9 วันทำการ (31 มี.ค. 2569)",
    ]  # fmt: skip


def test_of_every_approval_there_is_a_snapshot_of_what_was_signed(year: Lived):
    found = snapshots(year.office, year.project)[::-1]
    assert [(one.occurred_at.astimezone(BANGKOK).date().isoformat(), one.step, one.number) for one in found] == APPROVALS
    assert {(one.person_id, one.position) for one in found} == {(HEAD.id, HEAD.position)}
    steps = [one for one in found if one.number is None]
    assert [one.digest for one in steps] == [digest_of_step(year.office.store.as_of(year.project, one.seq), one.step) for one in steps]


def test_both_approved_plans_are_as_they_were_approved(year: Lived):
    plans = [baseline_phases(year.office, year.project, row) for row in sorted(year.looks[-1].state.of("baseline"), key=lambda row: row["number"])]
    assert {phase.step: (phase.start, phase.due) for phase in plans[0]} == BY_HAND
    assert {phase.step: (phase.start.isoformat(), phase.due.isoformat()) for phase in plans[1]} == SECOND_PLAN


def test_what_broke_was_mended_within_a_day_or_opened_again_and_nothing_else_happened_by_itself(year: Lived):
    own = [change for change in year.changes if change.person_id == CLOCK.id]
    assert [
        (f"{change.occurred_at.astimezone(BANGKOK):%Y-%m-%d %H:%M}", change.action, row.entity_id.partition(":")[2]) for change in own for row in change.rows
    ] == BY_THE_CLOCK
    days = {change.occurred_at.astimezone(BANGKOK).date().isoformat() for change in year.changes if change not in own}
    assert days == set(STORY) - QUIET


def test_the_transfer_moved_what_was_open_and_nothing_else(year: Lived):
    [change] = [change for change in year.changes if change.action == "transfer"]
    assert (change.person_id, change.reason) == (HEAD.id, TO_NAN)
    handed_over = ("phase:certification", "activity:register", "activity:website")  # what she had planned and assessed was approved
    assert {row.entity_id: row.after["owner"] for row in change.rows} == dict.fromkeys(handed_over, SOMCHAI.id)


def test_the_chain_of_the_whole_year_holds(year: Lived):
    assert year.office.store.check() == ()
