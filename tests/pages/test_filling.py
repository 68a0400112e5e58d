"""What a save refused is told no more of fields that a button has filled in since, and still of the others."""

from __future__ import annotations

import pytest

from pso_core.steps.tasks import tasks_of
from pso_core.text.phrases import phrases
from tests.pages.conftest import errors, fault, press
from tests.pages.test_step_3_tasks import PAGE, SAVE, box, boxes, points, tap, task_id

TH = phrases("th")


@pytest.mark.parametrize(("typed", "button"), [("-5", "share"), ("101", "share"), ("101", "scale")])
def test_a_refusal_goes_once_the_fields_it_tells_of_are_filled_in(office, example, visit, typed, button):
    at = visit(PAGE)
    box(at, task_id(office, example, "1.1")).set_value(typed).run()
    press(at, SAVE)
    assert len(errors(at)) == 2  # above the form and under the field
    tap(at, f"tasks/main/{button}")
    assert (fault(at), errors(at), sum(boxes(at, tasks_of(office.store.state(example), "main")))) == ([], [], 60)
    press(at, SAVE)
    assert (errors(at), sum(points(office, example))) == ([], 60)


def test_what_is_wrong_in_another_tier_is_told_until_that_is_filled_in_too(office, example, visit):
    at = visit(PAGE)
    for code, typed in (("1.1", "-5"), ("3.1", "-7")):
        box(at, task_id(office, example, code)).set_value(typed).run()
    press(at, SAVE)
    assert len(errors(at)) == 3
    tap(at, "tasks/main/share")
    summary, at_the_field = errors(at)
    assert ("-5" in summary, "-7" in summary, at_the_field) == (False, True, TH("mistakes.too_small", least=0, value=-7))
    tap(at, "tasks/support/share")
    assert (fault(at), errors(at)) == ([], [])


def test_a_field_that_was_left_alone_keeps_its_mistake(office, example, visit):
    at = visit(PAGE)
    box(at, task_id(office, example, "1.1")).set_value("-5").run()
    press(at, SAVE)
    tap(at, "tasks/support/share")
    assert len(errors(at)) == 2
