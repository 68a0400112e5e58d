"""How far each step is, computed from the data every time and never stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rows import ProjectState
from pso_core.steps import ALL_STEPS, KINDS, Gap, Review, Step
from pso_core.steps.carried import CARRIED_OVER, NOT_CONTENT, all_gaps, is_open
from pso_core.steps.sign_off import is_approved, state_of

FOR_THE_HEAD = frozenset({"month_without_supervision"})
LATE = frozenset({"late_without_reason"})
# Who closes a gap, where that is not who may write the row at its place.
CLOSED_BY = {
    "tier_off_quota": "edit_content",
    "equal_tier_unequal": "edit_content",
    "ranked_tier_out_of_order": "edit_content",
    "schedule_not_approved": "approve",
    CARRIED_OVER: "edit_content",
}


@dataclass(frozen=True)
class Standing:
    """One step: 'empty' (nothing in it), 'started', or 'complete' (no gap but warnings).

    `carried`: all that is in it came along from the last cycle and nobody has looked at it in this one: it is begun at most.
    `signed`: the state of its sign-off, or 'broken' where it was approved and has gaps now.
    """

    step: Step
    state: str
    gaps: tuple[Gap, ...]
    warnings: tuple[Gap, ...]
    signed: str = "draft"
    carried: bool = False


def standing_of(review: Review, step: Step) -> Standing:
    found = tuple(all_gaps(review, step))
    gaps = tuple(gap for gap in found if not gap.warning)
    filled = any(review.state.of(kind.name) for kind in step.kinds if kind.name not in NOT_CONTENT)
    state = "empty" if not filled else "started" if any(map(is_open, found)) else "complete"
    warnings, signed = tuple(gap for gap in found if gap.warning), _signed(review.state, step.key, gaps)
    return Standing(step, state, gaps, warnings, signed, any(gap.code == CARRIED_OVER for gap in warnings))


def _signed(state: ProjectState, step: str, gaps: tuple[Gap, ...]) -> str:
    return "broken" if gaps and is_approved(state, step) else state_of(state, step)


def standings(review: Review) -> tuple[Standing, ...]:
    """The profile, then the nine steps in order."""
    return tuple(standing_of(review, step) for step in ALL_STEPS)


def next_for(person: Person, found: tuple[Standing, ...]) -> Iterator[tuple[Step, Gap]]:
    """What this person can do next: their own first, then the head's own duty, then what is late, then the rest in the order of the steps."""
    open_ = [(one.step, gap) for one in found for gap in (*one.gaps, *one.warnings) if _may_close(person, gap)]
    own = [pair for pair in open_ if pair[1].facts.get("person") == person.id and pair[1].warning]
    heads = [pair for pair in open_ if person.role == "head" and pair[1].code in FOR_THE_HEAD]
    late = [pair for pair in open_ if pair[1].code in LATE]
    rest = [pair for pair in open_ if is_open(pair[1])]
    ordered = {id(gap): (step, gap) for step, gap in (*own, *heads, *late, *rest)}
    yield from ordered.values()


def _may_close(person: Person, gap: Gap) -> bool:
    kind = gap.place.split(":")[0]
    if kind == "step" and gap.code not in CLOSED_BY:  # its own gaps are there to be closed
        return False
    if kind == "people":
        return may(person.role, "manage_people")
    return may(person.role, CLOSED_BY.get(gap.code) or (KINDS[kind].verb if kind in KINDS else "edit_content"))
