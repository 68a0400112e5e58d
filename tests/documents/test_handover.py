"""The handover sheet: everything that goes with the work, as it stood before the transfer, and room for three to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pso_core.actions.reminders import morning_of
from pso_core.actions.sign_offs import submit
from pso_core.actions.transfer import transfer_work
from pso_core.documents.handover import handover_file, handover_name
from pso_core.domain.owed import Morning
from pso_core.errors import NotAllowed
from pso_core.office import Office
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.handing_over import REPORT, with_work
from tests.actions.planning import AGENCY, seq
from tests.building import NOW, an_empty_project, an_office, contents, person, write
from tests.documents.hostile import READ_AS, TEXTS, UNREADABLE
from tests.documents.reading import word_tables, word_text

TH = phrases("th")
GIVER, RECEIVER, HEAD = person("member"), person("facilitator"), person("head")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """An office and its project with work, for tests that write nothing."""
    with an_office(tmp_path_factory.mktemp("read") / "nine.duckdb") as opened:
        yield opened, with_work(opened)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """The same, into which each hostile text is put in the place of the one before."""
    with an_office(tmp_path_factory.mktemp("spoilt") / "nine.duckdb") as opened:
        yield opened, with_work(opened)


def morning(office: Office, project: str) -> Morning:
    return morning_of(office, office.store.state(project))


def sheet(office: Office, *projects: str, giver=GIVER, receiver=RECEIVER, language: str = "th") -> bytes:
    return handover_file(office, HEAD, [morning(office, project) for project in projects], giver, receiver, language)


def test_each_open_thing_stands_there_with_its_day_and_how_far_it_is(read: tuple[Office, str]):
    facts, _, phases, activities, findings, _ = word_tables(sheet(*read))
    assert facts[0][1].split("\n") == [GIVER.name, GIVER.position, GIVER.division]
    assert phases[1:] == [["ขั้นที่ 1 วิสัยทัศน์", "เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)", "ร่าง"]]
    [name, due, how_far] = activities[1]
    assert (name, due) == ("งาน open", "เกินกำหนด 1 วันทำการ (20 พ.ย. 2569)")
    assert how_far.split("\n") == [
        f"ร้อยละ 30 ณ 16 พ.ย. 2569 รายงานโดย {GIVER.name}", f"ทำแล้ว: {REPORT['done']}", f"ปัญหาอุปสรรค: {REPORT['obstacle']}",
        f"หลักฐาน: {REPORT['evidence']}", "หลักฐาน: แฟ้ม ท-00",
    ]  # fmt: skip
    assert findings[1:] == [["ข้อ open", "อีก 6 วันทำการ (1 ธ.ค. 2569)", "วิธีแก้ไข: ทำทะเบียนใหม่"]]


def test_what_is_done_or_somebody_elses_does_not(read: tuple[Office, str]):
    text = word_text(sheet(*read))
    assert [name for name in ("งาน done", "งาน others", "ข้อ done") if name in text] == []
    assert "ส่งมอบงาน 3 รายการ ใน 1 โครงการ เกินกำหนดแล้ว 2 รายการ" in text


def test_files_they_put_into_the_register_and_decisions_that_wait_for_them_are_told(office: Office):
    project = with_work(office)
    write(office, project, "file", by=GIVER, file_code="ท-01", title="ทะเบียนอำเภอ", place="ตู้ 3")
    write(office, project, "file", by=RECEIVER, file_code="ท-02", title="ของผู้อื่น")
    write(office, project, "vision", text="เป็นเลิศ", adopted_on="2026-11-02")
    submit(office, GIVER, project, "vision", seq(office, project))
    assert word_tables(sheet(office, project))[-2][1:] == [["ท-01", "ทะเบียนอำเภอ", "ตู้ 3"]]
    assert "ของผู้อื่น" not in word_text(sheet(office, project))
    waiting = sheet(office, project, giver=RECEIVER, receiver=GIVER)
    assert "พิจารณาขั้นที่ 1 วิสัยทัศน์ · เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)" in word_text(waiting)
    assert TH("documents.handover.decisions_stay") in word_text(waiting)


@pytest.mark.parametrize("language", LANGUAGES)
def test_giver_receiver_and_head_sign(read: tuple[Office, str], language: str):
    say, (head, signing) = phrases(language), word_tables(sheet(*read, language=language))[-1]
    assert head == [say(f"documents.handover.{who}") for who in ("giver", "receiver", "head")]
    blank = say("documents.handover.blank")
    assert [cell.split("\n")[3] for cell in signing] == [f"({GIVER.name})", f"({RECEIVER.name})", f"({blank})"]
    assert [cell.split("\n")[2] for cell in signing] == [blank] * 3


def test_each_project_has_its_part_and_one_where_they_hold_nothing_has_none(office: Office):
    projects = [with_work(office), with_work(office), an_empty_project(office)]
    text = word_text(sheet(office, *projects))
    assert text.split("\n").count(AGENCY) == 2
    assert [office.store.digest(project)[:12] in text for project in projects] == [True, True, False]


def test_after_the_transfer_it_is_still_made_from_what_was_there_before(office: Office):
    project = with_work(office)
    before, content = morning(office, project), sheet(office, project)
    transfer_work(office, HEAD, project, GIVER.id, RECEIVER.id, seq(office, project), "ย้าย")
    assert handover_file(office, HEAD, [before], GIVER, RECEIVER, "th") == content
    assert TH("documents.handover.nothing") in word_text(sheet(office, project))


def test_the_same_is_the_same_bytes_and_nothing_is_written(office: Office):
    project = with_work(office)
    before = contents(office.store, project)
    assert sheet(office, project) == sheet(office, project)
    assert contents(office.store, project) == before


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_is_read_as_it_was_typed(spoilt: tuple[Office, str], text: str):
    """Put in without the checks of today, as they might stand in the history of an older program."""
    office, project = spoilt
    state = office.store.state(project)
    activity, report = state.get("activity:open"), {"activity": "activity:open", "reported_on": "2026-11-20", "percent": 1}
    earlier = {one: row.revision if (row := state.get(one)) else 0 for one in ("progress:9", "file:9")}
    writes = [
        Write("activity:open", "activity", activity.revision, {**activity.body, "name": text}),
        Write("progress:9", "progress", earlier["progress:9"], {**report, "done": text, "obstacle": text, "evidence": text}),
        Write("file:9", "file", earlier["file:9"], {"file_code": text, "title": text, "place": text}),
    ]
    office.store.commit(project, writes, person_id=GIVER.id, action="save")
    named = replace(GIVER, name=text, position=text)
    content = sheet(office, project, giver=named)
    assert word_text(content).count(text) >= 8
    name = handover_name(TH, named, NOW.date())
    assert not set(name) & set('<>:"/\\|?*\n\t') and name.endswith(".docx") and len(name.encode()) < 255


def test_what_word_refuses_is_left_out(read: tuple[Office, str]):
    text = word_text(sheet(*read, giver=replace(GIVER, name=UNREADABLE)))
    assert READ_AS.replace("\n", " ") in text.replace("\n", " ")


def test_whoever_may_not_look_gets_nothing(office: Office):
    with pytest.raises(NotAllowed, match="not_allowed"):
        handover_file(office, replace(HEAD, role="stranger"), [], GIVER, None, "th")


def test_without_a_receiver_there_is_room_for_the_name(read: tuple[Office, str]):
    [_, signing] = word_tables(sheet(*read, receiver=None))[-1]
    assert signing[1] == signing[2]
