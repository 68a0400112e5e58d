"""What the report says of levels: the sum they make, what is not scored, where the evidence is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pso_core.documents.blocks import Heading, texts
from pso_core.documents.parts.evidence import evidence_index, files_named
from pso_core.documents.parts.self_assessment import self_assessment
from pso_core.documents.submission import files_of
from pso_core.documents.template_data import template_data
from pso_core.domain.file_types import TYPES
from pso_core.text.phrases import phrases
from tests.documents.full import case
from tests.documents.reading import cells, word_text
from tests.documents.small import merged, row, score, scored, workbook_of
from tests.documents.telling import findings, part, remarks, tables
from tests.domain.cases import CRITERIA, LEVELS, WEIGHTS
from tests.steps.small import attached, piece, project, supporting


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((1, 2), "คะแนนรวม 140 จาก 300 คะแนน คิดเป็นร้อยละ 46.67 ระดับเฉลี่ยถ่วงน้ำหนัก 1.4 จาก 3"),
        ((1, "-"), "คะแนนรวม 60 จาก 180 คะแนน คิดเป็นร้อยละ 33.33 ระดับเฉลี่ยถ่วงน้ำหนัก 1 จาก 3"),
        (("-", "-"), "ยังไม่มีคะแนนรวม เพราะยังไม่ได้ให้คะแนน หรือยังไม่มีเกณฑ์ที่มีน้ำหนักและใช้กับหน่วยงานนี้"),
    ],
)
def test_the_total_is_told_with_its_maximum(levels, said):
    assert said in findings(part(scored(*levels), 7))


def test_what_is_not_scored_is_neither_0_nor_left_out():
    found = part(scored(1, None), 7)
    assert any(text.startswith("เป็นคะแนนชั่วคราว") and "ความถูกต้อง" in text for text in remarks(found))
    working = next(table for table in tables(found) if table.head[0] == "เกณฑ์มาตรฐาน")
    assert working.rows[1][1:4] == ("40", "ยังไม่ได้ให้คะแนน", "–")


def test_what_does_not_apply_leaves_the_maximum_and_is_named():
    found = part(scored(1, "-"), 7)
    assert "คะแนนเต็มไม่รวมน้ำหนักของเกณฑ์ที่ไม่ใช้กับหน่วยงานนี้: ความถูกต้อง" in remarks(found)
    assert not any("ไม่ใช้กับ" in text for text in remarks(part(scored(1, 1), 7)))


def test_a_reconstructed_score_is_marked_where_it_stands_and_counted():
    rows = scored(1, 2)
    given = rows["score:1/accuracy"]
    marked = part({**rows, given.id: replace(given, body={**given.body, "origin": "reconstructed"})}, 7)
    assert "คะแนน 1 รายการสร้างคืนจากเอกสารที่อ่านไม่ชัด และทำเครื่องหมายไว้ทุกรายการ" in remarks(marked)
    reasons = next(table for table in tables(marked) if table.head[0] == "ตัวชี้วัด")
    assert reasons.rows[3][2] == "–\n(ที่มา: สร้างคืนจากเอกสารที่อ่านไม่ชัด)"


def test_rounds_are_compared_and_an_earlier_one_keeps_its_reasons_in_the_appendices():
    later = (row("round", "2", name="ติดตาม", opened_on="2026-06-01"), *(score("2", key, 3) for key in CRITERIA))
    rows = merged(*later, base=scored(*LEVELS, weights=WEIGHTS))
    assert "จากรอบก่อนยกระดับถึงรอบติดตาม คะแนนรวมเปลี่ยนจากร้อยละ 50 เป็นร้อยละ 100" in findings(part(rows, 7))
    compared = next(table for table in tables(part(rows, 7)) if "ติดตาม" in table.head)
    assert (compared.rows[0], compared.foot) == (("ความครอบคลุม", "1", "3"), (("รวม", "150", "300"), ("คะแนนเต็ม", "300", "300"), ("ร้อยละ", "50", "100")))
    assert "ระดับคะแนน เหตุผล และหลักฐาน รอบก่อนยกระดับ" in [block.text for block in part(rows, 13) if isinstance(block, Heading)]


@pytest.mark.parametrize(("language", "said"), [("th", "คะแนนเต็มของสองรอบไม่เท่ากัน คือ 300 และ 285 จึงเทียบเป็นร้อยละ"), ("en", "The two rounds have different maxima, 300 and 285, so per cent are compared.")])
def test_rounds_of_unlike_maxima_say_so_beside_their_totals(language, said):
    levels = dict(zip(CRITERIA, LEVELS, strict=True))
    later = (row("round", "2", name="ติดตาม", opened_on="2026-06-01"), *(score("2", key, "-" if key == CRITERIA[-1] else level) for key, level in levels.items()))
    found = part(merged(*later, base=scored(*LEVELS, weights=WEIGHTS)), 7, language)
    compared = next(table for table in tables(found) if "ติดตาม" in table.head)
    assert compared.rows[-1][2] == phrases(language)("fields.score.not_applicable.label")
    assert ([line[1:] for line in compared.foot], said in remarks(found)) == ([("150", "140"), ("300", "285"), ("50", "49.12")], True)
    same = merged(later[0], *(score("2", *one) for one in levels.items()), base=scored(*LEVELS, weights=WEIGHTS))
    assert not any("285" in text or "maxima" in text or "ไม่เท่ากัน" in text for text in remarks(part(same, 7, language)))


def test_rounds_not_fully_scored_are_compared_with_a_warning():
    later = (row("round", "2", name="ติดตาม", opened_on="2026-06-01"), score("2", "coverage", 3))
    said = "จากรอบก่อนยกระดับถึงรอบติดตาม คะแนนรวมเปลี่ยนจากร้อยละ 46.67 เป็นร้อยละ 60 (ชั่วคราว ยังให้คะแนนไม่ครบ)"
    found = part(merged(*later, base=scored(1, 2)), 7)
    compared = next(table for table in tables(found) if "ติดตาม" in table.head)
    assert (said in findings(found), compared.rows[1][2]) == (True, "ยังไม่ได้ให้คะแนน")


def test_a_file_that_is_lost_is_said_so_in_the_report_and_to_a_template():
    piece = row("evidence", "1", criterion="coverage", code="1-01", title="บัญชี", form="file")
    rows = merged(piece, row("attachment", "1/1", evidence=piece.id, number=1, name="บัญชี.pdf", sha256="a" * 64), base=scored(1, 2))
    for lost, name in ((frozenset(), "บัญชี.pdf"), (frozenset({"a" * 64}), "บัญชี.pdf (ไฟล์หาไม่พบ)")):
        here = case(rows, (), lost=lost)
        register = next(table for table in tables(evidence_index(here)) if table.head[0] == "รหัส")
        assert (register.rows[1][2].split("\n")[1], template_data(here)["evidence"][0]["place"]) == (name, name)


def listed_files(here) -> list[tuple[str, ...]]:
    return [line[:4] for line in next(table for table in tables(evidence_index(here)) if "ชื่อไฟล์" in table.head).rows]


def test_attached_files_stand_in_the_order_of_their_codes_and_versions_as_in_the_workbook():
    versions = (("1-10", 1), ("2-01", 1), ("1-9", 2), ("1-9", 10), ("1-9", 1))
    titled = {"1-9": "ก", "1-10": "ข", "2-01": "ค"}
    rows = [row("evidence", name, criterion="coverage", code=code, title=title, form="file") for name, (code, title) in zip("cab", titled.items(), strict=True)]
    ids = {one["code"]: one.id for one in rows}
    rows += [row("attachment", f"{code}/{number}", evidence=ids[code], number=number, name=f"{code} {number}.pdf", sha256="a" * 64) for code, number in versions]
    here = case(merged(*rows, base=scored(1, 2)), ())
    names = [f"{code} {number}.pdf" for code, number in (("1-9", 1), ("1-9", 2), ("1-9", 10), ("1-10", 1), ("2-01", 1))]
    assert [line[2] for line in listed_files(here)] == names
    workbook = workbook_of(here)
    assert [cell for cell in cells(workbook) if cell in names] == names


@pytest.mark.parametrize(("language", "word"), [("th", "ตารางคำนวณ"), ("en", "Spreadsheet")])
def test_a_file_is_of_a_kind_that_people_have_a_word_for_in_every_document(language, word):
    raw = TYPES["xlsx"].media_type
    file = row("attachment", "1", evidence="evidence:1", number=1, name="1-01.xlsx", media_type=raw, sha256="a" * 64)
    here = case(merged(row("evidence", "1", criterion="coverage", code="1-01", title="ก", form="file"), file, base=scored(1, 2)), (), language)
    (_, report), (_, workbook), *_ = files_of(here, thai_digits=False)
    told = list(texts(evidence_index(here))), word_text(report).splitlines(), cells(workbook), [template_data(here)["rows"]["attachment"][0]["media_type"]]
    assert [(word in text, raw in text) for text in told] == [(True, False)] * 4
    assert here.state.get(file.id)["media_type"] == raw


def proven_by(*said: tuple[str, str | None, str]) -> dict:
    """Two criteria of which one has a score in words, and a website for the indicator of each (code, judgement, criterion); one round before."""
    base = scored(1, None)
    given = base["score:1/coverage"]
    del base["score:1/accuracy"]
    earlier = (row("round", "0", name="ก่อนหน้า", opened_on="2025-01-01", closed_on="2025-02-01"), score("0", "coverage", 1))
    pieces = [project(*piece(code, judgement), *supporting(criterion, code=code, level=1)).rows for code, judgement, criterion in said]
    written = replace(given, body={**given.body, "evidence": "แฟ้ม ก"})
    return merged(*earlier, written, *(one for some in pieces for one in some), base=base)


def test_the_evidence_of_a_level_names_what_was_accepted_for_its_indicator_alike_in_report_workbook_and_template():
    rows = proven_by(("1-01", "accepted", "coverage"), ("1-02", "accepted", "coverage"), ("1-03", None, "coverage"), ("1-04", "returned", "coverage"), ("2-01", "accepted", "accuracy"))
    told = "แฟ้ม ก\nหลักฐานที่รับแล้ว: 1-01, 1-02"
    here = case(rows, ())
    before, now = (table for table in tables(part(rows, 7)) if table.head[-1] == "หลักฐานอ้างอิง")
    assert [table.rows[place][3] for table in (now, before) for place in (1, 3)] == [told, "หลักฐานที่รับแล้ว: 2-01", "–", "–"]
    (_, word), (_, workbook), *_ = files_of(here, thai_digits=False)
    assert told in word_text(word) and "หลักฐานที่รับแล้ว: 2-01" in word_text(word)
    assert [one for one in cells(workbook) if "หลักฐานที่รับแล้ว" in str(one)] == [told]
    assert [one["indicators"][0]["evidence"] for one in template_data(here)["criteria"][:2]] == [told, "หลักฐานที่รับแล้ว: 2-01"]


def test_what_was_accepted_and_cannot_be_found_is_not_named_beside_the_level():
    rows = {one.id: one for one in project(*piece(form="file", address=None, judgement="accepted"), attached(), *supporting("coverage", level=1)).rows}
    for lost, told in ((frozenset(), "หลักฐานที่รับแล้ว: 1-01"), (frozenset({"a" * 64}), "–")):
        found = list(self_assessment(case({**scored(1), **rows}, (), lost=lost)))
        assert tables(found)[-1].rows[1][3] == told


def test_evidence_leads_to_its_file_and_the_file_back_to_the_criterion():
    rows = scored(1, 2)
    given = rows["score:1/coverage"]
    told = replace(given, body={**given.body, "evidence": "แฟ้ม 01-001 และ 02-9"})
    files = (
        row("file", "1", file_code="01-001", title="แผนพัฒนา", place="ตู้ 1 ชั้น 2"),
        row("file", "2", file_code="01-00", title="อื่น"),
        row("file", "3", file_code="001", title="ตัวเลขล้วน"),
    )
    found = part(merged(told, *files, base=rows), 11)
    forward, back = tables(found)
    assert forward.rows[1] == ("ตัวชี้วัดcoverage", "◔ 1 มีบางส่วน", "แฟ้ม 01-001 และ 02-9", "01-001 – ตู้ 1 ชั้น 2")
    assert forward.rows[3][2:] == ("ยังไม่ได้ระบุหลักฐาน", "–")
    assert back.rows == (("01-001", "แผนพัฒนา", "ตู้ 1 ชั้น 2", "ความครอบคลุม: ตัวชี้วัดcoverage (◔ 1 มีบางส่วน)"),)
    assert findings(found) == ["ตัวชี้วัดที่ยังไม่ได้ระบุหลักฐาน 1 ตัว", "คะแนนที่มีหลักฐานที่รับแล้วรองรับ 0 จากที่ให้ไว้ 140 คะแนนเต็ม 300"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("ดู ก.1", True), ("ดู ก.1.2", False), ("ดู ก.12", False), ("ดู(ก.1)", True), ("ก.1, ข.2", True), ("ก.1.", True), ("ขก.1", False), (None, False)],
)
def test_a_file_code_counts_only_as_a_whole(text, found):
    file = row("file", "1", file_code="ก.1")
    assert files_named(text, (file,)) == ((file,) if found else ())


def test_a_code_from_a_person_is_not_a_pattern():
    file = row("file", "1", file_code=".*(")
    assert files_named("อะไรก็ได้", (file,)) == ()
    assert files_named("แฟ้ม .*( ", (file,)) == (file,)
