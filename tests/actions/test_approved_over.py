"""The warnings a step was approved over: told in any language as long as they are found to be the very ones that were kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pso_core.actions import sign_offs
from pso_core.actions.reviews import review_of
from pso_core.documents.blocks import texts
from pso_core.documents.report import report
from pso_core.domain.rows import Row
from pso_core.office import Office
from pso_core.press.build import Order, case_of
from pso_core.press.reporting import report_files
from pso_core.steps.approved_over import kept, told_warnings
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES
from tests.actions.signing import approved
from tests.actions.peopled import office
from tests.documents.reading import cells
from tests.building import lampang, person, write

STEP = "sign_off:indicators"


@pytest.fixture
def project(office: Office) -> str:
    """Lampang, whose indicators the head approved in English over nine warnings."""
    project = lampang(office)
    approved(office, project, "weights")
    sign_offs.submit(office, person("member"), project, "indicators", office.store.state(project).seq)
    sign_offs.approve(office, person("head"), project, "indicators", office.store.state(project).seq, "ใช้ชั่วคราว", "en")
    return project


def signed(office: Office, project: str) -> Row:
    return office.store.state(project).get(STEP)


def told(office: Office, project: str, language: str) -> list[str]:
    return told_warnings(review_of(office, office.store.state(project)), signed(office, project), language).split("\n")


def test_they_are_told_in_either_language_and_stay_as_they_were_kept(office, project):
    assert "\n".join(told(office, project, "en")) == signed(office, project)["warnings"]
    thai = told(office, project, "th")
    assert (len(thai), thai[0].endswith("is still a sample: replace it with the official text.")) == (9, False)


def test_what_is_mended_since_is_still_told_as_it_was(office, project):
    thai = told(office, project, "th")
    found = office.store.state(project).of("mission")[0]
    write(office, project, "mission", found.id, text="พันธกิจอื่น")
    _noted(office, project, broken_at="2026-11-24T03:00:00Z", broken="น้ำหนัก")
    _noted(office, project, broken_at=None, broken=None)
    assert told(office, project, "th") == thai


def _noted(office: Office, project: str, **noted: str | None) -> None:
    """As the watch over approved steps writes it into the sign-off."""
    row = signed(office, project)
    office.store.commit(project, [Write(STEP, "sign_off", row.revision, {**row.body, **noted})], person_id="p-head", action="broken")


def test_a_text_that_is_found_otherwise_now_stays_as_it_was_kept(office, project):
    """An older program kept it, or its rules were others: nothing is put into the mouth of whoever signed."""
    _noted(office, project, warnings="Something else was still open.")
    assert told(office, project, "th") == ["Something else was still open."]


def test_without_a_history_the_kept_text_is_all_there_is(office, project):
    review = replace(review_of(office, office.store.state(project)), as_of=None)
    assert told_warnings(review, signed(office, project), "th") == signed(office, project)["warnings"]


def test_a_step_approved_over_nothing_has_nothing_to_tell(office, project):
    review = review_of(office, office.store.state(project))
    assert told_warnings(review, review.state.get("sign_off:weights"), "th") == kept(review, (), "th") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_tells_them_in_its_own_language(office, project, language):
    _, (_, workbook) = report_files(office, person("viewer"), project, language, thai_digits=False)
    values = cells(workbook)
    assert "\n".join(told(office, project, language)) in values
    assert "\n".join(told(office, project, "th" if language == "en" else "en")) not in values


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_tells_them_in_its_own_language(office, project, language):
    said = list(texts(report(case_of(office, Order(project, office.store.state(project).seq, office.today(), language, False)))))
    assert "\n".join(told(office, project, language)) in said
    assert "\n".join(told(office, project, "th" if language == "en" else "en")) not in said
