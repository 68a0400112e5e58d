"""The scan of a certificate, kept as a piece of evidence to which the certificate points."""

from __future__ import annotations

from typing import BinaryIO

from pso_core.actions.evidence import Planned, take_in
from pso_core.actions.rows import Edit, Saved, save_rows, standard_of
from pso_core.domain.evidence import next_code
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.steps.sign_off import is_approved

STEP = "certification"


def register_scan(office: Office, actor: Person, project_id: str, criterion: str, title: str, name: str, source: BinaryIO) -> Saved:
    """Register the file as new evidence of this criterion, then name it in the certificate: two changes, the first stays should
    somebody come between.

    Refuses not_allowed, step_approved, row_gone (no certificate), and as `take_in` does; then nothing of the file is kept.
    """
    if not may(actor.role, "certify"):
        raise NotAllowed("not_allowed", role=actor.role, verb="certify")
    state = office.store.state(project_id)
    if is_approved(state, STEP):
        raise PsoError("step_approved", step=STEP)
    if state.only("certificate") is None:
        raise NotFound("row_gone", kind="certificate")
    standard = standard_of(state)
    code = next_code(state, standard.evidence_code, standard.criterion(criterion).code)
    kept = take_in(office, actor, project_id, [(name, source)], [Planned(name, code, title, criterion)])
    evidence_id = next(entity_id for entity_id in kept.ids if entity_id.startswith("evidence:"))
    return save_rows(office, actor, project_id, [Edit("certificate", "certificate", {"scan": evidence_id})], kept.seq)
