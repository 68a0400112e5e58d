"""The submission report in one click, of a project as it stands."""

from __future__ import annotations

from pso_core.documents.submission import files_of
from pso_core.documents.word_report import template_path
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed
from pso_core.office import Office
from pso_core.press.build import Order, case_of


def report_files(office: Office, actor: Person, project_id: str, language: str, thai_digits: bool) -> list[tuple[str, bytes]]:
    """[(file name, content)]: the report and the workbook of the project as it stands now. Refuses not_allowed, project_not_found.

    The report is made in the agency's template where the project has one.

    Thai digits are for the program's own figures in the letter text of a Thai report, not for what people typed; tables, the workbook and everything in English keep Arabic ones.
    """
    if not may(actor.role, "view"):
        raise NotAllowed("not_allowed", role=actor.role, verb="view")
    seq = office.store.state(project_id).seq
    case = case_of(office, Order(project_id, seq, office.today(), language, thai_digits))
    return files_of(case, thai_digits, template_path(office, case.state))
