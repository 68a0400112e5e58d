"""The door and the inside of a workshop room for phones: no account, a token that opens this room and nothing else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from pso_core.actions import workshop_joining as joining
from pso_core.actions.sign_in import visiting
from pso_core.actions.workshop_answers import send, take_back
from pso_core.actions.workshop_joining import Presence, find_room, present
from pso_core.domain.permissions import may
from pso_core.domain.workshop.ballots import read_ballot
from pso_core.domain.workshop.room import Room
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import office
from pso_core.text.thaidate import arabic_digits
from pso_core.web.answers import TEMPLATES, go, read_form
from pso_core.web.cookies import SESSION
from pso_core.web.room_answers import sent_in, typed_in
from pso_core.web.room_events import Stream, heard, hub
from pso_core.web.room_pages import HERE, ROOM, elsewhere_page, enter_page, gone_page, here_page, join_page, join_path
from pso_core.web.room_screen import show_screen
from pso_core.web.sign_in import address_of
from pso_core.web.stream import may_still

COOKIE = "room"
DOOR = "room_door"
A_DAY = 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits, as this program draws them
SECRET = r"[A-Za-z0-9_-]{1,60}"
ADDRESS = re.compile(rf"/room/join/{SECRET}")  # of the whole path
FILES = {"room.css": "text/css", "screen.css": "text/css", **dict.fromkeys(("room.js", "room_lacking.js", "room_door.js", "room_screen.js"), "text/javascript")}
OPEN = frozenset({ROOM, HERE, "/room/send", "/room/events", "/room/version", *(f"/room/{name}" for name in FILES)})
LARGEST_FORM = 64 * 1024  # ten phrases of three hundred Thai letters are 27 KB as a browser sends them
NOT_DIGITS = re.compile(r"[\s.-]+")


async def show_enter(request: Request) -> Response:
    return await to_thread.run_sync(lambda: enter_page(request, inside=_inside(request)))


async def post_enter(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_enter, request, form.get("code", ""))


def _enter(request: Request, code: str) -> Response:
    """On to the address that the QR code has."""
    try:
        room = find_room(office(), NOT_DIGITS.sub("", arabic_digits(code)), address_of(request))
        return go(join_path(office().store.workshops.keys(room.id).secret))
    except PsoError as refusal:
        return enter_page(request, code[:20], refusal)


async def show_join(request: Request) -> Response:
    return await to_thread.run_sync(_door, request)


def _door(request: Request) -> Response:
    """Whoever is in already goes on in; anybody else gets a token that is worth nothing until they say who they are."""
    try:
        room = find_room(office(), request.path_params["secret"], address_of(request))
    except PsoError as refusal:
        return gone_page(request, refusal)
    if _inside(request, room):
        return go(HERE)
    return _offering(join_page(request, room, request.path_params["secret"]), request)


async def post_join(request: Request) -> Response:
    form = await read_form(request)
    return await to_thread.run_sync(_join, request, form)


def _join(request: Request, form: dict[str, str]) -> Response:
    """Asked twice, by an impatient thumb or over a bad line, one is in once."""
    secret = request.path_params["secret"]
    try:
        room = find_room(office(), secret, address_of(request))
    except PsoError as refusal:
        return gone_page(request, refusal)
    try:
        token = _offered(request)
        if not token:
            raise PsoError("workshop_no_cookie")
        if not _inside(request, room, token):
            token = _come(request, room, form, "" if office().store.workshops.participant(token) else token)
    except PsoError as refusal:
        return _offering(join_page(request, room, secret, {name: form[name] for name in ("person", "guest") if name in form}, refusal), request)
    answer = go(HERE)
    _keep(answer, request, COOKIE, token, ROOM)
    return answer


def _come(request: Request, room: Room, form: dict[str, str], token: str) -> str:
    if form.get("as") == "guest":
        return joining.come_as_guest(office(), room, form.get("guest", ""), token)
    return joining.come_in(office(), room, form.get("person", ""), arabic_digits(form.get("pin", "").strip()), address_of(request), token)


async def show_here(request: Request) -> Response:
    def shown() -> Response:
        part = "part" in request.query_params
        return _if_present(request, part, lambda here: here_page(request, here, part=part, fresh="sent" in request.query_params))

    return await to_thread.run_sync(shown)


async def post_answer(request: Request) -> Response:
    form = await read_form(request, LARGEST_FORM)
    return await to_thread.run_sync(_answer, request, form)


def _answer(request: Request, form: dict[str, str]) -> Response:
    """A refusal comes with everything that was typed; with `part` the answer is the part of the page that changes."""
    part, token = "part" in form, request.cookies.get(COOKIE, "")
    if "look" in form:
        return _if_present(request, part, lambda here: _looked(request, here, form, part))
    try:
        send(office(), token, form.get("question", ""), _round(form.get("round", "")), sent_in(form))
    except PsoError as refusal:
        refused = refusal
        return _if_present(request, part, lambda here: _refused(request, here, form, refused, part))
    if part:
        return _if_present(request, part, lambda here: here_page(request, here, part=True, fresh=True))
    return go(f"{HERE}?sent=1")


def _looked(request: Request, here: Presence, form: dict[str, str], part: bool) -> Response:
    """How an answer goes together, before it is sent: nothing of it is kept."""
    question = here.room.question
    try:
        if question is None or question.id != form.get("question") or question.phase != "open":
            raise PsoError("ballot_closed")
        return here_page(request, here, typed_in(form), part=part, looked=read_ballot(question, sent_in(form)))
    except PsoError as refusal:
        return _refused(request, here, form, refusal, part)


def _refused(request: Request, here: Presence, form: dict[str, str], refusal: PsoError, part: bool) -> Response:
    looks_at = here.room.question
    if here.room.ended_at or here.participant.state != "in" or looks_at is None or looks_at.id != form.get("question"):
        return elsewhere_page(request, here, form, refusal, part=part)
    return here_page(request, here, typed_in(form), refusal, part=part)


def _if_present(request: Request, part: bool, show: Callable[[Presence], Response]) -> Response:
    token = request.cookies.get(COOKIE, "")
    try:
        return show(present(office(), token))
    except PsoError as refusal:
        take_back(office(), token)
        return gone_page(request, refusal, part=part)


async def show_events(request: Request) -> Response | Stream:
    """Refused with an empty answer, which no script can read anything from."""
    try:
        return await to_thread.run_sync(_listening, request)
    except PsoError:
        return PlainTextResponse("", 403, {"cache-control": "no-store"})


async def show_version(request: Request) -> Response:
    """The same to whom nothing can be pushed."""
    try:
        stream = await to_thread.run_sync(_listening, request)
        return PlainTextResponse(str(await hub().look(stream.line.room_id)), headers={"cache-control": "no-store"})
    except PsoError:
        return PlainTextResponse("", 403, {"cache-control": "no-store"})


def _listening(request: Request) -> Stream:
    """With ?room= for those who signed in, else by the token of a phone."""
    wanted = request.query_params.get("room")
    if wanted is None:
        here = present(office(), request.cookies.get(COOKIE, ""))
        return heard(here.room.id, f"participant/{here.participant.id}", here.participant.id, lambda: True)
    session = request.cookies.get(SESSION, "")
    person = visiting(office(), session)
    if person is None or not may(person.role, "view"):
        raise NotAllowed("not_allowed", role=person.role if person else "", verb="view")
    return heard(office().store.workshops.room(wanted).id, f"person/{person.id}", "", may_still(lambda: visiting(office(), session)))


async def file(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    return FileResponse(TEMPLATES / name, media_type=FILES[name], headers={"cache-control": "no-cache"})


def _inside(request: Request, room: Room | None = None, token: str | None = None) -> Presence | None:
    """Where this browser is already: in this room, or in any."""
    token = request.cookies.get(COOKIE, "") if token is None else token
    try:
        here = present(office(), token)
    except NotFound:
        take_back(office(), token)
        return None
    return here if room is None or here.room.id == room.id else None


def _offered(request: Request) -> str:
    """The token this browser was given at the door; "" where it keeps none."""
    token = request.cookies.get(DOOR, "")
    return token if TOKEN.fullmatch(token) else ""


def _offering(answer: Response, request: Request) -> Response:
    """With a token to come in with, that opens nothing yet. One that is in use stays what it is: this may be another room."""
    offered = _offered(request)
    if not offered or office().store.workshops.participant(offered):
        _keep(answer, request, DOOR, secrets.token_urlsafe(32), f"{ROOM}/join")
    return answer


def _round(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _keep(answer: Response, request: Request, name: str, token: str, path: str) -> None:
    """Out of reach of scripts and of other sites' forms, and sent to no other page of this program."""
    answer.set_cookie(name, token, max_age=A_DAY, path=path, httponly=True, samesite="lax", secure=request.url.scheme == "https")


ROUTES = [
    Route(ROOM, show_enter, methods=["GET"]),
    Route(ROOM, post_enter, methods=["POST"]),
    Route("/room/join/{secret}", show_join, methods=["GET"]),
    Route("/room/join/{secret}", post_join, methods=["POST"]),
    Route(HERE, show_here, methods=["GET"]),
    Route("/room/send", post_answer, methods=["POST"]),
    Route("/room/events", show_events, methods=["GET"]),
    Route("/room/version", show_version, methods=["GET"]),
    Route("/room/screen/{room_id}", show_screen, methods=["GET"]),
    *(Route(f"/room/{name}", file, methods=["GET"]) for name in FILES),
]
