"""The case that a report tells: one project as it stood after one change, read in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pso_core.domain.evidence import Piece, pieces, proving_codes
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.schedule import Slip
from pso_core.domain.scoring import Score
from pso_core.domain.standard import Standard
from pso_core.steps import Review
from pso_core.steps.evidence import claimed_and_proven
from pso_core.steps.readiness import PartReadiness, readiness
from pso_core.steps.standing import Standing, standings
from pso_core.text.phrases import Phrases


@dataclass(frozen=True)
class Case:
    """`digest` is what the history ends with at this change: it vouches for everything before it.

    `slips`: the due dates that moved until then once they were approved, the newest first.
    `photo`: an attached picture as PNG to be set in a document; None where it is lost or there is no place it could come from.
    """

    review: Review
    say: Phrases
    digest: str
    photo: Callable[[Row], bytes | None] = lambda attachment: None
    slips: Callable[[], Sequence[Slip]] = tuple

    @property
    def state(self) -> ProjectState:
        return self.review.state

    @property
    def standard(self) -> Standard:
        return self.review.standard

    @property
    def people(self) -> tuple[Person, ...]:
        return self.review.people

    @property
    def language(self) -> str:
        return self.say.language

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every piece of evidence as it stands on the day of the document."""
        return pieces(self.state, self.review.today, self.review.lost)

    @cached_property
    def totals(self) -> tuple[Score, Score] | None:
        """What is claimed and what is proven; None before there is a total."""
        return claimed_and_proven(self.review)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How the profile and each of the nine steps stand."""
        return standings(self.review)

    @cached_property
    def parts_of_the_pack(self) -> tuple[PartReadiness, ...]:
        """Each part of the standard's checklist with what stands in its way, told from how the steps stand."""
        return readiness(self.review, {one.step.key: (*one.gaps, *one.warnings) for one in self.standings})

    @cached_property
    def proving(self) -> Mapping[str, tuple[str, ...]]:
        """{indicator id: codes of the accepted evidence that counts for it}"""
        return proving_codes(self.pieces)

    @property
    def agency_name(self) -> str:
        return self.field("agency", "name") or self.say("documents.no_agency")

    def field(self, single: str, name: str) -> str | None:
        """A field of a kind that the project has once; None when it has none."""
        row = self.state.only(single)
        return row[name] if row else None

    def scores(self, round_id: str) -> Mapping[str, Row]:
        """{indicator id: its score row} in one round."""
        return {row["indicator"]: row for row in self.state.where("score", round=round_id)}
