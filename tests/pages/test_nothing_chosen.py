"""A choice that always has one is sent empty, which no browser does: the page stands as it did at first."""

from __future__ import annotations

import pytest

from tests.pages.conftest import fault, shown


@pytest.mark.parametrize(("page", "key"), [("step_3_tasks", "tasks/main/view"), ("step_4_weights", "weights/by"), ("step_7_plan", "plan/by")])
def test_a_way_of_looking_sent_empty_is_the_first_one(office, example, visit, page: str, key: str):
    at = visit(page)
    before = shown(at)
    at.button_group(key=key).set_value(None).run()
    assert fault(at) == []
    assert shown(at) == before
