"""What a template may name: everything a project holds, under names that are declared, as texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pso_core.documents.records import shown
from pso_core.documents.template_child import FILTERS
from pso_core.documents.template_data import template_data
from pso_core.documents.template_names import names, specimen
from pso_core.steps import KINDS
from pso_core.steps.naming import Told
from pso_core.text.phrases import LANGUAGES, phrases
from tests.documents.full import case, full_project
from tests.documents.name_list import GUIDE, written
from tests.documents.small import merged, row, scored

FULL = full_project()


def paths(value: Any, path: str = "") -> Iterator[str]:
    """Every name in the data; those under `rows` down to the kind."""
    if isinstance(value, list) or path.startswith("rows."):
        yield f"{path}[]"
        for one in value if not path.startswith("rows.") else ():
            yield from (inner for inner in paths(one, f"{path}[]") if inner != f"{path}[]")
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from paths(one, f"{path}.{name}".lstrip("."))
    else:
        yield path


def texts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)
    else:
        yield value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_that_are_declared_are_those_that_the_data_have(language: str):
    here = case(*FULL, language)
    assert set(paths(template_data(here))) == set(names(here))
    assert set(paths(specimen())) == set(names(here))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_row_that_is_for_others_can_be_reached(kind: str):
    here = case(*FULL)
    found = template_data(here)["rows"][kind]
    wanted = [{field.name: shown(here, one, field.name).replace("\u2060", "") for field in KINDS[kind].told if one[field.name] is not None} for one in here.state.of(kind)]
    assert [{name: text for name, text in one.items() if text} for one in found] == wanted


def test_data_are_texts_to_read():
    assert {type(text) for text in texts(template_data(case(*FULL)))} == {str}


def test_what_is_not_there_is_empty_and_a_zero_is_not():
    found = template_data(case(scored(0, None), ()))
    assert (found["agency"]["name"], found["certificate"]["left"], found["divisions"]) == ("", "", [])
    first, second = found["criteria"][:2]
    assert (first["current"], first["weighted"], second["current"], second["weighted"]) == ("0", "0", "", "")
    assert ([one["level"][:1] for one in first["indicators"]], [one["level"] for one in second["indicators"]]) == (["○"], [""])


def test_the_totals_are_those_of_the_scored_round():
    found = template_data(case(scored(2, 1), ()))["totals"]
    assert (found["round"], found["current"], found["maximum"]) == ("ก่อนยกระดับ", "160", "300")


def test_an_activity_of_no_sub_plan_is_told_too():
    found = template_data(case(merged(row("activity", "1", name="ก")), ()))
    assert [[one["name"] for one in part["activities"]] for part in found["sub_plans"]][-1] == ["ก"]


def test_the_guide_lists_the_names_as_the_program_has_them():
    """Made anew by `python -m tests.documents.name_list`."""
    assert GUIDE.read_text("utf-8") == written(GUIDE.read_text("utf-8"))


def test_the_guide_names_the_filters_that_may_be_used():
    guide = GUIDE.read_text("utf-8")
    assert f"`{' '.join(sorted({*FILTERS, 'digits'}))}`" in guide


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_has_its_meaning(language: str):
    assert [path for path, meaning in names(Told(phrases(language))).items() if not meaning.strip()] == []
