"""A room whose server is stopped in the middle of a vote: nothing sent is lost, and no open stream holds the server up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from pso_core.actions.sign_in import begin_session
from pso_core.web.cookies import SESSION
from tests.actions.conftest import Clock
from tests.building import person
from tests.servers import Server, running
from tests.web.rooms import Workshop, a_workshop, an_office_with_staff, opening, ballots_of, shown

SECONDS = 5


def test_a_restart_in_the_middle_of_a_vote_keeps_everything(tmp_path: Path):
    database, clock = tmp_path / "nine.duckdb", Clock()
    with an_office_with_staff(database, clock) as (office, _):
        room = opening(a_workshop(office, clock))
        phones = [room.phone() for _ in range(3)]
        for number, phone in enumerate(phones):
            room.send(phone, {"level": str(number), "reason": f"ก่อนปิดเครื่อง {number}"})
    with an_office_with_staff(database, clock) as (office, _):
        again = Workshop(office, clock, room.id)
        assert [shown(phone.get("/room/here"), "reason") for phone in phones] == [f"ก่อนปิดเครื่อง {number}" for number in range(3)]
        assert again.send(phones[0], {"level": "3", "reason": "หลังเปิดเครื่อง"}).status == 303
        assert sorted(one["level"] for one in ballots_of(again)) == [1, 2, 3]


def test_open_streams_end_at_once_when_the_server_is_told_to_stop(tmp_path: Path):
    database = tmp_path / "nine.duckdb"
    with an_office_with_staff(database, Clock(datetime.now(UTC))) as (office, clock):
        room = opening(a_workshop(office, clock))
        phones = [room.phone() for _ in range(3)]
        session = begin_session(office, person("facilitator").id)
    with running(database) as server:
        with listening(server, f"/room/events?room={room.id}", f"{SESSION}={session}") as leader, listening(server, "/room/events", f"room={phones[0].token}") as phone:
            assert [next(stream).rstrip() for stream in (phone, leader) if next(stream) == b"retry: 2000\n"] == [b"data: 3.0"] * 2
            began = time.monotonic()
            server.process.terminate()
            assert (list(phone)[1:], list(leader)[1:]) == ([], [])
            server.process.wait(SECONDS)
            took = time.monotonic() - began
    assert (took < SECONDS, "Cancel" in server.said(), "Traceback" in server.said()) == (True, False, False)


@contextmanager
def listening(server: Server, path: str, cookie: str) -> Iterator[HTTPResponse]:
    with closing(HTTPConnection(urlsplit(server.url).netloc, timeout=30)) as connection:
        connection.request("GET", path, headers={"cookie": cookie})
        response = connection.getresponse()
        assert (response.status, response.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        yield response
