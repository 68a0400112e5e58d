"""Signing a step off: submitted, endorsed, approved; an approved step is read-only until it is reopened with a reason.

An internal record, no electronic signature. Names are not kept here but the ids of accounts, so that a person can be
made anonymous; the position is, because people are promoted and the record says who they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pso_core.domain.rows import ProjectState, Row
from pso_core.steps import columns as column
from pso_core.steps.columns import PARAGRAPHS, STEP_KEYS
from pso_core.steps.table import Kind, Table

STATES = ("draft", "submitted", "endorsed", "approved", "returned")
NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "mission": ("vision",), "tasks": ("mission",), "indicators": ("weights",), "assessment": ("weights", "indicators"),
    "plan": ("assessment",), "execution": ("plan",), "certification": ("execution",),
})  # fmt: skip
"""The steps that must be approved before a step is submitted."""


class SignOff(Table):
    step: str = column.choice(STEP_KEYS, required=True)
    state: str = column.choice(STATES, required=True)
    submitted_by: str = column.person()
    submitted_position: str = column.text()
    submitted_at: str = column.moment()
    endorsed_by: str = column.person()
    endorsed_position: str = column.text()
    endorsed_at: str = column.moment()
    approved_by: str = column.person()
    approved_position: str = column.text()
    approved_at: str = column.moment()
    reason: str = column.text(limit=1_000)
    warnings: str = column.text(limit=PARAGRAPHS)
    digest: str = column.text(limit=64)
    broken_at: str = column.moment()
    broken: str = column.text(limit=PARAGRAPHS)


def sign_off_of(state: ProjectState, step: str) -> Row | None:
    return state.get(f"sign_off:{step}")


def state_of(state: ProjectState, step: str) -> str:
    """draft until somebody submits it."""
    row = sign_off_of(state, step)
    return row["state"] if row else "draft"


def is_approved(state: ProjectState, step: str) -> bool:
    return state_of(state, step) == "approved"


ACTIONS = frozenset({"submit", "endorse", "approve", "return", "reopen", "broken", "mended"})
SIGN_OFF = Kind("sign_off", SignOff, key=("step",), actions=ACTIONS)
