"""Making, copying, restoring and checking a database by command, alone and beside a running server."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from pso_core.actions.evidence import attach
from pso_core.actions.first_start import open_accounts
from pso_core.actions.projects import EXAMPLES
from pso_core.office import opened
from pso_core.store import Write
from tests.actions.files import picture
from tests.building import a_new_database, person
from tests.cli.conftest import Run
from tests.servers import running
from tests.tree import ROOT

COPIED = ["aside", "bytes", "changes", "files", "findings", "missing", "path", "projects", "sha256"]


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """A process whose new files everybody may read and write."""
    former = os.umask(0)
    yield
    os.umask(former)


def projects(run: Run, db: Path) -> list[str]:
    return [one["id"] for one in run("projects", "--json", db=db).data["projects"]]


def test_init_makes_an_empty_database(run: Run, database: Path):
    assert run("init", "--json").data == {"database": str(database), "projects": []}
    assert run("init").status == 0  # still nothing in it
    with opened(database) as office:
        assert office.store.people.all() == ()


def test_init_does_not_touch_a_database_that_is_used(run: Run, lampang: str, database: Path):
    ran = run("init", "--example", "lampang", "--json")
    assert (ran.status, ran.data["refused"]["code"]) == (1, "already_started")
    assert projects(run, database) == [lampang]


def test_an_example_may_be_entered_in_any_role(run: Run, database: Path):
    (project,) = run("init", "--example", "lampang", "--json").data["projects"]
    with opened(database) as office:
        assert office.store.projects() == (project,)
        assert sorted(person.role for person in open_accounts(office)) == ["administrator", "facilitator", "head", "member", "viewer"]


def test_a_backup_can_be_restored_and_the_former_file_is_kept(run: Run, lampang: str, database: Path, tmp_path: Path):
    copied = run("backup", tmp_path / "copy.duckdb", "--json").data
    assert (sorted(copied), copied["projects"], copied["changes"], copied["findings"]) == (COPIED, 1, 1, [])
    later = run("import", ROOT / "data" / "examples" / "lampang" / "project.json", "--json").data["project"]
    restored = run("restore", tmp_path / "copy.duckdb", "--json").data
    assert (sorted(restored), restored["sha256"]) == (COPIED, copied["sha256"])
    assert projects(run, database) == [lampang]
    assert projects(run, Path(restored["aside"])) == [lampang, later]


@pytest.fixture
def begun(database: Path) -> Path:
    """A database in which nobody has done anything: what is copied and checked in no time."""
    a_new_database(database)
    return database


@pytest.fixture
def attached(begun: Path) -> str:
    """A row with a file; the SHA-256 of its content."""
    with opened(begun) as office:
        kept = office.store.contents.put(io.BytesIO(b"a picture"), 2**20)
        office.store.commit("bare", [Write("attachment:a:1", "attachment", 0, {"sha256": kept.sha256})], person_id="cli", action="attach")
    return kept.sha256


def test_a_backup_is_told_with_its_digest_and_where_the_attached_files_are(run: Run, attached: str, tmp_path: Path):
    for language, told in (("th", "ไฟล์แนบ 1 ไฟล์อยู่ในโฟลเดอร์ {}"), ("en", "1 attached files are in the folder {}.")):
        copy = tmp_path / f"{language}.duckdb"
        ran = run("backup", copy, "--lang", language)
        assert (ran.status, "(SHA-256): " in ran.out.splitlines()[1], told.format(f"{copy}.files") in ran.out) == (0, True, True)
        assert (tmp_path / f"{copy.name}.files" / attached[:2] / attached).read_bytes() == b"a picture"


def test_a_restore_tells_how_many_files_are_missing_and_a_check_which(run: Run, attached: str, database: Path, tmp_path: Path):
    run("backup", tmp_path / "copy.duckdb")
    assert "1 attached files are whole" in run("restore", tmp_path / "copy.duckdb", "--lang", "en").out
    shutil.rmtree(tmp_path / "copy.duckdb.files")
    shutil.rmtree(f"{database}.files")
    for language, told in (("th", "ไม่พบไฟล์แนบ 1 ไฟล์ ทั้งในชุดสำรองและในเครื่องนี้"), ("en", "1 attached files are neither in the backup nor on this machine.")):
        ran, found = run("restore", tmp_path / "copy.duckdb", "--lang", language), run("check", "--lang", language)
        assert (ran.status, told in ran.out) == (0, True)
        assert (found.status, f"{attached[:2]}/{attached}" in found.err) == (1, True)


def test_a_backup_with_a_damaged_file_is_not_restored(run: Run, attached: str, tmp_path: Path):
    run("backup", tmp_path / "copy.duckdb")
    damaged = tmp_path / "copy.duckdb.files" / attached[:2] / attached
    damaged.unlink()
    damaged.write_bytes(b"another")
    ran = run("restore", tmp_path / "copy.duckdb")
    assert (ran.status, "ชำรุด 1 ไฟล์ จึงยังไม่กู้คืน" in ran.err) == (1, True)


def test_a_full_disk_is_told_without_a_word_about_a_page(run: Run, begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=0))
    ran = run("backup", tmp_path / "copy.duckdb", "--lang", "en")
    assert (ran.status, ran.err.split(".")[0], "page" in ran.err) == (1, "The disk is full or cannot be written, so nothing was done", False)


def test_a_backup_never_replaces_a_file(run: Run, begun: Path, tmp_path: Path):
    (tmp_path / "copy.duckdb").write_text("something dear")
    ran = run("backup", tmp_path / "copy.duckdb", "--json")
    assert (ran.status, ran.data["refused"]["code"]) == (1, "backup_exists")
    assert (tmp_path / "copy.duckdb").read_text() == "something dear"


def test_a_backup_into_a_folder_that_is_not_there_makes_none_and_does_not_even_open_the_database(run: Run, begun: Path, tmp_path: Path):
    before, bytes_ = sorted(tmp_path.rglob("*")), begun.read_bytes()
    for language, said in (("th", "ไม่พบโฟลเดอร์ {}"), ("en", "The folder {} was not found")):
        ran = run("backup", tmp_path / "typo" / "deep" / "x.duckdb", "--json", "--lang", language)
        assert (ran.status, ran.data["refused"]["code"]) == (1, "folder_not_found")
        assert ran.err.startswith(said.format(tmp_path / "typo" / "deep"))
        assert (sorted(tmp_path.rglob("*")), begun.read_bytes()) == (before, bytes_)


def test_a_damaged_backup_is_not_restored(run: Run, lampang: str, database: Path, tmp_path: Path):
    run("backup", tmp_path / "copy.duckdb")
    whole = (tmp_path / "copy.duckdb").read_bytes()
    (tmp_path / "copy.duckdb").write_bytes(whole[: len(whole) // 2])
    before = database.read_bytes()
    ran = run("restore", tmp_path / "copy.duckdb", "--json")
    assert (ran.status, ran.data["refused"]["code"], "ฐานข้อมูลเดิมยังอยู่ครบ" in ran.err) == (1, "backup_unreadable", True)
    assert database.read_bytes() == before


def test_a_backup_that_is_not_there_is_refused(run: Run, begun: Path, tmp_path: Path):
    ran = run("restore", tmp_path / "none.duckdb", "--lang", "en")
    assert (ran.status, ran.err) == (1, "The file none.duckdb was not found. Please check its name and folder.\n")


def test_check_finds_nothing_in_a_whole_database(run: Run, lampang: str):
    ran = run("check", "--json")
    assert ran.status == 0
    assert (ran.data["findings"], ran.data["mistakes"]) == ([], [])
    assert [(one["id"], one["changes"], len(one["digest"])) for one in ran.data["projects"]] == [(lampang, 1, 64)]
    assert run("check", "--lang", "en").out == "Everything is whole: 1 projects, 1 changes.\n"


def test_check_names_a_text_altered_outside_the_program(run: Run, lampang: str, database: Path):
    with closing(duckdb.connect(str(database))) as outside:
        outside.execute("UPDATE revision SET body = replace(body, 'ลำปาง', 'ลำพูน') WHERE entity_id = 'agency'")
    ran = run("check", "--json")
    assert ran.status == 1
    assert [(one["code"], one["facts"]["entity_id"]) for one in ran.data["findings"]] == [("body_altered", "agency")]
    assert "เนื้อหาของรายการ agency ฉบับที่ 1 ไม่ตรงกับรหัสตรวจสอบ" in ran.err


def test_check_names_a_lost_change(run: Run, begun: Path, database: Path):
    with opened(database) as office:
        office.store.commit("bare", [Write("project", "project", 0, {})], person_id="cli", action="create")
        office.store.commit("bare", [Write("mission:1", "mission", 0, {"code": None, "text": "ก", "position": None})], person_id="cli", action="save")
    with closing(duckdb.connect(str(database))) as outside:
        outside.execute("DELETE FROM revision WHERE seq = 2")
        outside.execute("DELETE FROM change WHERE seq = 2")
    ran = run("check", "--json")
    assert (ran.status, [one["code"] for one in ran.data["findings"]]) == (1, ["tail_lost"])


def test_check_names_a_row_that_no_save_would_accept(run: Run, lampang: str, database: Path):
    body = {"criterion": "speed", "weight": 400, "importance": "urgent", "reason": None}
    with opened(database) as office:
        office.store.commit(lampang, [Write("weight:speed", "weight", 1, body)], person_id="cli", action="save")
        office.store.commit("bare", [Write("mission:1", "mission", 0, {"code": None, "text": "ก", "position": None})], person_id="cli", action="save")
    ran = run("check", "--json", "--lang", "en")
    assert (ran.status, ran.data["findings"]) == (1, [])
    assert sorted((one["place"], one["code"]) for one in ran.data["mistakes"]) == sorted([
        (f"{lampang}/weight:speed/weight", "too_big"), (f"{lampang}/weight:speed/importance", "not_a_choice"), ("bare", "project_row_missing"),
    ])  # fmt: skip
    assert f"{lampang}/weight:speed/weight: It must be at most 100; you entered 400." in ran.err


def test_a_file_cut_short_is_named(run: Run, begun: Path, database: Path):
    database.write_bytes(database.read_bytes()[:20_000])
    ran = run("check", "--json")
    assert (ran.status, ran.data["refused"]["code"]) == (1, "database_damaged")
    assert "ชำรุด" in ran.err


def test_a_missing_database_is_not_made_by_reading_it(run: Run, tmp_path: Path):
    ran = run("projects", db=tmp_path / "typing error.duckdb")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("ไม่พบฐานข้อมูล typing error.duckdb โปรดตรวจชื่อแฟ้ม")
    assert list(tmp_path.iterdir()) == []


def test_no_command_but_init_and_restore_begins_a_database(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.json").write_bytes((EXAMPLES / "lampang" / "project.json").read_bytes())
    words = (("export", "x", "out.json"), ("import", "in.json"), ("backup", "out.duckdb"), ("check",), ("person", "disable", "x"))
    ran = {one: run(*one, "--json", db=tmp_path / "typing error.duckdb") for one in words}
    assert {one: (said.status, said.data["refused"]["code"]) for one, said in ran.items()} == dict.fromkeys(words, (1, "database_missing"))
    assert [path.name for path in tmp_path.iterdir()] == ["in.json"]


def test_a_newer_database_is_refused(run: Run, begun: Path, database: Path):
    with closing(duckdb.connect(str(database))) as outside:
        outside.execute("INSERT INTO migration VALUES (9999, now()::TIMESTAMP)")
    ran = run("projects", "--lang", "en")
    assert (ran.status, ran.err.split(".")[0]) == (1, "The database nine")
    assert "newer version" in ran.err


def test_a_place_that_cannot_be_written_is_refused(run: Run, tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    ran = run("init", "--json", db=tmp_path / "file" / "nine.duckdb")
    assert (ran.status, ran.data["refused"]["code"]) == (1, "database_unwritable")


def test_a_database_that_another_process_has_is_refused_by_its_number(run: Run, begun: Path, database: Path):
    holding = "import sys; from pso_core.office import opened\nwith opened(sys.argv[1]): print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen([sys.executable, "-c", holding, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    with holder:
        holder.stdout.readline()
        ran = run("projects", "--lang", "en")
        backup = run("backup", database.parent / "copy.duckdb", "--json")
        holder.stdin.close()
    assert (ran.status, ran.err) == (1, f"Another program has the database nine.duckdb open (process {holder.pid}). Please use that program's pages, or close it first.\n")
    assert backup.data["refused"]["code"] == "database_in_use"
    assert not (database.parent / "copy.duckdb").exists()


def test_a_running_server_makes_the_backup_with_its_files_and_other_commands_wait_for_its_end(run: Run, lampang: str, database: Path, tmp_path: Path):
    copy = tmp_path / "copy.duckdb"
    with opened(database) as office:
        attach(office, person("member"), lampang, next(office.store.state(lampang).where("evidence")).id, "ภาพ.png", io.BytesIO(picture("PNG")))
    with running(database) as server:
        copied = run("backup", copy, "--json").data
        again, other, restored = run("backup", copy, "--lang", "en"), run("projects", "--lang", "en"), run("restore", copy, "--json")
    assert (sorted(copied), copied["projects"], copied["findings"], copied["files"], copied["missing"]) == (COPIED, 1, [], 1, 0)
    assert [path.read_bytes() for path in Path(f"{copy}.files").glob("*/*")] == [picture("PNG")]
    assert (again.status, again.err.startswith("There already is a file copy.duckdb.")) == (1, True)
    assert (other.status, f"(process {server.pid})" in other.err) == (1, True)
    assert (restored.status, restored.data["refused"]["code"]) == (1, "database_in_use")
    assert run("check", db=copy).status == 0


def test_a_server_killed_long_ago_does_not_hinder_a_backup(run: Run, begun: Path, database: Path, tmp_path: Path):
    left = {"pid": 1, "address": "http://127.0.0.1:9", "token": "x"}
    database.with_name(f"{database.name}.server.json").write_text(json.dumps(left))
    assert run("backup", tmp_path / "copy.duckdb").status == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes; the folder's permissions decide there")
def test_nobody_else_on_the_machine_reads_a_restored_database(run: Run, begun: Path, tmp_path: Path, open_to_all: None):
    run("backup", tmp_path / "copy.duckdb")
    restored = tmp_path / "new folder" / "nine.duckdb"
    assert run("restore", tmp_path / "copy.duckdb", db=restored).status == 0
    made = (restored.parent, restored, restored.with_name("nine.duckdb.witness"))
    assert [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in made] == [0, 0, 0]
    assert os.umask(0) == 0  # what this process makes otherwise is as open as before
