"""Accounts by command. A password is never a word of the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pso_core.actions.sign_in import prove
from pso_core.errors import PsoError
from pso_core.office import opened
from tests.building import a_new_database
from tests.cli.conftest import Ran, Run
from tests.tree import ROOT

PASSWORD, OTHERWISE = "ข้าวเหนียวมะม่วง 2569", "อย่างอื่น"


Piped = Callable[..., Ran]


@pytest.fixture
def piped(run: Run, monkeypatch: pytest.MonkeyPatch) -> Piped:
    """A person command that finds a password on its standard input."""

    def piped(*words: str, said: str = f"{PASSWORD}\n") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said.encode()), encoding="ascii"))
        return run("person", *words, "--stdin")

    return piped


@pytest.fixture
def admin(piped: Piped, database: Path) -> str:
    a_new_database(database)
    assert piped("add", "admin", "--name", "ผู้ดูแล", "--role", "administrator").status == 0
    return "admin"


def may_sign_in(database: Path, login: str, password: str) -> bool:
    with opened(database) as office:
        try:
            return prove(office, login, password, "here").login == login
        except PsoError as refusal:
            assert refusal.code == "sign_in_wrong"
            return False


def test_the_first_administrator_can_sign_in(admin: str, database: Path):
    assert may_sign_in(database, admin, PASSWORD)
    with opened(database) as office:
        assert [(event.actor_id, event.action) for event in office.store.person_events.newest()] == [("cli", "added")]


def test_a_password_with_a_byte_order_mark_and_windows_line_end_is_the_same(piped: Piped, database: Path):
    a_new_database(database)
    done = piped("add", "malee", "--name", "มาลี", "--role", "member", said=f"\ufeff{PASSWORD}\r\n")
    assert (done.status, done.err) == (0, "")
    assert may_sign_in(database, "malee", PASSWORD)


def test_the_person_as_json_keeps_its_shape_and_has_no_password(piped: Piped, database: Path):
    a_new_database(database)
    ran = piped("add", "malee", "--name", " มาลี  แสนดี ", "--role", "member", "--position", "นักวิชาการ", "--json")
    with opened(database) as office:
        id_ = office.store.people.by_login("MALEE").id
    assert ran.data == {
        "person": {"id": id_, "login": "malee", "name": "มาลี แสนดี", "position": "นักวิชาการ", "division": "", "role": "member", "active": True}
    }


def test_a_role_changes_but_the_last_administrator_stays(run: Run, piped: Piped, admin: str, database: Path):
    piped("add", "malee", "--name", "มาลี", "--role", "member")
    assert run("person", "role", "malee", "head", "--json").data["person"]["role"] == "head"
    for words in (("role", admin, "member"), ("disable", admin)):
        ran = run("person", *words)
        assert (ran.status, ran.err) == (1, "ต้องมีผู้ดูแลระบบที่ใช้งานได้อย่างน้อยหนึ่งคน โปรดให้ผู้อื่นเป็นผู้ดูแลระบบก่อน\n")


def test_a_disabled_person_stays_out_until_enabled_again(run: Run, piped: Piped, admin: str, database: Path):
    piped("add", "malee", "--name", "มาลี", "--role", "member")
    assert run("person", "disable", "malee", "--json").data["person"]["active"] is False
    assert not may_sign_in(database, "malee", PASSWORD)
    ran = run("person", "enable", "malee", "--lang", "en")
    assert (ran.status, ran.out) == (0, "The account of มาลี (user name malee) is open again.\n")
    assert may_sign_in(database, "malee", PASSWORD)


def test_a_new_password_replaces_the_old(run: Run, piped: Piped, admin: str, database: Path):
    assert piped("password", admin, said="อีกรหัสหนึ่งที่ยาวพอ\n").status == 0
    assert (may_sign_in(database, admin, "อีกรหัสหนึ่งที่ยาวพอ"), may_sign_in(database, admin, PASSWORD)) == (True, False)


REFUSED = (
    (("add", "admin", "--name", "ก", "--role", "member"), PASSWORD, "login_taken"),
    (("add", "a b", "--name", "ก", "--role", "member"), PASSWORD, "login_unfit"),
    (("add", "b", "--name", " ", "--role", "member"), PASSWORD, "name_missing"),
    (("add", "b", "--name", "ก", "--role", "member"), "สั้น", "password_short"),
    (("add", "b", "--name", "ก", "--role", "member"), "", "password_missing"),
    (("password", "nobody"), PASSWORD, "person_not_found"),
)  # fmt: skip


def test_what_makes_no_account_is_refused(piped: Piped, admin: str, database: Path):
    ran = {code: piped(*words, "--json", said=said) for words, said, code in REFUSED}
    assert {code: (one.status, one.data.get("refused", {}).get("code")) for code, one in ran.items()} == {code: (1, code) for code in ran}
    with opened(database) as office:
        assert [person.login for person in office.store.people.all()] == ["admin"]


def test_without_a_terminal_a_password_is_not_asked_for_and_no_account_changes(run: Run, admin: str, database: Path, monkeypatch: pytest.MonkeyPatch):
    with open(os.devnull, encoding="utf-8") as nobody:
        for stdin in (nobody, io.StringIO("ไม่ได้ถาม 2569\n")):
            monkeypatch.setattr(sys, "stdin", stdin)
            for words in (("add", "b", "--name", "B", "--role", "member"), ("password", "admin")):
                ran = run("person", *words, "--json", "--lang", "en")
                assert (ran.status, ran.data["refused"]["code"]) == (1, "password_unasked")
                assert ran.err.startswith("A password cannot be asked for without a terminal.")
    with opened(database) as office:
        assert [person.login for person in office.store.people.all()] == ["admin"]
    assert may_sign_in(database, "admin", PASSWORD)


TWICE = """import sys
from pso_core.cli.main import main
for login in ("malee", "somchai"):
    print("status", main(["--db", sys.argv[1], "--lang", "en", "person", "add", login, "--name", "M", "--role", "member"]))"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals in the standard library")
def test_at_a_terminal_the_password_is_asked_for_twice_and_never_shown(database: Path):
    """Typed again in other words the first time; both commands in one process, for to begin one takes a second."""
    a_new_database(database)
    ours, theirs = os.openpty()
    process = subprocess.Popen([sys.executable, "-c", TWICE, str(database)], stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True)
    os.close(theirs)
    shown = []
    for again, end in ((OTHERWISE, b"status 1"), (PASSWORD, b"status 0")):
        said = b""
        for question, typed in ((b"Password (not shown): ", PASSWORD), (b"Password again: ", again)):
            said += _until(ours, question)
            os.write(ours, f"{typed}\n".encode())
        shown.append(said + _until(ours, end))
    _until(ours, None)
    assert process.wait(30) == 0
    os.close(ours)
    assert [word for word in (PASSWORD, OTHERWISE) for said in shown if word.encode() in said] == []
    assert [(b"Added M" in said, end in said) for said, end in zip(shown, (b"status 1", b"status 0"), strict=True)] == [(False, True), (True, True)]


def _until(terminal: int, words: bytes | None) -> bytes:
    """What the terminal showed until these words, or until the end."""
    shown, deadline = b"", time.monotonic() + 60
    while time.monotonic() < deadline and (words is None or words not in shown):
        try:
            part = os.read(terminal, 1024)
        except OSError:  # the other side is closed
            return shown
        if not part:
            return shown
        shown += part
    return shown
