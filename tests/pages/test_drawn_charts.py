"""Every chart that a page draws is valid Vega-Lite: pages do not check it themselves, because that is slow."""

from __future__ import annotations

import json

import altair
import jsonschema
import pytest

from pso_core.steps import STEPS
from pso_core.ui.navigation import step_file
from tests.pages.conftest import fault

SCHEMA = jsonschema.Draft7Validator(altair.load_schema())
DRAWING = [step for step in STEPS if step.key in ("tasks", "weights", "assessment", "plan", "execution")]


@pytest.mark.parametrize("step", DRAWING, ids=lambda step: step.key)
def test_the_charts_of_a_step_are_valid(office, example, visit, step):
    at = visit(step_file(step.key).stem)
    assert fault(at) == []
    specs = [json.loads(chart.proto.spec) for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]
    assert specs != []
    assert [error.message for spec in specs for error in SCHEMA.iter_errors({"data": {"name": "rows"}, **spec})] == []
