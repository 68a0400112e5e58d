"""Reads that cost something, kept for as long as nothing changed: keyed by the project's clock."""

from __future__ import annotations

from functools import lru_cache

from pso_core.domain.register import Filed, register
from pso_core.domain.rows import ProjectState
from pso_core.office import office
from pso_core.steps import Review
from pso_core.steps.standing import Standing, standings


class _Key:
    """Equal for equal project, clock, people and day; carries the review it was made from."""

    def __init__(self, review: Review):
        self.review = review
        self.parts = (review.state.project_id, review.state.seq, review.people, review.today, review.standard.key)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


def standings_of(review: Review) -> tuple[Standing, ...]:
    return _standings(_Key(review))


@lru_cache(maxsize=64)
def _standings(key: _Key) -> tuple[Standing, ...]:
    return standings(key.review)


@lru_cache(maxsize=64)
def as_of(project_id: str, seq: int) -> ProjectState:
    """The project as a visit first drew it; the past does not change."""
    return office().store.as_of(project_id, seq)


class _At:
    """A project's state as a key: equal when project and clock are."""

    def __init__(self, state: ProjectState):
        self.state = state
        self.parts = (state.project_id, state.seq)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _At) and self.parts == other.parts


def register_of(state: ProjectState) -> tuple[Filed, ...]:
    """The file register, ready to be searched."""
    return _register(_At(state))


@lru_cache(maxsize=16)
def _register(key: _At) -> tuple[Filed, ...]:
    return register(key.state)
