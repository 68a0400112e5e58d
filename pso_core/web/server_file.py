"""Tells programs on this machine how to reach the running server, the only process that may open the database."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from pso_core.store.files import beside, written


class ServerFile:
    """`<database>.server.json`: {pid, address, token}. Its owner alone may read it; on Windows, whoever may read its folder."""

    def __init__(self, database: Path):
        self.path = beside(database, ".server.json")
        self.token = secrets.token_urlsafe(32)
        self.address = ""

    def announce(self, address: str) -> None:
        text = json.dumps({"pid": os.getpid(), "address": address, "token": self.token})
        with written(self.path) as part, open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        self.address = address

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


_here: ServerFile | None = None


@contextmanager
def announced(database: Path) -> Iterator[ServerFile]:
    """Until the end of the block; one that a killed server left behind is replaced."""
    global _here
    _here = ServerFile(database)
    _here.remove()
    try:
        yield _here
    finally:
        _here.remove()
        _here = None


def server_file() -> ServerFile:
    if _here is None:
        raise RuntimeError("this process serves nothing")
    return _here


class Announce:
    """Writes the file at the first request, whoever started the server: no ASGI server tells earlier where it listens."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope.get("server") and not server_file().address:
            server_file().announce(_address(scope))
        await self.app(scope, receive, send)


def _address(scope: Scope) -> str:
    """Where this process listens, not what a proxy in front of it is called."""
    host, port = scope["server"]
    scheme = "http" if "x-forwarded-proto" in Headers(scope=scope) else scope["scheme"]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
