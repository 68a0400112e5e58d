"""Handing out attached files: to be saved, never to be opened by the browser as a page of ours."""

from __future__ import annotations

from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from pso_core.actions.sign_in import visiting
from pso_core.actions.uploads import Attached, attached
from pso_core.errors import NotFound, PsoError
from pso_core.office import office
from pso_core.web.cookies import SESSION

HEADERS = {
    "accept-ranges": "none",
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
}


class Stored(FileResponse):
    """Sent from the disk in blocks, whole: parts of it are not asked for."""

    chunk_size = 2**18


def path_of(project_id: str, entity_id: str) -> str:
    """The address of an attachment's file."""
    return f"/file/{quote(project_id, safe='')}/{quote(entity_id)}"


async def show_file(request: Request) -> Response:
    """404 whatever is wrong: no such project or row, no permission, a content that is missing or altered."""
    try:
        found = await to_thread.run_sync(_found, request)
    except PsoError:
        return await show_nothing(request)
    return Stored(found.path, headers=headers_for(found.name, found.media_type))


def headers_for(name: str, media_type: str) -> dict[str, str]:
    """Of a file to be saved under this name."""
    return {**HEADERS, "content-type": media_type, "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


async def show_nothing(_request: Request) -> Response:
    return PlainTextResponse("not found", 404, HEADERS)


def _found(request: Request) -> Attached:
    person = visiting(office(), request.cookies.get(SESSION, ""))
    if person is None:  # the gate has looked already
        raise NotFound("row_gone", kind="attachment")
    return attached(office(), person, request.path_params["project_id"], request.path_params["entity_id"])


ROUTES = [
    Route("/file/{project_id}/{entity_id:path}", show_file, methods=["GET"]),
    Route("/file/{odd:path}", show_nothing, methods=["GET"]),
]
