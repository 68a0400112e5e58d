"""Looking over a project of the office as it stands: its standard, its gaps, and gaps as texts to keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from pso_core import standards
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState
from pso_core.domain.standard import Standard
from pso_core.office import Office
from pso_core.steps import STEPS, Gap, Review
from pso_core.steps.columns import PARAGRAPHS
from pso_core.steps.naming import Told, gap_sentence
from pso_core.steps.standing import Standing, standing_of
from pso_core.text.phrases import Phrases, phrases

_STEP = {step.key: step for step in STEPS}


def standard_of(state: ProjectState) -> Standard:
    """The standard that this project works towards."""
    return standards.load(state.only("project")["standard"])


def review_of(office: Office, state: ProjectState) -> Review:
    return Review(standard_of(state), state, office.store.people.all(), office.today(), partial(office.store.as_of, state.project_id))


def standing_in(review: Review, step: str) -> Standing:
    """How far one of the nine steps is. KeyError for any other."""
    return standing_of(review, _STEP[step])


def kept(review: Review, gaps: Iterable[Gap], language: str, limit: int = PARAGRAPHS) -> str:
    """Gaps as lines of text for a row: people by their position, since a name that is kept could never be taken out again.

    What goes beyond `limit` characters is counted in the last line.
    """
    say = phrases(language)
    reader = Told(say, review.standard, review.state, tuple(_by_position(person, say) for person in review.people))
    return _cut([gap_sentence(reader, gap) for gap in gaps], limit, say)


def _by_position(person: Person, say: Phrases) -> Person:
    return replace(person, name=person.position or say(f"choices.role.{person.role}"))


def _cut(lines: list[str], limit: int, say: Phrases) -> str:
    for shown in range(len(lines), -1, -1):
        rest = [say("sign_off.and_more", count=len(lines) - shown)] if shown < len(lines) else []
        text = "\n".join([*lines[:shown], *rest])
        if len(text) <= limit:
            return text
    return ""
