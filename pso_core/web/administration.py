"""What an administrator's programs on this machine ask of the running server, with the token of the server file."""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict
from pathlib import Path

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pso_core.actions import remind as reminders
from pso_core.actions.status import status_of
from pso_core.errors import PsoError
from pso_core.office import office
from pso_core.press.to_folder import to_folder
from pso_core.text.phrases import phrases
from pso_core.web.answers import read_short
from pso_core.web.server_file import server_file


async def remind(request: Request) -> JSONResponse:
    """Body {"project": a project as said or null, "send": yes or no, "language"}. 200: {"lines", "data"}; 409: {"code", "facts"} of a refusal."""
    _require_token(request)
    try:
        asked = json.loads(await read_short(request))
        wanted = phrases(asked["language"]), asked["project"], asked["send"] is True
    except (ValueError, KeyError, TypeError):
        raise HTTPException(400) from None
    try:
        lines, data = await to_thread.run_sync(reminders.remind, office(), *wanted)
    except PsoError as refusal:
        return _refused(refusal)
    return JSONResponse({"lines": lines, "data": data})


async def status(request: Request) -> JSONResponse:
    """Body {"project": as said, "language"}. 200: {"lines", "data"}; 409: a refusal."""
    _require_token(request)
    try:
        asked = json.loads(await read_short(request))
        wanted = phrases(asked["language"]), str(asked["project"])
    except (ValueError, KeyError, TypeError):
        raise HTTPException(400) from None
    try:
        lines, data = await to_thread.run_sync(status_of, office(), *wanted)
    except PsoError as refusal:
        return _refused(refusal)
    return JSONResponse({"lines": lines, "data": data})


async def backup(request: Request) -> JSONResponse:
    """Body {"file": absolute path}. 200: what was copied; 409: {"code", "facts"} of a refusal."""
    _require_token(request)
    target = _target(await read_short(request))
    try:
        copied = await to_thread.run_sync(office().store.backup, target)
    except PsoError as refusal:
        return _refused(refusal)
    return JSONResponse(json.loads(json.dumps(asdict(copied), default=str)))


async def pack(request: Request) -> JSONResponse:
    """Body {"folder": absolute path, "project": as said, "language", "thai_digits"}. 200: what `press.to_folder` says; 409: a refusal."""
    _require_token(request)
    try:
        asked = json.loads(await read_short(request))
        wanted = Path(asked["folder"]), asked["project"], phrases(asked["language"]).language, asked["thai_digits"] is True
    except (ValueError, KeyError, TypeError):
        raise HTTPException(400) from None
    if not wanted[0].is_absolute():
        raise HTTPException(400)
    try:
        return JSONResponse(await to_thread.run_sync(to_folder, office(), *wanted))
    except PsoError as refusal:
        return _refused(refusal)


def _refused(refusal: PsoError) -> JSONResponse:
    return JSONResponse({"code": refusal.code, "facts": refusal.facts}, 409)


def _require_token(request: Request) -> None:
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {server_file().token}".encode()):
        raise HTTPException(401)


def _target(body: bytes) -> Path:
    try:
        target = Path(json.loads(body)["file"])
    except (ValueError, KeyError, TypeError):
        raise HTTPException(400) from None
    if not target.is_absolute():
        raise HTTPException(400)
    return target


ROUTES = [Route(f"/admin/{asked.__name__}", asked, methods=["POST"]) for asked in (pack, backup, remind, status)]
