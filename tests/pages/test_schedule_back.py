"""On the pages: a due date typed as it was approved asks for no reason."""

from __future__ import annotations

import pytest

from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import move_phase
from tests.building import person, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.scheduling import PAGE, REASON, SAVE_PHASE, TH, activity_drawer, approve, box, drawer, fill, now, plan, sign


@pytest.fixture
def slipped(office, empty):
    """An activity approved to be due on 30 December 2569, which is now on 15 January 2570."""
    row = write(office, empty, "activity", name="ทำบัญชี", start="1/12/2569", due="30/12/2569").ids[0]
    plan(office, empty)
    approve(office, empty)
    save_rows(office, person("facilitator"), empty, [Edit("activity", row, {"due": "15/1/2570"})], now(office, empty), "รอพัสดุ")
    return row


def asks(at) -> bool:
    return REASON in [area.label for area in at.text_area]


def test_an_activity_goes_back(office, empty, visit, slipped):
    at = activity_drawer(visit, slipped)
    for typed, asked in (("16/1/2570", True), ("30/12/2569", False)):
        box(at, TH("fields.activity.due.label")).set_value(typed).run()
        assert (typed, asks(at)) == (typed, asked)
    press(at, TH("app.save_one", kind=TH("fields.activity.one")))
    assert (fault(at), errors(at), office.store.state(empty).get(slipped)["due"]) == ([], [], "2026-12-30")
    at = visit(PAGE)
    assert f"{TH('page_schedule.back_as_approved')} (" in shown(at)


def test_an_activity_of_an_approved_step_goes_back(office, empty, visit, slipped):
    sign(office, empty, "plan")
    at = activity_drawer(visit, slipped)
    assert asks(at)
    [one for one in at.text_input if one.label == TH("fields.activity.due.label")][1].set_value("30/12/2569").run()
    assert not asks(at)
    press(at, TH("page_schedule.move_due"))
    assert (fault(at), errors(at), office.store.state(empty).get(slipped)["due"]) == ([], [], "2026-12-30")


def test_a_phase_goes_back(office, empty, visit):
    plan(office, empty)
    approve(office, empty)
    move_phase(office, person("facilitator"), empty, "vision", {"days": "9"}, now(office, empty), "รอพัสดุ")
    at = drawer(visit, "vision")
    for days, asked in (("8", True), ("5", False)):
        fill(at, days=days)
        assert (days, asks(at)) == (days, asked)
    press(at, SAVE_PHASE)
    assert (fault(at), errors(at)) == ([], [])


def test_an_earlier_version_goes_back(office, empty, visit, slipped):
    at = visit("step_7_plan")
    at.session_state["history/plan"] = True
    at.run()
    press(at, TH("app.restore"))
    assert (fault(at), errors(at), office.store.state(empty).get(slipped)["due"]) == ([], [], "2026-12-30")
