"""A due date that goes back to the day that was approved: nobody is asked why, and the ledger says what it is."""

from __future__ import annotations

from datetime import date

import pytest

from pso_core.actions.restoring import restore_row
from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import ledger, move_activity
from pso_core.steps.naming import Told, slip_reason
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.planned import BACK, FACILITATOR, approve, bare, dates, draft, mistakes, move, office, project, refused, seen
from tests.building import write

WHY, ACTIVITY = "รอข้อมูลจากอำเภอ", "activity:1"


@pytest.fixture
def slipped(office, project):
    """An activity that was approved to be due on 31 March and now is on 30 April."""
    write(office, project, "activity", ACTIVITY, name="ทำบัญชี", due="2026-03-31")
    approve(office, project)
    due(office, project, "2026-04-30", WHY)
    return project


def due(office, project, day, reason=""):
    return save_rows(office, FACILITATOR, project, [Edit("activity", ACTIVITY, {"due": day})], seen(office, project), reason)


def newest(office, project):
    return [(one.before, one.after, one.reason) for one in ledger(office, project)][0]


def test_an_activity_goes_back_without_a_reason(office, slipped):
    due(office, slipped, "2026-03-31")
    assert newest(office, slipped) == (date(2026, 4, 30), date(2026, 3, 31), "")


def test_to_any_other_day_it_goes_only_with_one(office, slipped):
    for day in ("2026-03-30", "2026-04-01", None):
        assert mistakes(office, slipped, lambda day=day: due(office, slipped, day)) == [("slip_without_reason", ("activity", ACTIVITY, "due"))]


def test_a_reason_that_is_given_is_kept(office, slipped):
    due(office, slipped, "2026-03-31", "ข้อมูลมาครบแล้ว")
    assert newest(office, slipped)[2] == "ข้อมูลมาครบแล้ว"


def test_it_is_the_newest_approval_that_counts(office, slipped):
    approve(office, slipped)
    assert mistakes(office, slipped, lambda: due(office, slipped, "2026-03-31")) == [("slip_without_reason", ("activity", ACTIVITY, "due"))]


def test_so_it_is_where_its_step_is_approved(office, slipped):
    move_activity(office, FACILITATOR, slipped, ACTIVITY, "31 มี.ค. 2569", seen(office, slipped), "")
    assert newest(office, slipped)[1] == date(2026, 3, 31)
    refusal = refused(office, slipped, lambda: move_activity(office, FACILITATOR, slipped, ACTIVITY, "1/4/2569", seen(office, slipped), ""))
    assert refusal.code == "reason_missing"


def test_an_activity_that_was_not_approved_has_no_day_to_go_back_to(office, slipped):
    other = write(office, slipped, "activity", name="อบรม", due="2026-05-29").ids[0]
    assert refused(office, slipped, lambda: move_activity(office, FACILITATOR, slipped, other, "", seen(office, slipped), "")).code == "reason_missing"


def test_phases_go_back_together(office, project):
    approve(office, project)
    before = dates(office, project)
    move(office, project, "vision", days=9, reason=WHY)
    assert dates(office, project) != before
    move(office, project, "vision", days=5)
    assert dates(office, project) == before


def test_an_earlier_version_with_the_approved_day_comes_back_without_a_reason(office, slipped):
    first = office.store.history(slipped, entity_id=ACTIVITY)[-1].seq
    restore_row(office, FACILITATOR, slipped, ACTIVITY, first, seen(office, slipped))
    assert office.store.state(slipped).get(ACTIVITY)["due"] == "2026-03-31"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_says_what_it_is(office, slipped, language):
    due(office, slipped, "2026-03-31")
    say, (back, moved) = phrases(language), ledger(office, slipped)
    assert [slip_reason(Told(say), one) for one in (back, moved)] == [say("page_schedule.back_as_approved"), WHY]
