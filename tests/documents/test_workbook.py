"""The workbook: every row there, every text a text, every total a sum that comes to the same in any program."""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest
from PIL import ImageFont

from pso_core.documents.grids import Formula, Grid, Sheet, check, quoted, total
from pso_core.documents.print_letters import FONTS
from pso_core.documents.sheets import rows_in_order, sheet_name, sheets
from pso_core.documents.workbook import workbook_file
from pso_core.domain.rows import Row
from pso_core.steps import ALL_STEPS, KINDS
from tests.documents.full import case, full_project
from tests.documents.hostile import READ_AS, TEXTS, UNREADABLE
from tests.documents.reading import book, cells, lines_under
from tests.documents.small import ABOUT, EMPTY, merged, row, scored, with_tasks, workbook_of

ROWS, PEOPLE = full_project()


def of(rows: dict[str, Row], language: str = "th") -> bytes:
    return workbook_of(case(rows, PEOPLE, language))


def one_sheet(*rows: tuple, foot: tuple[tuple, ...] = (), about=ABOUT) -> bytes:
    width = len(rows[0])
    grid = Grid("ตาราง", tuple(f"ช่อง{n}" for n in range(width)), rows, (20,) * width, foot)
    return workbook_file([Sheet("หน้า", "หัวเรื่อง", (grid,))], about)


def values_of(content: bytes, sheet: int = 0) -> list[list]:
    return [[cell.value for cell in row] for row in book(content).worksheets[sheet].iter_rows(min_row=5)]


@pytest.fixture(scope="module")
def full():
    return of(ROWS)


@pytest.fixture(scope="module")
def read_back(full):
    """The book of all rows, to look at: to read it takes longer than to make it."""
    return book(full)


def test_there_is_a_summary_and_a_sheet_for_each_step(read_back):
    here = case(ROWS, PEOPLE)
    assert read_back.sheetnames == ["สรุป", *(sheet_name(here, step) for step in ALL_STEPS)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "readiness"])
def test_every_row_of_every_kind_is_a_line(read_back, kind):
    """Counted in the file as it is read back, against the project."""
    here, kind = case(ROWS, PEOPLE), KINDS[kind]
    step = next(step for step in ALL_STEPS if kind in step.kinds)
    found = lines_under(read_back[sheet_name(here, step)], here.say(f"fields.{kind.name}.{'one' if kind.single else 'many'}"))
    if kind.single:
        assert [line[0] for line in found[1:]] == [here.say(f"fields.{kind.name}.{field.name}.label") for field in kind.told]
        return
    totals = [line for line in found[1:] if here.say("documents.total") in line or here.say("documents.workbook.check") in line]
    assert found[0][: len(kind.told)] == [here.say(f"fields.{kind.name}.{field.name}.label") for field in kind.told]
    assert len(found) - 1 - len(totals) == len(here.state.of(kind.name)) == 2


def test_tasks_stand_tier_by_tier_and_scores_round_by_round():
    here = case(with_tasks(("support", 10), ("main", 60), ("secondary", 30)), PEOPLE)
    assert [row["tier"] for row in rows_in_order(here, KINDS["task"])] == ["main", "secondary", "support"]
    given = [(row["round"], row["indicator"]) for row in rows_in_order(case(ROWS, PEOPLE), KINDS["score"])]
    assert given == sorted(given)


@pytest.mark.parametrize(
    ("points", "came_to", "said"),
    [((("main", 60), ("secondary", 30), ("support", 10)), 100, "ถูกต้อง"), ((("main", 55), ("secondary", 30), ("support", 10)), 95, "ไม่ตรง · ต้องรวมได้ 100")],
)
def test_points_are_added_and_checked(points, came_to, said):
    content = of(with_tasks(*points))
    sheet = book(content)["3 ภารกิจ"]
    lines = lines_under(sheet, "ภารกิจ")
    assert (lines[-2][5], lines[-1][5]) == (came_to, said)
    tiers = lines_under(sheet, "คะแนนตามกลุ่มภารกิจ")[1:]
    assert [line[1] for line in tiers] == [*(p for _, p in points), came_to]
    assert [line[3] for line in tiers[:-1]] == ["ถูกต้อง" if p == quota else "ไม่ตรง" for (_, p), quota in zip(points, (60, 30, 10), strict=True)]


