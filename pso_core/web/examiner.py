"""The pages of outside examiners: one pack, read at a secret address without an account, and what they ask about it.

The same pages without the secret are the preview of those who signed in; nothing is noted or asked there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from pso_core.actions import examiner
from pso_core.actions.sign_in import visiting
from pso_core.domain.permissions import may
from pso_core.errors import NotFound, PsoError
from pso_core.office import office
from pso_core.press.examined import Shown, blocks, chart_of, evidence_file, part_of, whole_pack
from pso_core.store.examiner_links import MISSING
from pso_core.store.packs import Pack
from pso_core.web.answers import TEMPLATES, go, read_form
from pso_core.web.cookies import SESSION
from pso_core.web.examiner_pages import NO_TRACE, View, gone_page, index_page, inquired, previewed_page, questions_page
from pso_core.web.files import Stored, headers_for
from pso_core.web.link_previews import draws_a_preview
from pso_core.web.sign_in import address_of

SECRET = r"[A-Za-z0-9_-]{1,60}"  # as secrets are written; a cut one is told that it opens nothing, anything else is no address of these
ADDRESS = re.compile(rf"/examiner/{SECRET}(/questions|/pack|/[a-z]+\.[a-z]+|/chart/[a-z]+|/file/[A-Za-z0-9:_-]{{1,100}})?")
STYLE = "/examiner.css"
LARGEST_FORM = 64 * 1024  # two thousand Thai letters are 18 KB as a browser sends them


Open = Callable[[Request], View]
Show = Callable[[Request, View], Response]


def path_of(secret: str) -> str:
    return f"/examiner/{secret}"


def preview_path(project_id: str, pack_id: str) -> str:
    return f"/examiner-preview/{quote(project_id, safe='')}/{quote(pack_id, safe='')}"


def _by_secret(request: Request) -> View:
    secret = request.path_params["secret"]
    link = examiner.enter(office(), secret, address_of(request))
    return View(_pack(link.project_id, link.pack_id), path_of(secret), link, unread=request.method == "HEAD")


def _by_session(request: Request) -> View:
    person = visiting(office(), request.cookies.get(SESSION, ""))
    if person is None or not may(person.role, "view"):  # the gate has looked already
        raise NotFound("examiner_link_closed")
    pack = _pack(request.path_params["project_id"], request.path_params["pack_id"])
    return View(pack, preview_path(pack.project_id, pack.id), None)


def _pack(project_id: str, pack_id: str) -> Pack:
    pack = office().store.packs.find(project_id, pack_id)
    if pack is None:
        raise NotFound("examiner_link_closed")
    return pack


def _index(request: Request, view: View) -> Response:
    view.note("index")
    return index_page(request, view)


def _questions(request: Request, view: View) -> Response:
    view.note("questions")
    return questions_page(request, view)


def _evidence(request: Request, view: View) -> Response:
    shown = evidence_file(office(), view.pack, request.path_params["evidence_id"])
    view.note("file", shown.place)
    return _sent(shown)


def _whole(_request: Request, view: View) -> Response:
    shown = whole_pack(office(), view.pack)
    view.note("pack")
    return _sent(shown)


def _part(request: Request, view: View) -> Response:
    shown = part_of(office(), view.pack, request.path_params["part"])
    view.note("file", shown.place)
    return _sent(shown)


def _chart(request: Request, view: View) -> Response:
    shown = chart_of(office(), view.pack, request.path_params["chart"])
    view.note("file", shown.place)
    return _sent(shown)


def _sent(shown: Shown) -> Response:
    """To be saved, never to be opened by the browser as a page of ours."""
    headers = headers_for(shown.name, shown.media_type) | NO_TRACE
    return StreamingResponse(blocks(shown), headers=headers) if shown.inside else Stored(shown.on_disk, headers=headers)


def _ask(request: Request, view: View, form: dict[str, str]) -> Response:
    try:
        examiner.ask(office(), view.link, inquired(view, form))
    except PsoError as refusal:
        if isinstance(refusal, NotFound):
            raise
        return questions_page(request, view, form, refusal)
    return go(f"{view.base}/questions?sent=1")


async def post_question(request: Request) -> Response:
    form = await read_form(request, LARGEST_FORM)
    return await _answered(request, _by_secret, lambda same, view: _ask(same, view, form))


def _shown(open_view: Open, show: Show) -> Callable:
    async def answer(request: Request) -> Response:
        return await _answered(request, open_view, show)

    return answer


async def _answered(request: Request, open_view: Open, show: Show) -> Response:
    """404 whatever is wrong with the address, 429 after too much of anything."""
    try:
        return await to_thread.run_sync(lambda: _look(request, open_view(request), show))
    except PsoError as refusal:
        return gone_page(request, refusal)


def _look(request: Request, view: View, show: Show) -> Response:
    """What was asked for and is not in the pack is noted as such; a question that was not taken in is noted already."""
    if view.link and draws_a_preview(request):
        return previewed_page(request, view)
    try:
        return show(request, view)
    except NotFound:
        if request.method != "POST":
            view.note(MISSING, request.url.path.removeprefix(view.base))
        raise


async def style(_request: Request) -> Response:
    return FileResponse(TEMPLATES / "examiner.css", headers={"cache-control": "no-cache"})


def _routes(base: str, open_view: Open) -> list[Route]:
    shown = {"": _index, "/questions": _questions, "/pack": _whole, "/file/{evidence_id}": _evidence, "/chart/{chart}": _chart, "/{part}": _part}
    return [Route(base + path, _shown(open_view, show), methods=["GET"]) for path, show in shown.items()]


ROUTES = [
    Route(STYLE, style, methods=["GET"]),
    Route("/examiner/{secret}/questions", post_question, methods=["POST"]),
    *_routes("/examiner/{secret}", _by_secret),
    *_routes("/examiner-preview/{project_id}/{pack_id}", _by_session),
]
