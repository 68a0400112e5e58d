"""A schedule that was refused and then mended: the refusal goes with the mistake, by whichever field that was mended."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import errors, fault, press
from tests.pages.scheduling import PAGE, TH, box, has

SENTENCE = TH("mistakes.target_before_start")


@pytest.fixture
def refused(office, empty, visit) -> AppTest:
    """The target is before the start."""
    at = visit(PAGE)
    box(at, TH("page_schedule.target_if_any")).set_value("1/1/2569").run()
    at = press(at, TH("page_schedule.save"))
    assert SENTENCE in "\n".join(errors(at))
    return at


def test_counted_back_there_is_no_start_for_the_target_to_be_before(refused):
    at = refused.button_group[0].set_value("to_target").run()
    assert errors(at) == [] and has(at, TH("page_schedule.preview"))
    box(at, TH("fields.schedule.target.label")).set_value("30/9/2570").run()
    press(at, TH("page_schedule.save"))
    assert (fault(at), errors(at)) == ([], [])


@pytest.mark.parametrize(("label", "typed"), [("page_schedule.target_if_any", "31/12/2570"), ("fields.schedule.start.label", "2/12/2568")])
def test_either_day_mends_it(refused, label, typed):
    assert errors(box(refused, TH(label)).set_value(typed).run()) == []


def test_what_is_not_mended_stays_told(refused):
    assert SENTENCE in "\n".join(errors(box(refused, TH("page_schedule.target_if_any")).set_value("2/1/2569").run()))
