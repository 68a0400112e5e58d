"""An agency's template is filled in as it stands; what people typed stays text, and no template harms or reads this machine."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pytest

from pso_core.documents import template as templates
from pso_core.documents.apart import Limits
from pso_core.documents.case import Case
from pso_core.documents.starter_template import starter_template
from pso_core.errors import PsoError
from pso_core.text.phrases import LANGUAGES
from tests.actions.files import pdf, presentation
from tests.documents.full import TODAY, case, full_project
from tests.documents.hostile import READ_AS, TEXTS, UNREADABLE
from tests.documents.reading import word_part, word_text
from tests.documents.small import merged, row, scored
from tests.documents.templates import filled_in, in_one_process, template, try_out, with_field, with_footnote, with_parts, with_relation

SMALL = case(merged(row("agency", "", name="กรม"), row("mission", "1", code="1", text="ก"), row("mission", "2", code="2", text="ข"), base=scored(2, 1)), ())
NESTED = "{% for a in r %}" * 9 + "x" + "{% endfor %}" * 9


def refusal(folder: Path, content: bytes, here=SMALL) -> tuple[str, dict]:
    """From a process of its own."""
    with pytest.raises(PsoError) as refused:
        try_out(folder, here, content)
    return refused.value.code, refused.value.facts


def refusals(folder: Path, contents: Sequence[bytes], here=SMALL) -> list[tuple[str, dict] | None]:
    """Of each, from one process; None for a template that is taken."""
    answers = in_one_process([partial(try_out, folder, here, content) for content in contents])
    return [answer and (answer.code, answer.facts) for answer in answers]


def texts_of(folder: Path, *wanted: tuple[tuple[str, ...], Case, bool]) -> list[list[str]]:
    """What each template of these paragraphs is made into with a case, with Thai digits or without."""
    made = in_one_process([partial(filled_in, folder, here, template(*paragraphs), digits) for paragraphs, here, digits in wanted])
    return [word_text(one).split("\n") for one in made]


# What it can do


def test_names_lists_and_conditions_are_filled_in_and_thai_digits_where_the_template_asks_and_the_reader_wants_them(tmp_path: Path):
    lines = ("{{ agency.name }} {{ totals.current }}/{{ totals.maximum }}", "{%p for one in missions %}", "{{ loop.index }}. {{ one.text }}", "{%p endfor %}", "{% if vision.text %}มี{% else %}ไม่มี{% endif %}")
    asked, unreadable = ("{{ totals.current|digits }} {{ totals.current }} {{ standard.code|digits }}",), case(merged(row("agency", "", name=UNREADABLE)), ())
    assert texts_of(tmp_path, (lines, SMALL, False), (asked, SMALL, True), (asked, SMALL, False), (("{{ agency.name }}",), unreadable, False)) == [
        ["กรม 160/300", "1. ก", "2. ข", "ไม่มี"], ["๑๖๐ 160 P.S.O. 1101"], ["160 160 P.S.O. 1101"], READ_AS.split("\n"),
    ]  # fmt: skip


def test_headers_footers_and_footnotes_are_filled_in_and_no_other_part(tmp_path: Path):
    asked = (
        template("ก", header="หัว {{ agency.name }}", footer="ท้าย {{ change }}"), with_footnote("เชิงอรรถ {{ agency.name }}", "ก"),
        with_parts(template("ก"), {}, {"word/other.xml": "<a>{{ 7*7 }}</a>"}), with_parts(template("ก"), {"word/styles.xml": ('w:val="Normal"', 'w:val="{{ 7*7 }}"')}),
    )  # fmt: skip
    made, noted, other, styles = in_one_process([partial(filled_in, tmp_path, SMALL, one) for one in asked])
    section = docx.Document(io.BytesIO(made)).sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("หัว กรม", "ท้าย 7")
    assert "เชิงอรรถ กรม" in zipfile.ZipFile(io.BytesIO(noted)).read("word/footnotes.xml").decode()
    assert "word/other.xml" not in zipfile.ZipFile(io.BytesIO(other)).namelist()
    assert "{{ 7*7 }}" in zipfile.ZipFile(io.BytesIO(styles)).read("word/styles.xml").decode()


def test_what_the_template_says_of_itself_is_not_what_the_report_says_of_itself(tmp_path: Path):
    document, target = docx.Document(), io.BytesIO()
    document.core_properties.title, document.core_properties.author, document.core_properties.comments = "{{ 7*7 }}", "ผู้ทำแม่แบบ", "{% include 'a' %}"
    document.save(target)
    said = docx.Document(io.BytesIO(filled_in(tmp_path, SMALL, target.getvalue()))).core_properties
    assert (said.title, said.author, said.comments, said.identifier) == ("รายงานขอรับการรับรองระบบมาตรฐาน P.S.O. 1101", "กรม", "", SMALL.digest)


def test_the_starter_works_with_a_full_project_and_an_empty_one(tmp_path: Path):
    cases = [case(rows, people, language) for language in LANGUAGES for rows, people in (full_project(), (merged(), ()))]
    starters = [starter_template(here, TODAY) for here in cases]
    assert in_one_process([partial(try_out, tmp_path, *one) for one in zip(cases, starters, strict=True)]) == [None] * 4
    for here, made in zip(cases, in_one_process([partial(filled_in, tmp_path, *one) for one in zip(cases, starters, strict=True)]), strict=True):
        text = word_text(made)
        assert not re.search(r"\{[{%#]|[}%#]\}", text)
        assert here.say("steps.vision.name") in text


def test_equal_data_are_equal_bytes_and_no_time_of_making(tmp_path: Path):
    starter = starter_template(SMALL, TODAY)
    first = filled_in(tmp_path, SMALL, starter)
    time.sleep(2.1)  # an archive counts in steps of two seconds
    assert filled_in(tmp_path, SMALL, starter) == first
    assert {member.date_time for member in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


# What people typed stays text


HOSTILE = (*TEXTS, "{_{ 7*7 }_}", "{% include '/etc/passwd' %}", "{{ agency }}", '"><w:p/>')


@pytest.fixture(scope="module")
def made_of_hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """{text: what a template is made into when the agency is called so}"""
    folder, asked = tmp_path_factory.mktemp("hostile"), with_footnote("{{ agency.name }}", "ก {{ agency.name }} ข")
    cases = [case(merged(row("agency", "", name=text)), ()) for text in HOSTILE]
    return dict(zip(HOSTILE, in_one_process([partial(filled_in, folder, here, asked) for here in cases]), strict=True))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_data_come_through_as_text(made_of_hostile: dict[str, bytes], text: str):
    made = made_of_hostile[text]
    assert f"ก {text} ข" in word_text(made)
    notes = word_part(made, "word/footnotes.xml")
    assert "".join(notes.itertext()).replace("\n", "") == text.replace("\t", "").replace("\n", "")


# What it may not do


FORBIDDEN = (
    ("{{ ''.__class__.__mro__ }}", "__mro__"), ("{{ agency['__class__'] }}", "__class__"), ("{{ cycler.__init__.__globals__ }}", "__globals__"),
    ("{% include '/etc/passwd' %}", "include"), ("{% import 'os' as o %}", "import"), ("{% from 'os' import path %}", "from"), ("{% extends 'a' %}", "extends"),
    ("{% macro a() %}{% endmacro %}", "macro"), ("{% autoescape false %}{{ agency.name }}{% endautoescape %}", "autoescape"), ("{{ agency.name|safe }}", "|safe"),
    ("{{ agency.name.upper() }}", "upper()"), ("{{ range(10**9)|list }}", "range()"), ("{{ lipsum() }}", "lipsum()"), ("{{ namespace(a=1) }}", "namespace()"),
    ("{{ 'a'*10**9 }}", "*"), ("{{ 'a'*1000000000 }}", "*"), ("{{ 9**9**9 }}", "**"), ("{{ '%999999999d' % 1 }}", "%"), ("{{ agency|attr('__class__') }}", "|attr"),
    ("{{ agency.name|format }}", "|format"), ("{{ agency.name|tojson }}", "|tojson"), ("{% block a %}{% endblock %}", "block"),
)  # fmt: skip
WRONG = (
    (("ก", "บรรทัดนี้ {{ agency.name", "ข"), "บรรทัดนี้ {{ agency.name"), (("{% for one in %}",), "{% for one in %}"), (("{%p for one in missions %}", "ก"), "{% for … %}"),
    (("{%p if agency.name %}", "ก"), "{% if … %}"), (("{{ agency.name | }}",), "{{ agency.name | }}"), (("{% endfor %}",), "{% endfor %}"),
)  # fmt: skip


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Any]:
    """{paragraphs: the refusal of a template of them}"""
    folder, asked = tmp_path_factory.mktemp("refused"), [*((said,) for said, _ in FORBIDDEN), *(said for said, _ in WRONG)]
    return dict(zip(asked, in_one_process([partial(try_out, folder, SMALL, template(*said)) for said in asked]), strict=True))


@pytest.mark.parametrize(("said", "told"), FORBIDDEN)
def test_what_would_reach_beyond_the_data_is_forbidden_and_named(refused: dict[tuple[str, ...], Any], said: str, told: str):
    refusal = refused[(said,)]
    assert isinstance(refusal, PsoError) and refusal.code == "template_forbidden"
    assert told in refusal.facts["text"]


def test_a_way_round_by_a_filter_finds_nothing_and_what_word_could_not_open_is_refused(tmp_path: Path):
    document, target = docx.Document(), io.BytesIO()
    document.add_paragraph("{%p for one in missions %}")
    document.add_table(1, 1).cell(0, 0).text = "{%tr endfor %}"
    document.add_table(1, 1).cell(0, 0).text = "{% if title %}"
    document.add_paragraph("{%p endif %}")
    document.save(target)
    asked = {"{{ missions|map(attribute='__class__')|join }}": "template_value_missing", "{{ missions|map('safe')|join }}": "template_fails", "{{r agency.name }}": "template_misplaced"}
    told = refusals(tmp_path, [*map(template, asked), target.getvalue()])
    assert [code for code, _ in told] == [*asked.values(), "template_broken"]


def test_unknown_names_are_told_wherever_they_stand(tmp_path: Path):
    said = "{{ colour }} {{ title }} {{ shade.name }}"
    made = {"body": template(said), "header": template("ก", header=said), "footer": template("ก", footer=said), "footnote": with_footnote(said, "ก")}
    told = dict(zip(made, refusals(tmp_path, list(made.values())), strict=True))
    assert told == dict.fromkeys(made, ("template_names_unknown", {"names": "colour, shade"}))


def test_a_wrong_name_inside_a_list_is_told_also_where_the_project_has_nothing_yet(tmp_path: Path):
    said = ("{%p for one in criteria %}", "{%p for two in one.indicators %}", "{{ two.colour }}", "{%p endfor %}", "{%p endfor %}")
    assert refusal(tmp_path, template(*said), case(merged(), ())) == ("template_value_missing", {"text": "colour"})


@pytest.mark.parametrize(("said", "told"), WRONG)
def test_what_is_written_wrongly_is_told_by_its_line(refused: dict[tuple[str, ...], Any], said: tuple[str, ...], told: str):
    refusal = refused[said]
    assert isinstance(refusal, PsoError) and refusal.code == "template_wrong_sentence"
    assert told in refusal.facts["text"]


def test_what_is_no_word_file_is_refused(tmp_path: Path):
    told = refusals(tmp_path, [pdf(), presentation(), template("ก")[:1000], b""])
    assert told == [("file_not_what_it_says", {"ending": "docx"})] * 4


def test_fields_that_fetch_and_pictures_and_objects_from_elsewhere_are_refused_a_link_is_not(tmp_path: Path):
    codes = ('INCLUDETEXT "C:/a"', 'INCLUDEPICTURE "a"', 'DDEAUTO c "a"', "{{ agency.name }}", "LINK Excel.Sheet a")
    fetching = dict(zip(codes, refusals(tmp_path, [with_field(code) for code in codes]), strict=True))
    assert {code: told and told[0] for code, told in fetching.items()} == dict.fromkeys(codes, "template_reaches_out")
    picture, link, page = refusals(tmp_path, [with_relation("image", "http://a.example/a.png"), with_relation("hyperlink", "http://a.example/"), with_field("PAGE")])
    assert (picture, link, page) == (("template_reaches_out", {"text": "http://a.example/a.png"}), None, None)


def test_the_template_that_a_template_came_from_is_forgotten(tmp_path: Path):
    document, target = docx.Document(), io.BytesIO()
    settings = document.part._settings_part
    rid = settings.relate_to("file:///C:/a.dotm", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate", is_external=True)
    element = docx.oxml.OxmlElement("w:attachedTemplate")
    element.set(docx.oxml.ns.qn("r:id"), rid)
    settings.element.insert(0, element)
    document.save(target)
    made = zipfile.ZipFile(io.BytesIO(filled_in(tmp_path, SMALL, target.getvalue())))
    assert [name for name in made.namelist() if b"attachedTemplate" in made.read(name) or b"a.dotm" in made.read(name)] == []


def test_loops_that_would_never_end_are_ended_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(templates, "TRIAL_SECONDS", 1.0)
    began = time.monotonic()
    assert refusal(tmp_path, template("{% set r = '0123456789'|list %}" + NESTED.replace("x", "")))[0] == "template_too_slow"
    assert time.monotonic() - began < 11


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits that a process sets itself")
def test_the_system_ends_what_works_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(templates, "TRIAL", Limits(2**30, 1, 2**25))
    assert refusal(tmp_path, template("{% set r = '0123456789'|list %}" + NESTED.replace("x", "")))[0] == "template_too_slow"


def test_what_grows_without_bounds_is_refused(tmp_path: Path):
    many = "{% for a in r %}" * 5 + "0123456789" * 30 + "{% endfor %}" * 5
    assert refusal(tmp_path, template("{% set r = '0123456789'|list %}" + many)) == ("template_too_large", {"most": templates.LARGEST // 2**20})


def test_a_process_that_ends_badly_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "child.py").write_text("import os; os._exit(3)")
    monkeypatch.setattr(templates, "CHILD", tmp_path / "child.py")
    assert refusal(tmp_path, template("ก"))[0] == "template_broken"
