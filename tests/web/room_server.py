"""A room's routes behind a real HTTP server in this process: a test leads the room while browsers look at it."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pso_core.office import Office
from pso_core.web.room_events import hub, telling
from pso_core.web.server import MIDDLEWARE, ROUTES
from pso_core.web.server_file import Announce
from tests.servers import ROOT, free_port

STATIC = Mount("/app/static", StaticFiles(directory=ROOT / "pso_core" / "ui" / "static"))
SECONDS = 20


@asynccontextmanager
async def _lifespan(office: Office, _app: Any) -> AsyncIterator[None]:
    with telling(office):
        yield


@contextmanager
def serving(office: Office, host: str = "127.0.0.1") -> Iterator[str]:
    """The address, until the end of the block. All that stands before the pages does here too, but for the file that names a server."""
    app = Starlette(routes=[*ROUTES, STATIC], middleware=[part for part in MIDDLEWARE if part.cls is not Announce], lifespan=partial(_lifespan, office))
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, name="room server", daemon=True)
    thread.start()
    try:
        until = time.monotonic() + SECONDS
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        hub().close()  # in a thread no signal is heard that would do so
        thread.join(SECONDS)
        assert not thread.is_alive(), "an open stream held up the server's end"
