"""The report in one click, from a real office on a real database."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace

import pytest

from pso_core.press.reporting import report_files
from pso_core.errors import NotAllowed, NotFound
from pso_core.steps import ALL_STEPS
from pso_core.store import Write
from tests.building import an_empty_project, an_office, contents, lampang, person, write
from tests.documents.hostile import TEXTS
from tests.documents.reading import book, cells, lines_under, word_part, word_text

SECONDS = 2  # of processor time for Lampang, both files


MADE = (("th", False), ("th", True), ("en", True))  # language, Thai digits


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """An office for those who only look."""
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb", example=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def files(shared):
    """{(language, Thai digits): the report of Lampang}; making them wrote nothing."""
    (project,) = shared.store.projects()
    before = contents(shared.store, project)
    made = {how: report_files(shared, person("viewer"), project, *how) for how in MADE}
    assert contents(shared.store, project) == before
    return made


def test_lampang_is_two_files_named_after_it(files):
    assert [name for name, _ in files["th", True]] == [
        "รายงานขอรับการรับรอง P.S.O. 1101 สำนักงานจังหวัดลำปาง 23 พ.ย. 2569.docx",
        "สมุดงานเก้าขั้น P.S.O. 1101 สำนักงานจังหวัดลำปาง 23 พ.ย. 2569.xlsx",
    ]
    assert [sorted(zipfile.ZipFile(io.BytesIO(content)).namelist())[0] for _, content in files["th", True]] == ["[Content_Types].xml"] * 2


def test_lampang_has_its_figures_in_both(files):
    (_, word), (_, workbook) = files["th", False]
    text, opened = word_text(word), book(workbook)
    assert "คะแนนรวม 150 จาก 300 คะแนน คิดเป็นร้อยละ 50" in text
    assert "ภารกิจ 23 งาน คะแนนความสำคัญรวม 100 จาก 100 คะแนน" in text
    tasks = lines_under(opened["3 ภารกิจ"], "ภารกิจ")
    assert (len(tasks) - 3, tasks[-2][5], tasks[-1][5]) == (23, 100, "ถูกต้อง")
    weights = lines_under(opened["4 ค่าถ่วงน้ำหนัก"], "ค่าถ่วงน้ำหนัก")
    assert [line[1] for line in weights[1:]] == [20, 15, 15, 10, 10, 10, 10, 5, 5, 100, "ถูกต้อง"]
    working = lines_under(opened["6 ประเมินสถานภาพ"], "วิธีคิดคะแนนรวมของรอบปัจจุบัน")
    assert [line[3] for line in working[1:13]] == [20, 30, 30, 10, 10, 20, 10, 10, 10, 150, 300, 50]


def test_lampang_is_marked_as_an_example_with_samples_and_reconstructed_scores(files):
    (_, word), _ = files["th", False]
    text = word_text(word)
    assert "รายงานนี้จัดทำจากข้อมูลตัวอย่าง" in text
    assert text.count("ตัวอย่าง: ตัวชี้วัดนี้ยังเป็นข้อความตัวอย่าง") == 9
    assert text.count("(ที่มา: สร้างคืนจากเอกสารที่อ่านไม่ชัด)") == 9


def test_lampang_takes_less_than_two_seconds(shared, files):
    began = time.process_time()
    report_files(shared, person("member"), *shared.store.projects(), "th", thai_digits=True)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("language", ["th", "en"])
def test_an_empty_project_makes_a_report_too(office, language):
    files = report_files(office, person("member"), an_empty_project(office), language, thai_digits=True)
    assert "P.S.O. 1101" in word_text(files[0][1])
    assert len(book(files[1][1]).sheetnames) == 1 + len(ALL_STEPS)


def test_the_cover_carries_the_last_digest_and_both_files_change_with_it(office):
    project = lampang(office)
    before = report_files(office, person("member"), project, "th", thai_digits=False)
    assert office.store.digest(project) in word_text(before[0][1])
    assert report_files(office, person("member"), project, "th", thai_digits=False) == before
    write(office, project, "agency", "agency", province="เชียงใหม่")
    after = report_files(office, person("member"), project, "th", thai_digits=False)
    assert office.store.digest(project) in word_text(after[0][1])
    assert [a[1] != b[1] for a, b in zip(before, after, strict=True)] == [True, True]


def test_no_file_keeps_the_time_of_its_making(files):
    """Else the same content would be other bytes two seconds later."""
    times = {member.date_time for _, content in files["th", True] for member in zipfile.ZipFile(io.BytesIO(content)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_whoever_may_not_look_gets_nothing(office):
    project = an_empty_project(office)
    with pytest.raises(NotAllowed, match="not_allowed"):
        report_files(office, replace(person("viewer"), role="stranger"), project, "th", thai_digits=False)


def test_a_project_that_is_not_there_is_refused(office):
    with pytest.raises(NotFound, match="project_not_found"):
        report_files(office, person("viewer"), "none", "th", thai_digits=False)


def test_thai_digits_do_not_reach_english_or_the_workbook(files):
    (_, english), _ = files["en", True]
    _, (_, workbook) = files["th", True]
    assert not re.search("[๐-๙]", word_text(english))
    assert [cell for cell in cells(workbook) if re.search("[๐-๙]", str(cell))] == []


def test_hostile_names_and_stories_come_through_as_text(office):
    """As they might stand in the history of an older program: put in without the checks of today."""
    project = an_empty_project(office)
    rows = [Write("agency", "agency", 0, {"name": "กรม", "legal_mandate": "\n".join(TEXTS), "problems": "ก"})]
    for number, text in enumerate(TEXTS):
        rows.append(Write(f"file:{number}", "file", 0, {"file_code": text, "title": text, "place": text}))
        rows.append(Write(f"division:{number}", "division", 0, {"name": text, "duties": text}))
    office.store.commit(project, rows, person_id=person("facilitator").id, action="save")
    (_, word), (_, workbook) = report_files(office, person("member"), project, "th", thai_digits=False)
    said, held = word_text(word), [cell.replace("_x005F_", "_") for cell in cells(workbook) if isinstance(cell, str)]
    assert [text for text in TEXTS if said.count(text) < 6 or sum(text in cell for cell in held) < 6] == []


@pytest.mark.parametrize("text", ["../../etc/passwd", "{=1}", "<w:t>&lt;&amp;</w:t>]]>", "&D &P &[File] &&", "{{ 7*7 }} {0} {name} %s ${x}", "\t=1", "ก" * 5_000])
def test_an_agency_of_a_hostile_name_has_it_on_its_cover_and_files_that_any_system_takes(office, text):
    project = an_empty_project(office)
    office.store.commit(project, [Write("agency", "agency", 0, {"name": text})], person_id=person("facilitator").id, action="save")
    (word_name, word), (book_name, workbook) = report_files(office, person("member"), project, "th", thai_digits=False)
    assert word_text(word).count(text) >= 2
    assert len([cell for cell in cells(workbook) if isinstance(cell, str) and text in cell]) >= 2
    for name, ending in ((word_name, ".docx"), (book_name, ".xlsx")):
        assert not set(name) & set('<>:"/\\|?*\n\t') and name.endswith(ending) and len(name.encode()) < 255


def test_thai_digits_are_for_what_the_program_writes_and_leave_what_was_typed(office):
    """A piece of evidence is called in the report as its file is called in the folder."""
    project = lampang(office)
    write(office, project, "agency", "agency", legal_mandate="=1+1\nพระราชบัญญัติ มาตรา 3")
    write(office, project, "evidence", criterion="coverage", code="2-02", title="2-02 แผน 3 ปี", form="file")
    (_, word), _ = report_files(office, person("member"), project, "th", thai_digits=True)
    text = word_text(word)
    assert ("๒๓ พฤศจิกายน ๒๕๖๙" in text, "23 พฤศจิกายน 2569" in text) == (True, False)
    assert ("มาตรา 3" in text, "=1+1" in text, "=๑+๑" in text) == (True, True, False)
    assert (text.count("2-02 แผน 3 ปี") > 1, "๒-๐๒" in text, "แผน ๓ ปี" in text) == (True, False, False)
    assert "หลังการแก้ไขครั้งที่ ๓" in word_part(word, "word/footer1.xml").xpath("string()")
