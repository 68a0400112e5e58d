"""The photo of a result is in the Word file and in the PDF, with words for whoever does not see it; a lost one leaves the rest whole."""

from __future__ import annotations

import io
from hashlib import sha256

import docx
import pytest
from pypdf import PdfReader

from pso_core.actions.evidence import attach
from pso_core.documents.blocks import Picture
from pso_core.documents.pdf import pdf_file
from pso_core.documents.report import report
from pso_core.documents.submission import about_of
from pso_core.office import Office
from pso_core.press.build import case_of, order
from pso_core.press.reporting import report_files
from tests.actions.files import picture
from tests.building import an_empty_project, person, write

HEAD = person("head")
PHOTO = picture("JPEG", 320, 200)


@pytest.fixture
def project(office: Office) -> str:
    """With one result that a photo shows."""
    made = an_empty_project(office)
    evidence = write(office, made, "evidence", criterion="speed", code="4-01", title="ห้องบริการ <b>", form="file").ids[0]
    attach(office, HEAD, made, evidence, "ห้อง.jpg", io.BytesIO(PHOTO))
    write(office, made, "result", group="public", after="รอไม่เกิน 7 นาที & สั้นลง", photo=evidence)
    return made


def words(office: Office, project: str) -> docx.document.Document:
    ((_, content), _) = report_files(office, HEAD, project, "th", False)
    return docx.Document(io.BytesIO(content))


def test_the_photo_is_in_the_word_file_with_what_it_shows(office, project):
    document = words(office, project)
    (photo,) = document.inline_shapes
    assert (photo.width * 200, round(photo.width.cm)) == (photo.height * 320, 16)
    assert photo._inline.docPr.get("descr").endswith(": รอไม่เกิน 7 นาที & สั้นลง")
    assert "4-01 ห้องบริการ <b>" in [paragraph.text for paragraph in document.paragraphs]


def test_the_photo_is_in_the_pdf_of_the_pack(office, project):
    case = case_of(office, order(office, HEAD, project, "th", False))
    (photo,) = [block for block in report(case) if isinstance(block, Picture)]
    pages = PdfReader(io.BytesIO(pdf_file(tuple(report(case)), about_of(case), thai_digits=False))).pages
    assert [image.image.size for page in pages for image in page.images] == [(320, 200)]
    assert photo.png == case.photo(next(iter(case.state.of("attachment"))))


def test_a_photo_whose_content_is_lost_is_left_out(office, project):
    office.store.contents.drop(sha256(PHOTO).hexdigest())
    assert len(words(office, project).inline_shapes) == 0
