"""A real server: whoever has an examiner's address gets through the gate there, and at no other address, by HTTP or websocket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from websockets.exceptions import InvalidStatus

from pso_core.actions.examiner import revoke_link
from pso_core.web.examiner import preview_path
from pso_core.web.files import path_of as file_path
from pso_core.web.gate import Gate
from pso_core.web.packs import path_of as pack_path
from tests.actions.conftest import Clock
from tests.apart import run_apart
from tests.servers import Server, running
from tests.web.examining import HEAD, OLD, two_projects
from tests.web.test_gate import CHANGES, FILES, LOOKALIKES, PAGES, STREAMLIT
from tests.web.visitor import Visitor


@dataclass(frozen=True)
class Served:
    """`closed`: secrets that open nothing any more. `behind`: addresses of what is really there for those who sign in."""

    server: Server
    secret: str
    piece: str
    closed: dict[str, str]
    behind: list[str]

    @property
    def address(self) -> str:
        return f"/examiner/{self.secret}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = tmp_path_factory.mktemp("office") / "nine.duckdb"
    clock = Clock(datetime.now(UTC))
    with two_projects(database, clock) as here:
        revoked = here.link()
        revoke_link(here.office, HEAD, here.project, here.office.store.examiner_links.find(revoked).id)
        clock.now -= timedelta(days=2)
        expired = here.link(days=1)
        clock.now += timedelta(days=2)
        files = [file_path(project, row.id) for project in (here.project, here.other.project_id) for row in here.office.store.state(project).of("attachment")]
        packs = [path(pack.project_id, pack.id) for pack in (here.pack, here.newer, here.other) for path in (pack_path, preview_path)]
        found = {"secret": here.link(), "piece": here.pieces["1-01"], "closed": {"revoked": revoked, "expired": expired, "never made": "x" * 43}}
    with running(database) as server:
        yield Served(server, behind=[*files, *packs, *(f"{packs[1]}/{more}" for more in ("pack", "questions", "chart/weights"))], **found)


@pytest.fixture
def examiner(served: Served) -> Visitor:
    """Has opened the address and kept whatever it gave."""
    visitor = Visitor(served.server.url)
    assert visitor.open(served.address).status == 200
    return visitor


def test_the_address_opens_without_an_account_and_signs_nobody_in(served: Served, examiner: Visitor):
    assert [examiner.open(f"{served.address}{more}").status for more in ("", "/questions", "/pack", "/report.pdf", "/chart/weights")] == [200] * 5
    assert examiner.open(f"{served.address}/file/{served.piece}").content == OLD
    assert examiner.cookies == {}


def test_a_question_is_taken_from_its_page_alone(served: Served, examiner: Visitor):
    typed = {"name": "นางสาวตรวจ", "sort": "question", "about": "", "text": "ขอทะเบียนฉบับเต็ม"}
    assert examiner.submit(f"{served.address}/questions", typed).status == 303
    assert [examiner.submit(f"{served.address}/questions", typed, origin=one).status for one in ("http://evil.example", "http://[no address")] == [403, 403]
    assert examiner.open(f"{served.address}/questions").body.count("<article>") == 1


@pytest.mark.parametrize("path", [*PAGES, *STREAMLIT, *LOOKALIKES, *FILES, "/pack/x/y", "/examiner-preview/x/y"])
def test_no_other_address_is_opened_by_it(served: Served, examiner: Visitor, path: str):
    door = examiner.ask(path, accept="text/html", referer=f"{served.server.url}{served.address}")
    assert (door.status, door.leads_to.partition("?")[0], door.body) == (303, "/sign-in", "")
    assert (examiner.ask(path).status, examiner.ask(path).body) == (401, "sign in first")


def test_what_the_pack_shows_is_not_reached_by_the_addresses_of_the_office(served: Served, examiner: Visitor):
    assert len(served.behind) == 5 + 6 + 3
    for path in served.behind:
        answer = examiner.ask(path)
        assert (answer.status, answer.body) == (401, "sign in first"), path


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_nothing_of_the_office_is_changed_by_any_method(served: Served, examiner: Visitor, method: str, path: str):
    assert examiner.ask(path, method, b"x").status == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_at_its_own_addresses_nothing_is_changed_but_by_asking(served: Served, examiner: Visitor, method: str):
    for more in ("", "/pack", "/report.pdf", "/chart/weights", f"/file/{served.piece}"):
        assert examiner.ask(f"{served.address}{more}", method, b"x").status == 405


@pytest.mark.parametrize(("method", "path"), [("POST", "/admin/backup"), ("POST", "/admin/remind"), ("GET", "/calendar/{}.ics")])
def test_what_asks_for_another_secret_is_not_opened_by_this(served: Served, examiner: Visitor, method: str, path: str):
    assert examiner.ask(path.format(served.secret), method, authorization=f"Bearer {served.secret}").status in (401, 403, 404)


@pytest.mark.parametrize("path", ["/_stcore/stream", "/", "{}", "{}/_stcore/stream", "{}/questions", "/examiner/_stcore/stream", "/step_9_certification"])
def test_no_websocket_is_opened_by_it(served: Served, examiner: Visitor, path: str):
    with pytest.raises(InvalidStatus) as refusal, examiner.socket(path.format(served.address)):
        pass
    assert refusal.value.response.status_code == 403


def test_the_gate_itself_lets_no_websocket_in(served: Served):
    """Behind it no route would take one; but that is not to be relied on."""
    reached, sent = [], []

    async def behind(scope: dict, _receive: object, _send: object) -> None:
        reached.append(scope["type"])

    async def connect() -> dict:
        return {"type": "websocket.connect"}

    async def told(message: dict) -> None:
        sent.append(message["type"])

    for kind in ("http", "websocket"):
        run_apart(Gate(behind), {"type": kind, "path": served.address, "headers": [], "method": "GET", "query_string": b""}, connect, told)
    assert (reached, sent) == (["http"], ["websocket.close"])


TRICKS = [
    "/examiner", "/examiner/", "//{}", "/{}", "{}/", "{}//", "{}/file/", "{}/file", "{}/..", "{}/../..", "{}/../../step_1_vision", "{}/%2e%2e/%2e%2e/settings", "{}/..%2f..%2fsettings",
    "{}/file/../../../settings", "{}/file/..%2f..%2fsettings", "{}/_stcore/metrics", "{}/_stcore/upload_file/0/0", "{}/static/js/index.js", "{}/app/static/x", "{}/media/x.png",
    "{}%00", "{}%0a", "{}/index.html", "{}/settings", "{}/step_1_vision", "{};/settings", "{}\\..\\settings", "/EXAMINER{}", "{}/file/evidence:x/../../../pack", "{}/chart", "{}/chart/", "{}/chart/weights/", "{}/chart/weights.png", "{}/chart/../../../settings",
    "{}/chart/..%2f..%2fsettings", "{}/chart/_stcore",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_with_the_path_leads_to_a_page_of_the_program(served: Served, examiner: Visitor, trick: str):
    for accept in ("text/html", "*/*"):
        answer = examiner.ask(trick.format(served.address), accept=accept)
        assert answer.status in (303, 400, 401, 404), trick
        assert ("streamlit" in answer.body.lower(), "metrics" in answer.body) == (False, False)
        assert answer.leads_to is None or answer.leads_to.startswith("/sign-in")


@pytest.mark.parametrize("which", ["revoked", "expired", "never made"])
def test_a_closed_address_shows_one_kind_page(served: Served, which: str):
    answer = Visitor(served.server.url).open(f"/examiner/{served.closed[which]}")
    assert (answer.status, answer.headers["cache-control"], answer.headers["referrer-policy"]) == (404, "no-store", "no-referrer")
    assert "หมดอายุ หรือถูกยกเลิกแล้ว" in answer.body.replace("\u2060", "")


def test_the_server_logged_no_fault_and_no_secret(served: Served):
    assert ("Traceback" in served.server.said(), served.secret in served.server.said()) == (False, False)
