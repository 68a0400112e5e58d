"""`pack` makes a pack in a folder, beside a running server too; `verify` says what became of one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pso_core.text.phrases import phrases
from tests.cli.conftest import Run
from tests.servers import running

TH = phrases("th")


def test_a_pack_is_made_and_verified(run: Run, lampang: str, tmp_path: Path):
    made = run("pack", lampang, tmp_path / "ชุด", "--json")
    assert (made.status, Path(made.data["file"]).parent.name, made.data["project"]) == (0, "ชุด", lampang)
    found = run("verify", made.data["file"], "--json")
    assert (found.status, found.data["whole"], found.data["digest"], found.data["about"]["project"]) == (0, True, made.data["digest"], lampang)
    lines = run("verify", made.data["file"]).out.splitlines()
    assert (lines[0], lines[3].strip()) == (TH("cli.verify.whole", files=found.data["files"]), TH("cli.verify.origin"))


@pytest.mark.parametrize(("language", "of_data", "of_pack"), [("th", "รหัสข้อมูล", "รหัสชุดเอกสาร"), ("en", "data digest", "pack digest")])
def test_verify_calls_the_printed_code_and_that_of_the_pack_by_two_names(run: Run, lampang: str, tmp_path: Path, language: str, of_data: str, of_pack: str):
    made = run("--lang", language, "pack", lampang, tmp_path)
    path = next(tmp_path.glob("*.zip"))
    about = run("verify", path, "--json").data
    lines = [line.strip() for line in run("--lang", language, "verify", path).out.replace("\u2060", "").splitlines()]
    printed = phrases(language)("documents.cover.digest")
    assert (printed.lower(), lines[1]) == (of_data, f"{of_pack} {about['digest']}")
    assert lines[2].startswith(f"{of_data} {about['about']['digest']}")
    assert f"{of_pack} {about['digest']}" in made.out.replace("\u2060", "")
    assert of_pack in lines[3]
    index = zipfile.ZipFile(path).read("index.html").decode()
    assert f"{of_data} {about['about']['digest'][:12]}" in index


def test_bytes_after_the_pack_are_said(run: Run, lampang: str, tmp_path: Path):
    made = Path(run("pack", lampang, tmp_path, "--json").data["file"])
    made.write_bytes(made.read_bytes() + b"x" * 1234)
    found = run("verify", made)
    assert (found.status, found.err.splitlines()) == (1, [TH("cli.verify.broken"), f"   {TH('cli.verify.stray', bytes='1,234')}"])


def test_made_again_it_takes_the_place_of_the_first_and_is_the_same(run: Run, lampang: str, tmp_path: Path):
    first = run("pack", lampang, tmp_path, "--json").data
    before = Path(first["file"]).read_bytes()
    again = run("pack", lampang, tmp_path, "--json").data
    assert (again, Path(again["file"]).read_bytes() == before, len(list(tmp_path.glob("*.zip")))) == (first, True, 1)


def test_thai_digits_and_english_are_said_on_the_line(run: Run, lampang: str, tmp_path: Path):
    thai, english = run("pack", lampang, tmp_path / "a", "--thai-digits", "--json").data, run("--lang", "en", "pack", lampang, tmp_path / "b", "--json").data
    assert "report.pdf" in zipfile.ZipFile(english["file"]).namelist()
    assert zipfile.ZipFile(thai["file"]).read("pack.json").decode().count('"thai_digits": true') == 1


def test_what_is_not_as_it_was_made_is_named_and_the_status_says_so(run: Run, lampang: str, tmp_path: Path):
    made = Path(run("pack", lampang, tmp_path, "--json").data["file"])
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("แถม.txt", "x")
    found = run("verify", made)
    assert (found.status, found.err.splitlines()) == (1, [TH("cli.verify.broken"), f"   {TH('cli.verify.added', path='แถม.txt')}"])
    assert run("verify", made, "--json").data["added"] == ["แถม.txt"]


def test_what_is_no_pack_is_refused(run: Run, tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(b"hello")
    assert run("verify", tmp_path / "a.zip", "--json").data["refused"]["code"] == "pack_unreadable"
    assert run("verify", tmp_path / "none.zip", "--json").data["refused"]["code"] == "file_not_found"
    assert (run("verify", tmp_path).status, run("verify").status) == (1, 2)


def test_a_folder_that_is_a_file_is_refused_and_nothing_is_written(run: Run, lampang: str, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    ran = run("pack", lampang, tmp_path / "file", "--json")
    assert (ran.status, ran.data["refused"]["code"], (tmp_path / "file").read_text()) == (1, "folder_unwritable", "x")
    assert run("pack", "ไม่มี", tmp_path, "--json").data["refused"]["code"] == "project_not_found"


def test_beside_a_running_server_the_server_makes_it(run: Run, lampang: str, database: Path, tmp_path: Path):
    alone = run("pack", lampang, tmp_path / "a", "--json").data
    with running(database):
        beside = run("pack", lampang, tmp_path / "b", "--json")
    assert (beside.status, beside.data["digest"], Path(beside.data["file"]).read_bytes()) == (0, alone["digest"], Path(alone["file"]).read_bytes())
