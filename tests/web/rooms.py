"""A workshop room with a question or two, and phones at the routes themselves: no network, and a clock that a test turns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from anyio import sleep_forever
from starlette.applications import Starlette
from starlette.middleware import Middleware

from pso_core.actions import workshops
from pso_core.actions.sign_in import begin_session
from pso_core.actions.workshop_decisions import begin
from pso_core.actions.workshop_joining import HERE as THERE
from pso_core.actions.workshop_joining import roster
from pso_core.actions.workshops import Asked, Opening
from pso_core.domain.people import Person
from pso_core.domain.workshop.room import Room
from pso_core.office import Office, opened
from pso_core.web.cookies import LANGUAGE, SESSION
from pso_core.web.gate import Gate
from pso_core.web.headers import SecurityHeaders
from pso_core.web.origin import SameOrigin
from pso_core.web.server import ROUTES
from tests.actions.conftest import Clock
from tests.apart import run_apart
from tests.building import PEOPLE, a_new_database, an_empty_project, person

LEADER = person("facilitator")
HOST = "nine.example"
STAFF = tuple(Person(f"p-{number}", f"staff{number}", f"เจ้าหน้าที่คนที่ {number}", "นักวิเคราะห์", "ฝ่ายแผน", "member", True) for number in range(1, 9))
CRITERIA = ("coverage", "accuracy", "speed")
NAMES = {"coverage": "ความครอบคลุม", "accuracy": "ความถูกต้อง", "speed": "ความรวดเร็ว"}
SCORE = Asked(
    "score", "ความครอบคลุมของข้อมูล", ("indicator:x",),
    {"levels": [0, 1, 2, 3], "conditions": {str(level): f"เงื่อนไขของระดับ {level}" for level in range(4)}, "evidence": {"evidence:1": "1-01 ทะเบียน"}, "names": {}},
)  # fmt: skip
POINTS = Asked("points", "ค่าถ่วงน้ำหนัก", CRITERIA, {"names": NAMES, "total": 100})
ASKED = {
    "score": SCORE,
    "points": POINTS,
    "swing": Asked("swing", "ความสำคัญของเกณฑ์", CRITERIA, {"names": NAMES, "total": 100}),
    "rank": Asked("rank", "อันดับของเกณฑ์", CRITERIA, {"names": NAMES, "total": 100}),
    "tier": Asked("tier", "กลุ่มของภารกิจ", ("t1", "t2"), {"names": {"t1": "ภารกิจหนึ่ง", "t2": "ภารกิจสอง"}, "tiers": {"main": "หลัก", "secondary": "รอง", "support": "สนับสนุน"}}),
    "support": Asked("support", "ร่างวิสัยทัศน์", ("a", "b"), {"names": {"a": "ร่างที่หนึ่ง", "b": "ร่างที่สอง"}}),
    "dots": Asked("dots", "ข้อความใดสำคัญที่สุด", ("a", "b", "c"), {"names": {"a": "ร่างที่หนึ่ง", "b": "ร่างที่สอง", "c": "ร่างที่สาม"}, "each": 5, "on_one": 3}),
    "phrases": Asked("phrases", "วิสัยทัศน์ของเรา", (), {"names": {}}),
    "stance": Asked("stance", "เห็นด้วยกับแผนหรือไม่", ("plan",), {"names": {"plan": "แผน"}}),
    "best_worst": Asked("best_worst", "ตรวจค่าถ่วงน้ำหนัก", CRITERIA, {"names": NAMES, "total": 100}),
}
ANSWERS: dict[str, dict[str, str]] = {
    "score": {"level": "2", "reason": "มีทะเบียนครบ", "evidence": "evidence:1"},
    "points": {"on:coverage": "50", "on:accuracy": "30", "on:speed": "20"},
    "swing": {"on:coverage": "100", "on:accuracy": "50", "on:speed": "25"},
    "rank": {"on:coverage": "1", "on:accuracy": "2", "on:speed": "2"},
    "tier": {"on:t1": "main", "on:t2": "support"},
    "support": {"on:a": "3", "on:b": "1"},
    "dots": {"on:a": "3", "on:b": "2"},
    "phrases": {"text": "ข้อมูลถูกต้อง\nประชาชนเชื่อถือ"},
    "stance": {"stance": "against", "reason": "งบประมาณไม่พอ"},
    "best_worst": {"best": "coverage", "worst": "speed", "over:accuracy": "2", "over:speed": "8", "under:accuracy": "5"},
}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: list[tuple[str, str]]
    content: bytes

    @property
    def body(self) -> str:
        return self.content.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """What is read, and what stands in the fields."""
        return unescape(self.body)

    def header(self, name: str) -> str:
        return next((value for given, value in self.headers if given == name), "")

    @property
    def leads_to(self) -> str:
        return self.header("location")


@dataclass
class Phone:
    """Keeps cookies as a browser does, by their paths."""

    address: str = "10.0.0.1"
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)  # name → (value, path)

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask(path, **headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Reply:
        return self.ask(path, "POST", urlencode(fields).encode(), **({"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"} | headers))

    def sign_in(self, office: Office, who: str) -> Phone:
        self.cookies[SESSION] = (begin_session(office, person(who).id), "/")
        return self

    def speak(self, language: str) -> Phone:
        self.cookies[LANGUAGE] = (language, "/")
        return self

    @property
    def token(self) -> str:
        return self.cookies["room"][0]

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Reply:
        plain, _, query = path.partition("?")
        reply = run_apart(_reply, self.scope(plain, query, method, headers), body)
        for name, value in reply.headers:
            if name == "set-cookie":
                for morsel in SimpleCookie(value).values():
                    self.cookies[morsel.key] = (morsel.value, morsel["path"])
        return reply

    def scope(self, path: str, query: str = "", method: str = "GET", headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        sent = [f"{name}={value}" for name, (value, under) in self.cookies.items() if path == under or path.startswith(under.rstrip("/") + "/")]
        given = {"host": HOST, "accept": "text/html", **({"cookie": "; ".join(sent)} if sent else {}), **{name.replace("_", "-"): value for name, value in (headers or {}).items()}}
        return {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": method, "scheme": "http", "path": unquote(path),
            "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": (self.address, 1), "server": (HOST, 80), "state": {},
        }  # fmt: skip


APP = Starlette(routes=ROUTES, middleware=[Middleware(part) for part in (SecurityHeaders, SameOrigin, Gate)])


async def _reply(scope: dict, body: bytes) -> Reply:
    sent: list[dict] = []
    posted = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> dict:
        return next(posted, None) or await sleep_forever()

    async def send(message: dict) -> None:
        sent.append(message)

    await APP(scope, receive, send)
    headers = [(name.decode(), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    return Reply(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


@dataclass(frozen=True)
class Workshop:
    """A room that the facilitator leads, with what opens it."""

    office: Office
    clock: Clock
    id: str

    @property
    def room(self) -> Room:
        return self.office.store.workshops.room(self.id)

    @property
    def code(self) -> str:
        return self.office.store.workshops.keys(self.id).code

    @property
    def door(self) -> str:
        return f"/room/join/{self.office.store.workshops.keys(self.id).secret}"

    def ask(self, *asked: Asked) -> None:
        workshops.ask(self.office, LEADER, self.id, asked)

    def move(self, to: str, question: str = "q1", **more: Any) -> None:
        workshops.move(self.office, LEADER, self.id, question, self.room.questions[question].phase, to, **more)

    def phone(self, name: int = 0, **more: Any) -> Phone:
        """In the room as this member of the staff, or as the first one who is not there."""
        taken = {one.person_id for one in self.office.store.workshops.participants(self.id) if one.state in THERE}
        chosen = STAFF[name - 1].id if name else next(one.id for one in STAFF if one.id not in taken)
        phone = Phone(**more)
        phone.get(self.door)
        assert phone.post(self.door, {"as": "own", "person": chosen, "pin": self.room.pin}).leads_to == "/room/here"
        return phone

    def send(self, phone: Phone, fields: Mapping[str, str] | None = None, question: str = "q1", round_: int | None = None, **more: str) -> Reply:
        """As the form does it; by default an answer that fits the question."""
        one = self.room.questions[question]
        return phone.post("/room/send", {"question": question, "round": str(one.round if round_ is None else round_), **(ANSWERS[one.method] if fields is None else fields), **more})

    def names(self) -> list[str]:
        return [one.name for one, _ in roster(self.office, self.room)]


@contextmanager
def an_office_with_staff(database: Path, clock: Clock | None = None) -> Iterator[tuple[Office, Clock]]:
    clock = clock or Clock()
    a_new_database(database)
    with opened(database, clock=clock) as office:
        if not office.store.people.exist():
            office.store.people.add((*PEOPLE.values(), *STAFF), "p-admin", clock())
        yield office, clock


def a_workshop(office: Office, clock: Clock, *asked: Asked, few_shown: bool = True, pin: str = "", title: str = "ประชุมให้คะแนน") -> Workshop:
    room = begin(office, LEADER, an_empty_project(office), Opening("assessment", title, "ห้องประชุมใหญ่", 8, 0, few_shown, pin))
    made = Workshop(office, clock, room.id)
    made.ask(*asked)
    return made


def opening(workshop: Workshop, method: str = "score") -> Workshop:
    """The same, taking answers to a question of this method."""
    workshop.ask(ASKED[method])
    workshop.move("open", list(workshop.room.questions)[-1])
    return workshop


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Clock]]:
    with an_office_with_staff(tmp_path_factory.mktemp("office") / "nine.duckdb") as made:
        yield made


@pytest.fixture
def workshop(house: tuple[Office, Clock]) -> Workshop:
    """With nothing asked yet."""
    return a_workshop(*house)


def shown(reply: Reply, name: str) -> str | None:
    """What stands in the text field of this name."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', reply.body)
    return unescape(found[1]) if found else None


def ballots_of(workshop: Workshop, question: str = "q1", round_: int = 1) -> list[dict]:
    """All that was sent in a round, as it is kept."""
    return [dict(one) for one in workshop.office.store.workshops.ballots(workshop.id, question, round_)]
