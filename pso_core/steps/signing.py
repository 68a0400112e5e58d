"""Who may sign a step off now, and what stands in the way: asked by the actions before they write, by pages before they offer a button."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState
from pso_core.errors import NotAllowed, PsoError
from pso_core.steps import KINDS, STEP_OF_KIND, Gap, Step
from pso_core.steps.sign_off import NEEDS, SIGN_OFF, is_approved, sign_off_of, state_of
from pso_core.steps.standing import Standing

FROM: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "submit": ("draft", "returned"), "endorse": ("submitted",), "approve": ("submitted", "endorsed"),
    "return": ("submitted", "endorsed"), "reopen": ("approved",),
})  # fmt: skip
"""What may be done, and the states of the step in which it may."""
SIGNING = ("submit", "endorse", "approve")
_VERB = MappingProxyType({"submit": "edit_content", "endorse": "endorse", "approve": "approve", "return": "return", "reopen": "reopen"})


class GapsOpen(PsoError):
    """Something is still missing in the step. Nothing was written."""

    def __init__(self, step: str, gaps: tuple[Gap, ...]):
        super().__init__("gaps_open", step=step, count=len(gaps))
        self.gaps = gaps


def possible(state: ProjectState, step: str) -> tuple[str, ...]:
    """What can be done next in a step as its sign-off stands, by whoever may."""
    return tuple(action for action, states in FROM.items() if state_of(state, step) in states)


def verb_of(action: str, state: ProjectState, step: str) -> str:
    """The permission needed; to return what was endorsed is another than to return what was submitted."""
    return "return_endorsed" if action == "return" and state_of(state, step) == "endorsed" else _VERB[action]


def hindrance(state: ProjectState, standing: Standing, person: Person, action: str) -> PsoError | None:
    """Why this person may not do this to the step now. Nothing in the way: None.

    not_allowed, sign_off_out_of_turn, own_submission (who is no head), step_needs (an earlier step's approval), gaps_open.
    """
    step = standing.step.key
    verb = verb_of(action, state, step)
    if not may(person.role, verb):
        return NotAllowed("not_allowed", role=person.role, verb=verb)
    if action not in possible(state, step):
        return PsoError("sign_off_out_of_turn", step=step)
    if action == "endorse" and sign_off_of(state, step)["submitted_by"] == person.id and not may(person.role, "approve"):
        return NotAllowed("own_submission", step=step)
    return _unfit(state, standing) if action in SIGNING else None


def _unfit(state: ProjectState, standing: Standing) -> PsoError | None:
    for needed in NEEDS.get(standing.step.key, ()):
        if not is_approved(state, needed):
            return PsoError("step_needs", step=standing.step.key, other_step=needed)
    return GapsOpen(standing.step.key, standing.gaps) if standing.gaps else None


def signed_rows(state: ProjectState, step: Step) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(entity id, body) of everything that is signed with a step."""
    return ((row.id, row.body) for kind in step.kinds if kind is not SIGN_OFF for row in state.of(kind.name))


def step_of(kind: str, entity_id: str) -> str:
    """The step to which a row belongs: a sign-off to the step it signs off."""
    return entity_id.partition(":")[2] if kind == SIGN_OFF.name else STEP_OF_KIND[kind].key


def pages_showing(kind: str, entity_id: str) -> tuple[str, ...]:
    """The steps on whose pages a row is seen: its own, and those that are worked out from it."""
    if kind not in KINDS:
        return ()
    own = step_of(kind, entity_id)
    return (own, *(step for step, needed in NEEDS.items() if own in needed and kind != SIGN_OFF.name))
