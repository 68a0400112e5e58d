"""The two commands, as a person types them: from anywhere, in a folder with a Thai name and spaces."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.tree import ROOT, kept_files

PARTS = ("nine_steps.py", "streamlit_app.py", "requirements.txt", "requirements-dev.txt", "pyproject.toml", ".streamlit", "pages", "pso_core", "data")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in a folder of its own, its packages borrowed from this Python so that nothing is downloaded."""
    folder = tmp_path_factory.mktemp("งาน") / "เก้า ขั้น"
    for file in kept_files():
        if file.relative_to(ROOT).parts[0] in PARTS:
            (folder / file.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, folder / file.relative_to(ROOT))
    script = _as_module(folder / "nine_steps.py")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", script.VENV], check=True)
    borrowed = [path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}]
    (Path(_site_packages(script.PYTHON)) / "borrowed.pth").write_text("\n".join(borrowed), "utf-8")
    (script.VENV / "installed-requirements.txt").write_text(script.fingerprint(script.PROGRAM), "utf-8")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to another process; there Ctrl+C is tried by hand")
def test_it_starts_from_another_folder_says_where_it_is_and_ends_cleanly(copy: Path, tmp_path: Path):
    port = free_port()
    process = _begin(copy, "start", "--port", str(port), "--db", "ข้อมูล.duckdb", cwd=tmp_path)
    try:
        lines = [process.stdout.readline() for _ in range(4)]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=20)
    assert lines[:2] == [f"เก้าขั้นพร้อมใช้งานที่ http://127.0.0.1:{port}\n", f"Nine Steps is ready at http://127.0.0.1:{port}\n"]
    assert rest == "ปิดโปรแกรมแล้ว\nThe program is closed.\n"
    assert complaints == ""
    assert process.returncode == 0
    assert (tmp_path / "ข้อมูล.duckdb").exists()


def test_a_taken_port_is_said_kindly(copy: Path, tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = _run(copy, "start", "--port", str(port), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == _both("port_taken", port=port, url=f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(("host", "port"), [("203.0.113.7", 8501), ("no.such.invalid", 8501), ("127.0.0.1", 99999)])
def test_an_address_that_is_not_this_machines_is_said_kindly(copy: Path, tmp_path: Path, host: str, port: int):
    done = _run(copy, "start", "--host", host, "--port", str(port), cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()) == (1, _both("address_refused", host=host, port=port))


def test_without_packages_it_says_what_to_do(tmp_path: Path):
    folder, empty = tmp_path / "โปรแกรม", tmp_path / "ว่าง"
    empty.mkdir()
    (folder / "data").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "text", folder / "data" / "text")
    for file in ("nine_steps.py", "requirements.txt"):
        shutil.copy2(ROOT / file, folder)
    done = _run(folder, "start", "--port", str(free_port()), "--packages", str(empty), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == _both("preparing") + _both("no_packages", log=folder / ".venv" / "install.log")
    assert list(folder.glob(".venv/installed-*")) == []


def test_an_old_python_can_read_the_script_and_is_told():
    source = (ROOT / "nine_steps.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 6))
    program = "import sys, runpy; sys.version_info = (3, 10, 4); sys.argv = ['nine_steps.py']; runpy.run_path({!r}, run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program.format(str(ROOT / "nine_steps.py"))], capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout.splitlines()) == (1, _both("python_too_old", version="3.10"))


@pytest.mark.parametrize("word", ["strat", "--port=8502", "--packages=packages"])
def test_a_wrong_word_or_an_option_alone_shows_the_commands(word: str):
    done = _run(ROOT, word, cwd=ROOT)
    assert done.returncode == 2
    assert "start | test | bench" in done.stderr


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_sentences_read_line_by_line_are_those_of_the_file(language: str):
    script = _as_module(ROOT / "nine_steps.py")
    written = tomllib.loads((ROOT / "data" / "text" / language / "start.toml").read_text("utf-8"))
    for name, text in [*((n, t) for n, t in written.items() if n != "help"), *((f"help.{n}", t) for n, t in written["help"].items())]:
        facts = dict.fromkeys(re.findall(r"{(\w+)}", text), "…")
        assert script.sentence(language, f"start.{name}", facts) == text.format(**facts)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to another process; there Ctrl+C is tried by hand")
def test_ctrl_c_reaches_the_server_too_and_nobody_complains(copy: Path, tmp_path: Path):
    port = free_port()
    process = _begin(copy, "start", "--port", str(port), "--db", "a.duckdb", cwd=tmp_path)
    assert "Ctrl+C" in [process.stdout.readline() for _ in range(4)][3]
    os.killpg(process.pid, signal.SIGINT)  # what a terminal does
    said, complaints = process.communicate(timeout=20)
    assert (process.returncode, said, complaints) == (0, "ปิดโปรแกรมแล้ว\nThe program is closed.\n", "")


def _begin(folder: Path, *words: str, cwd: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, str(folder / "nine_steps.py"), *words],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def _run(folder: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess:
    process = _begin(folder, *words, cwd=cwd)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _both(name: str, **facts: object) -> list[str]:
    return [
        tomllib.loads((ROOT / "data" / "text" / language / "start.toml").read_text("utf-8"))[name].format(**facts) for language in ("th", "en")
    ]


def _as_module(path: Path):
    spec = importlib.util.spec_from_file_location("nine_steps_there", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _site_packages(python: Path) -> str:
    asked = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True)
    return asked.stdout.strip()
