"""The report as a Word file: in the agency's own template where the project has one, else as this program writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pso_core.documents.about import About
from pso_core.documents.blocks import Block, Remark
from pso_core.documents.case import Case
from pso_core.documents.template import filled
from pso_core.documents.word import word_file
from pso_core.domain.rows import ProjectState
from pso_core.errors import NotFound, PsoError
from pso_core.office import Office
from pso_core.steps.naming import refusal_sentence


@dataclass(frozen=True)
class WordReport:
    """`own`: it follows the agency's template. `unfit`: why the template that the project has could not be used."""

    content: bytes
    own: bool = False
    unfit: str = ""


def word_report(case: Case, blocks: Sequence[Block], about: About, digits: bool, template: Path | None) -> WordReport:
    """`template`: where the content of the project's template is; None: it is lost, or there is none.

    A template that cannot be used keeps nobody from handing in: the usual report is made and says so, below its cover.
    """
    if case.state.only("word_template") is None:
        return WordReport(word_file(blocks, about, thai_digits=digits))
    try:
        if template is None:
            raise NotFound("content_missing")
        return WordReport(filled(template, case, about, digits), own=True)
    except PsoError as refusal:
        unfit = unfit_sentence(case, refusal)
        return WordReport(word_file((*blocks[:1], Remark(unfit), *blocks[1:]), about, thai_digits=digits), unfit=unfit)


def unfit_sentence(case: Case, refusal: PsoError) -> str:
    return case.say("documents.template.unfit", name=case.state.only("word_template")["name"], reason=refusal_sentence(case, refusal))


def template_path(office: Office, state: ProjectState) -> Path | None:
    """Where the content of the project's template is; None without a template, and when its content is missing or altered."""
    row = state.only("word_template")
    contents = office.store.contents
    return contents.path_of(row["sha256"]) if row and contents.intact(str(row["sha256"])) else None
