"""The submission report: a Word file and a workbook with everything a project holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from pso_core.documents.case import Case
from pso_core.documents.clean import for_file_name
from pso_core.documents.digits import typed_in
from pso_core.documents.preview import preview
from pso_core.documents.report import report
from pso_core.documents.sheets import sheets
from pso_core.documents.word import About
from pso_core.documents.word_report import word_report
from pso_core.documents.workbook import workbook_file
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.schedule import Slip
from pso_core.office import Office, review_on
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import say_date

FILES = {"report": "docx", "workbook": "xlsx"}
PHOTO = 1_000  # pixels wide at most: sharp enough on paper at half the width of a page
DIGEST_SHOWN = 12  # characters at the foot of every page; the whole digest is on the cover


def files_of(case: Case, thai_digits: bool, template: Path | None = None) -> list[tuple[str, bytes]]:
    about = about_of(case)
    return [
        (file_name(case, "report"), word_report(case, tuple(report(case)), about, thai_digits and case.language == "th", template).content),
        (file_name(case, "workbook"), workbook_file(sheets(case), about)),
    ]


def file_name(case: Case, name: str) -> str:
    """What one of FILES is called: the standard, the agency and the day."""
    agency = for_file_name(case.agency_name, 50) or case.say("documents.no_agency")
    day = say_date(case.review.today, case.say)
    whole = case.say(f"documents.file.{name}", standard=case.standard.code, agency=agency, date=day)
    return f"{for_file_name(whole, 110)}.{FILES[name]}"


def case_at(office: Office, state: ProjectState, day: date, language: str, slips: Callable[[], Sequence[Slip]]) -> Case:
    """The project in this state, looked at on this day, with the digest of the change that the state ends with."""
    [last] = office.store.history(state.project_id, before_seq=state.seq + 1, limit=1)
    return Case(review_on(office, state, day), phrases(language), last.digest, partial(photo_of, office), slips)


def photo_of(office: Office, attachment: Row) -> bytes | None:
    """An attached picture as PNG for a document; None when its content is lost or cannot be drawn."""
    content = attachment["sha256"]
    if not office.store.contents.holds(content):
        return None
    return preview(office.store.contents.path_of(content), attachment["media_type"], PHOTO)


def about_of(case: Case) -> About:
    """What every document of this case says of itself."""
    say = case.say
    foot = f"{say('documents.cover.change_number', number=case.state.seq)} · {say('documents.cover.digest')} {case.digest[:DIGEST_SHOWN]}"
    return About(
        title=say("documents.title", standard=case.standard.code),
        author=case.agency_name,
        language=case.language,
        made_at=datetime.combine(case.review.today, time()),
        foot=foot,
        mark=case.digest,
        kept=typed_in(case.state) | {name for person in case.people for name in (person.name, person.position) if name} | {case.digest, case.digest[:DIGEST_SHOWN]},
    )
