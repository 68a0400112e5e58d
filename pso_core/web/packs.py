"""Handing out submission packs, as downloads and to people of the office only."""

from __future__ import annotations

from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pso_core.actions.sign_in import visiting
from pso_core.errors import NotFound, PsoError
from pso_core.office import office
from pso_core.press.build import file_of, saved_as
from pso_core.web.cookies import SESSION
from pso_core.web.files import Stored, headers_for, show_nothing


async def show_pack(request: Request) -> Response:
    """404 whatever is wrong with the address or whoever asks."""
    try:
        return await to_thread.run_sync(_pack, request)
    except PsoError:
        return await show_nothing(request)


def path_of(project_id: str, pack_id: str) -> str:
    return f"/pack/{quote(project_id, safe='')}/{quote(pack_id, safe='')}"


def _pack(request: Request) -> Response:
    person = visiting(office(), request.cookies.get(SESSION, ""))
    if person is None:  # the gate has looked already
        raise NotFound("pack_gone")
    pack, path = file_of(office(), person, request.path_params["project_id"], request.path_params["pack_id"])
    return Stored(path, headers=headers_for(saved_as(pack, office().store.packs.number(pack)), "application/zip"))


ROUTES = [Route("/pack/{project_id}/{pack_id}", show_pack, methods=["GET"]), Route("/pack/{odd:path}", show_nothing, methods=["GET"])]
