"""The projector's screen: how to come in, what is asked, in which phase it is and how many have answered; after the reveal how the answers are spread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import segno
from anyio import to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from pso_core.actions.sign_in import visiting
from pso_core.actions.workshop_answers import Count, counted
from pso_core.actions.workshops import require_leader
from pso_core.domain.workshop.gathering import Group
from pso_core.domain.workshop.room import Question, Room
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import office
from pso_core.text.phrases import Phrases
from pso_core.web.answers import page
from pso_core.web.cookies import SESSION, visitor_language
from pso_core.web.room_answers import asking
from pso_core.web.room_pages import HEADERS, PHASE_MARKS, join_path, levels_of, seconds_left
from pso_core.web.room_results import Results, decided_bars, results
from pso_core.web.way_in import way_in

MOST_ROWS = 7  # on one screen, where its height holds them: room_screen.js
ROWS = 6  # that fit on any screen
FEW_ROWS = 4  # under a question of two lines, or with a line of their own below
TALL_ROWS = 3  # with two lines of their own below
UNDER_A_DECISION = 2  # as many rows fewer
DECIDED_ROWS = 4  # of two lines, each with what was decided of it
GROUPS, LONG_GROUPS = 3, 2  # of texts with what was put under them, and where one of them takes more than a line
ONE_LINE = 36  # letters
MENDS = "m"  # of a QR code: what 15 % of it, covered or dirty, would hide


async def show_screen(request: Request) -> Response:
    return await to_thread.run_sync(_screen, request)


def _screen(request: Request) -> Response:
    """For who may lead; to anybody else it is not there."""
    try:
        person = visiting(office(), request.cookies.get(SESSION, ""))
        if person is None:  # the gate has looked already
            raise NotAllowed("not_allowed", role="", verb="lead_workshop")
        require_leader(person)
        room = office().store.workshops.room(request.path_params["room_id"])
    except PsoError:
        return page(request, "room_none.html", headers=HEADERS, refusal=PsoError("workshop_gone"), status=404, back="/")
    return page(request, "room_screen_now.html" if "part" in request.query_params else "room_screen.html", headers=HEADERS, **_facts(request, room))


def _facts(request: Request, room: Room) -> dict[str, Any]:
    say, question, keys = visitor_language(request), room.question, office().store.workshops.keys(room.id)
    way = way_in(request.url.scheme, request.headers.get("host", ""), request.scope.get("server"))
    view = view_of(question)
    first = _first(request.query_params.get("from", "")) if request.query_params.get("of", view) == view else 0
    return {
        "room": room, "question": question, "view": view, "phase_marks": PHASE_MARKS, "way": way, "code": keys.code, "left": seconds_left(question),
        "qr": qr(way.address + join_path(keys.secret)) if keys.secret and not way.trouble else "",
        "count": _count(room, question), **_shown(room, question, say, first),
    }  # fmt: skip


def view_of(question: Question | None) -> str:
    """What is looked at: a place to begin that was chosen in one view is none in another question, round or phase, which begin at the first line."""
    return f"{question.id}.{question.round}.{question.phase}" if question else ""


def _count(room: Room, question: Question | None) -> Count:
    if question:
        return counted(office(), room, question)
    return Count(0, sum(1 for one in office().store.workshops.participants(room.id) if one.state == "in"))


def _shown(room: Room, question: Question | None, say: Phrases, first: int) -> dict[str, Any]:
    """Nothing of what was answered before the reveal, and as many lines of it after as a room can read: `most` of them on any screen."""
    if question is None or not question.shown:
        return {"results": None, "bars": (), "most": 0, "first": 0, "following": None, "by_line": False}
    asked = asking(question, levels_of(room, question, say), say)
    found: Results = results(room, question, asked, say)
    decided = decided_bars(question, asked) if question.phase != "revealed" else ()
    lines = decided or found.groups or found.bars
    most = _evenly(len(lines), DECIDED_ROWS if decided else _at_once(question, found))
    first = first if first < len(lines) else 0
    following = first + most if first + most < len(lines) else 0 if first else None
    return {"results": found, "bars": lines[first : first + MOST_ROWS], "most": most, "first": first, "following": following, "all": len(lines), "by_line": bool(decided)}


def _at_once(question: Question, found: Results) -> int:
    """How many lines there is room for; the answers to one question about one thing are always seen together."""
    if question.method in ("score", "stance"):
        return ROWS
    if any(group.originals for group in found.groups):
        most = _groups_at_once(found.groups)
    elif question.method in ("tier", "support"):
        most = TALL_ROWS
    else:
        most = FEW_ROWS if found.groups or question.method == "dots" or question.decision or len(question.title) > ONE_LINE else ROWS
    return max(1, most - UNDER_A_DECISION) if question.decision and question.phase != "revealed" else most


def _groups_at_once(groups: Sequence[Group]) -> int:
    return LONG_GROUPS if any(len(group.text) > ONE_LINE for group in groups) else GROUPS


def _evenly(lines: int, most: int) -> int:
    """How many to show at a time, so that no screen holds a lonely last one."""
    return math.ceil(lines / max(1, math.ceil(lines / most)))


@lru_cache(maxsize=32)
def qr(address: str) -> Markup:
    """As a picture that stands in the page: black on white with the quiet edge that cameras need."""
    return Markup(segno.make(address, error=MENDS, micro=False).svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="code", lineclass=None))


def _first(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
