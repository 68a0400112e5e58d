"""Steps of a new cycle in which there is only what came along from the last one: nobody has looked at it in this cycle."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.domain.rows import ProjectState
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.review import Gap, Review
from pso_core.steps.sign_off import sign_off_of
from pso_core.steps.table import Step

CARRIED_OVER = "carried_over"
NOT_CONTENT = frozenset({"project", "sign_off", "word_template"})  # there from the start, said about other rows, or how they are written
LEFT = (
    "worksheet", "proposal", "round", "score", "progress", "supervision", "milestone", "baseline", "sign_off", "acceptance", "mock_audit", "mock_verdict",
    "readiness", "request", "audit", "finding", "inquiry", "decision", "certificate", "result", "meeting", "resolution",
)  # fmt: skip
"""The kinds that no cycle begins with: of the last one, and to be read there."""

_FIRST = 1  # the change that begins a project


def is_carried(state: ProjectState, step: Step) -> bool:
    """Whether a step that is signed off holds only rows of the last cycle: none written, none taken away, and never submitted in this one."""
    if not _follows_another(state) or step.key not in STEP_KEYS or sign_off_of(state, step.key):
        return False
    kinds = {kind.name for kind in step.kinds} - NOT_CONTENT
    rows = [row for kind in kinds for row in state.of(kind)]
    return bool(rows) and all(row.seq == _FIRST for row in rows) and not any(id_.partition(":")[0] in kinds for id_ in state.removed)


def all_gaps(review: Review, step: Step) -> Iterator[Gap]:
    """What the step's own rules find and, as a warning, that it was only carried over: it can be submitted as it is."""
    yield from step.gaps(review)
    if is_carried(review.state, step):
        yield Gap("carried_over", f"step:{step.key}", {"number": step.number, "step": step.key}, warning=True)


def is_open(gap: Gap) -> bool:
    """Whether a step with this gap is not complete."""
    return not gap.warning or gap.code == CARRIED_OVER


def _follows_another(state: ProjectState) -> bool:
    """Not one taken in from a file without its history when work in it was under way: all of its rows are of one change."""
    about = state.only("project")
    return bool(about and about["previous"]) and not any(row.seq == _FIRST for kind in LEFT for row in state.of(kind))
