"""Around the pages: headers, compression, the server file, the backup through it, and a start that is refused."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pso_core.store import Store
from pso_core.text.phrases import phrases
from tests.servers import ROOT, Server, free_port, running
from tests.web.visitor import Visitor


def test_every_answer_refuses_frames_guessed_types_and_foreign_scripts(stranger: Visitor, enter: Callable[[str], Visitor]):
    for answer in (stranger.open("/sign-in"), stranger.ask("/"), enter("member").open("/"), stranger.open("/app/static/favicon.png")):
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert re.search(r"(default|script)-src [^;]*('unsafe-inline'|\*|https?:)", policy) is None
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_the_door_allows_no_script_at_all_and_is_never_kept(stranger: Visitor):
    door = stranger.open("/sign-in")
    assert door.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "script" not in door.body
    assert door.headers["cache-control"] == "no-store"


def test_streamlit_s_own_scripts_travel_compressed_and_arrive_whole(enter: Callable[[str], Visitor]):
    member = enter("member")
    script = re.search(r'src="\.(/static/js/index[^"]*\.js)"', member.open("/").body)[1]
    plain, small = member.ask(script), member.ask(script, accept_encoding="gzip")
    assert (plain.headers["content-encoding"], small.headers["content-encoding"]) == (None, "gzip")
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2


def test_compressing_reads_no_file_outside_its_folder(enter: Callable[[str], Visitor]):
    member = enter("member")
    for path in ("/static/../index.html", "/static/js/../../../web/cli.py", "/static/no-such.js", "/static/%2e%2e/proto/BackMsg_pb2.py"):
        answer = member.ask(path, accept_encoding="gzip")
        assert (path, "import " in answer.body, answer.headers["content-encoding"]) == (path, False, None)


def test_the_server_file_says_how_to_reach_it_to_its_owner_only(office_server: Server):
    path = server_file_of(office_server.database)
    told = json.loads(path.read_text("utf-8"))
    assert (told["pid"], told["address"]) == (office_server.pid, office_server.url)
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_server_file_is_gone_when_the_server_has_ended(database: Path):
    with running(database):
        assert server_file_of(database).exists()
    assert not server_file_of(database).exists()


def test_a_backup_through_the_running_server_opens(office_server: Server, tmp_path: Path):
    target = tmp_path / "copy.duckdb"
    answer = ask_for_backup(office_server, {"file": str(target)})
    told = json.loads(answer.body)
    assert (answer.status, told["sha256"]) == (200, hashlib.sha256(target.read_bytes()).hexdigest())
    copy = Store.open(target)
    assert {person.login for person in copy.people.all()} == {"admin", "member"}
    copy.close()


def test_a_refused_backup_says_why_in_a_code(office_server: Server, tmp_path: Path):
    target = tmp_path / "copy.duckdb"
    target.write_bytes(b"somebody's")
    answer = ask_for_backup(office_server, {"file": str(target)})
    assert (answer.status, json.loads(answer.body)["code"]) == (409, "backup_exists")
    assert target.read_bytes() == b"somebody's"


@pytest.mark.parametrize("body", [{"file": "copy.duckdb"}, {"file": 7}, {}, ["x"], "x"], ids=str)
def test_a_backup_to_no_clear_place_is_refused(office_server: Server, body: object):
    assert ask_for_backup(office_server, body).status == 400


def test_a_backup_needs_the_token_of_the_server_file(enter: Callable[[str], Visitor], tmp_path: Path):
    target, administrator = tmp_path / "copy.duckdb", enter("admin")
    body = json.dumps({"file": str(target)}).encode()
    for authorization in ("", "Bearer ", "Bearer x", "Basic YTpi"):
        answer = administrator.ask("/admin/backup", "POST", body, authorization=authorization)
        assert (authorization, answer.status, target.exists()) == (authorization, 401, False)


START = {
    "uvicorn": ["-m", "uvicorn", "streamlit_app:app", "--host", "127.0.0.1", "--port"],
    "streamlit run": ["-m", "streamlit", "run", "streamlit_app.py", "--server.port"],
}


@pytest.mark.parametrize("how", START)
def test_a_second_server_ends_with_the_sentence_that_names_the_first(office_server: Server, how: str):
    ended = started(START[how], database=office_server.database)
    facts = {"file": office_server.database.name, "pid": office_server.pid}
    assert ended.stderr.splitlines()[-2:] == [phrases(language)("refusals.database_in_use", **facts) for language in ("th", "en")]
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)


def test_a_damaged_database_ends_the_start_with_a_sentence(database: Path):
    database.write_bytes(b"no database " * 1000)
    ended = started(START["uvicorn"], database=database)
    assert ended.stderr.splitlines()[-2:] == [phrases(language)("refusals.database_damaged", file=database.name) for language in ("th", "en")]
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)


def test_a_start_without_its_settings_is_refused(database: Path, tmp_path: Path):
    ended = started(["-m", "uvicorn", "--app-dir", str(ROOT), *START["uvicorn"][2:]], database=database, folder=tmp_path)
    assert ended.stderr.splitlines()[-2:] == [phrases(language)("refusals.wrong_folder", folder=ROOT) for language in ("th", "en")]
    assert (ended.returncode, database.exists()) == (1, False)


def started(words: list[str], *, database: Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    environment = {**os.environ, "PYTHONUTF8": "1", "NINE_STEPS_DB": str(database)}
    command = [sys.executable, *words, str(free_port())]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60)


def ask_for_backup(server: Server, body: object):
    token = json.loads(server_file_of(server.database).read_text("utf-8"))["token"]
    return Visitor(server.url).ask("/admin/backup", "POST", json.dumps(body).encode(), authorization=f"Bearer {token}")


def server_file_of(database: Path) -> Path:
    return database.with_name(database.name + ".server.json")
