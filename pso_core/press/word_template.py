"""An agency's own Word template: taken when it was seen to work with this project, and taken out again."""

from __future__ import annotations

from typing import BinaryIO

from pso_core.actions.rows import Edit, Removal, Saved, save_rows
from pso_core.actions.uploads import Upload, received
from pso_core.documents.submission import about_of
from pso_core.documents.template import tried
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.press.build import Order, case_of
from pso_core.steps import STEP_OF_KIND
from pso_core.steps.sign_off import is_approved
from pso_core.steps.values import stamp

KIND = "word_template"
LARGEST = 10 * 2**20  # bytes: a template holds a letterhead, not a report


def put_word_template(office: Office, actor: Person, project_id: str, name: str, source: BinaryIO, language: str) -> Saved:
    """Make reports in this template from now on; `language` is that of the trial. Some seconds.

    Refuses not_allowed, step_approved, word_template_large (most, in megabytes), as `received` does, and as `template.filled` does
    where it does not work with this project. Then nothing is kept.
    """
    _require(office, actor, project_id)
    if source.seek(0, 2) > LARGEST:
        raise PsoError("word_template_large", most=LARGEST // 2**20)
    upload = received(office, name, source, only="docx")
    try:
        seq = office.store.state(project_id).seq
        case = case_of(office, Order(project_id, seq, office.today(), language, False))
        tried(office.store.contents.path_of(upload.sha256), case, about_of(case))
        return save_rows(office, actor, project_id, [Edit(KIND, KIND, _body(office, actor, upload))], seq, action="put_word_template")
    except BaseException:
        office.store.contents.take_back(upload.sha256)
        raise


def remove_word_template(office: Office, actor: Person, project_id: str) -> Saved:
    """Back to the usual report; the history keeps the template. Refuses not_allowed, step_approved, row_gone (kind)."""
    _require(office, actor, project_id)
    state = office.store.state(project_id)
    if state.only(KIND) is None:
        raise NotFound("row_gone", kind=KIND)
    return save_rows(office, actor, project_id, [Removal(KIND)], state.seq, action="remove_word_template")


def _require(office: Office, actor: Person, project_id: str) -> None:
    """Asked before the work is done; asked again when it is saved."""
    if not may(actor.role, "certify"):
        raise NotAllowed("not_allowed", role=actor.role, verb="certify")
    step = STEP_OF_KIND[KIND].key
    if is_approved(office.store.state(project_id), step):
        raise PsoError("step_approved", step=step)


def _body(office: Office, actor: Person, upload: Upload) -> dict:
    return {
        "name": upload.name, "media_type": upload.media_type, "bytes": upload.bytes, "sha256": upload.sha256,
        "added_by": actor.id, "added_at": stamp(office.clock()),
    }  # fmt: skip
