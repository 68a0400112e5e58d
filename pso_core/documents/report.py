"""The report that asks for certification: the parts of the standard's checklist, each written from the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from pso_core.documents.blocks import Block, Heading
from pso_core.documents.case import Case
from pso_core.documents.parts.agency import agency_profile, working_group
from pso_core.documents.parts.appendices import appendices
from pso_core.documents.parts.completeness import completeness_check
from pso_core.documents.parts.direction import direction
from pso_core.documents.parts.evidence import evidence_index
from pso_core.documents.parts.front import contents, cover, cover_letter
from pso_core.documents.parts.progress import progress
from pso_core.documents.parts.results import results
from pso_core.documents.parts.scoring_method import scoring_method
from pso_core.documents.parts.self_assessment import self_assessment
from pso_core.documents.parts.upgrade_plan import upgrade_plan
from pso_core.documents.records import paragraph
from pso_core.steps.naming import name_of

PARTS: Mapping[str, Callable[[Case], Iterator[Block]]] = MappingProxyType({
    part.__name__: part
    for part in (
        cover_letter, contents, agency_profile, working_group, direction, scoring_method, self_assessment,
        upgrade_plan, progress, results, evidence_index, completeness_check, appendices,
    )
})  # fmt: skip


def report(case: Case) -> Iterator[Block]:
    """Part by part in the checklist's order; then what the standard's checklist does not name, so that nothing is left out."""
    yield from cover(case)
    checklist = case.standard.choices("checklist")
    for number, key in enumerate(checklist, 1):
        yield Heading(case.say("documents.part", number=number, name=name_of(case, "checklist", key)), 1)
        yield from PARTS[key](case) if key in PARTS else (paragraph(case, "by_hand"),)
    for key, part in PARTS.items():
        if key not in checklist:
            yield from part(case)
