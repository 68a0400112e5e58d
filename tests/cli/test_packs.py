"""`pack` makes a pack in a folder, beside a running server too; `verify` says what became of one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pso_core.text.phrases import phrases
from tests.building import an_empty_project, an_office
from tests.cli.conftest import Run
from tests.servers import running

TH = phrases("th")


@pytest.fixture
def empty(database: Path) -> str:
    """A project that only names its standard: its pack is made in a quarter of the time that Lampang's takes."""
    with an_office(database) as office:
        return an_empty_project(office)


def test_a_pack_is_made_and_verified_and_its_codes_are_called_by_two_names(run: Run, empty: str, tmp_path: Path):
    called = {"th": ("รหัสข้อมูล", "รหัสชุดเอกสาร"), "en": ("data digest", "pack digest")}
    for language, (of_data, of_pack) in called.items():
        made = run("--lang", language, "pack", empty, tmp_path / language)
        (path,) = (tmp_path / language).glob("*.zip")
        found = run("verify", path, "--json")
        assert (made.status, found.status, found.data["whole"], found.data["about"]["project"]) == (0, 0, True, empty)
        whole, data = found.data["digest"], found.data["about"]["digest"]
        lines = [line.strip() for line in run("--lang", language, "verify", path).out.replace("\u2060", "").splitlines()]
        assert (phrases(language)("documents.cover.digest").lower(), lines[1]) == (of_data, f"{of_pack} {whole}")
        assert lines[2].startswith(f"{of_data} {data}")
        assert f"{of_pack} {whole}" in made.out.replace("\u2060", "")
        assert of_pack in lines[3]
        inside = zipfile.ZipFile(path)
        assert f"{of_data} {data[:12]}" in inside.read("index.html").decode()
        assert ("report.pdf" in inside.namelist()) == (language == "en")
        if language == "th":
            assert (lines[0], lines[3]) == (TH("cli.verify.whole", files=found.data["files"]), TH("cli.verify.origin"))


def test_made_again_it_takes_the_place_of_the_first_and_is_the_same_and_what_becomes_of_it_is_said(run: Run, lampang: str, tmp_path: Path):
    first = run("pack", lampang, tmp_path / "ชุด", "--thai-digits", "--json").data
    made = Path(first["file"])
    before = made.read_bytes()
    again = run("pack", lampang, tmp_path / "ชุด", "--thai-digits", "--json").data
    assert (again, made.read_bytes() == before, list((tmp_path / "ชุด").glob("*.zip"))) == (first, True, [made])
    assert (first["project"], run("verify", made, "--json").data["digest"]) == (lampang, first["digest"])
    assert zipfile.ZipFile(made).read("pack.json").decode().count('"thai_digits": true') == 1

    made.write_bytes(before + b"x" * 1234)
    found = run("verify", made)
    assert (found.status, found.err.splitlines()) == (1, [TH("cli.verify.broken"), f"   {TH('cli.verify.stray', bytes='1,234')}"])
    made.write_bytes(before)
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


def test_beside_a_running_server_the_server_makes_it(run: Run, empty: str, database: Path, tmp_path: Path):
    alone = run("pack", empty, tmp_path / "a", "--json").data
    with running(database):
        beside = run("pack", empty, tmp_path / "b", "--json")
    assert (beside.status, beside.data["digest"], Path(beside.data["file"]).read_bytes()) == (0, alone["digest"], Path(alone["file"]).read_bytes())
