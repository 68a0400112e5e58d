"""Streamlit sends its own scripts and styles uncompressed: 7.4 MB at first load instead of 2.6."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import streamlit
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = (Path(streamlit.__file__).parent / "static" / "static").resolve()
PREFIX = "/static/"
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
HEADERS = {
    "content-encoding": "gzip",
    "vary": "accept-encoding",
    "cache-control": "public, immutable, max-age=31536000",  # as streamlit says: names carry a hash of the content
}


class CompressStatic:
    """Answers /static/* from memory, each file compressed once; whatever it cannot, Streamlit answers."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self._compressed: dict[Path, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = _wanted(scope)
        if file is None:
            return await self.app(scope, receive, send)
        body = await to_thread.run_sync(self._compress, file)
        answer = Response(body, headers=HEADERS, media_type=MEDIA_TYPES[file.suffix])
        await answer(scope, receive, send)

    def _compress(self, file: Path) -> bytes:
        if file not in self._compressed:
            self._compressed[file] = gzip.compress(file.read_bytes(), 6)
        return self._compressed[file]


def _wanted(scope: Scope) -> Path | None:
    """The file to send compressed, when the visitor takes gzip and asks for all of it."""
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(PREFIX):
        return None
    headers = Headers(scope=scope)
    if "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
        return None
    return _files().get(scope["path"].removeprefix(PREFIX))


@cache
def _files() -> dict[str, Path]:
    """All there are, by their place in the folder: a path that somebody sends is looked up here, never on the disk or, on Windows,
    on the computer that it names."""
    return {file.relative_to(FOLDER).as_posix(): file for file in FOLDER.rglob("*") if file.suffix in MEDIA_TYPES}
