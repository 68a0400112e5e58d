"""Projects by command: found by id or name, told in both languages and as JSON, out as a file and in again."""

from __future__ import annotations

import io
import json
from pathlib import Path

from pso_core.actions.evidence import attach
from pso_core.actions.projects import EXAMPLES
from tests.actions.files import picture
from tests.building import a_new_database, an_office, person, remove, write
from tests.cli.conftest import Run

AGENCY = "สำนักงานจังหวัดลำปาง"
LAMPANG = EXAMPLES / "lampang" / "project.json"
CRITERIA = ("coverage", "accuracy", "reliability", "speed", "linkage", "currency", "participation", "access", "verifiability")


def test_every_project_is_listed_with_its_agency_and_title(run: Run, lampang: str):
    ran = run("projects")
    (project,) = run("projects", "--json").data["projects"]
    assert (ran.status, ran.out.startswith(f"{lampang}  {AGENCY} – {project['title']}  (แก้ไขล่าสุด ")) == (0, True)
    assert sorted(project) == ["changed_at", "changes", "digest", "example", "id", "name", "standard", "title"]
    assert (project["id"], project["name"], project["standard"], project["example"], project["changes"]) == (lampang, AGENCY, "pso1101", True, 1)


def test_an_empty_database_has_no_projects(run: Run, database: Path):
    a_new_database(database)
    assert (run("projects", "--lang", "en").out, run("projects", "--json").data) == ("There are no projects yet.\n", {"projects": []})


def test_a_project_is_found_by_its_id_the_beginning_of_it_or_its_name(run: Run, lampang: str):
    found = {said: run("status", said, "--json").data["project"]["id"] for said in (lampang, lampang[:5], AGENCY)}
    assert found == dict.fromkeys(found, lampang)


def test_a_project_that_is_not_there_is_refused(run: Run, lampang: str):
    ran = {said: run("status", said) for said in ("", "no", "สำนักงานจังหวัด", "' OR '1'='1", "%")}
    assert {said: (one.status, one.out, one.err) for said, one in ran.items()} == dict.fromkeys(ran, (1, "", "ไม่พบโครงการนี้ โปรดเลือกจากรายการโครงการ\n"))


def test_two_projects_of_one_name_are_told_apart_by_id_and_none_is_exported(run: Run, lampang: str, tmp_path: Path):
    other = run("import", LAMPANG, "--json").data["project"]
    before = run("projects", "--json").data
    ran = run("status", AGENCY, "--lang", "en")
    assert ran.status == 1
    assert ran.err == f"2 projects fit this word. Please give more of the id: {', '.join(sorted([lampang, other]))}\n"
    ran = run("export", AGENCY, tmp_path / "out" / "project.json", "--json", "--lang", "en")
    assert (ran.status, ran.data["refused"]["code"]) == (1, "project_ambiguous")
    assert all(project_id in ran.err for project_id in (lampang, other))
    assert ((tmp_path / "out").exists(), run("projects", "--json").data) == (False, before)


def test_lampangs_status_has_the_published_figures(run: Run, lampang: str):
    status = run("status", lampang, "--json").data
    assert sorted(status) == ["forecast", "lateness", "plan", "progress", "project", "schedule", "score", "steps", "today"]
    assert [step["number"] for step in status["steps"]] == [0, 0, *range(1, 10), 0, 0]
    score = status["score"]
    assert (score["total"], score["maximum"], score["percent"], score["mean_level"], score["provisional"]) == (150, 300, 50, 1.5, False)
    assert [line["criterion"] for line in score["working"]] == list(CRITERIA)
    assert [line["weight"] for line in score["working"]] == [20, 15, 15, 10, 10, 10, 10, 5, 5]
    assert [line["level"] for line in score["working"]] == [1, 2, 2, 1, 1, 2, 1, 2, 2]
    assert [line["weighted"] for line in score["working"]] == [20, 30, 30, 10, 10, 20, 10, 10, 10]
    assert sum(line["weighted"] for line in score["working"]) == score["total"]
    assert (status["progress"]["points_with_file"], status["progress"]["points"]) == (15 + 13 + 12 + 10 + 2, 100)
    assert (status["plan"]["activities"], status["plan"]["with_owner"], status["plan"]["total_after_plan"]) == (10, 0, 270)


def test_what_cannot_be_read_is_named(run: Run):
    ran = run("import", ".")
    assert (ran.status, ran.err) == (1, "อ่านแฟ้ม . ไม่ได้ โปรดตรวจสิทธิของแฟ้ม และตรวจว่าไม่ใช่โฟลเดอร์\n")


