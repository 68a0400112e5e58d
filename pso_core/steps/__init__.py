"""What a step is: the registry of the nine (and the profile before them) and of every kind of row."""

from __future__ import annotations

from types import MappingProxyType

from pso_core.steps import assessment, certification, execution, indicators, mission, plan, profile, tasks, vision, weights
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Field, Kind, Step

PROFILE = profile.STEP
STEPS: tuple[Step, ...] = tuple(
    module.STEP for module in (vision, mission, tasks, weights, indicators, assessment, plan, execution, certification)
)
ALL_STEPS: tuple[Step, ...] = (PROFILE, *STEPS)
KINDS = MappingProxyType({kind.name: kind for step in ALL_STEPS for kind in step.kinds})
STEP_OF_KIND = MappingProxyType({kind.name: step for step in ALL_STEPS for kind in step.kinds})

__all__ = ["ALL_STEPS", "KINDS", "PROFILE", "STEPS", "STEP_OF_KIND", "Field", "Gap", "Kind", "Review", "Step"]
