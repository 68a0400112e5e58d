"""A room with 130 phones, five of them real browsers: everybody comes in within a minute, weighs nine criteria, and sees the result at once."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pso_core.actions.sign_in import begin_session
from pso_core.actions.workshop_decisions import begin
from pso_core.actions.workshops import Asked, Opening, ask
from pso_core.domain.people import Person
from pso_core.text.phrases import phrases
from pso_core.ui.desk import PROJECT
from pso_core.web.cookies import SESSION
from pso_core.web.room_answers import ON
from tests.bench.measured import Measured, percentile
from tests.bench.real_phones import RealPhone, real_phones, some_ratings
from tests.bench.visitors import Hand
from tests.building import PEOPLE, an_office, lampang, person
from tests.servers import Server, running_cold

PHONES, REAL = 130, 5  # of them real browsers, on the same machine as the server
WITHIN, VOTING = 60.0, 20.0  # seconds over which they come in, and answer
TH = phrases("th")


@dataclass
class Phone:
    """A browser on HTTP/1.1 and one line of events, without a browser's work. `told`: when each version was heard of."""

    server: Server
    person_id: str
    cookies: dict[str, str] = field(default_factory=dict)
    told: dict[int, float] = field(default_factory=dict)
    bytes: int = 0

    async def come_in(self, secret: str) -> float:
        began = time.perf_counter()
        await self.ask("GET", f"/room/join/{secret}")
        await self.ask("POST", f"/room/join/{secret}", {"person": self.person_id, "as": "own"})
        await self.ask("GET", "/room/here")
        return time.perf_counter() - began

    async def answer(self, about: tuple[str, ...]) -> float:
        ratings = some_ratings(about)
        began = time.perf_counter()
        headers, body = await self.ask("POST", "/room/send", {"question": "q1", "round": "1", "part": "1", **{f"{ON}{one}": rating for one, rating in ratings.items()}})
        if not headers[0].startswith("HTTP/1.1 200") or "refusal" in body.split("<form", 1)[0]:
            raise RuntimeError(headers[0])
        return time.perf_counter() - began

    async def listen(self) -> None:
        """Hears of versions until it is cancelled; asks for the page anew at each, as a phone does."""
        reader, writer = await self._open("GET", "/room/events", b"")
        while line := await reader.readline():
            if line.startswith(b"data: ") and (version := int(line[6:].split(b".")[0])) not in self.told:
                await asyncio.sleep(random.random() * 0.4)
                await self.ask("GET", "/room/here?part=1")
                self.told[version] = time.perf_counter()
        writer.close()

    async def ask(self, method: str, path: str, form: dict | None = None) -> tuple[list[str], str]:
        reader, writer = await self._open(method, path, urlencode(form or {}).encode())
        raw = await reader.read()
        writer.close()
        self.bytes += len(raw)
        head, _, body = raw.decode("utf-8", "replace").partition("\r\n\r\n")
        headers = head.split("\r\n")
        if headers[0].startswith("HTTP/1.1 5"):
            raise RuntimeError(headers[0])
        self.cookies |= dict(line.partition(": ")[2].partition(";")[0].split("=", 1) for line in headers if line.lower().startswith("set-cookie: "))
        return headers, body

    async def _open(self, method: str, path: str, body: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        address = urlsplit(self.server.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        closing = "" if path == "/room/events" else "Connection: close\r\n"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {self.server.url}\r\nCookie: {'; '.join(map('='.join, self.cookies.items()))}\r\n{closing}"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()
        return reader, writer


def measure(folder: Path) -> Iterator[Measured]:
    crowd = tuple(Person(f"p-{n}", f"crowd{n}", f"ผู้เข้าร่วมคนที่ {n}", "นักวิเคราะห์", "ฝ่ายแผน", "member", True) for n in range(PHONES))
    with an_office(folder / "nine.duckdb", now=datetime.now(UTC), people=(*PEOPLE.values(), *crowd)) as office:
        project, leader = lampang(office), person("facilitator")
        about = tuple(row["criterion"] for row in office.store.state(project).of("weight"))
        room = begin(office, leader, project, Opening("weights", "น้ำหนักเก้าเกณฑ์", expected=PHONES))
        ask(office, leader, room.id, [Asked("swing", "น้ำหนัก", about, {"names": {one: one for one in about}, "total": 100, "writes": "weights"})])
        secret = office.store.workshops.keys(room.id).secret
        office.store.settings.set(f"{PROJECT}:{leader.id}", project)
        cookie = f"{SESSION}={begin_session(office, leader.id)}"
    with running_cold(folder / "nine.duckdb") as server:
        yield from asyncio.run(_with_real(server, [one.id for one in crowd], secret, about, cookie))


async def _with_real(server: Server, people: list[str], secret: str, about: tuple[str, ...], cookie: str) -> list[Measured]:
    async with real_phones(server.url, people[:REAL]) as real:
        return await _held(server, [Phone(server, one) for one in people[REAL:]], real, secret, about, cookie)


async def _held(server: Server, phones: list[Phone], real: list[RealPhone], secret: str, about: tuple[str, ...], cookie: str) -> list[Measured]:
    process = psutil.Process(server.pid)
    before, idle = process.cpu_times(), process.memory_info().rss
    everybody = [*phones, *real]
    joins = await asyncio.gather(*(_after(random.random() * WITHIN, phone.come_in(secret)) for phone in everybody))
    lines = [asyncio.create_task(phone.listen()) for phone in phones]
    await asyncio.sleep(1)
    async with Hand(server.url, cookie) as leader:
        await leader.visit("meetings")
        await press(leader, TH("page_workshop.to.open"))
        await asyncio.sleep(1)
        votes = await asyncio.gather(*(_after(random.random() * VOTING, phone.answer(about)) for phone in everybody))
        watching = [asyncio.create_task(phone.watch()) for phone in real]
        await press(leader, TH("page_workshop.to.closed"))
        await asyncio.sleep(2)
        known = {version for phone in phones for version in phone.told}
        pressed = time.perf_counter()
        await press(leader, TH("page_workshop.to.revealed"))
        await asyncio.gather(asyncio.sleep(4), *watching)
    drawn = [phone.revealed_at - pressed for phone in real]
    seen = [min((at for version, at in phone.told.items() if version not in known), default=float("inf")) - pressed for phone in phones]
    for line in lines:
        line.cancel()
    after = process.cpu_times()
    cpu = after.user + after.system - before.user - before.system
    return [
        Measured(f"{PHONES} phones: came in, p95", percentile(joins, 0.95), "s", None, f"over {WITHIN:g} s, the slowest {max(joins):.2f} s"),
        Measured(f"{PHONES} phones: answer accepted, p95", percentile(votes, 0.95), "s", 1.0, f"over {VOTING:g} s, the slowest {max(votes):.2f} s"),
        Measured(f"{PHONES} phones: result on every screen", max(seen), "s", 2.0, f"from the leader's press; half of them after {percentile(seen, 0.5):.2f} s"),
        Measured(f"{REAL} of them real browsers: came in, the slowest", max(joins[len(phones) :]), "s"),
        Measured(f"{REAL} of them real browsers: answer shown as sent, the slowest", max(votes[len(phones) :]), "s", 1.0),
        Measured(f"{REAL} of them real browsers: result drawn, the slowest", max(drawn), "s", 2.0, "from the leader's press"),
        Measured("memory of the server above idle", (process.memory_info().rss - idle) / 2**20, "MB"),
        Measured("server CPU for it all", cpu, "s", None, f"{1000 * cpu / PHONES:.0f} ms a phone"),
        Measured("bytes a phone", sum(phone.bytes for phone in phones) / len(phones) / 1024, "KB", None, "of those that are no browsers; without style, script and fonts"),
    ]


async def press(leader: Hand, label: str) -> None:
    button = next(button for button in leader.all("button") if button.label == label)
    await leader.send(WidgetState(id=button.id, trigger_value=True))


async def _after(seconds: float, what) -> float:
    await asyncio.sleep(seconds)
    return await what
