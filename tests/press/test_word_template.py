"""An agency's template: taken when it works, kept in the history with what it is made into, and taken out again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import docx
import pytest

from pso_core.actions.administration import redact_row
from pso_core.actions.cycles import begin_cycle
from pso_core.actions.projects import export_project, import_project
from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.uploads import attached, set_upload_rules
from pso_core.documents.starter_template import starter_template
from pso_core.press.reporting import report_files
from pso_core.domain.people import ROLES
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.press.build import Order, case_of, make, order
from pso_core.press.word_template import LARGEST, put_word_template, remove_word_template
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.store.backup import restore
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.files import pdf, word_with
from tests.actions.signing import all_approved
from tests.building import NOW, an_empty_project, an_office, contents, lampang, left_as_it_is, person, remove, write
from tests.documents.reading import word_tables, word_text
from tests.documents.templates import template

HEAD, MEMBER, ADMINISTRATOR, VIEWER, FACILITATOR = (person(role) for role in ("head", "member", "administrator", "viewer", "facilitator"))
PLAIN, OTHER = template("แบบของ {{ agency.name }} {{ missions|length }}"), template("แบบใหม่ {{ agency.name }}")
REPORT = "รายงาน.docx"


@pytest.fixture
def office(database) -> Iterator[Office]:
    with an_office(database) as opened:
        yield opened
        left_as_it_is(opened.store)


@pytest.fixture
def project(office: Office) -> str:
    """One with a name and a mission to be told: a report and a pack of it are made in a quarter of the time that Lampang's take."""
    made = an_empty_project(office)
    mission = write(office, made, "mission", text="พันธกิจ").ids[0]
    save_rows(office, FACILITATOR, made, [Edit("agency", None, {"name": "สำนักงานจังหวัดลำปาง"}), Edit("goal", None, {"mission": mission, "text": "เป้าหมาย"})], seen=office.store.state(made).seq)
    return made


def put(office: Office, project: str, content: bytes = PLAIN, name: str = "แบบของเรา.docx", by=HEAD, language: str = "th"):
    return put_word_template(office, by, project, name, io.BytesIO(content), language)


def refused(office: Office, project: str, attempt) -> PsoError:
    """The refusal, after a look that no row and no content was kept, and that it is a sentence in both languages."""
    before, kept = contents(office.store, project), list(office.store.contents.all())
    with pytest.raises(PsoError) as refusal:
        attempt()
    assert (contents(office.store, project), list(office.store.contents.all())) == (before, kept)
    assert all(refusal_sentence(Told(phrases(language)), refusal.value).strip() for language in LANGUAGES)
    return refusal.value


def report(office: Office, project: str, language: str = "th") -> str:
    return word_text(report_files(office, VIEWER, project, language, thai_digits=False)[0][1])


def pack(office: Office, wanted: Order) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packed(office, wanted)))


def packed(office: Office, wanted: Order) -> bytes:
    return office.store.contents.path_of(make(office, HEAD, wanted).content).read_bytes()


def wanted(office: Office, project: str, seq: int | None = None) -> Order:
    now = order(office, HEAD, project, "th", False)
    return Order(project, seq or now.seq, now.day, "th", False)


def missing(inside: zipfile.ZipFile) -> str:
    return inside.read("ข้อที่ยังขาด.txt").decode("utf-8-sig")


# Putting it and taking it out


def test_a_template_says_who_put_it_and_when_and_the_same_again_changes_nothing_else(office, project):
    set_upload_rules(office, ADMINISTRATOR, largest_megabytes=50, types=["pdf"])  # of evidence; a template is a Word file all the same
    put(office, project)
    row, kept = office.store.state(project).only("word_template"), list(office.store.contents.all())
    assert (row["name"], row["added_by"], row["added_at"], row["bytes"]) == ("แบบของเรา.docx", HEAD.id, "2026-11-23T03:00:00Z", len(PLAIN))
    assert attached(office, VIEWER, project, "word_template").path.read_bytes() == PLAIN
    put(office, project, by=ADMINISTRATOR)
    assert (list(office.store.contents.all()), office.store.state(project).only("word_template")["added_by"]) == (kept, ADMINISTRATOR.id)
    refused(office, project, lambda: put(office, project, template("{{ colour }}")))
    assert report(office, project) == "แบบของ สำนักงานจังหวัดลำปาง 1"


