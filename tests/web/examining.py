"""Two projects with packs, a link to one of them, and examiners at the routes themselves: no network, and a clock that a test turns."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from pso_core.actions.evidence import attach
from pso_core.actions.examiner import open_link
from pso_core.office import Office, opened
from pso_core.press.build import make, order
from pso_core.store.packs import Pack
from pso_core.web.examiner import path_of
from pso_core.web.gate import Gate
from pso_core.web.headers import SecurityHeaders
from pso_core.web.origin import SameOrigin
from pso_core.web.server import ROUTES
from tests.actions.conftest import Clock
from tests.actions.files import picture
from tests.apart import run_apart
from tests.building import PEOPLE, a_new_database, an_empty_project, person, write

HEAD = person("head")
OLD, NEW, LATER, THEIRS, LOST = (picture("PNG", size, size) for size in (11, 12, 13, 14, 15))  # each content is another file
HOST = "nine.example"


@dataclass(frozen=True)
class Examined:
    """`pack` is of `project` with OLD and without LOST, whose content was not there; since then it was found, NEW was attached, LATER registered, and `newer` made. `other` is another project's."""

    office: Office
    clock: Clock
    project: str
    pack: Pack
    newer: Pack
    other: Pack
    pieces: dict[str, str]  # code → evidence id, and "theirs"

    def link(self, pack: Pack | None = None, given_to: str = "สำนักงาน ก.พ.ร.", days: int = 14) -> str:
        """The secret of a new link."""
        pack = pack or self.pack
        return open_link(self.office, HEAD, pack.project_id, pack.id, given_to, days)


@contextmanager
def two_projects(database: Path, clock: Clock | None = None) -> Iterator[Examined]:
    clock = clock or Clock()
    a_new_database(database)
    with opened(database, clock=clock) as office:
        office.store.people.add(tuple(PEOPLE.values()), "p-admin", clock())
        project, other = an_empty_project(office), an_empty_project(office)
        pieces = {"1-01": _piece(office, project, "1-01", "บัญชีฐานข้อมูล", OLD), "1-02": _piece(office, project, "1-02", "แฟ้มที่หาย", LOST)}
        office.store.contents.drop(sha256(LOST).hexdigest())
        write(office, project, "weight", criterion="coverage", weight=15)  # the one chart that there is to draw
        pack = _pack(office, project)
        office.store.contents.put(io.BytesIO(LOST), len(LOST))
        attach(office, person("member"), project, pieces["1-01"], "ใหม่.png", io.BytesIO(NEW))
        pieces["1-03"] = _piece(office, project, "1-03", "ลงทะเบียนทีหลัง", LATER)
        write(office, project, "weight", criterion="speed", weight=25)
        newer = _pack(office, project)
        pieces["theirs"] = _piece(office, other, "1-01", "ของอีกโครงการ", THEIRS)
        yield Examined(office, clock, project, pack, newer, _pack(office, other), pieces)


def _piece(office: Office, project: str, code: str, title: str, content: bytes) -> str:
    id_ = write(office, project, "evidence", criterion="coverage", code=code, title=title, form="file").ids[0]
    indicator = next(office.store.state(project).where("indicator", criterion="coverage"), None)
    indicator_id = indicator.id if indicator else write(office, project, "indicator", criterion="coverage", name="ตัวชี้วัด 1").ids[0]
    write(office, project, "support", evidence=id_, indicator=indicator_id, level=1)
    attach(office, person("member"), project, id_, "ภาพ.png", io.BytesIO(content))
    return id_


def _pack(office: Office, project: str) -> Pack:
    return make(office, HEAD, order(office, HEAD, project, "th", False))


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> str:
        return self.content.decode("utf-8", "replace")


@dataclass
class Examiner:
    """Asks the routes behind the gate as a browser would."""

    secret: str
    address: str = "10.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, more: str = "", method: str = "GET", **headers: str) -> Reply:
        return self.ask(path_of(self.secret) + more, method, **headers)

    def send(self, text: str = "ขอทะเบียนฉบับเต็ม", origin: str = f"http://{HOST}", **typed: str) -> Reply:
        fields = {"name": "นางสาวตรวจ", "sort": "question", "about": "", "text": text, **typed}
        return self.ask(f"{path_of(self.secret)}/questions", "POST", urlencode(fields).encode(), origin=origin)

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Reply:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = {"host": HOST, "accept": "text/html", **({"cookie": cookies} if cookies else {}), **headers}
        plain, _, query = path.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method, "scheme": "http", "path": unquote(plain), "raw_path": plain.encode(),
            "query_string": query.encode(), "root_path": "", "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": (self.address, 1), "server": (HOST, 80), "state": {},
        }  # fmt: skip
        return run_apart(_reply, scope, body)


_APP = Starlette(routes=ROUTES, middleware=[Middleware(part) for part in (SecurityHeaders, SameOrigin, Gate)])


async def _reply(scope: dict, body: bytes) -> Reply:
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    await _APP(scope, receive, send)
    headers = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examined]:
    with two_projects(tmp_path_factory.mktemp("office") / "nine.duckdb") as made:
        yield made


@pytest.fixture
def examiner(here: Examined) -> Examiner:
    return Examiner(here.link())
