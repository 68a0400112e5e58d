"""Step 5's own verb: begin from the standard's sample indicators."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from pso_core.actions.rows import Edit, Saved, save_rows, standard_of
from pso_core.domain.apportion import share_equally
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState
from pso_core.domain.standard import SampleIndicator
from pso_core.office import Office


def use_samples(office: Office, actor: Person, project_id: str, criteria: Collection[str], language: str, seen: int) -> Saved:
    """Sample indicators with their conditions, marked as samples, for those of the criteria that have no indicator yet.

    Two who press at once get them once. Refuses not_allowed.
    """
    state = office.store.state(project_id)
    standard, begun = standard_of(state), {row["criterion"] for row in state.of("indicator")}
    edits: list[Edit] = []
    for criterion in standard.criteria:
        samples = standard.sample_indicators_for(criterion.key) if criterion.key in set(criteria) - begun else ()
        for number, (sample, share) in enumerate(zip(samples, share_equally(len(samples), 100) if samples else (), strict=True)):
            place = {"share": share, "position": criterion.position + number}
            edits += _sample(_free_id(state, f"{project_id}/{criterion.key}/{number}"), sample, language, place)
    return save_rows(office, actor, project_id, edits, seen, action="use_samples")


def _sample(entity_id: str, sample: SampleIndicator, language: str, place: dict) -> Iterator[Edit]:
    words = {name: getattr(sample, name)[language] for name in ("name", "method", "unit", "source")}
    yield Edit("indicator", entity_id, {"criterion": sample.criterion, "origin": "sample", **words, **place})
    for condition in sample.conditions:
        evidence = condition.evidence and condition.evidence[language]
        values = {"level": condition.level, "text": condition.text[language], "evidence": evidence, "threshold": condition.threshold}
        yield Edit("condition", None, {"indicator": entity_id, **values})


def _free_id(state: ProjectState, place: str) -> str:
    """The same for everybody who takes this sample now, and of no indicator that is there."""
    tries = (f"indicator:{hashlib.sha256(f'{place}/{number}'.encode()).hexdigest()[:12]}" for number in range(len(state.rows) + 1))
    return next(one for one in tries if state.get(one) is None)