def test_totals_are_formulas_over_exactly_their_lines():
    sheet = book(of(with_tasks(("main", 60), ("secondary", 30), ("support", 10))), values=False)["3 ภารกิจ"]
    assert [sheet["F8"].value, sheet["F9"].value] == ["=SUM(F5:F7)", '=IF(F8=100,"ถูกต้อง","ไม่ตรง · ต้องรวมได้ 100")']
    assert lines_under(sheet, "คะแนนตามกลุ่มภารกิจ")[1][1] == "=SUMIF(A5:A7,A19,F5:F7)"
    assert sheet["A19"].value == "ภารกิจหลัก"


@pytest.mark.parametrize(
    ("levels", "weighted", "total_is", "maximum", "percent"),
    [((1, 2), [60, 80], 140, 300, 46.67), ((1, None), [60, None], 60, 300, 20), ((1, "-"), [60, None], 60, 180, 33.33), (("-", "-"), [None, None], None, 0, None), ((None, None), [None, None], None, 300, None), ((0, 0), [0, 0], 0, 300, 0)],
)
def test_the_working_adds_weight_times_level(levels, weighted, total_is, maximum, percent):
    sheet = book(of(scored(*levels)))["6 ประเมินสถานภาพ"]
    lines = lines_under(sheet, "วิธีคิดคะแนนรวมของรอบปัจจุบัน")[1:]
    assert [line[3] for line in lines[:2]] == weighted
    assert [line[3] for line in lines[9:12]] == [total_is, maximum, percent]


def test_the_weights_that_do_not_apply_are_not_in_their_sum():
    """As in the report and on the screen: 60 of 100, of which the most is 180."""
    sheet = book(of(scored(1, "-")))["6 ประเมินสถานภาพ"]
    lines = lines_under(sheet, "วิธีคิดคะแนนรวมของรอบปัจจุบัน")[1:]
    assert ([line[1] for line in lines[:2]], lines[9][:2], lines[10][3]) == ([60, 40], ["รวม", 60], 180)


def test_the_readiness_of_every_part_is_told_from_the_data_or_by_people():
    rows = merged(row("readiness", "appendices", part="appendices", ready=True, note="ทำแล้ว"), row("agency", "", name="สำนักงาน"))
    head, *lines = lines_under(book(of(rows))["9 ขอการรับรอง"], "รายการตรวจความพร้อม")
    here = case(rows, PEOPLE)
    assert head[:5] == ["ส่วนของชุดเอกสาร", "พร้อมแล้ว", "รู้จาก", "ข้อที่ยังขาด", "หมายเหตุ"]
    assert [line[0] for line in lines] == [part.name["th"] for part in here.standard.checklist]
    by_part = {part.key: line[1:5] for part, line in zip(here.standard.checklist, lines, strict=True)}
    assert (*by_part["appendices"][:2], by_part["appendices"][3]) == ("ใช่", "ผู้บันทึก", "ทำแล้ว")
    assert by_part["agency_profile"] == ["ใช่", "ข้อมูลในระบบ", None, None]
    assert by_part["cover_letter"] == ["ไม่ใช่", "ข้อมูลในระบบ", here.say("gaps.letter_without_number"), None]


def test_what_is_not_scored_is_said_and_is_not_nought():
    sheet = book(of(scored(1, None)))["6 ประเมินสถานภาพ"]
    lines = lines_under(sheet, "วิธีคิดคะแนนรวมของรอบปัจจุบัน")[1:]
    assert (lines[1][2], lines[1][3], lines[-1][0]) == ("ยังไม่ได้ให้คะแนน", None, "คะแนนชั่วคราว")


