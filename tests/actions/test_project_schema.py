"""The published schema is the one the tables give; every export fits it, and what import refuses by shape it refuses too."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from pso_core.actions.project_schema import schema, schema_text
from pso_core.actions.projects import EXAMPLES, export_project, new_id
from tests.actions.invented import Invented, projects
from tests.building import an_office, person
from tests.tree import ROOT

SCHEMA = Draft202012Validator(schema())
LAMPANG = json.loads((EXAMPLES / "lampang" / "project.json").read_bytes())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory):
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened


def test_the_published_schema_is_the_one_the_tables_give():
    """To publish it anew: python -m pso_core.actions.project_schema > docs/project-file.schema.json"""
    assert (ROOT / "docs" / "project-file.schema.json").read_text("utf-8") == schema_text()


def test_the_schema_is_one():
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*/project.json")), ids=lambda path: path.parent.name)
def test_every_example_fits(example: Path):
    assert _faults(json.loads(example.read_bytes())) == []


@settings(max_examples=10)
@given(projects())
def test_every_export_fits(office, made: Invented):
    project_id = new_id(office)
    made.write_to(office.store, project_id)
    for with_history in (False, True):
        assert _faults(json.loads(export_project(office, person("facilitator"), project_id, with_history))) == []


WRONG: dict[str, Callable[[dict[str, Any]], Any]] = {
    "an unknown key": lambda file: file.update(extra=1),
    "another format": lambda file: file.update(format="other"),
    "a history beside rows": lambda file: file.update(history=[], digest="0" * 64),
    "an unknown kind": lambda file: file["rows"][0].update(kind="secret"),
    "an unknown field": lambda file: file["rows"][0]["body"].update(secret=1),
    "a missing name": lambda file: file["rows"][0]["body"].update(name=None),
    "a wrong type": lambda file: file["rows"][0]["body"].update(position="1"),
    "a number below 0": lambda file: file["rows"][0]["body"].update(budget=-1),
    "a long text": lambda file: file["rows"][0]["body"].update(name="ก" * 301),
    "an id of another kind": lambda file: file["rows"][0].update(id="task:1"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_has_the_wrong_shape_does_not_fit(change: Callable[[dict[str, Any]], Any]):
    file = copy.deepcopy({**LAMPANG, "rows": LAMPANG["rows"][:2]})
    assert SCHEMA.is_valid(file)
    change(file)
    assert not SCHEMA.is_valid(file)


def _faults(document: dict[str, Any]) -> list[str]:
    return [f"{list(fault.absolute_path)}: {fault.message[:200]}" for fault in SCHEMA.iter_errors(document)]
