"""The charts of a pack: the pictures of its report as files of their own, in its index and in its list."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256

import PIL.Image
import pytest

from pso_core.documents.blocks import Picture
from pso_core.documents.manifest import verify
from pso_core.documents.report import report
from pso_core.office import Office
from pso_core.press.build import case_of, make, order
from tests.building import an_empty_project, an_office, lampang, person
from tests.press.chart_files import CHART_FILES as CHARTS

HEAD = person("head")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def project(office: Office) -> str:
    return lampang(office)


def packed(office: Office, project: str) -> zipfile.ZipFile:
    pack = make(office, HEAD, order(office, HEAD, project, "th", False))
    return zipfile.ZipFile(io.BytesIO(office.store.contents.path_of(pack.content).read_bytes()))


@pytest.fixture(scope="module")
def thai(office: Office, project: str) -> zipfile.ZipFile:
    return packed(office, project)


def test_the_charts_are_the_pictures_of_the_report_sharp_enough_to_print(office: Office, project: str, thai: zipfile.ZipFile):
    drawn = [block for block in report(case_of(office, order(office, HEAD, project, "th", False))) if isinstance(block, Picture)]
    names = [name for name in thai.namelist() if name.startswith("แผนภูมิ")]
    assert names == CHARTS["th"]
    assert {thai.read(name) for name in names} == {chart.png for chart in drawn}
    assert [PIL.Image.open(thai.open(name)).size[0] > 1_000 for name in names] == [True] * 3


def test_the_index_tells_what_each_chart_shows(thai: zipfile.ZipFile):
    page = thai.read("index.html").decode()
    for said in ("1 ระดับของแต่ละเกณฑ์</a>", "ภาพระดับของแต่ละเกณฑ์: คะแนนรวม 150", "2 ค่าถ่วงน้ำหนัก</a>", "ภาพค่าถ่วงน้ำหนักของ", "3 กิจกรรมบนปฏิทิน</a>"):
        assert said in page


def test_a_project_with_nothing_to_draw_has_no_charts(office: Office):
    inside = packed(office, an_empty_project(office))
    assert [name for name in inside.namelist() if name.startswith("แผนภูมิ")] == []
    assert "แผนภูมิ" not in inside.read("index.html").decode()


def test_a_chart_that_was_changed_or_taken_out_is_found(thai: zipfile.ZipFile):
    whole, altered, (levels, weights, calendar) = thai, io.BytesIO(), CHARTS["th"]
    assert f"{sha256(whole.read(levels)).hexdigest()}  {levels}" in whole.read("MANIFEST.sha256").decode().splitlines()
    with zipfile.ZipFile(altered, "w") as target:
        for name in whole.namelist():
            if name != levels:
                target.writestr(name, whole.read(calendar if name == weights else name))
    found = verify(altered)
    assert (found.changed, found.lost, found.added) == ((weights,), (levels,), ())