def test_the_working_is_formulas():
    sheet = book(of(scored(1, "-")), values=False)["6 ประเมินสถานภาพ"]
    lines = lines_under(sheet, "วิธีคิดคะแนนรวมของรอบปัจจุบัน")[1:]
    first = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "ความครอบคลุม" and sheet.cell(cell.row, 4).value is not None)
    last, end = first + 8, first + 9
    assert lines[0][3] == f"=B{first}*C{first}"
    assert lines[9][3] == f'=IF(OR(COUNT(D{first}:D{last})=0,B{end}=0),"",SUM(D{first}:D{last}))'
    assert lines[9][1] == f'=SUM(B{first}:B{last})-SUMIF(C{first}:C{last},"ไม่ใช้กับหน่วยงานนี้",B{first}:B{last})'
    assert lines[10][3] == f"=B{end}*3"
    assert lines[11][3] == f'=IF(D{end}="","",ROUND(D{end}/D{end + 1}*100,2))'


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_is_a_text_in_its_cell(text):
    content = one_sheet((text, "อื่น"))
    cell = book(content, values=False).active["A5"]
    assert (cell.value.removesuffix(" ") if text.startswith("<r>") else _unescaped(cell.value), cell.data_type) == (text, "s")
    assert cell.quotePrefix
    assert cell.hyperlink is None


