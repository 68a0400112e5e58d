"""Nothing that a project holds is missing from what is handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from fractions import Fraction
from itertools import zip_longest

import pytest

from pso_core.documents.blocks import texts
from pso_core.documents.grids import Formula
from pso_core.documents.records import shown
from pso_core.documents.report import report
from pso_core.documents.sheets import sheets
from pso_core.documents.submission import files_of
from pso_core.domain.rows import Row
from pso_core.steps import KINDS
from pso_core.text.phrases import LANGUAGES
from pso_core.text.thaidate import say_date
from tests.documents.full import case, full_project, other_value, with_id
from tests.documents.reading import cells, word_text

ROWS, PEOPLE = full_project()
FIELDS = [(kind.name, field.name) for kind in KINDS.values() for field in kind.fields]
KEPT_BACK = {(kind.name, field.name) for kind in KINDS.values() for field in kind.fields if field.inside}
IN_THE_REPORT = [place for place in FIELDS if place not in KEPT_BACK]
TOLD_OTHERWISE = {("project", "standard")}  # its value is a key; the standard's code and name are shown


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request):
    """(the case, the text of the Word file, the values in the workbook)"""
    here = case(ROWS, PEOPLE, request.param)
    (_, word), (_, book) = files_of(here, thai_digits=False)
    return here, word_text(word), cells(book)


def test_each_field_is_read_in_the_word_file(written):
    here, text, _ = written
    lacking = [(row.id, field) for row, field in _filled(here) if not any(said in text for said in _said(here, row, field))]
    assert lacking == []


def test_each_field_is_read_in_the_workbook(written):
    here, _, values = written
    assert [(row.id, field) for row, field in _filled(here) if _as_cell(here, row, field) not in values] == []


@pytest.mark.parametrize(("kind", "field"), sorted(KEPT_BACK))
def test_what_is_kept_inside_is_nowhere_in_the_word_file_or_the_workbook(written, kind, field):
    here, text, values = written
    told = [row.id for row in here.state.of(kind) if any(said in text for said in _said(here, row, field)) or _as_cell(here, row, field) in values]
    label = here.say(f"fields.{kind}.{field}.label")
    assert (told, all(row[field] for row in here.state.of(kind)), label in text, label in values) == ([], True, False, False)


def test_another_value_in_any_field_makes_another_report_and_another_workbook():
    """So a choice is not found only because its word stands somewhere for another reason."""
    before = case(ROWS, PEOPLE)
    told, alike = (list(texts(report(before))), list(_values(before))), []
    for kind, field in IN_THE_REPORT:
        if (kind, field) not in TOLD_OTHERWISE:
            after = case(_changed(kind, field), PEOPLE)
            alike += [(kind, field, where) for where, was, now in zip(("report", "workbook"), told, (texts(report(after)), _values(after)), strict=True) if _same(was, now)]
    assert alike == []


def test_the_people_who_did_the_work_are_named_in_both(written):
    _, text, values = written
    for person in PEOPLE:
        assert person.name in text and person.name in values
        assert person.position in text and person.division in values


def _same(was, now) -> bool:
    """Told line by line as they are made: what differs at its beginning need not be made to its end."""
    return all(one == other for one, other in zip_longest(was, now))


def _filled(here) -> list[tuple[Row, str]]:
    """Every row with every field of it that is not kept back; a few are empty, see full.SET."""
    found = [(row, field) for kind, field in IN_THE_REPORT for row in here.state.of(kind) if row[field] is not None]
    assert {(row.kind, field) for row, field in found} == set(IN_THE_REPORT)
    return found


def _said(here, row: Row, field: str) -> tuple[str, ...]:
    if (row.kind, field) in TOLD_OTHERWISE:
        return (here.standard.code,)
    kind = KINDS[row.kind].field[field].type
    if kind == "day":
        return tuple(say_date(row[field], here.say, style) for style in ("short", "long"))
    if kind == "levels":
        return (shown(here, row, field).replace(", ", "\n"),)
    if kind == "flag":
        return (here.say(f"fields.{row.kind}.{field}.label"),) if row.kind in ("score", "activity", "phase") else (shown(here, row, field),)
    if kind == "text" and "\n" in str(row[field]):
        return tuple(row[field].split("\n"))
    return (shown(here, row, field),)


def _as_cell(here, row: Row, field: str):
    if (row.kind, field) in TOLD_OTHERWISE:
        return here.standard.code
    about = KINDS[row.kind].field[field]
    if about.type == "day":
        return datetime.combine(date.fromisoformat(row[field]), time())
    if about.type in ("whole", "number") or about.of == "levels":
        return row[field]
    return shown(here, row, field)


def _changed(kind_name: str, field: str) -> dict[str, Row]:
    kind = KINDS[kind_name]
    first = next(row for row in ROWS.values() if row.kind == kind_name)
    body = {**first.body, field: other_value(kind, kind.field[field], first[field], PEOPLE)}
    changed = with_id(kind, body, 0)
    return {**{key: row for key, row in ROWS.items() if key not in (first.id, changed.id)}, changed.id: replace(changed)}


def _values(here):
    for sheet in sheets(here):
        for grid in sheet.grids:
            for row in (*grid.rows, *grid.foot):
                yield tuple(cell.value if isinstance(cell, Formula) else Fraction(cell) if isinstance(cell, int) else cell for cell in row)
