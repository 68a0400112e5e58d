"""Attached files over the web: to whoever signed in and nobody else, to be saved and not to be run."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from pso_core.actions.sign_in import begin_session
from pso_core.actions.uploads import received
from pso_core.domain.people import ROLES
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.store import Write, contents_of
from pso_core.store.contents import Contents
from pso_core.web.cookies import SESSION
from pso_core.web.files import path_of
from tests.actions.files import pdf, picture
from tests.building import an_empty_project, an_office, person
from tests.servers import Server, running
from tests.web.visitor import Answer, Visitor

NAME = "แผนพัฒนา “ปี 2569”; ฉบับที่ 1.pdf"
PDF, PNG = pdf(), picture("PNG")
LARGE = b"%PDF-1.7\n" + os.urandom(9 * 2**20)
ODD = [
    "", "x", "{project}", "{project}/", "{project}/agency", "{project}/project", "{project}/nothing", "nothing/attachment:a/1", "{project}/attachment:a/1/x",
    "{project}/attachment:gone/1", "{project}/attachment:lost/1", "{project}/attachment:altered/1", "{project}/attachment:path/1", "%E0%B8%81/%E0%B8%81",
    "{project}/" + "a" * 5000,
]  # fmt: skip
NOT_EVEN_A_PATH = ["{project}/%00", "%00/%00", "../{project}/attachment:a/1", "{project}/..%2f..%2fnine.duckdb"]


@dataclass(frozen=True)
class Served:
    server: Server
    project: str
    tokens: dict[str, str]

    def visitor(self, role: str) -> Visitor:
        return Visitor(self.server.url, {SESSION: self.tokens[role]})

    def get(self, entity_id: str, role: str = "member", method: str = "GET", **headers: str) -> Answer:
        return self.visitor(role).ask(path_of(self.project, entity_id), method, **headers)


def attach(office: Office, project: str, entity_id: str, data: bytes, sent_as: str = NAME, **changed: object) -> None:
    taken = received(office, sent_as, io.BytesIO(data))
    body = {"evidence": "evidence:a", "number": 1, "name": taken.name, "media_type": taken.media_type, "bytes": taken.bytes, "sha256": taken.sha256}
    office.store.commit(project, [Write(entity_id, "attachment", 0, body | changed)], person_id="p-member", action="attach")


def fill(office: Office, project: str) -> None:
    """A file as it should be, and every odd one."""
    attach(office, project, "attachment:a/1", PDF)
    attach(office, project, "attachment:large/1", LARGE, "ใหญ่.pdf")
    attach(office, project, "attachment:page/1", PNG, "a.png", media_type="text/html", name="a.html")
    attach(office, project, "attachment:lines/1", PNG, "a.png", name="a\r\nset-cookie: x=y\r\n.png")
    attach(office, project, "attachment:text/1", "ข้อความ".encode("cp874"), "ก.txt")
    attach(office, project, "attachment:path/1", PNG, "a.png", sha256="../../nine.duckdb")
    attach(office, project, "attachment:lost/1", picture("PNG", 7, 7), "a.png")
    attach(office, project, "attachment:altered/1", picture("PNG", 8, 8), "a.png")
    attach(office, project, "attachment:gone/1", PNG, "a.png")
    office.store.commit(project, [Write("attachment:gone/1", "attachment", 1, None)], person_id="p-member", action="remove")
    sha256 = {row.id: row["sha256"] for row in office.store.state(project).of("attachment")}
    office.store.contents.drop(sha256["attachment:lost/1"])
    office.store.contents.path_of(sha256["attachment:altered/1"]).write_bytes(b"<script>")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = tmp_path_factory.mktemp("office") / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        project = an_empty_project(office)
        fill(office, project)
        tokens = {role: begin_session(office, person(role).id) for role in ROLES}
    with running(database) as server:
        yield Served(server, project, tokens)


def test_the_address_holds_the_whole_id_of_the_row(served: Served):
    assert path_of("โครงการ/ก?", "attachment:a b/1") == "/file/%E0%B9%82%E0%B8%84%E0%B8%A3%E0%B8%87%E0%B8%81%E0%B8%B2%E0%B8%A3%2F%E0%B8%81%3F/attachment%3Aa%20b/1"
    for written in ("attachment:a/1", "attachment%3Aa%2F1"):
        assert served.visitor("viewer").ask(f"/file/{served.project}/{written}").content == PDF
    assert KINDS["attachment"].id_of({"evidence": "evidence:a", "number": 1}) == "attachment:a/1"


@pytest.mark.parametrize("role", ROLES)
def test_whoever_signed_in_gets_the_file_as_it_was_attached(served: Served, role: str):
    answer = served.get("attachment:a/1", role)
    assert (answer.status, answer.content, answer.headers["content-length"]) == (200, PDF, str(len(PDF)))


def test_the_browser_is_told_to_save_it_under_its_name_and_to_run_nothing(served: Served):
    headers = served.get("attachment:a/1").headers
    form, _, name = headers["content-disposition"].partition("; filename*=UTF-8''")
    assert (form, unquote(name), name.isascii()) == ("attachment", NAME, True)
    assert ";" not in name and '"' not in name
    told = {name: headers[name] for name in ("content-type", "x-content-type-options", "content-security-policy", "cache-control", "x-frame-options", "accept-ranges")}
    assert told == {
        "content-type": "application/pdf", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-store", "x-frame-options": "DENY", "accept-ranges": "none",
    }  # fmt: skip


def test_the_type_is_that_of_the_row_and_never_one_that_runs(served: Served):
    page, text = served.get("attachment:page/1"), served.get("attachment:text/1")
    assert (page.content, page.headers["content-type"]) == (PNG, "application/octet-stream")
    assert (text.headers["content-type"], text.content.decode("cp874")) == ("text/plain", "ข้อความ")


def test_a_name_with_line_ends_adds_no_header(served: Served):
    answer = served.get("attachment:lines/1")
    assert (answer.status, answer.headers["set-cookie"], answer.content) == (200, None, PNG)
    assert unquote(answer.headers["content-disposition"]).endswith("''a set-cookie x=y.png")


def test_a_large_file_comes_whole_also_when_a_part_is_asked_for(served: Served):
    assert served.get("attachment:large/1").content == LARGE
    part = served.get("attachment:large/1", range="bytes=0-9")
    assert (part.status, len(part.content)) == (200, len(LARGE))


def test_the_head_alone_says_how_much_there_is(served: Served):
    answer = served.get("attachment:a/1", method="HEAD")
    assert (answer.status, answer.content, answer.headers["content-length"]) == (200, b"", str(len(PDF)))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_anything_odd_is_not_found(served: Served, odd: str, method: str):
    answer = served.visitor("administrator").ask("/file/" + odd.format(project=served.project), method)
    assert (answer.status, answer.content) == (404, b"not found" if method == "GET" else b"")
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("odd", NOT_EVEN_A_PATH)
def test_what_streamlit_takes_for_no_path_comes_no_further(served: Served, odd: str):
    answer = served.visitor("administrator").ask("/file/" + odd.format(project=served.project))
    assert (answer.status, b"PDF" in answer.content, b"DUCK" in answer.content) == (400, False, False)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_changed_at_this_address(served: Served, method: str):
    assert served.get("attachment:a/1", "administrator", method, origin=served.server.url).status == 405
    assert served.get("attachment:a/1").content == PDF


@pytest.mark.parametrize("cookie", [{}, {SESSION: ""}, {SESSION: "x" * 43}])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_stranger_gets_nothing_of_a_file_that_is_there(served: Served, cookie: dict[str, str], method: str):
    answer = Visitor(served.server.url, dict(cookie)).ask(path_of(served.project, "attachment:a/1"), method)
    assert (answer.status, b"PDF" in answer.content) == (401, False)
    door = Visitor(served.server.url, dict(cookie)).open(path_of(served.project, "attachment:a/1"))
    assert (door.status, door.content, door.leads_to.partition("?")[0]) == (303, b"", "/sign-in")


def test_the_server_logged_no_fault(served: Served):
    assert "Traceback" not in served.server.said()


def test_whoever_signed_out_gets_nothing(tmp_path: Path):
    database = tmp_path / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        project = an_empty_project(office)
        attach(office, project, "attachment:a/1", PDF)
        token = begin_session(office, person("member").id)
    with running(database) as server:
        visitor = Visitor(server.url, {SESSION: token})
        assert visitor.ask(path_of(project, "attachment:a/1")).content == PDF
        visitor.submit("/sign-out", {})
        visitor.cookies[SESSION] = token
        assert visitor.ask(path_of(project, "attachment:a/1")).status == 401
    assert len(list(Contents(contents_of(database)).all())) == 1
