"""The Word file and the workbook open in LibreOffice as they are, with nothing to repair and nothing lost."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from pso_core.documents.report import report
from pso_core.documents.submission import about_of, files_of
from pso_core.documents.word import word_file
from pso_core.documents.word_styles import FONT
from tests.documents.full import case, full_project
from tests.documents.reading import cells, word_text

TEXT, WORKBOOK = "txt:Text (encoded):UTF8", "xlsx:Calc MS Excel 2007 XML"
MISSING = "These tests need LibreOffice. Debian: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui."


class Unopened(Exception):
    """LibreOffice did not open a file without being allowed to repair it; what it said."""


@pytest.fixture(scope="module")
def files() -> tuple[bytes, bytes]:
    """The Word file and the workbook of a project that has a row of every kind."""
    rows, people = full_project()
    return tuple(content for _, content, *_ in files_of(case(rows, people), thai_digits=False))


@pytest.fixture(scope="module")
def office_program(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The program with settings of its own, which it makes at its first start. Fails without, never skips."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.fail(MISSING)
    return [program, f"-env:UserInstallation={tmp_path_factory.mktemp('settings').as_uri()}", "--headless"]


@pytest.fixture
def opened(office_program: list[str], tmp_path: Path) -> Callable[[bytes, str, str], bytes]:
    """`opened(content, "docx", TEXT)`: what LibreOffice saves again after it has opened this file. Raises Unopened."""

    def convert(content: bytes, suffix: str, into: str) -> bytes:
        source, out = tmp_path / f"file.{suffix}", tmp_path / "out"
        source.write_bytes(content)
        told = subprocess.run([*office_program, "--convert-to", into, "--outdir", str(out), str(source)], capture_output=True, text=True, check=True)
        saved = out / f"file.{into.partition(':')[0]}"
        if not saved.exists():
            raise Unopened(told.stderr)
        return saved.read_bytes()

    return convert


def test_every_paragraph_of_the_word_file_is_read(files, opened):
    word, _ = files
    read = " ".join(opened(word, "docx", TEXT).decode("utf-8-sig").split())
    written = [" ".join(line.split()) for line in word_text(word).splitlines()]
    assert [line for line in written if line not in read] == []
    assert len(written) > 500


def test_every_cell_of_the_workbook_holds_what_it_held_and_sums_come_to_the_same(files, opened):
    """LibreOffice reckons formulas anew before it saves, and keeps fifteen digits of a number."""
    _, workbook = files
    before = held(workbook)
    assert held(opened(workbook, "xlsx", WORKBOOK)) == before
    assert before.total() > 1000


def held(workbook: bytes) -> Counter:
    return Counter(f"{value:.12g}" if isinstance(value, float) else str(value) for value in cells(workbook))


@pytest.mark.parametrize(("which", "suffix", "into"), [(0, "docx", TEXT), (1, "xlsx", WORKBOOK)])
def test_a_file_that_needs_repair_would_be_noticed(files, opened, which, suffix, into):
    with pytest.raises(Unopened):
        opened(files[which][:-2000], suffix, into)


@pytest.mark.parametrize("font", [FONT, "Garuda", "No Such Font"])
def test_the_cover_of_the_word_file_is_one_page_in_another_font_too(opened, font):
    """On a machine without TH Sarabun New it is set in a font that is wider and taller."""
    here = case(*full_project())
    word = word_file(tuple(report(here)), about_of(here), thai_digits=False)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(opened(in_font(word, font), "docx", "pdf"))).pages[:2]]
    part = "ก 412 ข"  # the number of the letter
    assert ("– 2 –" in pages[1], part in pages[1], "5e" * 10 in pages[0].replace("\n", ""), "5e" * 10 in pages[1]) == (True, True, True, False)


def in_font(word: bytes, font: str) -> bytes:
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as source, zipfile.ZipFile(again, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(FONT.encode(), font.encode()))
    return again.getvalue()
