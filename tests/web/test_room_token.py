"""The token of a room opens the room and nothing else on a real server: no page, no file, no websocket, no other room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from websockets.exceptions import InvalidStatus

from pso_core.actions.workshop_joining import come_in
from pso_core.actions.workshops import Opening, open_room
from pso_core.web.room import COOKIE
from tests.building import an_empty_project, an_office, person
from tests.servers import Server, running
from tests.web.test_gate import FILES, PAGES, STREAMLIT
from tests.web.visitor import Visitor

LEADER, MEMBER = person("facilitator"), person("member")


@dataclass(frozen=True)
class Held:
    server: Server
    token: str
    room: str
    other: str


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    database = tmp_path_factory.mktemp("office") / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        project = an_empty_project(office)
        room, other = (open_room(office, LEADER, project, Opening("weights", title)) for title in ("ห้องแรก", "ห้องที่สอง"))
        token = come_in(office, room, MEMBER.id, "", "127.0.0.1")
    with running(database) as server:
        yield Held(server, token, room.id, other.id)


@pytest.fixture
def phone(held: Held) -> Visitor:
    return Visitor(held.server.url, {COOKIE: held.token})


def test_the_room_is_open_to_it(phone: Visitor):
    here = phone.open("/room/here")
    assert (here.status, "ห้องแรก" in here.body, "ห้องที่สอง" in here.body) == (200, True, False)


@pytest.mark.parametrize("path", [*PAGES, *STREAMLIT, *FILES])
def test_nothing_else_is(phone: Visitor, path: str):
    answer = phone.open(path)
    assert (answer.status in (303, 401, 404), "ห้องแรก" in answer.body) == (True, False)


def test_no_projector_is_opened_by_it(held: Held, phone: Visitor):
    for room in (held.room, held.other):
        assert phone.open(f"/room/screen/{room}?view=screen").status in (303, 401)


@pytest.mark.parametrize("path", ["/_stcore/stream", "/", "/room", "/room/here", "/room/events", "/meetings"])
def test_no_websocket_is_opened_by_it(phone: Visitor, path: str):
    with pytest.raises(InvalidStatus) as refusal, phone.socket(path):
        pass
    assert refusal.value.response.status_code == 403


def test_it_hears_of_its_own_room_whichever_it_asks_for(held: Held, phone: Visitor):
    own = phone.open("/room/version").body
    assert phone.open(f"/room/version?room={held.other}").body in (own, "")