def test_gaps_have_codes_and_sentences_in_the_language_asked_for(run: Run, lampang: str):
    def vision(language: str) -> dict:
        steps = run("status", lampang, "--json", "--lang", language).data["steps"]
        return next(step for step in steps if step["key"] == "vision")

    th, en = vision("th"), vision("en")
    assert [(gap["code"], gap["place"]) for gap in th["gaps"]] == [("vision_not_adopted", "vision")]
    assert th["gaps"][0]["sentence"].startswith("วิสัยทัศน์ยังไม่ได้รับความเห็นชอบ")
    assert en["gaps"][0]["sentence"].startswith("The vision is not adopted yet")
    assert [th["name"], en["name"]] == ["การกำหนดวิสัยทัศน์", "Set the vision"]


def test_the_status_reads_as_a_report(run: Run, lampang: str):
    told = {
        "th": {"1. การกำหนดวิสัยทัศน์: กำลังดำเนินการ", "   ความครอบคลุม: น้ำหนัก 20 × ระดับ 1 = 20", "   คะแนนเมื่อทำครบแผน 270 เฉพาะกิจกรรมที่เสร็จแล้ว 215"},
        "en": {"1. Set the vision: In progress", "   Coverage: weight 20 × level 1 = 20", "   score once the plan is done 270, with the finished activities only 215"},
    }
    assert {language: lines - set(run("status", lampang, "--lang", language).out.splitlines()) for language, lines in told.items()} == {"th": set(), "en": set()}


def test_a_project_without_a_round_has_no_score(run: Run, database: Path):
    with an_office(database) as office:
        from pso_core.actions.projects import create_project

        project_id = create_project(office, person("facilitator"))
    status = run("status", project_id, "--json").data
    assert (status["score"], status["project"]["name"]) == (None, None)
    assert status["plan"] == {"activities": 0, "with_owner": 0, "with_dates": 0, "total_after_plan": None, "total_after_finished": None, "uncovered": []}
    assert "ยังไม่มีคะแนนประเมิน" in run("status", project_id).out


def test_a_project_to_which_no_criterion_applies_is_not_told_to_be_unscored(run: Run, lampang: str, database: Path):
    with an_office(database) as office:
        scores = office.store.state(lampang).of("score")
        for score in scores[1:]:
            write(office, lampang, "score", score.id, level=None, not_applicable=True, rationale="ไม่มีงานนี้")
        write(office, lampang, "score", scores[0].id, level=None)
    assert "ยังไม่มีคะแนนประเมิน" in run("status", lampang).out
    with an_office(database) as office:
        write(office, lampang, "score", scores[0].id, not_applicable=True)
    told = run("status", lampang).out
    assert "”: ทุกเกณฑ์ไม่ใช้กับหน่วยงานนี้ จึงไม่มีคะแนนรวม ซึ่งไม่ใช่ 0 คะแนน" in told
    assert "ยังไม่มีคะแนนประเมิน" not in told


def test_the_history_tells_who_changed_what_from_what_to_what(run: Run, lampang: str, database: Path):
    with an_office(database) as office:
        write(office, lampang, "agency", province="ลำพูน")
        remove(office, lampang, office.store.state(lampang).of("result")[0].id)
    lines = run("history", lampang, "--limit", "2").out.splitlines()
    assert [lines[0].split(" ")[0], lines[2].split(" ")[0]] == ["#3", "#2"]
    assert lines[1].startswith("   ผลที่ได้รับ: ") and lines[1].endswith(" (ลบ)")
    assert lines[2].endswith("ผู้ดำเนินการประชุม (ตัวอย่าง) แก้ไข")
    assert lines[3:] == [f"   หน่วยงาน: {AGENCY}", "      จังหวัด: ลำปาง → ลำพูน"]


def test_the_history_as_json_keeps_its_shape(run: Run, lampang: str):
    history = run("history", lampang, "--json").data
    assert (sorted(history), history["project"]) == (["changes", "project"], lampang)
    (change,) = history["changes"]
    assert sorted(change) == ["action", "digest", "occurred_at", "person", "person_id", "reason", "rows", "seq"]
    assert sorted(change["rows"][0]) == ["after", "before", "id", "kind", "revision"]


def test_what_a_command_did_is_in_the_history_by_name(run: Run, lampang: str):
    imported = run("import", LAMPANG, "--json").data["project"]
    assert run("history", imported, "--json").data["changes"][0]["person_id"] == "cli"
    assert "ผู้ดูแลเครื่องแม่ข่าย (คำสั่งโดยตรง) นำเข้าโครงการ" in run("history", imported).out
    assert "Server administrator (direct command)" in run("history", imported, "--lang", "en").out


def test_an_export_is_the_file_that_was_installed(run: Run, lampang: str, tmp_path: Path):
    ran = run("export", lampang, tmp_path / "new" / "ลำปาง.json")
    assert (ran.status, (tmp_path / "new" / "ลำปาง.json").read_bytes()) == (0, LAMPANG.read_bytes())


