"""The warnings that a step was approved over: kept as lines of text, and told in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pso_core.domain.people import Person
from pso_core.domain.rows import Row
from pso_core.steps import STEPS, Gap, Review
from pso_core.steps.columns import PARAGRAPHS
from pso_core.steps.naming import Told, gap_sentence
from pso_core.steps.standing import standing_of
from pso_core.text.phrases import LANGUAGES, Phrases, phrases
from pso_core.text.thaidate import thai_day

_STEP = {step.key: step for step in STEPS}


def kept(review: Review, gaps: Iterable[Gap], language: str, limit: int = PARAGRAPHS) -> str:
    """Gaps as lines of text for a row: people by their position, since a name that is kept could never be taken out again.

    What goes beyond `limit` characters is counted in the last line.
    """
    say = phrases(language)
    reader = Told(say, review.standard, review.state, tuple(_by_position(person, say) for person in review.people))
    return _cut([gap_sentence(reader, gap) for gap in gaps], limit, say)


def told_warnings(review: Review, row: Row, language: str) -> str:
    """The warnings kept in this sign-off, in `language`. They are found anew in the project as it was approved; where that does
    not come to the very text that was kept (rules or positions changed since, or there is no history), that text stands."""
    approved = _approval(review, row) if row["warnings"] and row["approved_at"] and review.as_of else None
    if approved is None or approved.seq < 2:
        return row["warnings"] or ""
    day = thai_day(datetime.fromisoformat(row["approved_at"]))
    then = replace(review, state=review.as_of(approved.seq - 1), today=day)
    gaps = standing_of(then, _STEP[row["step"]]).warnings
    same = any(kept(then, gaps, other) == row["warnings"] for other in LANGUAGES)
    return kept(then, gaps, language) if same else row["warnings"]


def _approval(review: Review, row: Row) -> Row:
    """The sign-off as the approval left it: since then it may have been told to be broken and to be mended."""
    while row.seq > 1 and (earlier := review.as_of(row.seq - 1).get(row.id)) and earlier["approved_at"] == row["approved_at"]:
        row = earlier
    return row


def _by_position(person: Person, say: Phrases) -> Person:
    return replace(person, name=person.position or say(f"choices.role.{person.role}"))


def _cut(lines: list[str], limit: int, say: Phrases) -> str:
    for shown in range(len(lines), -1, -1):
        rest = [say("sign_off.and_more", count=len(lines) - shown)] if shown < len(lines) else []
        text = "\n".join([*lines[:shown], *rest])
        if len(text) <= limit:
            return text
    return ""
