"""The charts of an English pack: the pictures of its report as files of their own, in its index and in its list. A Thai one is in `test_build`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256

import PIL.Image
import pytest

from pso_core.actions.evidence import attach
from pso_core.documents.blocks import Picture
from pso_core.documents.manifest import verify
from pso_core.documents.report import report
from pso_core.office import Office
from pso_core.press.build import case_of, make, order
from tests.actions.files import pdf
from tests.building import an_empty_project, an_office, lampang, person, write
from tests.press.chart_files import CHART_FILES as CHARTS

HEAD = person("head")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def project(office: Office) -> str:
    """Lampang's with a file."""
    made = lampang(office)
    piece = write(office, made, "evidence", criterion="coverage", code="1-02", title="บัญชีฐานข้อมูล 23 ภารกิจ", form="file").ids[0]
    attach(office, person("member"), made, piece, "บัญชี.pdf", io.BytesIO(pdf()))
    return made


def packed(office: Office, project: str) -> zipfile.ZipFile:
    pack = make(office, HEAD, order(office, HEAD, project, "en", False))
    return zipfile.ZipFile(io.BytesIO(office.store.contents.path_of(pack.content).read_bytes()))


@pytest.fixture(scope="module")
def english(office: Office, project: str) -> zipfile.ZipFile:
    return packed(office, project)


def test_the_charts_are_the_pictures_of_the_report_sharp_enough_to_print(office: Office, project: str, english: zipfile.ZipFile):
    drawn = [block for block in report(case_of(office, order(office, HEAD, project, "en", False))) if isinstance(block, Picture)]
    names = [name for name in english.namelist() if name.startswith("charts/")]
    assert names == CHARTS["en"]
    assert {english.read(name) for name in names} == {chart.png for chart in drawn}
    assert [PIL.Image.open(english.open(name)).size[0] > 1_000 for name in names] == [True] * 3


def test_the_index_tells_what_each_chart_shows(english: zipfile.ZipFile):
    page = english.read("index.html").decode()
    for said in ("1 Levels of each criterion</a>", "Levels of each criterion: total 150", "2 Weights</a>", "Weights of 9", "3 Activities on the calendar</a>"):
        assert said in page


def test_its_names_are_english(english: zipfile.ZipFile):
    assert {"report.pdf", "report.docx", "workbook.xlsx", "missing.txt", "evidence/1 Coverage/1-02 บัญชีฐานข้อมูล 23 ภารกิจ.pdf"} <= set(english.namelist())


def test_a_project_with_nothing_to_draw_has_no_charts(office: Office):
    inside = packed(office, an_empty_project(office))
    assert [name for name in inside.namelist() if name.startswith("charts/")] == []
    assert "charts/" not in inside.read("index.html").decode()


def test_a_chart_that_was_changed_or_taken_out_is_found(english: zipfile.ZipFile):
    whole, altered, (levels, weights, calendar) = english, io.BytesIO(), CHARTS["en"]
    assert f"{sha256(whole.read(levels)).hexdigest()}  {levels}" in whole.read("MANIFEST.sha256").decode().splitlines()
    with zipfile.ZipFile(altered, "w") as target:
        for name in whole.namelist():
            if name != levels:
                target.writestr(name, whole.read(calendar if name == weights else name))
    found = verify(altered)
    assert (found.changed, found.lost, found.added) == ((weights,), (levels,), ())