def test_an_export_replaces_an_earlier_one_and_no_other_file_least_of_all_the_database(run: Run, lampang: str, database: Path, tmp_path: Path):
    (tmp_path / "letter.docx").write_bytes(b"PK")
    (tmp_path / "package.json").write_bytes(b'{"name": "ours"}')
    assert run("export", lampang, tmp_path / "earlier.json", "--history").status == 0
    for file in (database, tmp_path / "letter.docx", tmp_path / "package.json", tmp_path):
        before = file.is_file() and file.read_bytes()
        ran = run("export", lampang, file, "--json")
        assert (ran.status, ran.data["refused"]["code"], file.is_file() and file.read_bytes()) == (1, "file_exists", before)
    assert (run("export", lampang, tmp_path / "earlier.json").status, (tmp_path / "earlier.json").read_bytes()) == (0, LAMPANG.read_bytes())


def test_export_import_export_with_history_is_the_same_file(run: Run, lampang: str, tmp_path: Path):
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    assert run("export", lampang, first, "--history", "--json").data == {
        "project": lampang, "file": str(first), "bytes": first.stat().st_size, "history": True,
    }  # fmt: skip
    other = tmp_path / "other.duckdb"
    a_new_database(other)
    copy = run("import", first, "--json", db=other).data
    assert (sorted(copy), copy["files_missing"]) == (["files_missing", "new_people", "project"], 0)
    run("export", copy["project"], second, "--history", db=other)
    assert first.read_bytes() == second.read_bytes()


def test_an_import_says_how_many_files_did_not_come_with_it(run: Run, lampang: str, database: Path, tmp_path: Path):
    with an_office(database) as office:
        for name in ("ก.png", "ข.png"):
            attach(office, person("member"), lampang, next(office.store.state(lampang).where("evidence")).id, name, io.BytesIO(picture("PNG", ord(name[0]) % 50, 1)))
    file, other = tmp_path / "1.json", tmp_path / "other.duckdb"
    run("export", lampang, file)
    a_new_database(other)
    said = "ไฟล์แนบ 2 ไฟล์ไม่ได้มากับแฟ้มโครงการนี้ โปรดแนบอีกครั้ง หรือคัดลอกโฟลเดอร์ไฟล์แนบมาด้วย"
    assert said in run("import", file, db=other).out.splitlines()
    assert run("import", file, "--json", db=other).data["files_missing"] == 2
    assert "2 attached files did not come with this project file." in run("import", file, "--lang", "en", db=other).out
    assert "ไฟล์แนบ" not in run("import", file).out


def test_an_import_into_an_empty_database_says_that_nobody_can_come_in(run: Run, database: Path):
    a_new_database(database)
    ran = run("import", LAMPANG)
    assert ran.status == 0
    assert "ยังไม่มีผู้ใดเข้าระบบได้ โปรดเพิ่มผู้ดูแลระบบด้วย person add" in ran.out


def test_a_wrong_file_is_refused_with_every_mistake_and_its_place(run: Run, lampang: str, tmp_path: Path):
    document = json.loads(LAMPANG.read_bytes())
    first = next(number for number, row in enumerate(document["rows"]) if row["kind"] == "activity")
    document["rows"][first]["body"].update(position="1", sub_plan="x")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(document), "utf-8")
    ran = run("import", wrong, "--json", "--lang", "en")
    assert ran.status == 1
    assert ran.err.splitlines()[0] == "Nothing was imported. To put right in this file: 2."
    assert ran.err.splitlines()[1:] == [f"rows[{first}].body.position: It is not written as the program keeps it; write “1”.", f"rows[{first}].body.sub_plan: “x” is not one of the choices."]
    assert [(one["place"], one["code"]) for one in ran.data["refused"]["mistakes"]] == [
        (f"rows[{first}].body.position", "not_as_kept"), (f"rows[{first}].body.sub_plan", "not_a_choice"),
    ]  # fmt: skip
    assert len(run("projects", "--json").data["projects"]) == 1


def test_a_mistake_of_the_whole_file_stands_without_a_place(run: Run, lampang: str, tmp_path: Path):
    document = json.loads((EXAMPLES / "lampang" / "project.json").read_bytes())
    del document["people"]
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(document), "utf-8")
    assert run("import", wrong, "--lang", "en").err.splitlines()[1] == "“people” is missing."


def test_a_file_that_is_not_there_is_refused(run: Run, lampang: str, tmp_path: Path):
    ran = run("import", tmp_path / "none.json", "--json")
    assert (ran.status, ran.err) == (1, "ไม่พบแฟ้ม none.json โปรดตรวจชื่อแฟ้มและโฟลเดอร์\n")
    assert ran.data["refused"]["code"] == "file_not_found"
    assert run("import", tmp_path).status == 1


def test_a_file_of_200_megabytes_is_refused_unread(run: Run, lampang: str, tmp_path: Path):
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(200 * 2**20)
    ran = run("import", huge, "--json")
    assert (ran.status, ran.data["refused"]["code"]) == (1, "project_file_large")
