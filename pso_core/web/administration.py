"""What an administrator's programs on this machine ask of the running server, with the token of the server file."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pso_core.actions import remind as reminders
from pso_core.actions.status import status_of
from pso_core.errors import PsoError
from pso_core.office import Office, office
from pso_core.press.to_folder import to_folder
from pso_core.text.phrases import phrases
from pso_core.web.answers import read_short
from pso_core.web.server_file import server_file


async def remind(request: Request) -> JSONResponse:
    """Body {"project": a project as said or null, "send": yes or no, "language"}. 200: {"lines", "data"}."""
    return await _answered(request, lambda asked: (phrases(asked["language"]), asked["project"], asked["send"] is True), lambda *how: _told(reminders.remind(*how)))


async def status(request: Request) -> JSONResponse:
    """Body {"project": as said, "language"}. 200: {"lines", "data"}."""
    return await _answered(request, lambda asked: (phrases(asked["language"]), str(asked["project"])), lambda *how: _told(status_of(*how)))


async def backup(request: Request) -> JSONResponse:
    """Body {"file": absolute path}. 200: what was copied."""
    return await _answered(request, lambda asked: (_absolute(asked["file"]),), _copied)


async def pack(request: Request) -> JSONResponse:
    """Body {"folder": absolute path, "project": as said, "language", "thai_digits"}. 200: what `press.to_folder` says."""
    return await _answered(
        request, lambda asked: (_absolute(asked["folder"]), asked["project"], phrases(asked["language"]).language, asked["thai_digits"] is True), to_folder
    )


async def _answered(request: Request, wanted: Callable[[Any], tuple[Any, ...]], do: Callable[..., Any]) -> JSONResponse:
    """200: what `do` answers, given the office and what is `wanted` of the body. 401 without the token, 400 for nonsense, 409: {"code", "facts"} of a refusal."""
    _require_token(request)
    try:
        how = wanted(json.loads(await read_short(request)))
    except (ValueError, KeyError, TypeError):
        raise HTTPException(400) from None
    try:
        return JSONResponse(await to_thread.run_sync(do, office(), *how))
    except PsoError as refusal:
        return JSONResponse({"code": refusal.code, "facts": refusal.facts}, 409)


def _require_token(request: Request) -> None:
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {server_file().token}".encode()):
        raise HTTPException(401)


def _absolute(path: str) -> Path:
    """ValueError for any other: whoever asks stands in another folder."""
    if not (found := Path(path)).is_absolute():
        raise ValueError(path)
    return found


def _told(said: tuple[list[str], dict[str, Any]]) -> dict[str, Any]:
    lines, data = said
    return {"lines": lines, "data": data}


def _copied(here: Office, target: Path) -> Any:
    return json.loads(json.dumps(asdict(here.store.backup(target)), default=str))


ROUTES = [Route(f"/admin/{asked.__name__}", asked, methods=["POST"]) for asked in (pack, backup, remind, status)]
