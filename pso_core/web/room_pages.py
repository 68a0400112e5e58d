"""What somebody in a workshop room has on their phone: one thing at a time, their own answer, and after the reveal everybody's together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pso_core.actions.reviews import standard_of
from pso_core.actions.workshop_answers import own_answer
from pso_core.actions.workshop_joining import NAME, Presence, roster
from pso_core.domain.workshop.ballots import key_of
from pso_core.domain.workshop.room import Question, Room
from pso_core.errors import NotFound, PsoError
from pso_core.office import office
from pso_core.text.phrases import Phrases
from pso_core.web.answers import page
from pso_core.web.cookies import visitor_language
from pso_core.web.room_answers import Asking, asking, fields_of, fit_of, told
from pso_core.web.room_results import Results, results

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {"cache-control": "no-store", "content-security-policy": POLICY, "x-robots-tag": "noindex, nofollow"}
ROOM, HERE = "/room", "/room/here"
PHASE_MARKS = {"draft": "○", "open": "▶", "closed": "■", "revealed": "◆", "decided": "✓", "locked": "▣"}
NO_ANSWER = {"waiting", "quiet", "draft", "closed"}  # nothing to type: a browser without scripts looks again by itself


@dataclass(frozen=True)
class Standing:
    """What a phone shows now. `state`: waiting (to be admitted), ended, quiet (nothing is asked), or the phase of the question."""

    here: Presence
    state: str
    question: Question | None = None
    asked: Asking | None = None
    sent: Mapping[str, Any] | None = None
    results: Results | None = None

    @property
    def place(self) -> str:
        """Under which a draft is kept: of this person, this question and this round."""
        about = f"{self.question.id}/{self.question.round}" if self.question else "-"
        return f"{self.here.room.id}/{self.here.participant.id}/{about}"

    @property
    def left(self) -> int | None:
        return seconds_left(self.question)


def join_path(secret: str) -> str:
    return f"/room/join/{secret}"


def enter_page(request: Request, typed: str = "", refusal: PsoError | None = None, inside: Presence | None = None, status: int | None = None) -> Response:
    """Six digits to type. `inside`: the room this browser is in already."""
    wait = {"retry-after": str(refusal.facts["seconds"])} if refusal and "seconds" in refusal.facts else {}
    return page(request, "room_enter.html", headers=HEADERS | wait, refusal=refusal, status=status, back=ROOM, typed=typed, inside=inside, refresh=0)


def join_page(request: Request, room: Room, secret: str, typed: Mapping[str, str] | None = None, refusal: PsoError | None = None) -> HTMLResponse:
    """The names of the office to choose one's own from, and a place for guests."""
    typed = {"person": "", "guest": "", **(typed or {})}
    wait = {"retry-after": str(refusal.facts["seconds"])} if refusal and "seconds" in refusal.facts else {}
    return page(
        request, "room_join.html", headers=HEADERS | wait, refusal=refusal, back=join_path(secret), room=room, path=join_path(secret), typed=typed,
        people=roster(office(), room), longest=NAME, refresh=0,
    )  # fmt: skip


def standing(here: Presence, say: Phrases) -> Standing:
    room, question = here.room, here.room.question
    if room.ended_at:
        return Standing(here, "ended")
    if here.participant.state != "in":
        return Standing(here, "waiting")
    if question is None:
        return Standing(here, "quiet")
    own = "" if question.shown else key_of(here.token, question)
    asked = asking(question, levels_of(room, question, say), say, own)
    shown = results(room, question, asked, say) if question.shown else None
    return Standing(here, question.phase, question, asked, own_answer(office(), here, question), shown)


def here_page(
    request: Request, here: Presence, typed: Mapping[str, str] | None = None, refusal: PsoError | None = None, *, part: bool = False, fresh: bool = False,
    looked: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    """The whole page, or the part of it that changes. `typed`: fields of an answer that was not sent: it was refused, or only `looked` at;
    `fresh`: it was sent just now. Once answers are closed, what was typed stands as not sent apart from what was sent."""
    shown = standing(here, visitor_language(request))
    sent = fields_of(shown.question, shown.sent) if shown.question else {}
    late = dict(typed) if typed and shown.asked and shown.state != "open" else {}
    fields = dict(typed) if typed is not None and shown.state in ("open", "closed") else sent
    ballot = looked if typed is not None else shown.sent
    return page(
        request, "room_now.html" if part else "room_here.html", headers=HEADERS, refusal=refusal, back=HERE, me=here, now=shown, fields=fields, fresh=fresh,
        looked=looked is not None,
        fit=fit_of(shown.question, ballot, visitor_language(request)) if shown.question else None,
        own=told(shown.question, sent, shown.asked) if shown.asked else [], unsent=told(shown.question, late, shown.asked) if late else [],
        remainder=shown.asked.left(fields) if shown.asked else 0,
        lacking=shown.asked.lacking(refusal) if shown.asked and shown.state == "open" else (),
        phase_marks=PHASE_MARKS, refresh=10 if shown.state in NO_ANSWER and not late else 0,
    )  # fmt: skip


def elsewhere_page(request: Request, here: Presence, form: Mapping[str, str], refusal: PsoError, *, part: bool) -> HTMLResponse:
    """An answer to a question that the room does not look at any more: refused, with what was typed."""
    question = here.room.questions.get(form.get("question", ""))
    asked = asking(question, levels_of(here.room, question, visitor_language(request)), visitor_language(request)) if question else None
    own = told(question, form, asked) if question and asked else [("", value) for name, value in form.items() if name in ("reason", "text") and value]
    return page(
        request, "room_late_now.html" if part else "room_late.html", headers=HEADERS, refusal=refusal, back=HERE, me=here, title=question.title if question else here.room.title,
        own=own, refresh=0,
    )  # fmt: skip


def gone_page(request: Request, refusal: PsoError, *, part: bool = False) -> Response:
    """To whoever is not in: how to come in. Asked by a script, the part alone."""
    status = 404 if isinstance(refusal, NotFound) else None
    if part:
        return page(request, "room_gone_now.html", headers=HEADERS, refusal=refusal, status=status, back=ROOM)
    return enter_page(request, refusal=refusal, status=status)


def levels_of(room: Room, question: Question, say: Phrases) -> dict[int, str]:
    """What the standard calls the levels that a question offers."""
    if question.method != "score":
        return {}
    standard = standard_of(office().store.state(room.project_id))
    known = standard.choices("levels")
    return {level: standard.name_of("levels", level, say.language) for level in question.settings["levels"] if level in known}


def seconds_left(question: Question | None) -> int | None:
    """By the server's clock; 0 when the time has run out, None where there is none."""
    if question is None or question.phase != "open" or question.ends_at is None:
        return None
    return max(0, math.ceil((question.ends_at - office().clock()).total_seconds()))
