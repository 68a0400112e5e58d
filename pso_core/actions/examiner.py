"""An outside examiner: an address without an account that shows one pack, what was opened by it, and what they ask."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from pso_core.actions.rows import Edit, Saved, save_rows
from pso_core.actions.secret_addresses import guessed
from pso_core.domain.people import EXAMINER, Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.steps.certification import is_open
from pso_core.steps.columns import LINE
from pso_core.steps.values import clean, stamp
from pso_core.store.examiner_links import ASKED, Access, ExaminerLink

MOST_DAYS = 60
MOST_OPEN = 50  # inquiries of one link that wait for an answer
A_WHILE = timedelta(minutes=10)
READS, ASKS = 600, 20  # by one link in a while


@dataclass(frozen=True)
class Inquired:
    """What an examiner typed. `about`: a criterion's key; `evidence_code`: of a piece in the pack they look at."""

    asked_by: str
    sort: str
    about: str | None
    evidence_code: str | None
    text: str


def open_link(office: Office, actor: Person, project_id: str, pack_id: str, given_to: str, days: int) -> str:
    """The secret of a new address that shows this pack for so many days; it cannot be told again.

    Refuses not_allowed, pack_gone, examiner_name_missing, examiner_name_long (limit), examiner_days_outside (most).
    """
    _require(actor, "open_to_examiners")
    given_to = clean(given_to)
    pack = office.store.packs.find(project_id, pack_id)
    if pack is None or not office.store.contents.holds(pack.content):
        raise NotFound("pack_gone")
    if not given_to:
        raise PsoError("examiner_name_missing")
    if len(given_to) > LINE:
        raise PsoError("examiner_name_long", limit=LINE)
    if not 1 <= days <= MOST_DAYS:
        raise PsoError("examiner_days_outside", most=MOST_DAYS)
    secret, now = secrets.token_urlsafe(32), office.clock()
    office.store.examiner_links.make(secret, ExaminerLink(secrets.token_hex(8), project_id, pack_id, given_to, actor.id, now, now + timedelta(days=days)))
    return secret


def revoke_link(office: Office, actor: Person, project_id: str, link_id: str) -> None:
    """The address stops at once; one that has stopped stays so. Refuses not_allowed, examiner_link_closed."""
    _require(actor, "open_to_examiners")
    link = office.store.examiner_links.get(link_id)
    if link is None or link.project_id != project_id:
        raise NotFound("examiner_link_closed")
    office.store.examiner_links.revoke(link_id, office.clock())


def enter(office: Office, secret: str, address: str) -> ExaminerLink:
    """The open link of this secret. Refuses examiner_link_closed, examiner_wait (seconds) after too many wrong ones from this address.

    Never made, expired and revoked are one answer.
    """
    find = partial(office.store.examiner_links.find, secret)
    found = guessed(office, f"examiner:{address}", find, lambda seconds: PsoError("examiner_wait", seconds=seconds))
    if found is None or not found.is_open(office.clock()):
        raise NotFound("examiner_link_closed")
    return found


def note(office: Office, link: ExaminerLink, what: str, place: str = "") -> None:
    """Put down that this was opened, before it is handed out. Refuses examiner_wait (seconds): then it is not to be handed out."""
    now = office.clock()
    if not office.store.examiner_links.log(Access(link.id, now, what, place), ASKS if what == ASKED else READS, now - A_WHILE):
        raise PsoError("examiner_wait", seconds=int(A_WHILE.total_seconds()))


def ask(office: Office, link: ExaminerLink, inquired: Inquired) -> Saved:
    """Leave a question or finding in the project, also when its last step was approved.

    The log names it first: whoever has the link sees their own only. What is refused stays there as refused. Refuses examiner_wait, examiner_link_closed (meanwhile),
    inquiries_too_many (most), and as `save_rows` does.
    """
    entity_id = f"inquiry:{secrets.token_hex(6)}"
    note(office, link, ASKED, entity_id)

    def refuse(now: ProjectState) -> None:
        here = office.store.examiner_links.get(link.id)
        if here is None or not here.is_open(office.clock()):
            raise NotFound("examiner_link_closed")
        if sum(map(is_open, _asked(office, link, now))) >= MOST_OPEN:
            raise PsoError("inquiries_too_many", most=MOST_OPEN)

    body = {
        "asked_by": inquired.asked_by, "sort": inquired.sort, "about": inquired.about, "evidence_code": inquired.evidence_code, "text": inquired.text,
        "asked_at": stamp(office.clock()),
    }  # fmt: skip
    seen = office.store.state(link.project_id).seq
    try:
        return save_rows(office, EXAMINER, link.project_id, [Edit("inquiry", entity_id, body)], seen, action="ask", refuse=refuse)
    except PsoError:
        office.store.examiner_links.refused(link.id, entity_id)
        raise


def asked(office: Office, link: ExaminerLink) -> tuple[Row, ...]:
    """What was asked by this link, as it stands now, the newest first."""
    return tuple(sorted(_asked(office, link, office.store.state(link.project_id)), key=lambda row: (row["asked_at"], row.seq), reverse=True))


def answer(office: Office, actor: Person, project_id: str, inquiry_id: str, text: str, seen: int) -> Saved:
    """Answer an examiner, or correct the answer. Refuses row_gone, answer_missing, and as `save_rows` does."""
    _inquiry(office, project_id, inquiry_id)
    if not clean(text):
        raise PsoError("answer_missing")
    body = {"answer": text, "answered_by": actor.id, "answered_at": stamp(office.clock())}
    return save_rows(office, actor, project_id, [Edit("inquiry", inquiry_id, body)], seen, action="answer")


def _asked(office: Office, link: ExaminerLink, state: ProjectState) -> list[Row]:
    rows = (state.get(id_) for id_ in office.store.examiner_links.asked_by(link.id))
    return [row for row in rows if row is not None and row.kind == "inquiry"]


def _inquiry(office: Office, project_id: str, inquiry_id: str) -> Row:
    row = office.store.state(project_id).get(inquiry_id)
    if row is None or row.kind != "inquiry":
        raise NotFound("row_gone", kind="inquiry")
    return row


def _require(actor: Person, verb: str) -> None:
    if not may(actor.role, verb):
        raise NotAllowed("not_allowed", role=actor.role, verb=verb)