def test_no_cell_with_a_persons_text_is_a_formula_anywhere():
    hostile = {key: replace(row, body={name: "=1+1" if isinstance(value, str) and value.startswith("ก") else value for name, value in row.body.items()}) for key, row in ROWS.items()}
    content = of(hostile)
    found = [cell for sheet in book(content, values=False) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [cell.value for cell in found if not re.match(r"=(SUM|IF|SUMIF|\(?[A-Z]\d)", cell.value)] == []
    assert cells(content).count("=1+1") > 100


def test_no_text_leaves_the_workbook_as_a_link_or_another_file(full):
    names = zipfile.ZipFile(io.BytesIO(full)).namelist()
    assert [name for name in names if "external" in name.lower() or "worksheets/_rels" in name or "vba" in name.lower()] == []


def test_what_cannot_be_read_is_left_out():
    assert values_of(one_sheet((UNREADABLE,)))[0] == [READ_AS]


def test_a_codes_of_a_page_are_not_taken_from_an_agencys_name():
    agency = merged(row("agency", "", name="&D สำนักงาน & " * 12), base=ROWS)
    header = book(of(agency)).active.oddHeader
    assert header.left.text.startswith("&&D สำนักงาน && ")
    assert len(header.left.text) < 150


def test_days_are_days_shown_in_the_buddhist_era():
    thai, english = one_sheet((date(2001, 10, 9),)), one_sheet((date(2001, 10, 9),), about=replace(ABOUT, language="en"))
    assert [book(content).active["A5"].value for content in (thai, english)] == [datetime(2001, 10, 9)] * 2
    assert [book(content).active["A5"].number_format for content in (thai, english)] == ["[$-107041E]d mmm yyyy", "d mmm yyyy"]


def test_a_day_before_workbooks_count_is_written_out():
    assert values_of(one_sheet((date(1892, 4, 1), date(1900, 2, 28), date(1900, 3, 1))))[0] == ["1 เม.ย. 2435", "28 ก.พ. 2443", datetime(1900, 3, 1)]


def test_numbers_are_numbers_and_thousands_are_set_apart():
    sheet = book(one_sheet((3, Fraction(1, 3), 2_500_000, 1234.5))).active
    assert [sheet.cell(5, n).value for n in (1, 2, 3, 4)] == [3, 1 / 3, 2_500_000, 1234.5]
    assert [sheet.cell(5, n).number_format for n in (1, 2, 3, 4)] == ["General", "General", "#,##0", "#,##0.00"]


def test_a_formula_knows_its_place_and_what_it_comes_to():
    foot = ((total(0, (1, 2)), None), (check(0, 4, 3, 'ถูก "จริง"', "ผิด"), Formula(lambda at: f"={at.here(0)}", 7)))
    content = one_sheet((1, "ก"), (2, "ข"), foot=foot)
    formulas = book(content, values=False).active
    assert [formulas["A7"].value, formulas["A8"].value, formulas["B8"].value] == ["=SUM(A5:A6)", '=IF(A7=4,"ถูก ""จริง""","ผิด")', "=A8"]
    assert values_of(content)[2:] == [[3, None], ["ผิด", 7]]


def test_a_quote_inside_a_formulas_text_is_doubled():
    assert quoted('ก"ข') == '"ก""ข"'


def test_columns_after_z_have_two_letters():
    wide = one_sheet(tuple(range(30)), foot=((*[None] * 29, total(29, (29,))),))
    assert book(wide, values=False).active["AD6"].value == "=SUM(AD5:AD5)"


def test_a_row_is_high_enough_for_thai_and_for_every_line():
    content = one_sheet(("สั้น",), ("หนึ่ง\nสอง\nสาม",), ("ที่" * 40,), ("ย" * 5_000,))
    sheet = book(content).active
    heights = [sheet.row_dimensions[line].height for line in (5, 6, 7, 8)]
    assert heights == [28.5, 85.5, 114, 408]


def test_a_row_has_room_for_its_lines_in_a_wider_font_too(read_back):
    """A machine without TH Sarabun New takes another; here that of the program, set letter by letter as wide as LibreOffice does."""
    font = ImageFont.truetype(FONTS / "Sarabun-Regular.ttf", 64)
    room = [
        (sheet.title, cell.coordinate, lines_in(str(cell.value), widths_of(sheet)[cell.column] * 21, font), sheet.row_dimensions[cell.row].height / 28.5)
        for sheet in read_back for row in sheet.iter_rows(min_row=4) for cell in row if isinstance(cell.value, str) and cell.alignment.wrap_text
    ]  # fmt: skip
    assert (len(room) > 500, [one for one in room if one[2] > one[3] and one[3] < 14]) == (True, [])


def widths_of(sheet) -> dict[int, float]:
    """Columns of one width are told together."""
    return {place: one.width for one in sheet.column_dimensions.values() for place in range(one.min, one.max + 1)}


def lines_in(text: str, width: float, font: ImageFont.FreeTypeFont) -> int:
    """At three times the size of the sheet: 64 pixels a letter of 16 points, 21 a character of the column's width."""
    return sum(max(1, math.ceil(font.getlength(line) / width)) for line in text.split("\n"))


def test_a_sheet_can_be_printed_and_its_head_stays_in_sight(read_back):
    weights, execution = read_back["4 ค่าถ่วงน้ำหนัก"], read_back["8 ดำเนินการ"]
    assert (weights.freeze_panes, execution.freeze_panes) == ("A5", "A2")
    assert (weights.print_title_rows, execution.print_title_rows) == ("$1:$4", "$1:$1")
    assert [(s.page_setup.orientation, s.page_setup.paperSize, s.page_setup.fitToHeight) for s in (weights, execution)] == [("landscape", 9, 0)] * 2
    assert weights.auto_filter.ref == "A4:D6"


def test_equal_content_is_equal_bytes(full):
    assert of(ROWS) == full
    assert of(ROWS, "en") != full


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_sheet_has_a_name_that_workbooks_take(language):
    names = [sheet.name for sheet in sheets(case(ROWS, PEOPLE, language))]
    assert len({name.casefold() for name in names}) == len(names)
    assert [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\'")] == []


def test_an_empty_project_says_what_it_has_not():
    found = cells(of(EMPTY))
    assert {"ยังไม่มีพันธกิจ", "ยังไม่มีภารกิจ", "ยังไม่มีบัญชีคุมแฟ้ม", "ยังไม่มีวิสัยทัศน์"} - set(found) == set()


def _unescaped(text: str) -> str:
    """openpyxl leaves the escape of an underscore before a code as it stands in the file."""
    return text.replace("_x005F_", "_")
