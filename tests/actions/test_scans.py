"""The scan of a certificate and the photo of a result are pieces of the register; dates of the certificate stay with what was decided."""

from __future__ import annotations

import io

import pytest

from pso_core.actions.evidence import attach
from pso_core.actions.scans import register_scan
from pso_core.errors import Mistakes, NotAllowed, PsoError
from pso_core.office import Office
from tests.actions.files import pdf, picture
from tests.actions.peopled import own_office as office
from tests.building import an_empty_project, contents, person, remove, write

HEAD = person("head")


@pytest.fixture
def project(office: Office) -> str:
    """With a certificate."""
    made = an_empty_project(office)
    write(office, made, "certificate", "certificate", number="1/2569", valid_from="2026-11-01", valid_to="2029-10-31")
    return made


def scanned(office: Office, project: str, data: bytes = pdf("ใบรับรอง"), name: str = "scan.pdf", by=HEAD):
    return register_scan(office, by, project, "speed", "ใบรับรองเลขที่ 1/2569", name, io.BytesIO(data))


def piece(office: Office, project: str, form: str = "file", **files: bytes) -> str:
    made = write(office, project, "evidence", criterion="speed", code=f"9-{len(office.store.state(project).of('evidence')):02}", title="ภาพ", form=form).ids[0]
    for name, data in files.items():
        attach(office, HEAD, project, made, name.replace("_", "."), io.BytesIO(data))
    return made


def refused(office: Office, project: str, attempt) -> PsoError:
    """The refusal, after a look that no row and no content was kept."""
    before, kept = contents(office.store, project), list(office.store.contents.all())
    with pytest.raises(PsoError) as refusal:
        attempt()
    assert (contents(office.store, project), list(office.store.contents.all())) == (before, kept)
    return refusal.value


def mistakes(office: Office, project: str, kind: str, entity_id: str | None, **values) -> list[tuple]:
    refusal = refused(office, project, lambda: write(office, project, kind, entity_id, **values))
    assert isinstance(refusal, Mistakes)
    return [(problem.code, problem.path[2]) for problem in refusal.problems]


def test_a_scan_becomes_evidence_with_its_file_and_the_certificate_names_it(office, project):
    scanned(office, project)
    state = office.store.state(project)
    [row] = state.of("evidence")
    assert (row["title"], row["criterion"], row["form"], row["owner"]) == ("ใบรับรองเลขที่ 1/2569", "speed", "file", HEAD.id)
    assert (state.only("certificate")["scan"], state.only("certificate")["number"]) == (row.id, "1/2569")
    assert [file["name"] for file in state.of("attachment")] == ["scan.pdf"]


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_who_does_not_certify_registers_none(office, project, role):
    assert isinstance(refused(office, project, lambda: scanned(office, project, by=person(role))), NotAllowed)


def test_without_a_certificate_and_with_a_file_that_is_none_nothing_is_kept(office, project):
    bare = an_empty_project(office)
    assert refused(office, bare, lambda: scanned(office, bare)).code == "row_gone"
    assert refused(office, project, lambda: scanned(office, project, b"MZ", "scan.exe")).code != ""


def test_only_evidence_with_a_file_is_a_scan(office, project):
    assert mistakes(office, project, "certificate", "certificate", scan=piece(office, project, "paper")) == [("scan_without_file", "scan")]
    assert mistakes(office, project, "certificate", "certificate", scan=piece(office, project)) == [("scan_without_file", "scan")]
    write(office, project, "certificate", "certificate", scan=piece(office, project, a_pdf=pdf()))


def test_only_evidence_whose_newest_file_is_a_picture_is_a_photo(office, project):
    good = piece(office, project, a_png=picture("PNG"))
    assert mistakes(office, project, "result", None, group="public", after="เร็วขึ้น", photo=piece(office, project, a_pdf=pdf())) == [("photo_is_no_picture", "photo")]
    result = write(office, project, "result", group="public", after="เร็วขึ้น", photo=good, figure_before="45", figure_after="7.5", unit="นาที").ids[0]
    body = office.store.state(project).get(result)
    assert (body["photo"], body["figure_before"], body["figure_after"], body["unit"]) == (good, 45, 7.5, "นาที")


def test_evidence_that_a_certificate_or_a_result_shows_is_not_taken_away(office, project):
    scanned(office, project)
    [row] = office.store.state(project).of("evidence")
    refusal = refused(office, project, lambda: remove(office, project, row.id))
    assert [(problem.code, problem.path[:1]) for problem in refusal.problems] == [("still_refers", ("certificate",))]


@pytest.mark.parametrize("figure", ["มาก", "1e13", "-1e13"])
def test_a_figure_is_a_number_of_a_size_that_can_be_read(office, project, figure):
    assert [place for _, place in mistakes(office, project, "result", None, group="public", after="เร็วขึ้น", figure_after=figure)] == ["figure_after"]
