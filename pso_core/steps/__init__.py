"""What a step is: the registry of the nine (the profile and the schedule before them, the evidence and the meetings beside them) and of every kind of row."""

from __future__ import annotations

from types import MappingProxyType

from pso_core.steps import assessment, certification, evidence, execution, indicators, meetings, mission, plan, profile, schedule, tasks, vision, weights
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Field, Kind, Step

PROFILE = profile.STEP
SCHEDULE = schedule.STEP
EVIDENCE = evidence.STEP
MEETINGS = meetings.STEP
STEPS: tuple[Step, ...] = tuple(
    module.STEP for module in (vision, mission, tasks, weights, indicators, assessment, plan, execution, certification)
)
ALL_STEPS: tuple[Step, ...] = (PROFILE, SCHEDULE, *STEPS, EVIDENCE, MEETINGS)
KINDS = MappingProxyType({kind.name: kind for step in ALL_STEPS for kind in step.kinds})
STEP_OF_KIND = MappingProxyType({kind.name: step for step in ALL_STEPS for kind in step.kinds})

__all__ = ["ALL_STEPS", "EVIDENCE", "KINDS", "MEETINGS", "PROFILE", "SCHEDULE", "STEPS", "STEP_OF_KIND", "Field", "Gap", "Kind", "Review", "Step"]
