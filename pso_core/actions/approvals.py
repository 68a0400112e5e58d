"""Approved steps are watched: what breaks one is noted at once, and what is not mended within a day is open to editing again."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pso_core.actions.reviews import review_of, standing_in
from pso_core.domain.people import CLOCK
from pso_core.domain.rows import ProjectState, Row
from pso_core.office import Office
from pso_core.steps import Gap, Review
from pso_core.steps.approved_over import kept
from pso_core.steps.sign_off import SIGN_OFF
from pso_core.steps.values import empty, stamp
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES, phrases

TIME_TO_MEND = timedelta(hours=24)
LANGUAGE = LANGUAGES[0]  # of what the server itself writes down
_REASON = SIGN_OFF.field["reason"].limit

_log = logging.getLogger(__name__)


def watch_all(office: Office) -> None:
    """Every project, whatever becomes of the others: for a clock that must go on."""
    for project_id in office.store.projects():
        try:
            watch(office, project_id)
        except Exception:
            _log.exception("the approvals of project %s could not be watched", project_id)


def watch(office: Office, project_id: str) -> None:
    """Notes which approved steps are broken by now or mended, and opens those that were broken for too long.

    Gaps break an approved step, whether they come from its own rows, other steps, people, the standard or the day.
    """
    now = office.store.state(project_id)
    due = {action for _, _, _, action in _due_in(office, now)}
    for action in sorted(due):
        reason = phrases(LANGUAGE)("sign_off.not_mended") if action == "reopen" else ""
        office.store.commit(project_id, partial(_writes, office, action), person_id=CLOCK.id, action=action, reason=reason)


def reopens_at(row: Row) -> datetime | None:
    """When a broken step will be open to editing again if it is not mended; None for one that is whole."""
    return datetime.fromisoformat(row["broken_at"]) + TIME_TO_MEND if row["broken_at"] else None


def _writes(office: Office, action: str, now: ProjectState) -> list[Write]:
    return [
        Write(row.id, row.kind, row.revision, {**empty(SIGN_OFF), **_BODY[action](row, review, gaps, office.clock())})
        for review, row, gaps, due in _due_in(office, now) if due == action
    ]  # fmt: skip


def _due_in(office: Office, now: ProjectState) -> Iterator[tuple[Review, Row, tuple[Gap, ...], str]]:
    """What is to be done in a project: with which approved step, and its gaps."""
    rows = tuple(now.where("sign_off", state="approved"))
    review = review_of(office, now) if rows else None
    for row in rows:
        gaps = standing_in(review, row["step"]).gaps
        if due := _due(row, gaps, office.clock()):
            yield review, row, gaps, due


def _due(row: Row, gaps: tuple[Gap, ...], moment: datetime) -> str | None:
    """What is to be done with an approved step. Should the clock have been moved back, its day begins anew."""
    since = datetime.fromisoformat(row["broken_at"]) if row["broken_at"] else None
    if not gaps:
        return "mended" if since else None
    if since is None or since > moment:
        return "broken"
    return "reopen" if moment - since >= TIME_TO_MEND else None


def _broken(row: Row, review: Review, gaps: tuple[Gap, ...], moment: datetime) -> Mapping[str, Any]:
    return {**row.body, "broken_at": stamp(moment), "broken": kept(review, gaps, LANGUAGE)}


def _mended(row: Row, *_: Any) -> Mapping[str, Any]:
    return {**row.body, "broken_at": None, "broken": None}


def _reopened(row: Row, review: Review, gaps: tuple[Gap, ...], _: datetime) -> Mapping[str, Any]:
    why = phrases(LANGUAGE)("sign_off.not_mended")
    return {"step": row["step"], "state": "draft", "reason": f"{why}\n{kept(review, gaps, LANGUAGE, _REASON - len(why) - 1)}"}


_BODY = {"broken": _broken, "mended": _mended, "reopen": _reopened}
