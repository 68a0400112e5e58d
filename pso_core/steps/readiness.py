"""Whether each part of the submission pack is ready: told from the data where it can be, else by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pso_core.domain.rows import Row
from pso_core.domain.standard import ChecklistPart
from pso_core.steps import assessment, execution, indicators, mission, plan, tasks, vision, weights
from pso_core.steps.carried import all_gaps, is_open
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Step

BEFORE_REQUEST: tuple[Step, ...] = tuple(
    module.STEP for module in (vision, mission, tasks, weights, indicators, assessment, plan, execution)
)
_ALL = None  # every gap that keeps the step from being complete
_FROM = MappingProxyType({
    "agency_profile": {"profile": {"no_agency_name"}},
    "working_group": {"profile": {"no_facilitator"}},
    "direction": {"vision": _ALL, "mission": _ALL, "tasks": _ALL},
    "scoring_method": {"weights": _ALL, "indicators": _ALL},
    "self_assessment": {"assessment": _ALL},
    "upgrade_plan": {"plan": _ALL},
    "progress": {"execution": _ALL},
    "results": {"certification": {"no_result"}},
    "evidence_index": {"indicators": {"no_indicator"}, "assessment": {"no_round", "unscored"}, "evidence": _ALL},
})  # fmt: skip
_BESIDE = MappingProxyType({"appendices": {"vision": {"no_worksheet"}, "meetings": {"meeting_without_decision"}}})
"""What the program itself would put there and cannot yet; what else is attached on paper only people know."""
COMPUTED = frozenset({"cover_letter", "contents", "completeness_check", *_FROM})


@dataclass(frozen=True, slots=True)
class PartReadiness:
    """One part of the pack. `by` says how it is known: "data" or "people"; then `said` is what a person said of it.

    `gaps` stand in the way of a part told from the data; people are reminded of them beside their tick.
    """

    part: ChecklistPart
    by: str
    ready: bool
    gaps: tuple[Gap, ...]
    said: Row | None


def readiness(review: Review, gaps: Mapping[str, Iterable[Gap]]) -> tuple[PartReadiness, ...]:
    """Every part of the standard's checklist, in its order. `gaps`: {step: all its gaps, warnings too}.

    Warnings do not hold a part back, but that a step was only carried over, and in the index of evidence, whose very content they are about.
    """
    found = {step: tuple(some) for step, some in gaps.items()}
    return tuple(_part(review, part, found) for part in review.standard.checklist)


def open_gaps(review: Review) -> Iterator[Gap]:
    """What is still missing in the steps before the request; warnings are not counted, but a step only carried over is."""
    return (gap for step in BEFORE_REQUEST for gap in _missing(review, step))


def open_steps(review: Review) -> Iterator[tuple[Step, int]]:
    """Each step before the request in which something is missing, and how much."""
    counted = ((step, sum(1 for _ in _missing(review, step))) for step in BEFORE_REQUEST)
    return ((step, count) for step, count in counted if count)


def earlier_steps_open(review: Review) -> Iterator[Gap]:
    """The head may ask for certification with steps open: once the reason is written they are only warned of."""
    request = review.state.only("request")
    for step, count in open_steps(review):
        facts = {"number": step.number, "step": step.key, "count": count}
        yield Gap("earlier_step_open", f"step:{step.key}", facts, warning=bool(request and request["open_reason"]))


def _missing(review: Review, step: Step) -> Iterator[Gap]:
    return (gap for gap in all_gaps(review, step) if is_open(gap))


def _part(review: Review, part: ChecklistPart, gaps: Mapping[str, tuple[Gap, ...]]) -> PartReadiness:
    said = review.state.get(f"readiness:{part.key}")
    if not (part.computed and part.key in COMPUTED) or (part.key == "contents" and _has_template(review)):
        beside = tuple(_of_codes(_BESIDE.get(part.key, {}), gaps))
        return PartReadiness(part, "people", bool(said and said["ready"]), beside, said)
    standing_in_the_way = tuple(_gaps_of(review, part.key, gaps))
    return PartReadiness(part, "data", not standing_in_the_way, standing_in_the_way, said)


def _has_template(review: Review) -> bool:
    """The agency's own Word template stands for the report: whether it has a table of contents only people know."""
    return review.state.only("word_template") is not None


def _gaps_of(review: Review, key: str, gaps: Mapping[str, tuple[Gap, ...]]) -> Iterator[Gap]:
    if key == "cover_letter":
        yield from _letter(review)
    elif key == "completeness_check":  # the check is the program's; what it finds is mended, or the head says why it is not
        yield from (gap for gap in earlier_steps_open(review) if not gap.warning)
    yield from _of_codes(_FROM.get(key, {}), gaps)


def _of_codes(wanted: Mapping[str, frozenset[str] | None], gaps: Mapping[str, tuple[Gap, ...]]) -> Iterator[Gap]:
    """`wanted`: {step: codes}; None for every gap that keeps the step from being complete."""
    for step, codes in wanted.items():
        yield from (gap for gap in gaps[step] if (gap.code in codes if codes else is_open(gap)))


def _letter(review: Review) -> Iterator[Gap]:
    """The records office gives the letter its number and date."""
    request = review.state.only("request")
    if not (request and request["letter_no"] and request["letter_date"]):
        yield Gap("letter_without_number", "request")