def test_the_report_and_each_pack_follow_the_template_of_their_change_and_the_pdf_and_the_workbook_do_not(office, project):
    orders = [wanted(office, project)]
    files = [packed(office, orders[0])]
    for content, said in ((PLAIN, "แบบของ สำนักงานจังหวัดลำปาง 1"), (OTHER, "แบบใหม่ สำนักงานจังหวัดลำปาง")):
        put(office, project, content)
        assert report(office, project) == said
        orders.append(wanted(office, project))
        files.append(packed(office, orders[-1]))
        assert word_text(zipfile.ZipFile(io.BytesIO(files[-1])).read(REPORT)) == said
    before, inside, _ = (zipfile.ZipFile(io.BytesIO(file)) for file in files)
    assert "ขั้นที่ 1 การกำหนดวิสัยทัศน์" in word_text(before.read(REPORT))
    assert inside.read("รายงาน.pdf").startswith(b"%PDF-")
    assert sorted(inside.namelist()) == sorted(before.namelist())
    told = phrases("th")("documents.pack.open.report_own")
    assert [told in one.read("index.html").decode() for one in (before, inside)] == [False, True]
    assert missing(inside) == missing(before)

    remove_word_template(office, HEAD, project)
    assert "ขั้นที่ 1 การกำหนดวิสัยทัศน์" in report(office, project)
    assert packed(office, orders[1]) == files[1]  # the history keeps the template, and the same order is the same bytes
    assert refused(office, project, lambda: remove_word_template(office, HEAD, project)).code == "row_gone"


def test_lampang_in_the_starter_has_its_counts_and_totals(office):
    project = lampang(office)
    case = case_of(office, Order(project, office.store.state(project).seq, office.today(), "th", False))
    put(office, project, starter_template(case, office.today()))
    made = report_files(office, VIEWER, project, "th", thai_digits=False)[0][1]
    tables = {lines[0][0]: lines for lines in word_tables(made)}
    rows = [line for lines in word_tables(made) for line in lines]
    state = office.store.state(project)
    assert {("150",), ("300",), ("55",), ("270",)} <= {tuple(line[1:]) for line in rows}
    assert {row["name"] for row in state.of("task")} <= {line[1] for line in rows}
    assert len(tables[case.say("documents.assessment.columns.criterion")]) == 1 + len(case.standard.criteria)
    assert len([line for line in rows if line[0] in {row["name"] for row in state.of("activity")}]) == len(state.of("activity"))
    assert len([line for line in rows if line[0] in {row["file_code"] for row in state.of("file")}]) == len(state.of("file"))


def test_the_starter_is_taken_by_an_empty_project_in_english_too(office):
    empty = an_empty_project(office)
    case = case_of(office, Order(empty, office.store.state(empty).seq, office.today(), "en", False))
    put(office, empty, starter_template(case, office.today()), language="en")
    assert phrases("en")("steps.vision.name") in report(office, empty, "en")


# What is refused


def test_who_certifies_puts_it_and_takes_it_out(office, project):
    certifying = {"administrator", "facilitator", "head"}
    for role in certifying:
        put(office, project, by=person(role))
        remove_word_template(office, person(role), project)
    for role in set(ROLES) - certifying:
        assert isinstance(refused(office, project, partial(put, office, project, by=person(role))), NotAllowed)
    put(office, project)
    for role in set(ROLES) - certifying:
        assert isinstance(refused(office, project, partial(remove_word_template, office, person(role), project)), NotAllowed)


UNFIT = (
    ("ก.docx", template("{{ colour }}"), "template_names_unknown"), ("ก.docx", template("{% for %}"), "template_wrong_sentence"),
    ("ก.docm", PLAIN, "file_has_macros"), ("ก.docx", word_with({"word/vbaProject.bin": b"x"}), "file_has_macros"),
    ("ก.docx", pdf(), "file_not_what_it_says"), ("ก.pdf", pdf(), "file_type_unknown"), ("ก.docx", b"", "file_empty"), ("ก.docx", b"MZ\0" * 99, "file_is_program"),
    ("", PLAIN, "file_name_missing"), ("ก.docx", bytes(LARGEST + 1), "word_template_large"),
)  # fmt: skip


