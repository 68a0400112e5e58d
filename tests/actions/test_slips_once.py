"""A due date that goes is told once: what moves no due date adds no line to the ledger, and nothing to what is read from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from pso_core.actions.reminder_text import chat_lines
from pso_core.actions.reminders import digest_of
from pso_core.actions.rows import Edit, Removal, save_rows, standard_of
from pso_core.actions.schedule import ledger
from pso_core.actions.transfer import transfer_work
from pso_core.errors import Mistakes
from pso_core.office import Office
from pso_core.steps.naming import Told
from pso_core.steps.schedule import due_in
from pso_core.text.phrases import phrases
from tests.actions.planned import FACILITATOR, HEAD, approve, bare, draft, office, project, seen  # noqa: F401
from tests.building import an_empty_project, write

WHY = "ทำต่อเนื่องทุกปี"
ENDLESS = {"open_ended": True, "due": None}


def save(office: Office, project: str, reason: str = "", **values: Any) -> None:  # noqa: F811
    save_rows(office, FACILITATOR, project, [Edit("activity", "activity:1", values)], seen(office, project), reason)


@pytest.fixture
def approved(office: Office, project: str) -> str:  # noqa: F811
    write(office, project, "activity", "activity:1", name="ปรับปรุงฐานข้อมูล", due="2026-12-25", owner="p-member")
    approve(office, project)
    return project


@pytest.fixture
def endless(office: Office, approved: str) -> str:  # noqa: F811
    """Approved with a due date that has gone since, with a reason."""
    save(office, approved, WHY, **ENDLESS)
    return approved


def transfer(office: Office, project: str) -> None:  # noqa: F811
    transfer_work(office, HEAD, project, "p-member", "p-facilitator", seen(office, project), "ย้าย")


AFTERWARDS = {
    "another name": lambda office, project: save(office, project, name="ปรับปรุงฐานข้อมูลกลาง"),
    "another owner": transfer,
    "no end and no due date either": lambda office, project: save(office, project, open_ended=None),
    "a removal": lambda office, project: save_rows(office, FACILITATOR, project, [Removal("activity:1")], seen(office, project)),
}


@pytest.mark.parametrize("change", AFTERWARDS.values(), ids=AFTERWARDS)
def test_what_happens_to_it_after_its_due_date_went_is_no_slip(office, endless, change):  # noqa: F811
    before = ledger(office, endless)
    change(office, endless)
    assert [(slip.after, slip.reason) for slip in before] == [(None, WHY)]
    assert ledger(office, endless) == before


def test_monday_and_the_text_for_line_tell_it_once_with_its_reason(office, endless):  # noqa: F811
    save(office, endless, name="ปรับปรุงฐานข้อมูลกลาง")
    state, say = office.store.state(endless), phrases("th")
    found = digest_of(office, state)
    assert [slip.reason for slip in found.slipped] == [WHY]
    told = list(chat_lines(Told(say, standard_of(state), state, office.store.people.all()), found, office.today()))
    assert told[told.index(say("reminders.part.slipped", count=1)) + 1].endswith(WHY)


def test_it_goes_again_once_it_was_given_again(office, endless):  # noqa: F811
    save(office, endless, "กำหนดใหม่", open_ended=None, due="2027-01-29")
    save(office, endless, "ยกเลิกกำหนด", **ENDLESS)
    save(office, endless, name="ปรับปรุงฐานข้อมูลกลาง")
    assert [slip.reason for slip in ledger(office, endless)] == ["ยกเลิกกำหนด", "กำหนดใหม่", WHY]


def test_what_was_emptied_first_goes_with_the_reason_that_was_given_for_it(office, approved):  # noqa: F811
    save(office, approved, WHY, due=None)
    assert ledger(office, approved) == ()
    save(office, approved, **ENDLESS)
    assert [(slip.before, slip.after, slip.reason) for slip in ledger(office, approved)] == [(date(2026, 12, 25), None, WHY)]


EDITS = some.fixed_dictionaries({}, optional={
    "name": some.sampled_from(["ก", "ข"]),
    "owner": some.sampled_from([None, "p-member"]),
    "due": some.sampled_from([None, "2026-12-25", "2027-01-29"]),
    "open_ended": some.sampled_from([None, True]),
})  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=some.lists(EDITS, min_size=1, max_size=6))
@example(edits=[{"due": "2027-01-29"}, {"due": "2026-12-25"}])
def test_a_change_that_moves_no_due_date_adds_no_line_and_every_line_has_a_reason_or_is_back_on_the_approved_day(office, edits):  # noqa: F811
    """A reason is given only where it is asked for: where a due date is emptied, goes or moves to another day than the approved one."""
    project = an_empty_project(office)  # noqa: F811
    draft(office, project)
    write(office, project, "activity", "activity:1", name="ก", due="2026-12-25")
    approve(office, project)
    emptied, found = False, ledger(office, project)
    for edit in edits:
        before, lines = due_in(office.store.state(project).get("activity:1").body), found
        try:
            save(office, project, **edit)
        except Mistakes:
            save(office, project, WHY, **edit)
        now, found = office.store.state(project).get("activity:1"), ledger(office, project)
        after, goes_emptied = due_in(now.body), emptied and now["open_ended"]
        added = len(found) - len(lines)
        assert added <= (before != after or bool(goes_emptied))
        assert added or before == after or not (before and after)
        assert all(slip.reason or slip.after == date(2026, 12, 25) for slip in found)
        emptied = not after and not now["open_ended"] and (emptied or before is not None)
