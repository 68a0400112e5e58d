"""Looking over a project of the office as it stands: its standard and its gaps."""

from __future__ import annotations

from pso_core import standards
from pso_core.domain.rows import ProjectState
from pso_core.domain.standard import Standard
from pso_core.office import Office, review_on
from pso_core.steps import STEPS, Review
from pso_core.steps.standing import Standing, standing_of

_STEP = {step.key: step for step in STEPS}


def standard_of(state: ProjectState) -> Standard:
    """The standard that this project works towards."""
    return standards.load(state.only("project")["standard"])


def review_of(office: Office, state: ProjectState) -> Review:
    return review_on(office, state, office.today())


def standing_in(review: Review, step: str) -> Standing:
    """How far one of the nine steps is. KeyError for any other."""
    return standing_of(review, _STEP[step])
