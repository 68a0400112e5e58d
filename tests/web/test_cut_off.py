"""A request that is broken off in the middle leaves no fault in the server's log."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

from tests.building import an_office
from tests.servers import running
from tests.web.visitor import Visitor


def test_what_is_broken_off_leaves_no_traceback_and_the_server_goes_on(tmp_path: Path):
    database = tmp_path / "nine.duckdb"
    with an_office(database):
        pass
    with running(database) as server:
        place = urlsplit(server.url)
        head = ("POST /sign-in HTTP/1.1", f"host: {place.netloc}", f"origin: {server.url}", "content-type: application/x-www-form-urlencoded", "content-length: 1000")
        with socket.create_connection((place.hostname, place.port)) as connection:
            connection.sendall("\r\n".join((*head, "", "login=")).encode())
        assert Visitor(server.url).open("/sign-in").status == 200
    assert server.said() == ""  # also what it said while it ended: the request was over by then