def test_what_is_not_fit_is_refused_and_nothing_is_kept(office, project):
    found = [refused(office, project, partial(put, office, project, content, name)).code for name, content, _ in UNFIT]
    assert found == [code for _, _, code in UNFIT]


def test_an_approved_last_step_keeps_its_template(office, project):
    all_approved(office, project, ["certification"])
    assert refused(office, project, lambda: put(office, project)).code == "step_approved"


# When it can no longer be used


def test_an_altered_template_is_not_used_and_a_lost_one_makes_the_usual_report_which_says_so(office, project):
    put(office, project)
    sha256 = office.store.state(project).only("word_template")["sha256"]
    path = office.store.contents.path_of(sha256)
    path.unlink()
    path.write_bytes(OTHER)
    assert "แบบใหม่" not in report(office, project)
    with pytest.raises(NotFound, match="content_missing"):
        attached(office, VIEWER, project, "word_template")

    office.store.contents.drop(sha256)
    inside, made = pack(office, wanted(office, project)), report_files(office, VIEWER, project, "th", thai_digits=False)[0][1]
    for said in (word_text(inside.read(REPORT)), missing(inside), word_text(made)):
        assert "เพราะใช้แม่แบบ แบบของเรา.docx ของหน่วยงานไม่ได้: ไม่พบเนื้อหาของไฟล์นี้" in said
    assert phrases("th")("documents.pack.open.report_own") not in inside.read("index.html").decode()
    headings = [p.text for p in docx.Document(io.BytesIO(made)).paragraphs if p.style.name == "Heading 2"]
    assert phrases("th")("fields.word_template.one") in headings  # a row like any other: the usual report lists it in its appendices


def test_a_template_that_later_data_break_makes_the_usual_report_which_says_why(office, project):
    put(office, project, template("{{ missions[0].goals[0].text }}"))
    for goal in office.store.state(project).of("goal"):
        remove(office, project, goal.id)
    assert "เพราะใช้แม่แบบ แบบของเรา.docx ของหน่วยงานไม่ได้" in report(office, project)


def test_a_project_from_a_file_names_its_template_and_lacks_it_elsewhere(office, project, tmp_path):
    put(office, project)
    data = export_project(office, ADMINISTRATOR, project)
    with an_office(tmp_path / "other.duckdb") as other:
        copy = import_project(other, ADMINISTRATOR, data)
        assert other.store.state(copy).only("word_template")["name"] == "แบบของเรา.docx"
        assert "ของหน่วยงานไม่ได้" in report(other, copy)
    again = import_project(office, ADMINISTRATOR, data)
    assert report(office, again) == "แบบของ สำนักงานจังหวัดลำปาง 1"


# Kept like any attached file


def test_check_backup_and_restore_keep_it(tmp_path):
    with an_office(tmp_path / "small.duckdb") as office:  # a check offers each row to its index: the example has hundreds
        project = an_empty_project(office)
        write(office, project, "agency", name="กรม")
        put(office, project, template("แบบของ {{ agency.name }}"))
        assert office.store.check() == ()
        made = office.store.backup(tmp_path / "copy.duckdb")
        assert (made.files, made.missing, made.findings) == (1, 0, ())
        office.store.contents.drop(office.store.state(project).only("word_template")["sha256"])
        assert [finding.code for finding in office.store.check()] == ["content_missing"]
    restored = restore(tmp_path / "copy.duckdb", tmp_path / "again.duckdb", NOW + timedelta(1))
    assert (restored.files, restored.missing) == (1, 0)
    with an_office(tmp_path / "again.duckdb") as again:
        assert report(again, project) == "แบบของ กรม"


def test_a_redacted_template_is_forgotten(office, project):
    put(office, project)
    remove_word_template(office, HEAD, project)
    sha256 = next(iter(office.store.contents.all()))
    redact_row(office, ADMINISTRATOR, project, "word_template", 1, "ผิดแบบ")
    assert (office.store.contents.holds(sha256), office.store.check()) == (False, ())


def test_the_next_cycle_begins_with_it_and_no_step_has_begun(office, project):
    put(office, project)
    kept = list(office.store.contents.all())
    new = begin_cycle(office, ADMINISTRATOR, project, "รอบใหม่")
    assert (list(office.store.contents.all()), report(office, new).startswith("แบบของ สำนักงานจังหวัดลำปาง")) == (kept, True)
