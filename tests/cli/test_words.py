"""What is understood, what is not, and that Thai reaches every console."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pso_core.cli.main import main
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import a_new_database
from tests.cli.conftest import Run
from tests.tree import ROOT

COMMANDS = ("init", "projects", "status", "history", "export", "import", "backup", "restore", "check", "remind", "person")
PERSON_COMMANDS = ("add", "role", "password", "disable")
THAI = re.compile("[\u0e00-\u0e7f]")
WORDS = {
    "status": ["x"], "history": ["x"], "export": ["x", "y"], "import": ["y"], "backup": ["y"], "restore": ["y"], "person": ["disable", "x"],
}  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        [], ["nothing"], ["status"], ["export", "x"], ["init", "--example", "atlantis"], ["projects", "--jso"], ["projects", "--lang", "fr"],
        ["history", "x", "--limit", "0"], ["history", "x", "--limit", "many"], ["person"], ["person", "add", "a"],
        ["person", "add", "a", "--name", "A", "--role", "king"], ["person", "role", "a", "king"],
        ["person", "add", "a", "--name", "A", "--role", "member", "--password", "secret"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_understood_has_status_2_and_says_how_to_use_it(run: Run, words: list[str], language: str, database: Path):
    ran = run("--lang", language, *words)
    assert (ran.status, ran.out) == (2, "")
    assert ("โปรดตรวจคำที่พิมพ์" in ran.err, "Please check the words" in ran.err) == ((True, False) if language == "th" else (False, True))
    assert "secret" not in ran.err
    assert not database.exists()


@pytest.mark.parametrize("how", [(), ("--json",)])
def test_what_is_said_can_be_searched(run: Run, lampang: str, how: tuple[str, ...]):
    """On a page a word joiner keeps น้ำหนัก on one line."""
    assert "\u2060" in phrases("th")("steps.weights.name")
    said = run("status", lampang, *how).out
    assert "การกำหนดตัวถ่วงน้ำหนัก" in said
    assert "\u2060" not in said


@pytest.mark.parametrize(
    ("words", "thai", "english"),
    [
        (["status"], "ยังไม่ได้ระบุ PROJECT", "not given: PROJECT"),
        (["frob"], "คำสั่ง เป็น frob ไม่ได้ เลือกได้จาก init, projects,", "COMMAND cannot be frob; choose from init, projects,"),
        (["history", "x", "--limit", "-5"], "--limit ต้องเป็นจำนวนเต็มตั้งแต่ 1 ขึ้นไป แต่ระบุเป็น -5", "--limit must be a whole number of at least 1, not -5"),
        (["history", "x", "--limit"], "หลัง --limit ต้องมีค่าหนึ่งค่า", "--limit needs one value after it"),
        (["projects", "--json=x"], "--json ไม่รับค่า", "--json takes no value"),
        (["projects", "--jso"], "ไม่รู้จัก --jso", "not known: --jso"),
        (["check", "a", "b"], "ไม่รู้จัก a, b", "not known: a, b"),
    ],
)
def test_what_is_wrong_with_the_words_is_said_in_the_language_asked_for(run: Run, words: list[str], thai: str, english: str):
    ran = {language: run("--lang", language, *words) for language in LANGUAGES}
    assert [one.status for one in ran.values()] == [2, 2]
    assert (f"({thai}" in ran["th"].err, f"({english}" in ran["en"].err) == (True, True)
    assert not THAI.search(ran["en"].err)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS), *(["person", name] for name in PERSON_COMMANDS)])
def test_every_command_has_help_in_the_language_asked_for(run: Run, words: list[str], language: str):
    ran = run("--lang", language, *words, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert bool(THAI.search(ran.out)) == (language == "th")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_says_as_the_guide_does_what_alone_is_possible_while_the_program_runs(run: Run, language: str):
    guide = (ROOT / "docs" / "operations.md").read_text("utf-8")
    told = re.search({"th": "ใช้ได้(เฉพาะ.*?) \\(", "en": "running (only.*?) \\("}[language], guide)[1].replace("`", "")
    assert told in " ".join(run("--lang", language, "--help").out.split())
    assert "status" in told


def test_the_help_names_every_command(run: Run):
    shown = run("--help").out
    assert [name for name in COMMANDS if f"\n    {name} " not in shown] == []
    assert [name for name in PERSON_COMMANDS if f"\n    {name} " not in run("person", "--help").out] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_json_and_language_are_understood_after_every_command(run: Run, name: str):
    ran = run(name, *WORDS.get(name, []), "--json", "--lang", "en")
    assert ran.status in (0, 1)
    assert ran.data
    assert not THAI.search(ran.err)


def test_options_may_stand_before_the_command(run: Run, database: Path):
    a_new_database(database)
    assert run("--json", "--lang", "en", "projects").data == {"projects": []}


def test_a_refusal_as_json_keeps_its_shape(run: Run):
    ran = run("projects", "--json")
    assert sorted(ran.data["refused"]) == ["code", "mistakes", "sentence"]
    assert ran.err == ran.data["refused"]["sentence"] + "\n"


def test_the_database_of_the_installation_is_used_when_none_is_named(monkeypatch: pytest.MonkeyPatch, database: Path, capsys):
    monkeypatch.setenv("NINE_STEPS_DB", str(database))
    assert main(["init"]) == 0
    assert database.is_file()


@pytest.mark.parametrize("encoding", ["cp1252", "cp874", "ascii"])
def test_thai_reaches_a_console_of_any_code_page(database: Path, encoding: str, monkeypatch: pytest.MonkeyPatch):
    out, err = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding))
    assert [main(["--db", str(database), *words]) for words in (["init"], ["status", "x"])] == [0, 1]
    assert out.getvalue().decode("utf-8").startswith("สร้างฐานข้อมูล ")
    assert THAI.search(err.getvalue().decode("utf-8"))


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another fault there")
def test_a_reader_who_has_read_enough_sees_no_traceback(run: Run, lampang: str, database: Path):
    command = f"'{sys.executable}' -m pso_core --db '{database}' history {lampang} | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("language", "said"), [("th", "คะแนนของรอบที่ปิดแล้วจึงจะคงเดิม"), ("en", "closed rounds then keep their figures")])
def test_the_help_for_export_says_what_the_history_keeps(run: Run, language: str, said: str):
    ran = run("--lang", language, "export", "--help")
    assert (ran.status, said.replace(" ", "") in "".join(ran.out.split())) == (0, True)  # wherever its lines are cut
