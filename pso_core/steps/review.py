"""Looking over a project: gaps, each of which becomes a sentence with a link to its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.scoring import Score, score_of
from pso_core.domain.standard import Standard
from pso_core.text.lines import first_line

_SHOWN = 120  # characters of what somebody wrote in the sentence of a gap


@dataclass(frozen=True)
class Gap:
    """Something still missing. `place` is a kind, an entity id or `step:<key>` for a whole step; a warning does not keep a step from being complete.

    The sentence is `gaps.<code>` with `facts` in its blanks. A fact that names a thing of the standard is
    given as its key under the name criterion, tier, sub_plan …; the text layer turns it into a name.
    """

    code: str
    place: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    warning: bool = False


def beginning(text: str) -> str:
    """The first line of what somebody wrote, cut where it is too long for a gap's sentence."""
    return first_line(text, _SHOWN)


@dataclass(frozen=True)
class Review:
    """What a step's rules look at: the standard, the project, the people and today's date.

    `as_of` gives the project as it stood after an earlier change; without it a closed round is scored by what is there now.
    `before`: during a save the project that the save changes.
    `lost`: SHA-256 of newest files of evidence whose content is not held.
    """

    standard: Standard
    state: ProjectState
    people: tuple[Person, ...]
    today: date
    as_of: Callable[[int], ProjectState] | None = field(default=None, compare=False)
    before: ProjectState | None = field(default=None, compare=False)
    lost: frozenset[str] = frozenset()

    @cached_property
    def current_round(self) -> Row | None:
        """The round people work on: the one that is open, else the last one."""
        rounds = self.state.of("round")
        still_open = tuple(row for row in rounds if row["closed_on"] is None)
        return (still_open or rounds or (None,))[-1]

    @cached_property
    def scored_round(self) -> Row | None:
        """The round whose score is the project's: the current one, or while nothing is scored in it the last one that has a score."""
        earlier = [row for row in self.state.of("round") if row is not self.current_round]
        told = (row for row in (self.current_round, *reversed(earlier)) if row and self.score_of(row).started)
        return next(told, self.current_round)

    @cached_property
    def scored_on(self) -> ProjectState:
        """The project whose conditions `scores` follow: as it stood when the round was closed, else as it is now."""
        return self.decided(self.scored_round) if self.scored_round else self.state

    @cached_property
    def scores(self) -> Mapping[str, Row]:
        """{indicator id: its row in `scored_round`}"""
        return {row["indicator"]: row for row in self.state.where("score", round=self.scored_round.id)} if self.scored_round else {}

    @cached_property
    def score(self) -> Score | None:
        """The score of `scored_round`."""
        return self.score_of(self.scored_round) if self.scored_round else None

    def score_of(self, round_: Row) -> Score:
        """A closed round keeps the total it was closed with, whatever becomes of weights and indicators: its row was last
        written when it was closed."""
        return score_of(self.state, self.standard, round_.id, self.decided(round_))

    def decided(self, round_: Row) -> ProjectState:
        """The project with whose indicators and weights a round is scored: as it stood when the round was closed, else as it is now."""
        return self.as_of(round_.seq) if self.as_of and round_["closed_on"] else self.state

    def person_left(self, person_id: str | None) -> bool:
        """Whether this person's account is closed or unknown."""
        return bool(person_id) and not any(p.id == person_id and p.active for p in self.people)
