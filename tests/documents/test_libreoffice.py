"""The Word file and the workbook open in LibreOffice as they are, with nothing to repair and nothing lost."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping

import pytest
from pypdf import PdfReader

from pso_core.documents.blocks import Heading
from pso_core.documents.report import report
from pso_core.documents.submission import about_of, files_of
from pso_core.documents.word import word_file
from pso_core.documents.word_styles import FONT
from pso_core.text.phrases import LANGUAGES
from tests.documents.full import case, full_project
from tests.documents.reading import book, cells, lines_under, word_text
from tests.documents.small import scored, workbook_of

TEXT, WORKBOOK = "txt:Text (encoded):UTF8", "xlsx:Calc MS Excel 2007 XML"
ROUNDS = {"none": (None, None), "excused": ("-", "-"), "nought": (0, 0), "some": (1, None)}
OTHER_FONTS = ("Garuda", "No Such Font")
OF_HEADINGS = ("ลำดับ", "รหัส", "ภารกิจ", "คะแนน", "ช่องว่าง", "ขนาด", "Order", "Priority", "Responsible", "Budget", "Progress")
MISSING = "These tests need LibreOffice. Debian: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui."


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


Opened = Callable[[str, str, Mapping[str, bytes]], dict[str, bytes]]


@pytest.fixture(scope="module")
def opened(office_program: list[str], tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """`opened("docx", TEXT, {"a": content})`: what LibreOffice saves again of each file that it opens without being allowed to repair it.

    All in one process, for to begin it takes longer than most files.
    """

    def convert(suffix: str, into: str, contents: Mapping[str, bytes]) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp(suffix)
        out, sources = folder / "out", {name: folder / f"{name}.{suffix}" for name in contents}
        for name, source in sources.items():
            source.write_bytes(contents[name])
        subprocess.run([*office_program, "--convert-to", into, "--outdir", out, *sources.values()], capture_output=True, check=True)
        saved = {name: out / f"{name}.{into.partition(':')[0]}" for name in contents}
        return {name: path.read_bytes() for name, path in saved.items() if path.exists()}

    return convert


@pytest.fixture(scope="module")
def reckoned(files, opened) -> dict[str, bytes]:
    """What LibreOffice saves again of a full workbook, of one cut short, and of one for each of ROUNDS."""
    _, workbook = files
    rounds = {name: workbook_of(case(scored(*levels), ())) for name, levels in ROUNDS.items()}
    return opened("xlsx", WORKBOOK, {"whole": workbook, "cut": workbook[:-2000], **rounds})


@pytest.fixture(scope="module")
def printed(opened) -> dict[str, list[str]]:
    """The text of each page as LibreOffice prints it: of the report in each language, and of its beginning in OTHER_FONTS."""
    here = {language: case(*full_project(), language) for language in LANGUAGES}
    told = {language: tuple(report(one)) for language, one in here.items()}
    begins = [place for place, block in enumerate(told["th"]) if isinstance(block, Heading) and block.level == 1]
    cover = word_file(told["th"][: begins[2]], about_of(here["th"]), thai_digits=False)
    words = {language: word_file(told[language], about_of(one), thai_digits=False) for language, one in here.items()}
    saved = opened("docx", "pdf", {**words, **{font: in_font(cover, font) for font in OTHER_FONTS}})
    return {name: [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages] for name, content in saved.items()}


def test_every_paragraph_of_the_word_file_is_read_and_a_file_that_needs_repair_would_be_noticed(files, opened):
    word, _ = files
    saved = opened("docx", TEXT, {"whole": word, "cut": word[:-2000]})
    assert list(saved) == ["whole"]
    read = " ".join(saved["whole"].decode("utf-8-sig").split())
    written = [" ".join(line.split()) for line in word_text(word).splitlines()]
    assert [line for line in written if line not in read] == []
    assert len(written) > 500


def test_every_cell_of_the_workbook_holds_what_it_held_sums_come_to_the_same_and_one_that_needs_repair_would_be_noticed(files, reckoned):
    """LibreOffice reckons formulas anew before it saves, and keeps fifteen digits of a number."""
    before = held(files[1])
    assert set(reckoned) == {"whole", *ROUNDS}
    assert held(reckoned["whole"]) == before
    assert before.total() > 1000


def test_what_is_not_scored_is_no_nought_when_the_workbook_is_reckoned_anew(reckoned):
    lines = {name: lines_under(book(reckoned[name])["6 ประเมินสถานภาพ"], "วิธีคิดคะแนนรวมของรอบปัจจุบัน") for name in ROUNDS}
    found = {name: [None if line[3] == "" else line[3] for line in some[10:13]] for name, some in lines.items()}
    assert found == {"none": [None, 300, None], "excused": [None, 0, None], "nought": [0, 300, 0], "some": [60, 300, 20]}


def held(workbook: bytes) -> Counter:
    return Counter(f"{value:.12g}" if isinstance(value, float) else str(value) for value in cells(workbook))


def test_the_cover_of_the_word_file_is_one_page_in_another_font_too(printed):
    """On a machine without TH Sarabun New it is set in a font that is wider and taller."""
    part = "ก 412 ข"  # the number of the letter
    first = {font: printed[font][:2] for font in ("th", *OTHER_FONTS)}
    found = {font: ("– 2 –" in two, part in two, "5e" * 10 in one.replace("\n", ""), "5e" * 10 in two) for font, (one, two) in first.items()}
    assert found == dict.fromkeys(first, (True, True, True, False))


def test_no_heading_of_a_table_is_broken_within_a_word_in_another_font_too(printed):
    """Thai has no spaces: a word that its column has no room for is broken between any two letters."""
    read = "\n".join(page for language in LANGUAGES for page in printed[language]).replace("ำา", "ำ")
    broken = [word for word in OF_HEADINGS for at in range(1, len(word)) if f"{word[:at]}\n{word[at:]}" in read]
    assert ([word for word in OF_HEADINGS if word not in read], broken) == ([], [])


def in_font(word: bytes, font: str) -> bytes:
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as source, zipfile.ZipFile(again, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(FONT.encode(), font.encode()))
    return again.getvalue()
