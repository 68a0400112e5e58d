"""What a due date slipped by is told by the holidays of that moment, whatever becomes of the lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pso_core.actions.holidays import add_holiday, remove_holiday, workdays, workdays_then
from pso_core.actions.schedule import ledger
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.office import Office
from tests.actions.planned import approve, bare, move, office, project  # noqa: F401
from tests.building import NOW, an_office, person

ADMINISTRATOR = person("administrator")
AN_HOUR = timedelta(hours=1)


def at(office: Office, hours: int) -> Office:  # noqa: F811
    """The same office so many hours from now."""
    return replace(office, clock=lambda: NOW + hours * AN_HOUR)


def test_a_holiday_added_later_changes_nothing_that_was_told(office, project):  # noqa: F811
    approve(office, project)
    move(office, project, "vision", days=9, reason="รอข้อมูล")
    slips = ledger(office, project)
    slip = next(one for one in slips if one.name == "vision")
    between = next(day for n in range(1, 9) if workdays(office).is_working(day := slip.before + timedelta(n)))
    add_holiday(at(office, 1), ADMINISTRATOR, Holiday(between, Words("วันหยุดเพิ่ม", "Added")))
    assert workdays(office).between(slip.before, slip.after) == slip.working_days - 1
    assert ledger(office, project) == slips


@pytest.fixture
def fresh(database: Path) -> Iterator[Office]:
    """An office whose lists nobody has changed."""
    with an_office(database) as opened:
        yield opened


def test_a_move_after_the_change_counts_by_the_new_list_also_when_it_changes_back(fresh):
    usual, day = workdays(fresh), NOW.date() + timedelta(3)
    before, after = day - timedelta(7), day + timedelta(7)
    add_holiday(at(fresh, 1), ADMINISTRATOR, Holiday(day, Words("วันหยุดเพิ่ม", "Added")))
    remove_holiday(at(fresh, 3), ADMINISTRATOR, day)
    then = workdays_then(fresh)
    counted = [then(NOW + hours * AN_HOUR).between(before, after) for hours in (0, 2, 4)]
    assert counted == [usual.between(before, after), usual.between(before, after) - 1, usual.between(before, after)]


def test_a_year_that_had_no_list_then_has_none_then(fresh):
    add_holiday(at(fresh, 1), ADMINISTRATOR, Holiday(date(2047, 1, 1), Words("วันขึ้นปีใหม่", "New Year's Day")))
    then = workdays_then(fresh)
    assert [2590 in then(NOW + hours * AN_HOUR).years for hours in (0, 2)] == [False, True]


def test_a_clock_that_was_put_back_between_two_changes_does_not_mix_the_lists_up(fresh):
    usual, day = workdays(fresh), NOW.date() + timedelta(3)
    add_holiday(at(fresh, 3), ADMINISTRATOR, Holiday(day, Words("วันหยุดเพิ่ม", "Added")))
    remove_holiday(at(fresh, 1), ADMINISTRATOR, day)
    then = workdays_then(fresh)
    assert [then(NOW + hours * AN_HOUR) == usual for hours in (0, 2, 4)] == [True, True, True]
