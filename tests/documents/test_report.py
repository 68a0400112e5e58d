"""What the report says: every part, the truth about what is missing, and marks on whatever is not the agency's own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from pso_core import standards
from pso_core.documents.blocks import Bullets, Contents, Cover, Facts, Heading, Lines, Paragraph, Remark, texts
from pso_core.documents.case import Case
from pso_core.documents.parts.front import cover_letter
from pso_core.documents.parts.upgrade_plan import period
from pso_core.documents.report import PARTS, report
from pso_core.steps import ALL_STEPS, Review
from pso_core.steps.naming import gap_sentence
from pso_core.steps.standing import standings
from pso_core.text.phrases import LANGUAGES
from tests.documents.full import case, full_project
from tests.documents.small import EMPTY, merged, row, scored, with_tasks
from tests.documents.telling import PEOPLE, ROWS, blocks, findings, part, remarks, tables


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", standards.available())
def test_the_parts_are_those_of_the_checklist(key, language):
    standard = standards.load(key)
    found = [block.text for block in blocks(ROWS, language) if isinstance(block, Heading) and block.level == 1]
    assert [text.split(" ", 2)[-1] for text in found] == [part.name[language] for part in standard.checklist]
    assert set(PARTS) == {part.key for part in standard.checklist}


def test_a_part_that_a_standard_does_not_name_is_told_at_the_end_and_one_unknown_is_left_to_the_agency():
    standard = standards.load()
    other = replace(standard, checklist=(replace(standard.checklist[0], key="oath"), *standard.checklist[1:-1]), names={**standard.names, "checklist": {
        "oath": standard.checklist[0].name, **{part.key: part.name for part in standard.checklist[1:-1]}}})  # fmt: skip
    here = case(ROWS, PEOPLE)
    found = list(report(Case(Review(other, here.state, here.people, here.review.today), here.say, here.digest)))
    assert here.say("documents.by_hand") in list(texts(found))
    assert set(texts(report(here))) - set(texts(found)) == {"ส่วนที่ 13 ภาคผนวก", "ภาคผนวก", ROWS["readiness:appendices"]["note"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_project_is_readable_and_says_what_is_missing(language):
    here = case(EMPTY, (), language)
    found = blocks(EMPTY, language, ())
    missing = {gap_sentence(here, gap) for one in standings(here.review) for gap in one.gaps}
    told = {item for block in found if isinstance(block, Bullets) for item in block.items}
    assert missing - told == set()
    assert len(missing) > 20
    assert not any(text == "None" or "{" in text for text in texts(found))


def test_no_table_is_uneven_and_none_is_empty():
    for rows, people in ((ROWS, PEOPLE), (EMPTY, ()), (scored(1, None), PEOPLE)):
        for table in tables(blocks(rows, people=people)):
            assert {len(line) for line in (table.head, *table.rows, *table.foot) if not isinstance(line, str)} == {len(table.widths)}
            assert len(table.rows) > 0
            assert all(place < len(table.head) for place in table.numbers)


def test_a_heading_is_never_left_without_anything_under_it():
    for rows in (ROWS, EMPTY):
        pairs = pairwise(block for block in blocks(rows))
        assert [a.text for a, b in pairs if isinstance(a, Heading) and isinstance(b, Heading) and b.level <= a.level] == []


def test_the_cover_carries_what_vouches_for_the_report():
    cover = next(block for block in blocks(ROWS) if isinstance(block, Cover))
    assert cover.title == "รายงานขอรับการรับรองระบบมาตรฐาน P.S.O. 1101"
    assert dict(cover.facts)["รหัสข้อมูล"] == "5e" * 32
    assert dict(cover.facts)["จัดทำจากข้อมูล"] == "หลังการแก้ไขครั้งที่ 7"
    assert dict(cover.facts)["วันที่จัดทำ"] == "23 พฤศจิกายน 2569"


def test_an_example_is_said_to_be_one_on_the_first_page():
    example = merged(row("project", "", standard="pso1101", example=True))
    said = "รายงานนี้จัดทำจากข้อมูลตัวอย่าง ใช้ศึกษาเท่านั้น ไม่ใช่เอกสารขอรับการรับรองจริง"
    assert said in remarks(blocks(example)[:2])
    assert said not in remarks(blocks(EMPTY))


def test_the_letter_leaves_number_and_date_to_the_clerk_until_they_are_given():
    blank = dict(next(block for block in part(EMPTY, 1) if not isinstance(block, Heading | Remark)).pairs)
    assert (blank["ที่"], blank["วันที่"]) == ("…" * 14, "…" * 14)
    given = merged(row("request", "", letter_no="ลป 0017/1", letter_date="2001-09-01", clause="12"))
    said = dict(next(block for block in part(given, 1) if not isinstance(block, Heading | Remark)).pairs)
    assert (said["ที่"], said["วันที่"]) == ("ลป 0017/1", "1 กันยายน 2544")
    assert any("ข้อ 12" in text for text in texts(part(given, 1)))


@pytest.mark.parametrize(
    ("agency", "said"),
    [
        ({}, "(P.S.O. 1101) และได้"),
        ({"agreement_date": "2000-09-22"}, "(P.S.O. 1101) โดยลงนามในข้อตกลงเมื่อวันที่ 22 กันยายน 2543 และได้"),
        ({"agreement_date": "2000-09-22", "co_signing_agencies": 34}, "โดยลงนามในข้อตกลงร่วมกับส่วนราชการอื่นอีก 34 แห่ง เมื่อวันที่ 22 กันยายน 2543"),
    ],
)
def test_the_letter_says_of_the_agreement_what_is_known(agency, said):
    letter = next(block.text for block in part(merged(row("agency", "", name="สำนักงาน", **agency)), 1) if isinstance(block, Paragraph))
    assert said in letter


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_leaves_blank_to_whom_it_goes_refers_to_no_letter_and_names_its_sender(language):
    """Officials write to the head of the institute by a title that no source gives; a regulation is no earlier letter."""
    front = part(merged(row("agency", "", name="สำนักงานจังหวัดลำปาง", province="ลำปาง")), 1, language)
    say, heads = case(ROWS, PEOPLE, language).say, [block.pairs for block in front if isinstance(block, Lines)]
    letter, foot = dict(heads[0]), dict(heads[1])
    blank = say("documents.letter.blank")
    assert letter[say("documents.letter.to")] == blank
    assert (letter[say("documents.letter.sender")], letter[say("documents.letter.address")]) == ("สำนักงานจังหวัดลำปาง", f"{blank} ลำปาง")
    assert foot == {say("documents.letter.in_charge"): blank, say("documents.letter.telephone"): blank}
    assert not {value for value in letter.values() if standards.load().regulation[language] in value}
    assert any(standards.load().regulation[language] in block.text for block in front if isinstance(block, Paragraph))


def test_the_letter_tells_where_the_agency_is_and_its_telephone_once_the_profile_holds_them():
    front = part(merged(row("agency", "", name="สำนักงาน", province="ลำปาง", address="ศาลากลางจังหวัดลำปาง 52000", telephone="0 5400 0000")), 1)
    told = {name: value for block in front if isinstance(block, Lines) for name, value in block.pairs}
    assert told["ที่ตั้ง"] == "ศาลากลางจังหวัดลำปาง 52000"
    assert told["โทร."] == "0 5400 0000"


@pytest.mark.parametrize(("language", "said"), [("th", ("บันทึกข้อความ", "ส่วนราชการ", "หัวหน้าหน่วยงาน")), ("en", ("Memorandum", "Agency", "Head of the agency"))])
def test_a_memo_brings_the_letter_to_the_head_and_its_number_and_date_are_blank_also_when_those_of_the_letter_are_given(language, said):
    given = merged(row("request", "", letter_no="ลป 0017/1", letter_date="2001-09-01"))
    title, first, to = said
    front = part(given, 1, language)
    memo = front[next(place for place, block in enumerate(front) if isinstance(block, Heading) and block.text == title) + 1].pairs
    assert (memo[0][0], memo[-1][1]) == (first, to)
    assert {value for _, value in memo[1:3]} == {case(given, PEOPLE, language).say("documents.letter.blank")}


def test_contents_come_second():
    assert [type(block) for block in part(ROWS, 2)] == [Heading, Contents]


def test_points_of_a_tier_stand_under_its_tasks():
    found = part(with_tasks(("main", 40), ("main", 15), ("support", 10)), 5)
    assert "ภารกิจ 3 งาน คะแนนความสำคัญรวม 65 จาก 100 คะแนน" in findings(found)
    assert [table.foot[0][-1] for table in tables(found) if table.foot] == ["55", "10"]


def test_conditions_of_all_levels_stand_side_by_side():
    rows = merged(
        row("indicator", "1", criterion="coverage", name="ตัวชี้วัด", origin="sample"),
        *(row("condition", f"1/{level}", indicator="indicator:1", level=level, text=f"เงื่อนไข{level}") for level in (0, 1, 3)),
    )
    found = part(rows, 6)
    table = next(table for table in tables(found) if len(table.head) == 5)
    assert table.head == ("ระดับคะแนน", "○ 0 ไม่มี", "◔ 1 มีบางส่วน", "◑ 2 มีเป็นส่วนใหญ่", "● 3 ครบถ้วนต่อเนื่อง")
    assert table.rows[0] == ("เงื่อนไข", "เงื่อนไข0", "เงื่อนไข1", "–", "เงื่อนไข3")
    assert "ตัวอย่าง: ตัวชี้วัดนี้ยังเป็นข้อความตัวอย่าง ไม่ใช่ตัวชี้วัดทางการ" in remarks(found)


def test_activities_stand_by_sub_plan_and_term_and_their_lifts_are_projected():
    plan = (
        row("activity", "1", name="ยาว", sub_plan="data", term="long", lifts={"coverage": 1}, start="2026-10-01", open_ended=True, budget=1000),
        row("activity", "2", name="สั้น", sub_plan="data", term="short", start="2026-10-01", due="2026-12-31", budget=0.5),
        row("activity", "3", name="ไม่มีแผน"),
    )
    found = part(merged(*plan, base=scored(1, 2)), 8)
    assert "เมื่อทำครบทุกกิจกรรม คาดว่าคะแนนรวมจะเปลี่ยนจาก 140 เป็น 200 จาก 300 คะแนน" in findings(found)
    assert "งบประมาณรวม 1,000.5 บาท จาก 2 ใน 3 กิจกรรมที่ระบุงบประมาณ" in findings(found)
    data = tables(found)[0]
    assert [line if isinstance(line, str) else line[1] for line in data.rows] == ["ระยะสั้น", "สั้น", "ระยะยาว", "ยาว"]
    assert [line[4] for line in data.rows if not isinstance(line, str)] == ["1 ต.ค. 2569 ถึง 31 ธ.ค. 2569", "1 ต.ค. 2569\nทำต่อเนื่อง ไม่มีกำหนดสิ้นสุด"]
    assert "ยังไม่ได้เลือกแผนงานย่อย" in [block.text for block in found if isinstance(block, Heading)]
    assert "ความถูกต้องยังไม่มีกิจกรรม ทั้งที่ต่ำกว่าเป้าหมาย" in [item for block in found if isinstance(block, Bullets) for item in block.items]


def test_late_and_done_activities_are_told_apart():
    plan = (
        row("activity", "1", name="เสร็จ", start="2026-01-01", due="2026-02-01"),
        row("activity", "2", name="ช้า", start="2026-01-01", due="2026-02-01"),
        row("activity", "3", name="ทำอยู่", start="2026-01-01", open_ended=True),
        row("progress", "1", activity="activity:1", reported_on="2026-02-01", percent=100),
        row("progress", "2", activity="activity:2", reported_on="2026-02-01", percent=50),
        row("progress", "3", activity="activity:3", reported_on="2026-02-01", percent=10),
    )
    found = part(merged(*plan), 9)
    assert "ณ วันที่ 23 พฤศจิกายน 2569 จาก 3 กิจกรรม แล้วเสร็จ 1 เกินกำหนด 1" in findings(found)
    assert [(line[0], line[2], line[4]) for line in tables(found)[0].rows] == [("เสร็จ", "100", "แล้วเสร็จ"), ("ช้า", "50", "เกินกำหนด"), ("ทำอยู่", "10", "กำลังดำเนินการ")]


def test_a_finding_still_open_is_counted_and_the_certificate_counts_its_days():
    rows = merged(
        row("audit", "1", visited_on="2026-11-01"),
        row("finding", "1", audit="audit:1", text="ก", resolved_on="2026-11-02"),
        row("finding", "2", audit="audit:1", text="ข"),
        row("certificate", "", valid_from="2026-11-01", valid_to="2026-12-03"),
    )
    assert findings(part(rows, 10)) == ["ข้อค้นพบที่ยังไม่ได้แก้ไข 1 จาก 2 ข้อ", "ใบรับรองมีผลถึงวันที่ 3 ธันวาคม 2569 (อีก 10 วัน)"]


def test_the_check_counts_what_is_missing_and_tells_each_as_a_sentence():
    here = case(ROWS, PEOPLE)
    found = part(ROWS, 12)
    gaps = [gap for one in standings(here.review) for gap in one.gaps]
    warnings = [gap for one in standings(here.review) for gap in one.warnings]
    told = [item for block in found if isinstance(block, Bullets) for item in block.items]
    assert findings(found) == [f"ยังขาด {len(gaps)} ข้อ และมีข้อควรระวัง {len(warnings)} ข้อ"]
    assert sorted(told) == sorted([*(gap_sentence(here, gap) for gap in gaps), *(f"ข้อควรระวัง: {gap_sentence(here, gap)}" for gap in warnings)])
    assert len(tables(found)[0].rows) == len(ALL_STEPS)


def test_a_part_of_the_pack_is_ready_when_people_or_the_data_say_so():
    rows = merged(row("readiness", "appendices", part="appendices", ready=True, note="ทำแล้ว"), row("agency", "", name="สำนักงาน"))
    lines = {line[0]: line[1:] for line in tables(part(rows, 12))[1].rows}
    assert lines["ภาคผนวก"] == ("ใช่", "ผู้บันทึก", "ทำแล้ว")
    assert lines["ข้อมูลทั่วไปของหน่วยงาน"] == ("ใช่", "ข้อมูลในระบบ", "–")
    assert lines["แผนยกระดับ"] == ("ไม่ใช่", "ข้อมูลในระบบ", "–")


def test_only_name_position_division_and_role_of_a_person_are_given():
    rows, people = full_project()
    said = set(texts(report(case(rows, people))))
    assert [person.login for person in people if person.login in said or person.id in said] == []


def test_a_person_without_a_name_any_more_is_told_as_such():
    gone = tuple(replace(person, name="", position="", division="", active=False) for person in PEOPLE)
    said = list(texts(blocks(ROWS, people=gone)))
    assert "ผู้ที่ไม่อยู่ในทะเบียนแล้ว" in said
    assert not any(person.name in text for person in PEOPLE for text in said)


def test_records_of_an_agency_are_facts():
    pairs = dict(pair for block in part(ROWS, 3) if isinstance(block, Facts) for pair in block.pairs)
    assert pairs["ชื่อหน่วยงาน"] == ROWS["agency"]["name"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [EMPTY, ROWS], ids=["empty", "full"])
def test_the_memo_tells_the_head_how_many_steps_are_complete_and_how_much_is_missing(rows, language):
    here = case(rows, PEOPLE, language)
    found = standings(here.review)
    complete, missing = sum(one.state == "complete" for one in found if one.step.number), sum(len(one.gaps) for one in found)
    memo = [block.text for block in part(rows, 1, language) if isinstance(block, Paragraph)][-2]
    assert {"th": f"ครบถ้วนแล้ว {complete} จาก 9 ขั้น และยังขาด {missing} ข้อ", "en": f"{complete} of 9 steps are complete; {missing} things"}[language] in memo


def test_the_memo_says_that_all_is_done_only_when_it_is(monkeypatch):
    done = tuple(replace(one, state="complete", gaps=()) for one in case(ROWS, PEOPLE).standings)
    but_one = tuple(replace(one, state="empty") if one.step.number == 9 else one for one in done)
    for found, said in ((done, "ตามขั้นตอนทั้งเก้าครบถ้วนแล้ว"), (but_one, "ครบถ้วนแล้ว 8 จาก 9 ขั้น")):
        monkeypatch.setattr("pso_core.documents.case.standings", lambda review, found=found: found)
        assert said in [block.text for block in cover_letter(case(ROWS, PEOPLE)) if isinstance(block, Paragraph)][-2]


def test_an_activity_says_in_words_which_of_its_days_is_not_known():
    days = [{}, {"start": "2026-11-27"}, {"due": "2026-11-27"}, {"start": "2026-11-26", "due": "2026-11-27"}]
    assert [period(case(EMPTY, ()), row("activity", "1", **one)) for one in days] == [
        "ยังไม่กำหนดวัน", "เริ่ม 27 พ.ย. 2569 ยังไม่กำหนดวันแล้วเสร็จ", "แล้วเสร็จ 27 พ.ย. 2569 ยังไม่กำหนดวันเริ่ม", "26 พ.ย. 2569 ถึง 27 พ.ย. 2569",
    ]  # fmt: skip
